package dev.assay.microdata.internal;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.frame.Frame;
import java.util.Arrays;
import java.util.Optional;

/// Rows drawn so that they stand for the population of a weighted table as rows of equal weight would:
/// systematic sampling with probability proportional to weight, in random order. Measures of single
/// rows, such as those of nearest neighbours, then refer to the population that weighted means and
/// shares refer to.
final class PopulationRows {
    /// At most this share of the rows drawn are there twice because their weight is above that of a row
    /// drawn.
    private static final double MOST_REPEATED = 0.01;

    private PopulationRows() {}

    /// The weights of a table; empty if it has none, or all are equal.
    static Optional<double[]> weights(Frame rows, Optional<String> column) {
        if (column.isEmpty() || !rows.schema().has(column.get()) || rows.rows() == 0) {
            return Optional.empty();
        }
        double[] weights = rows.numbers(column.get());
        double first = weights[0];
        return Arrays.stream(weights).allMatch(w -> w == first) ? Optional.empty() : Optional.of(weights);
    }

    /// The largest number of rows, up to a cap, that can be drawn with few of them twice.
    static int size(double[] weights, int cap) {
        double total = Arrays.stream(weights).sum();
        double[] sorted = weights.clone();
        Arrays.sort(sorted);
        int low = 1;
        int high = Math.min(cap, weights.length);
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (repeated(sorted, total, middle) <= MOST_REPEATED * middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static double repeated(double[] sorted, double total, int size) {
        double repeated = 0;
        for (int i = sorted.length - 1; i >= 0 && sorted[i] * size > total; i--) {
            repeated += sorted[i] * size / total - 1;
        }
        return repeated;
    }

    /// Positions of so many rows, ascending.
    static int[] draw(double[] weights, int size, Seed seed) {
        int[] order = Draws.permutation(weights.length, seed.child("order").generator());
        double step = Arrays.stream(weights).sum() / size;
        double next = step * seed.child("start").generator().nextDouble();
        int[] chosen = new int[size];
        int drawn = 0;
        double below = 0;
        for (int i = 0; i < order.length && drawn < size; i++) {
            below += weights[order[i]];
            while (drawn < size && next < below) {
                chosen[drawn++] = order[i];
                next += step;
            }
        }
        // Rounding may leave the last one undrawn.
        while (drawn < size) {
            chosen[drawn++] = order[order.length - 1];
        }
        Arrays.sort(chosen);
        return chosen;
    }
}
