/// Playbooks in a Lucene index, and the ways of ranking them.
///
/// [dev.assay.distil.internal.retrieve.IndexFolder] writes, [dev.assay.distil.internal.retrieve.OpenIndex]
/// reads; the rankings stand on the latter.
@NullMarked
package dev.assay.distil.internal.retrieve;

import org.jspecify.annotations.NullMarked;
