/// Invariants of the whole pipeline, run on a fixture and on real runs.
@NullMarked
package dev.assay.distil.internal.accept;

import org.jspecify.annotations.NullMarked;
