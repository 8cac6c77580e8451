package dev.assay.trees.internal;

/// The steps that the values of a column lie on: cents, multiples of 100, whole days. A drawn number is
/// moved to the nearest step, so that it has no more decimals, and no finer resolution, than what was
/// observed.
///
/// Steps are `(offset + k step) / scale`, all three whole: the scale is the smallest power of ten that
/// makes all values whole, the step the greatest common divisor of their distances.
final class Grid {
    /// Whole numbers.
    static final Grid WHOLE = new Grid(1, 1, 0);
    /// Nothing is moved.
    static final Grid NONE = new Grid(0, 0, 0);

    /// Numbers with more decimals than this are measured, not rounded.
    private static final int MOST_DECIMALS = 9;
    /// Whole numbers are exact up to here.
    private static final double EXACT = 0x1p53;

    private final double scale;
    private final long step;
    private final long offset;

    private Grid(double scale, long step, long offset) {
        this.scale = scale;
        this.step = step;
        this.offset = offset;
    }

    /// The coarsest grid that holds all values; [#NONE] if there is none, or no two values differ.
    static Grid of(double[] values) {
        double scale = scale(values);
        if (scale == 0 || values.length == 0) {
            return NONE;
        }
        long first = (long) Math.rint(values[0] * scale);
        long step = 0;
        for (double v : values) {
            step = divisor(step, Math.abs((long) Math.rint(v * scale) - first));
            if (step == 1) {
                break;
            }
        }
        return step == 0 ? NONE : new Grid(scale, step, Math.floorMod(first, step));
    }

    private static double scale(double[] values) {
        double scale = 1;
        int decimals = 0;
        for (double v : values) {
            while (Math.rint(v * scale) / scale != v) {
                decimals++;
                scale *= 10;
                if (decimals > MOST_DECIMALS) {
                    return 0;
                }
            }
        }
        for (double v : values) {
            if (Math.abs(v) * scale > EXACT) {
                return 0;
            }
        }
        return scale;
    }

    private static long divisor(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /// The nearest step, halves to the smaller one.
    double nearest(double value) {
        if (step == 0) {
            return value;
        }
        double steps = Math.ceil((value * scale - offset) / step - 0.5);
        return (offset + steps * step) / scale + 0.0;
    }
}
