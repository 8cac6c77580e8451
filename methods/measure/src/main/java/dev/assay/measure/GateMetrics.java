package dev.assay.measure;

import dev.assay.measure.internal.Checks;
import java.util.Arrays;
import java.util.OptionalDouble;

/// How good the class probabilities of a gate are on held-out rows.
///
/// The four say different things and are printed together: log-loss and Brier are proper scores, the calibration
/// error alone is none (a constant at the base rate has error 0), and the AUC sees only the order.
///
/// - log-loss: mean of -ln p(true class), p clamped to `[1e-15, 1 - 1e-15]` before the logarithm only;
/// - Brier (1950): two classes: mean (p - y)^2, range 0 to 1; more classes: mean over rows of sum over classes
///   (p - y)^2, range 0 to 2;
/// - expected calibration error: sum over 10 equal-width bins, bin = min(floor(10 p), 9), of share of rows in
///   the bin x |mean y - mean p|; more than two classes: mean over classes of the one-vs-rest error;
/// - AUC: probability that a positive row has the larger p, ties 1/2; more than two classes: mean of the
///   one-vs-rest values over the classes that have rows in and out.
///
/// @param rows    number of rows
/// @param classes number of classes
/// @param logLoss in nats
/// @param brier   see above for its range
/// @param ece     0 to 1
/// @param auc     0 to 1; empty if only one class occurs, which leaves nothing to order
/// @param clamped rows whose probability (of class 1; of the true class if there are more than two) was
///                clamped for the log-loss
public record GateMetrics(
        int rows, int classes, double logLoss, double brier, double ece, OptionalDouble auc, int clamped) {

    /// Probabilities are kept this far from 0 and 1 before the logarithm.
    public static final double LOG_FLOOR = 1e-15;

    /// Bins of the expected calibration error.
    public static final int BINS = 10;

    /// A row of class probabilities may differ from sum 1 by this much.
    public static final double SUM_TOLERANCE = 1e-4;

    /// The metrics of a gate between two classes.
    ///
    /// @param probability p(class 1) of each row, 0 to 1
    /// @param truth       0 or 1 for each row
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no rows, a probability is not within 0 to 1, or a
    ///     label is neither 0 nor 1, naming the row
    /// @throws IllegalArgumentException if lengths differ
    public static GateMetrics binary(double[] probability, int[] truth) {
        Checks.sameLength("probabilities", probability.length, "labels", truth.length);
        Checks.notEmpty("probabilities", probability.length);
        Checks.probabilities(probability, 1);
        Checks.labels(truth, 2);
        int n = truth.length;
        double loss = 0;
        double squares = 0;
        int clamped = 0;
        for (int i = 0; i < n; i++) {
            if (isClamped(probability[i])) {
                clamped++;
            }
            loss += logLoss(probability[i], truth[i]);
            squares += square(probability[i] - truth[i]);
        }
        return new GateMetrics(
                n,
                2,
                loss / n,
                squares / n,
                ece(probability, 1, 0, truth, 1),
                auc(probability, 1, 0, truth, 1),
                clamped);
    }

    /// The metrics of a gate between two or more classes.
    ///
    /// Two classes given this way have twice the Brier score of [#binary(double[], int[])], by definition.
    ///
    /// @param probabilities row-major `[rows, classes]`; each row sums to 1 within [#SUM_TOLERANCE]
    /// @param classes       at least 2
    /// @param truth         `0..classes-1` for each row
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no rows, a probability is not within 0 to 1, a row
    ///     does not sum to 1 or a label is out of range, naming the row
    /// @throws IllegalArgumentException if lengths differ or `classes < 2`
    public static GateMetrics multiClass(double[] probabilities, int classes, int[] truth) {
        if (classes < 2) {
            throw new IllegalArgumentException("a gate has at least 2 classes, got " + classes);
        }
        Checks.notEmpty("probabilities", probabilities.length);
        Checks.sameLength("probabilities", probabilities.length, "labels x classes", (long) truth.length * classes);
        Checks.probabilities(probabilities, classes);
        Checks.rowsSumToOne(probabilities, classes, SUM_TOLERANCE);
        Checks.labels(truth, classes);
        int n = truth.length;
        double loss = 0;
        double squares = 0;
        int clamped = 0;
        for (int i = 0; i < n; i++) {
            double ofTruth = probabilities[i * classes + truth[i]];
            if (isClamped(ofTruth)) {
                clamped++;
            }
            loss += logLoss(ofTruth);
            for (int c = 0; c < classes; c++) {
                squares += square(probabilities[i * classes + c] - (truth[i] == c ? 1 : 0));
            }
        }
        double ece = 0;
        double aucs = 0;
        int ordered = 0;
        for (int c = 0; c < classes; c++) {
            ece += ece(probabilities, classes, c, truth, c);
            OptionalDouble auc = auc(probabilities, classes, c, truth, c);
            if (auc.isPresent()) {
                aucs += auc.getAsDouble();
                ordered++;
            }
        }
        return new GateMetrics(
                n,
                classes,
                loss / n,
                squares / n,
                ece / classes,
                ordered == 0 ? OptionalDouble.empty() : OptionalDouble.of(aucs / ordered),
                clamped);
    }

    /// The bin of a probability: min(floor(10 p), 9).
    static int bin(double probability) {
        return Math.min((int) Math.floor(BINS * probability), BINS - 1);
    }

    static boolean isClamped(double ofTruth) {
        return ofTruth < LOG_FLOOR || ofTruth > 1 - LOG_FLOOR;
    }

    static double logLoss(double ofTruth) {
        return -Math.log(Math.clamp(ofTruth, LOG_FLOOR, 1 - LOG_FLOOR));
    }

    /// The probability of class 1 is clamped before it is taken from 1, so certainty about the wrong class costs
    /// -ln(1 - (1 - 1e-15)) = 34.5396 or -ln(1e-15) = 34.5388, as in scikit-learn.
    static double logLoss(double probability, int truth) {
        double p = Math.clamp(probability, LOG_FLOOR, 1 - LOG_FLOOR);
        return -Math.log(truth == 1 ? p : 1 - p);
    }

    static double square(double x) {
        return x * x;
    }

    private static double ece(double[] p, int stride, int offset, int[] truth, int positive) {
        double[] gap = new double[BINS];
        for (int i = 0; i < truth.length; i++) {
            double q = p[i * stride + offset];
            gap[bin(q)] += (truth[i] == positive ? 1 : 0) - q;
        }
        double sum = 0;
        for (double g : gap) {
            sum += Math.abs(g);
        }
        return sum / truth.length;
    }

    /// The rank form of Mann and Whitney: one sort instead of all pairs.
    private static OptionalDouble auc(double[] p, int stride, int offset, int[] truth, int positive) {
        int n = truth.length;
        double[] in = new double[n];
        double[] out = new double[n];
        int positives = 0;
        int negatives = 0;
        for (int i = 0; i < n; i++) {
            if (truth[i] == positive) {
                in[positives++] = p[i * stride + offset];
            } else {
                out[negatives++] = p[i * stride + offset];
            }
        }
        if (positives == 0 || negatives == 0) {
            return OptionalDouble.empty();
        }
        Arrays.sort(in, 0, positives);
        Arrays.sort(out, 0, negatives);
        long halves = 0;
        int below = 0;
        int notAbove = 0;
        for (int i = 0; i < positives; i++) {
            while (below < negatives && out[below] < in[i]) {
                below++;
            }
            while (notAbove < negatives && out[notAbove] <= in[i]) {
                notAbove++;
            }
            halves += below + notAbove;
        }
        return OptionalDouble.of(halves / (2.0 * positives * negatives));
    }
}
