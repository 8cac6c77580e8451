package dev.assay.distil;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is alike, and what of it is kept.
///
/// @param texts         how many were compared
/// @param withoutTokens how many of them have no letter and no digit: they have no shingles and are never alike
/// @param exact         whether every pair was sought, not only those that MinHash proposed
/// @param pairs         the pairs at or above the threshold, by first and second key. Texts with equal
///                      shingles are one text here: the earliest of them by key is in the pairs with others,
///                      and each of the rest is listed once, with the earliest, at similarity 1
/// @param clusters      the unions of the pairs, by the key that is kept
public record NearDuplicateReport(
        int texts, int withoutTokens, boolean exact, List<Pair> pairs, List<Cluster> clusters) {
    public NearDuplicateReport {
        pairs = List.copyOf(pairs);
        clusters = List.copyOf(clusters);
    }

    /// Two texts that are alike.
    ///
    /// @param first      the earlier key
    /// @param second     the later key
    /// @param similarity Jaccard similarity of their sets of shingles, from the threshold to 1
    public record Pair(String first, String second, double similarity) {}

    /// Texts connected by pairs; two of them may well be less alike than the threshold.
    ///
    /// @param kept    the earliest key
    /// @param removed the other keys, in order; at least one
    public record Cluster(String kept, List<String> removed) {
        public Cluster {
            removed = List.copyOf(removed);
        }
    }

    /// For the key of every text to remove the key of the one that is kept instead, cluster by cluster.
    public Map<String, String> removed() {
        Map<String, String> removed = new LinkedHashMap<>();
        for (Cluster cluster : clusters) {
            for (String key : cluster.removed()) {
                removed.put(key, cluster.kept());
            }
        }
        return removed;
    }
}
