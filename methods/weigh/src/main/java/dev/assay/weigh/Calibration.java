package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.internal.Solve;
import java.util.Arrays;

/// Finds weights close to the design weights that reproduce the targets.
///
/// Minimises `sum_i (d_i / q_i) G(w_i / d_i)` subject to `X'w = T` by Newton's method on the dual
/// `sum_i (d_i / q_i) H(q_i x_i'lambda) - T'lambda`, which is convex and has the size of the targets (Deville and
/// Särndal 1992). The result is the same, bit for bit, on any number of threads.
public final class Calibration {
    private Calibration() {}

    /// Calibrates with `q = 1`.
    ///
    /// @see #solve(CalibrationSettings, Design, double[], double[], Targets, Engine, Progress)
    public static CalibrationResult solve(
            CalibrationSettings settings,
            Design design,
            double[] designWeights,
            Targets targets,
            Engine engine,
            Progress progress) {
        double[] q = new double[design.rows()];
        Arrays.fill(q, 1);
        return solve(settings, design, designWeights, q, targets, engine, progress);
    }

    /// Calibrates.
    ///
    /// @param designWeights `[rows]` finite, 0 or more; a row of weight 0 keeps weight 0
    /// @param q             `[rows]` finite and positive: the greater, the farther a row's weight may move
    /// @param targets       one a column of the design
    /// @param engine        must run in this process; its number of threads never changes the result
    /// @param progress      told the Newton step, of at most `maxNewton`
    /// @throws Fault (BAD_DATA) naming the first row whose design weight or q is out of range
    /// @throws IllegalArgumentException if lengths differ
    /// @throws java.util.concurrent.CancellationException if interrupted
    public static CalibrationResult solve(
            CalibrationSettings settings,
            Design design,
            double[] designWeights,
            double[] q,
            Targets targets,
            Engine engine,
            Progress progress) {
        if (designWeights.length != design.rows() || q.length != design.rows()) {
            throw new IllegalArgumentException("the design has " + design.rows() + " rows, there are "
                    + designWeights.length + " design weights and " + q.length + " values of q");
        }
        if (targets.size() != design.columns()) {
            throw new IllegalArgumentException(
                    "the design has " + design.columns() + " columns, there are " + targets.size() + " targets");
        }
        for (int i = 0; i < q.length; i++) {
            if (!(designWeights[i] >= 0) || Double.isInfinite(designWeights[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "The design weight of row " + i
                                + " must be a finite number of 0 or more; correct or remove it.");
            }
            if (!(q[i] > 0) || Double.isInfinite(q[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "The scale q of row " + i + " must be a finite number above 0; correct or remove it.");
            }
        }
        return Solve.run(settings, design, designWeights, q, targets, engine, progress);
    }
}
