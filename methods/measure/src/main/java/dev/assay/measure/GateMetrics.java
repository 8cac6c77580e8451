package dev.assay.measure;

import dev.assay.measure.internal.Checks;
import dev.assay.measure.internal.OneClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// How good the class probabilities of a gate are on held-out rows.
///
/// They say different things and are printed together: log-loss and Brier are proper scores, a
/// calibration error alone is none (a constant at the base rate has error 0), the AUC sees only the
/// order, and the shares tell whether a class that is drawn from these probabilities comes out as often
/// as it should. Rows may have weights.
///
/// - log-loss: mean of -ln p(true class), p clamped to `[1e-15, 1 - 1e-15]` before the logarithm only;
/// - Brier (1950): two classes: mean (p - y)^2, range 0 to 1; more classes: mean over rows of sum over classes
///   (p - y)^2, range 0 to 2;
/// - expected calibration error: sum over 10 bins of share of rows in the bin x |mean y - mean p|; more
///   than two classes: mean over classes of the one-vs-rest error. Bins are of equal width, min(floor(10
///   p), 9), or of equal mass, min(floor(10 F), 9) with F the middle of the mass of rows of this p. A
///   rare class lies in the first bin
///   of equal width whatever its probabilities are; those of equal mass see it;
/// - AUC: probability that a positive row has the larger p, ties 1/2; more than two classes: mean of the
///   one-vs-rest values over the classes that have rows in and out.
///
/// @param rows      number of rows
/// @param classes   number of classes
/// @param logLoss   in nats
/// @param brier     see above for its range
/// @param ece       with bins of equal width, 0 to 1
/// @param eceByMass with bins of equal mass, 0 to 1
/// @param auc       0 to 1; empty if only one class occurs, which leaves nothing to order
/// @param shares    of each class
/// @param clamped   rows whose probability (of class 1; of the true class if there are more than two) was
///                  clamped for the log-loss
public record GateMetrics(
        int rows,
        int classes,
        double logLoss,
        double brier,
        double ece,
        double eceByMass,
        OptionalDouble auc,
        List<Share> shares,
        int clamped) {

    /// Keeps its own copy of the list.
    public GateMetrics {
        shares = List.copyOf(shares);
    }

    /// How often a class occurs, and how often it is said to.
    ///
    /// @param predicted mean probability
    /// @param observed  share of the rows
    public record Share(double predicted, double observed) {
        /// Predicted over observed; NaN for a class that does not occur.
        public double ratio() {
            return observed > 0 ? predicted / observed : Double.NaN;
        }
    }

    /// Probabilities are kept this far from 0 and 1 before the logarithm.
    public static final double LOG_FLOOR = 1e-15;

    /// Bins of the expected calibration error.
    public static final int BINS = 10;

    /// A row of class probabilities may differ from sum 1 by this much.
    public static final double SUM_TOLERANCE = 1e-4;

    /// The metrics of a gate between two classes, all rows weighing the same.
    ///
    /// @param probability p(class 1) of each row, 0 to 1
    /// @param truth       0 or 1 for each row
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no rows, a probability is not within 0 to 1, or a
    ///     label is neither 0 nor 1, naming the row
    /// @throws IllegalArgumentException if lengths differ
    public static GateMetrics binary(double[] probability, int[] truth) {
        return binary(probability, truth, ones(truth.length));
    }

    /// The metrics of a gate between two classes.
    ///
    /// @param probability p(class 1) of each row, 0 to 1
    /// @param truth       0 or 1 for each row
    /// @param weights     a nonnegative weight a row
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are no rows, a probability is not within 0 to
    ///     1, a label is neither 0 nor 1, a weight is negative or not finite, or none is positive,
    ///     naming the row
    /// @throws IllegalArgumentException if lengths differ
    public static GateMetrics binary(double[] probability, int[] truth, double[] weights) {
        Checks.sameLength("probabilities", probability.length, "labels", truth.length);
        Checks.notEmpty("probabilities", probability.length);
        Checks.probabilities(probability, 1);
        Checks.labels(truth, 2);
        double total = total(weights, truth.length);
        int n = truth.length;
        double loss = 0;
        double squares = 0;
        int clamped = 0;
        for (int i = 0; i < n; i++) {
            if (isClamped(probability[i])) {
                clamped++;
            }
            loss += weights[i] * logLoss(probability[i], truth[i]);
            squares += weights[i] * square(probability[i] - truth[i]);
        }
        OneClass one = OneClass.of(probability, truth, 1, weights);
        Share share = one.share();
        return new GateMetrics(
                n,
                2,
                loss / total,
                squares / total,
                one.ece(),
                one.eceByMass(),
                one.auc(),
                List.of(new Share(1 - share.predicted(), 1 - share.observed()), share),
                clamped);
    }

    /// The metrics of a gate between two or more classes, all rows weighing the same.
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
        return multiClass(probabilities, classes, truth, ones(truth.length));
    }

    /// The metrics of a gate between two or more classes.
    ///
    /// @param probabilities row-major `[rows, classes]`; each row sums to 1 within [#SUM_TOLERANCE]
    /// @param classes       at least 2
    /// @param truth         `0..classes-1` for each row
    /// @param weights       a nonnegative weight a row
    /// @throws dev.assay.fault.Fault (BAD_DATA) as above, or if a weight is negative or not finite, or
    ///     none is positive
    /// @throws IllegalArgumentException if lengths differ or `classes < 2`
    public static GateMetrics multiClass(double[] probabilities, int classes, int[] truth, double[] weights) {
        if (classes < 2) {
            throw new IllegalArgumentException("a gate has at least 2 classes, got " + classes);
        }
        Checks.notEmpty("probabilities", probabilities.length);
        Checks.sameLength("probabilities", probabilities.length, "labels x classes", (long) truth.length * classes);
        Checks.probabilities(probabilities, classes);
        Checks.rowsSumToOne(probabilities, classes, SUM_TOLERANCE);
        Checks.labels(truth, classes);
        double total = total(weights, truth.length);
        int n = truth.length;
        double loss = 0;
        double squares = 0;
        int clamped = 0;
        for (int i = 0; i < n; i++) {
            double ofTruth = probabilities[i * classes + truth[i]];
            if (isClamped(ofTruth)) {
                clamped++;
            }
            loss += weights[i] * logLoss(ofTruth);
            for (int c = 0; c < classes; c++) {
                squares += weights[i] * square(probabilities[i * classes + c] - (truth[i] == c ? 1 : 0));
            }
        }
        double ece = 0;
        double eceByMass = 0;
        double aucs = 0;
        int ordered = 0;
        List<Share> shares = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            double[] own = new double[n];
            for (int i = 0; i < n; i++) {
                own[i] = probabilities[i * classes + c];
            }
            OneClass one = OneClass.of(own, truth, c, weights);
            ece += one.ece();
            eceByMass += one.eceByMass();
            shares.add(one.share());
            if (one.auc().isPresent()) {
                aucs += one.auc().getAsDouble();
                ordered++;
            }
        }
        return new GateMetrics(
                n,
                classes,
                loss / total,
                squares / total,
                ece / classes,
                eceByMass / classes,
                ordered == 0 ? OptionalDouble.empty() : OptionalDouble.of(aucs / ordered),
                shares,
                clamped);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double total(double[] weights, int rows) {
        Checks.sameLength("weights", weights.length, "labels", rows);
        Checks.weights(weights);
        return Arrays.stream(weights).sum();
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
}
