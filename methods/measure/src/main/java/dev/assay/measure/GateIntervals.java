package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.measure.internal.WeightedAuc;
import java.util.List;

/// The metrics of a gate between two classes with bootstrap intervals from the same draws.
///
/// The calibration error is biased upwards in small samples and more so in replicates, so its interval may lie above
/// its value; the estimate then says so.
///
/// @param logLoss in nats
/// @param brier   0 to 1
/// @param ece     0 to 1
/// @param auc     0 to 1
public record GateIntervals(Estimate logLoss, Estimate brier, Estimate ece, Estimate auc) {

    /// The metrics of [GateMetrics#binary(double[], int[])] with intervals.
    ///
    /// @param probability p(class 1) of each row, 0 to 1
    /// @param truth       0 or 1 for each row
    /// @throws dev.assay.fault.Fault (BAD_DATA) as `GateMetrics.binary`
    /// @throws IllegalArgumentException if lengths differ
    public static GateIntervals binary(
            double[] probability, int[] truth, Units units, Bootstrap bootstrap, Engine engine) {
        GateMetrics point = GateMetrics.binary(probability, truth);
        int n = point.rows();
        if (units.rows() != n) {
            throw new IllegalArgumentException("the units cover " + units.rows() + " rows, not " + n);
        }
        double[] loss = new double[n];
        double[] gap = new double[n];
        int[] bin = new int[n];
        for (int i = 0; i < n; i++) {
            loss[i] = GateMetrics.logLoss(probability[i], truth[i]);
            gap[i] = truth[i] - probability[i];
            bin[i] = GateMetrics.bin(probability[i]);
        }
        WeightedAuc auc = WeightedAuc.of(probability, truth, units);
        List<Estimate> estimates = bootstrap.estimates(
                units,
                times -> {
                    long rows = 0;
                    double losses = 0;
                    double squares = 0;
                    double[] gaps = new double[GateMetrics.BINS];
                    for (int i = 0; i < n; i++) {
                        int t = times[units.of(i)];
                        rows += t;
                        losses += t * loss[i];
                        squares += t * gap[i] * gap[i];
                        gaps[bin[i]] += t * gap[i];
                    }
                    double ece = 0;
                    for (double g : gaps) {
                        ece += Math.abs(g);
                    }
                    return new double[] {losses / rows, squares / rows, ece / rows, auc.of(times)};
                },
                engine);
        return new GateIntervals(estimates.get(0), estimates.get(1), estimates.get(2), estimates.get(3));
    }
}
