/// Independent partitions of work and the merge of their results.
///
/// Code that scales is written against [dev.assay.engine.Engine]: work on partition `p` of `n`, and an
/// associative merge. Results come back in partition order and merges happen in a fixed tree, so the outcome
/// never depends on how many threads there were. [dev.assay.engine.LocalEngine] uses the cores of this
/// machine.
@NullMarked
package dev.assay.engine;

import org.jspecify.annotations.NullMarked;
