package dev.assay.distil;

import dev.assay.fault.Fault;

/// How near duplicates are found.
///
/// @param threshold  the least Jaccard similarity of two near duplicates, over the shingles of their texts;
///                   above 0, at most 1
/// @param ngram      tokens in a shingle; at least 1
/// @param bands      bands of the MinHash signature; two texts are proposed when one band agrees
/// @param rows       hashes in a band, all of which must agree
/// @param seed       seed of the hash functions
/// @param exactUpTo  up to so many texts every pair at or above the threshold is found; above, MinHash proposes
public record NearDuplicateSettings(double threshold, int ngram, int bands, int rows, long seed, int exactUpTo) {
    /// Four of five shingles in common, about one word in fifty changed.
    public static final double DEFAULT_THRESHOLD = 0.8;

    /// Long enough that common phrases do not make texts alike.
    public static final int DEFAULT_NGRAM = 5;

    /// With [#DEFAULT_ROWS] proposes 92 % of the pairs at similarity 0.8 and 5 % of those at 0.5.
    public static final int DEFAULT_BANDS = 14;

    /// See [#DEFAULT_BANDS].
    public static final int DEFAULT_ROWS = 8;

    /// Nothing depends on which seed it is, only on its being the same.
    public static final long DEFAULT_SEED = 1;

    /// Where an exact search still takes seconds for texts of ordinary length.
    public static final int DEFAULT_EXACT_UP_TO = 20_000;

    /// The longest signature: beyond, more hashes buy nothing and cost memory.
    public static final int MOST_HASHES = 4096;

    /// @throws Fault (`BAD_SETTING`) if a component is out of range
    public NearDuplicateSettings {
        require(threshold > 0 && threshold <= 1, "threshold", "a number above 0 and at most 1", threshold);
        require(ngram >= 1, "ngram", "at least 1 token", ngram);
        require(bands >= 1, "bands", "at least 1", bands);
        require(rows >= 1, "rows", "at least 1", rows);
        require(
                (long) bands * rows <= MOST_HASHES,
                "bands x rows",
                "at most " + MOST_HASHES + " hashes",
                (long) bands * rows);
        require(exactUpTo >= 0, "exactUpTo", "0 or more texts", exactUpTo);
    }

    /// Everything at its default.
    public static NearDuplicateSettings defaults() {
        return new NearDuplicateSettings(
                DEFAULT_THRESHOLD, DEFAULT_NGRAM, DEFAULT_BANDS, DEFAULT_ROWS, DEFAULT_SEED, DEFAULT_EXACT_UP_TO);
    }

    /// The same with another threshold.
    public NearDuplicateSettings withThreshold(double newThreshold) {
        return new NearDuplicateSettings(newThreshold, ngram, bands, rows, seed, exactUpTo);
    }

    /// The same with another seed.
    public NearDuplicateSettings withSeed(long newSeed) {
        return new NearDuplicateSettings(threshold, ngram, bands, rows, newSeed, exactUpTo);
    }

    /// The same with another limit of the exact search; 0 always uses MinHash.
    public NearDuplicateSettings withExactUpTo(int texts) {
        return new NearDuplicateSettings(threshold, ngram, bands, rows, seed, texts);
    }

    /// The chance that MinHash proposes a pair of this similarity: `1 - (1 - s^rows)^bands`.
    ///
    /// @param similarity from 0 to 1
    public double chanceToPropose(double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, rows), bands);
    }

    private static void require(boolean holds, String name, String rule, Number given) {
        if (!holds) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "Near duplicates: " + name + " must be " + rule + ", got " + given + ".");
        }
    }
}
