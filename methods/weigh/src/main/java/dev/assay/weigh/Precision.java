package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.weigh.internal.Residuals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Standard errors by linearisation, with or without calibration.
///
/// A calibrated total varies as the residuals of its variable from the targets' columns do: `e = y - x'B`, `B
/// = (X' D Q X)^-1 X' D Q y` with the design weights, whatever the distance (Deville and Särndal 1992,
/// section 3). With `z_i = w_i e_i` summed within primary units, `V = sum_h (1 - f_h) n_h / (n_h - 1) sum_i
/// (z_hi - mean z_h)^2`. For a quotient `y` is replaced by `(y
/// - R x) / sum w x`.
///
/// With targets that may be missed `B = (X' D Q X + diag(1 / c))^-1 X' D Q y`, `c = cost / scale^2`. That
/// rule follows from the weights' formula under the linear distance; it is our own derivation and not from
/// the literature.
public final class Precision {
    private final double[] weights;
    private final SampleDesign design;
    private final Optional<Residuals> residuals;

    private Precision(double[] weights, SampleDesign design, Optional<Residuals> residuals) {
        if (weights.length != design.strata().length) {
            throw new IllegalArgumentException(
                    "there are " + weights.length + " weights, the sample has " + design.strata().length + " rows");
        }
        this.weights = Judged.finite(weights);
        this.design = design;
        this.residuals = residuals;
    }

    /// Precision of estimates with weights as they were drawn.
    ///
    /// @param weights `[rows]` finite
    public static Precision ofDesign(double[] weights, SampleDesign design) {
        return new Precision(weights, design, Optional.empty());
    }

    /// Precision of estimates with calibrated weights. Up to [CalibrationSettings#EXPLICIT_TARGETS] targets
    /// the normal equations are formed, and combinations of other targets left out; beyond, they are solved
    /// by conjugate gradients to a relative residual of 1e-12, two numbers a target in memory.
    ///
    /// @param problem what was calibrated
    /// @param weights `[rows]` the final weights
    public static Precision ofCalibration(
            CalibrationProblem problem, double[] weights, SampleDesign design, Engine engine) {
        return new Precision(weights, design, Optional.of(Residuals.of(problem, engine)));
    }

    /// Precision of estimates with calibrated weights, of exactly the calibration that was made: with cluster
    /// means where rows of a cluster share a ratio.
    ///
    /// @param weights `[rows]` the final weights
    public static Precision ofCalibration(
            CalibrationModel model, double[] weights, SampleDesign design, Engine engine) {
        return new Precision(weights, design, Optional.of(model.residuals(engine)));
    }

    /// Estimates with their precision, in order. Degrees of freedom are those of the primary units and strata
    /// that the rows of a statistic touch.
    public List<Estimate> estimates(List<Statistic> statistics) {
        List<Estimate> list = new ArrayList<>();
        for (Statistic statistic : statistics) {
            Judged judged = new Judged(statistic, weights);
            Reach reach = Reach.of(design, judged.counted());
            double[] u = judged.linear().variable();
            boolean exists = Double.isFinite(judged.linear().value());
            double plain = exists ? variance(u) : Double.NaN;
            double variance =
                    exists && residuals.isPresent() ? variance(residuals.get().of(u)) : plain;
            list.add(judged.estimate(
                    reach,
                    Estimate.Basis.of(reach, reach.degrees(), 0),
                    variance,
                    plain,
                    judged.valued(design.units(), design.unitCount())));
        }
        return list;
    }

    /// The estimate of one statistic.
    public Estimate estimate(Statistic statistic) {
        return estimates(List.of(statistic)).getFirst();
    }

    private double variance(double[] e) {
        return Spread.of(weights, e, design);
    }
}
