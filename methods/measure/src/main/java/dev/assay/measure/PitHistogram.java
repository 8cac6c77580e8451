package dev.assay.measure;

import dev.assay.chance.Seed;
import dev.assay.measure.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Histogram of the probability integral transform F(y) of held-out values: flat if the conditional
/// distributions are calibrated, a hill if they are too wide, a bowl if too narrow (Gneiting and others
/// 2007).
///
/// @param counts rows in each of equally wide bins of 0 to 1
/// @param rows   number of rows
public record PitHistogram(List<Integer> counts, int rows) {
    /// Bins by default.
    public static final int DEFAULT_BINS = 10;

    /// Copies the list, so that the record is immutable.
    public PitHistogram {
        counts = List.copyOf(counts);
    }

    /// The histogram of transformed values; bin = min(floor(bins x value), bins - 1).
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no values or one is not within 0 to 1, naming
    ///     the row
    public static PitHistogram of(double[] transformed, int bins) {
        Checks.notEmpty("values", transformed.length);
        Checks.probabilities(transformed, 1);
        Integer[] counts = new Integer[bins];
        Arrays.fill(counts, 0);
        for (double u : transformed) {
            counts[Math.min((int) (bins * u), bins - 1)]++;
        }
        return new PitHistogram(List.of(counts), transformed.length);
    }

    /// The randomised transform for distributions with jumps: uniform between F just below y and F at y.
    ///
    /// @param below F(y-) of each row
    /// @param at    F(y) of each row, not smaller
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a value is not within 0 to 1, naming the row
    public static double[] randomised(double[] below, double[] at, Seed seed) {
        Checks.sameLength("values below", below.length, "values at", at.length);
        Checks.probabilities(below, 1);
        Checks.probabilities(at, 1);
        RandomGenerator random = seed.generator();
        double[] transformed = new double[at.length];
        for (int i = 0; i < transformed.length; i++) {
            transformed[i] = Math.min(1, below[i] + random.nextDouble() * (at[i] - below[i]));
        }
        return transformed;
    }

    /// Share of rows in a bin.
    public double share(int bin) {
        return (double) counts.get(bin) / rows;
    }
}
