/// Texts as sets of shingles, and which of the sets are alike.
///
/// [dev.assay.distil.internal.similar.Tokens] is the normal form of a text,
/// [dev.assay.distil.internal.similar.Shingles] its set of hashes. Up to some thousands of texts
/// [dev.assay.distil.internal.similar.PrefixSearch] finds every pair;
/// [dev.assay.distil.internal.similar.BandSearch] lets [dev.assay.distil.internal.similar.MinHash] propose.
/// In both [dev.assay.distil.internal.similar.Jaccard] decides and
/// [dev.assay.distil.internal.similar.Clusters] unites.
@NullMarked
package dev.assay.distil.internal.similar;

import org.jspecify.annotations.NullMarked;
