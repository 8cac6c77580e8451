package dev.assay.distil.internal.similar;

import java.util.ArrayList;
import java.util.List;

/// The sketches of all texts, as they were read.
public final class Sketches {
    private final int bands;
    private final List<SketchedTexts> batches = new ArrayList<>();
    private final List<long[]> bandKeys = new ArrayList<>();
    private int rows;

    public Sketches(int bands) {
        this.bands = bands;
    }

    /// Adds the next texts.
    public void add(SketchedTexts batch) {
        // Keys of bands are most of the memory and are dropped first, so they are kept apart.
        batches.add(new SketchedTexts(batch.sizes(), batch.identities(), batch.keyHashes(), new long[0]));
        bandKeys.add(batch.bandKeys());
        rows += batch.sizes().length;
    }

    public int rows() {
        return rows;
    }

    /// How many shingles a text has.
    public int size(int row) {
        return batch(row).sizes()[row % TextReader.BATCH];
    }

    /// Whether a text is the one that was read first.
    public boolean matches(int row, String key, long[] identity) {
        long[] first = batch(row).identities();
        int at = 2 * (row % TextReader.BATCH);
        return keyHash(row) == SketchedTexts.keyHash(key) && first[at] == identity[0] && first[at + 1] == identity[1];
    }

    /// Groups texts whose keys may be equal.
    public Groups.Keys keyHashes() {
        return this::keyHash;
    }

    /// Groups texts with equal sets of shingles.
    public Groups.Keys identities() {
        return new Groups.Keys() {
            @Override
            public long of(int row) {
                return batch(row).identities()[2 * (row % TextReader.BATCH)];
            }

            @Override
            public long second(int row) {
                return batch(row).identities()[2 * (row % TextReader.BATCH) + 1];
            }

            @Override
            public boolean has(int row) {
                return size(row) > 0;
            }
        };
    }

    /// The key of one band of a text.
    public long bandKey(int band, int row) {
        return bandKeys.get(row / TextReader.BATCH)[row % TextReader.BATCH * bands + band];
    }

    /// Lets go of the keys of all bands.
    public void dropBandKeys() {
        bandKeys.clear();
    }

    private long keyHash(int row) {
        return batch(row).keyHashes()[row % TextReader.BATCH];
    }

    private SketchedTexts batch(int row) {
        return batches.get(row / TextReader.BATCH);
    }
}
