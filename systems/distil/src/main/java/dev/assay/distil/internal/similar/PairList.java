package dev.assay.distil.internal.similar;

import java.util.Arrays;

/// Pairs of rows with their similarity, 16 bytes each.
public final class PairList {
    private int[] rows = new int[16];
    private double[] similarities = new double[8];
    private int size;

    /// Adds a pair.
    public void add(int x, int y, double similarity) {
        if (size == similarities.length) {
            rows = Arrays.copyOf(rows, 4 * size);
            similarities = Arrays.copyOf(similarities, 2 * size);
        }
        rows[2 * size] = x;
        rows[2 * size + 1] = y;
        similarities[size++] = similarity;
    }

    /// Adds the pairs of another list.
    public void addAll(PairList others) {
        for (int i = 0; i < others.size; i++) {
            add(others.first(i), others.second(i), others.similarity(i));
        }
    }

    /// Adds the pairs of another list and unites their rows.
    public void takeOver(PairList found, Clusters clusters) {
        addAll(found);
        for (int i = 0; i < found.size; i++) {
            clusters.unite(found.first(i), found.second(i));
        }
    }

    public int size() {
        return size;
    }

    public int first(int pair) {
        return rows[2 * pair];
    }

    public int second(int pair) {
        return rows[2 * pair + 1];
    }

    public double similarity(int pair) {
        return similarities[pair];
    }
}
