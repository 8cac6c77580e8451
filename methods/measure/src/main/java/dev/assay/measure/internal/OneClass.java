package dev.assay.measure.internal;

import dev.assay.measure.GateMetrics;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// How well the probabilities of one class against all others fit weighted rows.
///
/// @param ece       calibration error with bins of equal width
/// @param eceByMass calibration error with bins of equal mass
/// @param auc       empty if there are only rows in, or only rows out
/// @param share     predicted and observed
public record OneClass(double ece, double eceByMass, OptionalDouble auc, GateMetrics.Share share) {
    /// @param truth    class of each row
    /// @param positive the class asked about
    public static OneClass of(double[] p, int[] truth, int positive, double[] weights) {
        int n = p.length;
        double total = 0;
        double predicted = 0;
        double observed = 0;
        for (int i = 0; i < n; i++) {
            total += weights[i];
            predicted += weights[i] * p[i];
            observed += truth[i] == positive ? weights[i] : 0;
        }
        double[] byWidth = new double[GateMetrics.BINS];
        double[] byMass = new double[GateMetrics.BINS];
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
        double halves = 0;
        double out = 0;
        double in = 0;
        for (int from = 0, to; from < n; from = to) {
            double tiedIn = 0;
            double tiedOut = 0;
            double gap = 0;
            double q = p[order[from]];
            for (to = from; to < n && p[order[to]] == q; to++) {
                double w = weights[order[to]];
                boolean is = truth[order[to]] == positive;
                tiedIn += is ? w : 0;
                tiedOut += is ? 0 : w;
                gap += w * ((is ? 1 : 0) - q);
            }
            double middle = (in + out + (tiedIn + tiedOut) / 2) / total;
            byWidth[bin(q)] += gap;
            byMass[bin(middle)] += gap;
            halves += tiedIn * (2 * out + tiedOut);
            in += tiedIn;
            out += tiedOut;
        }
        return new OneClass(
                absoluteSum(byWidth) / total,
                absoluteSum(byMass) / total,
                in == 0 || out == 0 ? OptionalDouble.empty() : OptionalDouble.of(halves / (2 * in * out)),
                new GateMetrics.Share(predicted / total, observed / total));
    }

    /// The bin of equal width of a number from 0 to 1: min(floor(10 p), 9).
    public static int bin(double p) {
        return Math.min((int) Math.floor(GateMetrics.BINS * p), GateMetrics.BINS - 1);
    }

    private static double absoluteSum(double[] gaps) {
        double sum = 0;
        for (double gap : gaps) {
            sum += Math.abs(gap);
        }
        return sum;
    }
}
