package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Units;
import dev.assay.measure.internal.OneClass;
import dev.assay.measure.internal.WeightedAuc;
import java.util.List;

/// The metrics of a gate with bootstrap intervals from the same draws; all rows weigh the same.
///
/// The calibration error is biased upwards in small samples and more so in replicates, so its interval may
/// lie above its value; the estimate then says so.
///
/// @param logLoss in nats
/// @param brier   0 to 1 for two classes given as one column, else 0 to 2
/// @param ece     0 to 1
/// @param auc     0 to 1; absent if only one class occurs
public record GateIntervals(Estimate logLoss, Estimate brier, Estimate ece, Estimate auc) {

    /// The metrics of [GateMetrics#binary(double[], int[])] with intervals.
    ///
    /// @param probability p(class 1) of each row, 0 to 1
    /// @param truth       0 or 1 for each row
    /// @throws dev.assay.fault.Fault (BAD_DATA) as `GateMetrics.binary`
    /// @throws IllegalArgumentException if lengths differ
    public static GateIntervals binary(
            double[] probability, int[] truth, Units units, Bootstrap bootstrap, Engine engine) {
        GateMetrics.binary(probability, truth);
        double[] loss = new double[truth.length];
        for (int i = 0; i < loss.length; i++) {
            loss[i] = GateMetrics.logLoss(probability[i], truth[i]);
        }
        return of(loss, new double[][] {probability}, new int[][] {truth}, units, bootstrap, engine);
    }

    /// The metrics of [GateMetrics#multiClass(double[], int, int[])] with intervals.
    ///
    /// @param probabilities row-major `[rows, classes]`
    /// @param classes       at least 2
    /// @param truth         `0..classes-1` for each row
    /// @throws dev.assay.fault.Fault (BAD_DATA) as `GateMetrics.multiClass`
    /// @throws IllegalArgumentException if lengths differ
    public static GateIntervals multiClass(
            double[] probabilities, int classes, int[] truth, Units units, Bootstrap bootstrap, Engine engine) {
        GateMetrics.multiClass(probabilities, classes, truth);
        double[] loss = new double[truth.length];
        double[][] probability = new double[classes][truth.length];
        int[][] isClass = new int[classes][truth.length];
        for (int i = 0; i < loss.length; i++) {
            loss[i] = GateMetrics.logLoss(probabilities[i * classes + truth[i]]);
            isClass[truth[i]][i] = 1;
            for (int c = 0; c < classes; c++) {
                probability[c][i] = probabilities[i * classes + c];
            }
        }
        return of(loss, probability, isClass, units, bootstrap, engine);
    }

    /// @param probability of each class judged, `[classes][rows]`
    /// @param isClass     0 or 1, `[classes][rows]`
    private static GateIntervals of(
            double[] loss, double[][] probability, int[][] isClass, Units units, Bootstrap bootstrap, Engine engine) {
        int n = loss.length;
        int classes = probability.length;
        if (units.rows() != n) {
            throw new IllegalArgumentException("the units cover " + units.rows() + " rows, not " + n);
        }
        double[][] gap = new double[classes][n];
        int[][] bin = new int[classes][n];
        double[] square = new double[n];
        WeightedAuc[] auc = new WeightedAuc[classes];
        for (int c = 0; c < classes; c++) {
            auc[c] = WeightedAuc.of(probability[c], isClass[c], units);
            for (int i = 0; i < n; i++) {
                gap[c][i] = isClass[c][i] - probability[c][i];
                bin[c][i] = OneClass.bin(probability[c][i]);
                square[i] += GateMetrics.square(gap[c][i]);
            }
        }
        List<Estimate> estimates = bootstrap.estimates(
                units,
                times -> {
                    long rows = 0;
                    double losses = 0;
                    double squares = 0;
                    for (int i = 0; i < n; i++) {
                        int t = times[units.of(i)];
                        rows += t;
                        losses += t * loss[i];
                        squares += t * square[i];
                    }
                    double gaps = 0;
                    for (int c = 0; c < classes; c++) {
                        gaps += gaps(gap[c], bin[c], units, times);
                    }
                    return new double[] {losses / rows, squares / rows, gaps / rows / classes, mean(auc, times)};
                },
                engine);
        return new GateIntervals(estimates.get(0), estimates.get(1), estimates.get(2), estimates.get(3));
    }

    private static double gaps(double[] gap, int[] bin, Units units, int[] times) {
        double[] ofBin = new double[GateMetrics.BINS];
        for (int i = 0; i < gap.length; i++) {
            ofBin[bin[i]] += times[units.of(i)] * gap[i];
        }
        double sum = 0;
        for (double g : ofBin) {
            sum += Math.abs(g);
        }
        return sum;
    }

    /// Mean over the classes that have rows in and out; NaN if none has.
    private static double mean(WeightedAuc[] aucs, int[] times) {
        double sum = 0;
        int ordered = 0;
        for (WeightedAuc auc : aucs) {
            double value = auc.of(times);
            if (!Double.isNaN(value)) {
                sum += value;
                ordered++;
            }
        }
        return ordered == 0 ? Double.NaN : sum / ordered;
    }
}
