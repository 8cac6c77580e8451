package dev.assay.trees.internal;

import dev.assay.trees.Sign;
import java.util.Arrays;

/// A mixture of a negative part, a mass at zero and a positive part. Masses are three neighbours in an array:
/// negative, zero, positive.
public final class Mixture {
    /// A level that passes a mass by rounding only belongs to it.
    private static final double ROUNDING = 1e-12;

    private Mixture() {}

    /// The sign that a uniform falls on; never one of mass 0.
    public static Sign choose(double[] mass, int at, double u) {
        double point = u * (mass[at] + mass[at + 1] + mass[at + 2]);
        if (point < mass[at]) {
            return Sign.NEGATIVE;
        }
        if (point < mass[at] + mass[at + 1] || mass[at + 2] == 0) {
            return mass[at + 1] > 0 ? Sign.ZERO : Sign.NEGATIVE;
        }
        return Sign.POSITIVE;
    }

    /// The sign that holds a quantile level.
    static Sign at(double[] mass, int at, double level) {
        if (mass[at] > 0 && level <= mass[at] + ROUNDING) {
            return Sign.NEGATIVE;
        }
        if (mass[at + 2] == 0 || (mass[at + 1] > 0 && level <= mass[at] + mass[at + 1] + ROUNDING)) {
            return mass[at + 1] > 0 ? Sign.ZERO : Sign.NEGATIVE;
        }
        return Sign.POSITIVE;
    }

    /// Those of the levels that a sign holds, as levels of that sign's own distribution, in their order.
    public static double[] levels(double[] mass, int at, double[] levels, Sign sign) {
        double before = sign == Sign.NEGATIVE ? 0 : mass[at] + mass[at + 1];
        double own = sign == Sign.NEGATIVE ? mass[at] : mass[at + 2];
        return Arrays.stream(levels)
                .filter(p -> at(mass, at, p) == sign)
                .map(p -> Math.min(1, Math.max(0, (p - before) / own)))
                .toArray();
    }

    /// The quantiles of the mixture from those of its parts, as asked for by [#levels].
    public static double[] join(double[] mass, int at, double[] levels, double[] negative, double[] positive) {
        double[] out = new double[levels.length];
        int n = 0;
        int p = 0;
        for (int k = 0; k < levels.length; k++) {
            out[k] = switch (at(mass, at, levels[k])) {
                case NEGATIVE -> negative[n++];
                case ZERO -> 0;
                case POSITIVE -> positive[p++];
            };
        }
        return out;
    }
}
