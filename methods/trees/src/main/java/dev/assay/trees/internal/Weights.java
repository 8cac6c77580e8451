package dev.assay.trees.internal;

import dev.assay.fault.Fault;
import java.util.Arrays;

/// What every fit demands of its weights.
public final class Weights {
    private Weights() {}

    /// The rows of positive weight, ascending.
    ///
    /// @throws Fault (BAD_DATA) if lengths differ, a weight is negative or not finite, or none is positive
    public static int[] positive(int predictorRows, int responses, double[] weights) {
        if (predictorRows != responses || weights.length != responses) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "there are " + predictorRows + " rows of predictors, " + responses + " responses and "
                            + weights.length + " weights; give one of each a row.");
        }
        int[] rows = new int[responses];
        int n = 0;
        for (int i = 0; i < responses; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the weight in row " + i + " is negative or not finite; weights must be finite and at least"
                                + " 0.");
            }
            if (weights[i] > 0) {
                rows[n++] = i;
            }
        }
        if (n == 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "there is no training row with a positive weight; give at least one.");
        }
        return Arrays.copyOf(rows, n);
    }
}
