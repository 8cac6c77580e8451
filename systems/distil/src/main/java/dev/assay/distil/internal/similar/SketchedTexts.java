package dev.assay.distil.internal.similar;

/// A few texts as what remains of them while the others are read: `8 (bands + 3) + 4` bytes each.
///
/// @param sizes      of their sets of shingles
/// @param identities as in [ShingledTexts]
/// @param keyHashes  one a text, equal for equal keys
/// @param bandKeys   one a band, text by text; meaningless for a text without a token
public record SketchedTexts(int[] sizes, long[] identities, long[] keyHashes, long[] bandKeys) {
    /// The sketches of some sets.
    public static SketchedTexts of(ShingledTexts texts, MinHash minHash) {
        int n = texts.sets().length;
        SketchedTexts batch =
                new SketchedTexts(new int[n], texts.identities(), new long[n], new long[n * minHash.bands()]);
        for (int i = 0; i < n; i++) {
            long[] set = texts.sets()[i];
            batch.sizes[i] = set.length;
            batch.keyHashes[i] = keyHash(texts.keys()[i]);
            if (set.length > 0) {
                minHash.bandKeys(minHash.signature(set, set.length), batch.bandKeys, i * minHash.bands());
            }
        }
        return batch;
    }

    /// A hash of a key, evenly spread.
    static long keyHash(String key) {
        long hash = key.length();
        for (int i = 0; i < key.length(); i++) {
            hash = hash * 0xD1342543DE82EF95L + key.charAt(i);
        }
        return MinHash.mixed(hash);
    }
}
