package dev.assay.measure;

import dev.assay.measure.internal.Checks;
import java.util.Arrays;

/// Scores of conditional distributions on held-out rows (Gneiting and Raftery 2007). All are proper: no other
/// distribution than the true one scores better in expectation. Smaller is better; the unit is the target's.
///
/// Each method returns one score a row, so that the rows can be averaged with an interval
/// ([dev.assay.inference.Bootstrap#means]).
public final class QuantileScores {
    private QuantileScores() {}

    /// Pinball loss of one quantile: max(level e, (level - 1) e) with e = truth - prediction.
    ///
    /// @param level strictly between 0 and 1
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no rows or a number is not finite, naming the row
    /// @throws IllegalArgumentException if lengths differ or the level is out of range
    public static double[] pinball(double level, double[] prediction, double[] truth) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a quantile level is between 0 and 1, got " + level);
        }
        Checks.sameLength("predictions", prediction.length, "true values", truth.length);
        Checks.notEmpty("true values", truth.length);
        Checks.finite("prediction", prediction, 1);
        Checks.finite("truth", truth, 1);
        double[] loss = new double[truth.length];
        for (int i = 0; i < loss.length; i++) {
            double e = truth[i] - prediction[i];
            loss[i] = Math.max(level * e, (level - 1) * e);
        }
        return loss;
    }

    /// Continuous ranked probability score of equally likely draws: mean |X - y| - 1/2 mean |X - X'| over all
    /// pairs of draws, which is the integral of (F - [y <= x])^2 for the draws' empirical distribution F.
    ///
    /// @param draws row-major `[rows, draws]`, at least one draw a row
    /// @param truth one value a row
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no rows or a number is not finite, naming the row
    /// @throws IllegalArgumentException if lengths do not fit
    public static double[] crpsOfDraws(double[] draws, double[] truth) {
        Checks.notEmpty("true values", truth.length);
        int each = draws.length / truth.length;
        if (each == 0 || draws.length % truth.length != 0) {
            throw new IllegalArgumentException(draws.length + " draws do not divide into " + truth.length + " rows");
        }
        Checks.finite("draws", draws, each);
        Checks.finite("truth", truth, 1);
        double[] score = new double[truth.length];
        for (int i = 0; i < score.length; i++) {
            double[] sorted = Arrays.copyOfRange(draws, i * each, (i + 1) * each);
            Arrays.sort(sorted);
            double toTruth = 0;
            double spread = 0;
            for (int j = 0; j < each; j++) {
                toTruth += Math.abs(sorted[j] - truth[i]);
                // Sum over pairs of |X - X'| / 2 from order statistics: the j-th is subtracted each - 1 - j times.
                spread += (2.0 * j - each + 1) * sorted[j];
            }
            score[i] = toTruth / each - spread / ((double) each * each);
        }
        return score;
    }

    /// Continuous ranked probability score approximated from quantiles: twice the integral of the pinball
    /// loss over the level, each level standing for the stretch up to the midpoints to its neighbours, the
    /// outermost for the tails.
    ///
    /// @param levels     ascending, strictly between 0 and 1
    /// @param quantiles  row-major `[rows, levels]`
    /// @param truth      one value a row
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no rows or a number is not finite, naming the row
    /// @throws IllegalArgumentException if lengths do not fit or the levels do not ascend
    public static double[] crpsOfQuantiles(double[] levels, double[] quantiles, double[] truth) {
        int count = levels.length;
        Checks.sameLength("quantiles", quantiles.length, "rows x levels", (long) count * truth.length);
        double[] score = new double[truth.length];
        for (int q = 0; q < count; q++) {
            if (q > 0 && !(levels[q] > levels[q - 1])) {
                throw new IllegalArgumentException("quantile levels must ascend");
            }
            double from = q == 0 ? 0 : (levels[q - 1] + levels[q]) / 2;
            double to = q == count - 1 ? 1 : (levels[q] + levels[q + 1]) / 2;
            double[] prediction = new double[truth.length];
            for (int i = 0; i < prediction.length; i++) {
                prediction[i] = quantiles[i * count + q];
            }
            double[] loss = pinball(levels[q], prediction, truth);
            for (int i = 0; i < score.length; i++) {
                score[i] += 2 * (to - from) * loss[i];
            }
        }
        return score;
    }
}
