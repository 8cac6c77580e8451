package dev.assay.study.internal.run;

import dev.assay.study.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// Numbers about confidential rows, so coarse that no few of the rows can be seen in them, nor by taking one
/// from another.
final class CoarseNumbers {
    /// Counts are rounded to multiples of this, and estimates told as if rows came in as many.
    static final int GRAIN = 10;

    /// Digits of what is told of estimates beyond 1.
    private static final int DIGITS = 3;

    /// How far, relatively, a number may be from a whole one to be taken for a count.
    private static final double FEW_TOLERANCE = 0.02;

    /// Room for the rounding of a quotient.
    private static final double ROUNDING = 1e-9;

    /// Sizes of files are told in multiples of this, so that they do not show how many lines there are.
    private static final long BYTES = 1L << 16;

    private CoarseNumbers() {}

    /// A count to the nearest ten; five go up.
    static long count(long count) {
        return Math.floorDiv(count + GRAIN / 2, GRAIN) * (long) GRAIN;
    }

    /// A size in bytes to the next 64 KiB.
    static long size(long bytes) {
        return Math.ceilDiv(bytes, BYTES) * BYTES;
    }

    /// A metric as it may be told: without its value if it has no interval, and so says exactly what is in a
    /// file, or if the value may be a count of a few.
    ///
    /// @param rows     that it was measured on, at least
    /// @param withheld what stands in the place of a value
    static Metric metric(Metric m, long rows, String withheld) {
        long n = count(m.n());
        if (m.value().isEmpty()
                || m.low().isEmpty()
                || m.high().isEmpty()
                || isFew(m.value().get())) {
            return Metric.absent(m.name(), n, withheld);
        }
        double grid = grid(Math.max(rows, m.n()));
        return new Metric(
                m.name(),
                Optional.of(coarse(m.value().get(), grid)),
                Optional.of(coarse(m.low().get(), grid)),
                Optional.of(coarse(m.high().get(), grid)),
                m.level(),
                n,
                m.units(),
                m.unit(),
                m.reason());
    }

    /// Whether a number may be a count of 2 to 9, weighted with weights near 1 perhaps. 1 is left to be a
    /// share of all.
    private static boolean isFew(double value) {
        double size = Math.abs(value);
        double whole = Math.rint(size);
        return size > 1 && whole < GRAIN && Math.abs(size - whole) < FEW_TOLERANCE * whole;
    }

    /// A number as it may be told: up to 1, where shares are, on the grid; beyond with three digits.
    private static double coarse(double value, double grid) {
        if (!Double.isFinite(value) || value == 0) {
            return value;
        }
        return Math.abs(value) <= 1
                ? BigDecimal.valueOf(Math.rint(value / grid))
                        .multiply(BigDecimal.valueOf(grid))
                        .doubleValue()
                : new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
    }

    /// The smallest of 1, 2 or 5 times a power of ten that is not less than [#GRAIN] of so many rows.
    static double grid(long rows) {
        double least = (double) GRAIN / Math.max(GRAIN, rows);
        int power = (int) Math.floor(Math.log10(least));
        for (int times : new int[] {1, 2, 5}) {
            double step = BigDecimal.valueOf(times, -power).doubleValue();
            if (step >= least * (1 - ROUNDING)) {
                return step;
            }
        }
        return BigDecimal.valueOf(1, -power - 1).doubleValue();
    }
}
