package dev.assay.trees;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.measure.GateMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The probability that an amount is negative, zero or positive, given predictors.
///
/// The gate is on zero, never on the smallest value. Its metrics come from a gate fitted on 80 % of the rows
/// and measured on the other 20 %; the gate itself is then fitted on all rows.
public final class ZeroGate {
    /// Share of the rows that measure.
    public static final double HELD_OUT = 0.2;

    private final List<Sign> signs;
    private final BoostedClassifier classifier;
    private final GateMetrics metrics;

    private ZeroGate(List<Sign> signs, BoostedClassifier classifier, GateMetrics metrics) {
        this.signs = signs;
        this.classifier = classifier;
        this.metrics = metrics;
    }

    /// Fits and measures a gate between the signs of a regime.
    ///
    /// @param sign    the sign of each row of `x`; all are signs of the regime
    /// @param weights a nonnegative weight a row, at least two of them positive
    /// @throws IllegalArgumentException if the regime has one sign only, or a row another sign
    /// @throws dev.assay.fault.Fault (BAD_DATA) if lengths differ or a weight is negative or not finite
    public static ZeroGate fit(
            BoostingSettings settings,
            Regime regime,
            Predictors x,
            Sign[] sign,
            double[] weights,
            Seed seed,
            Engine engine,
            Progress progress) {
        List<Sign> signs = List.copyOf(regime.signs());
        if (signs.size() < 2) {
            throw new IllegalArgumentException(regime + " has one sign: there is nothing to gate");
        }
        int[] codes = Arrays.stream(sign).mapToInt(signs::indexOf).toArray();
        Response.Classes y = new Response.Classes(codes, signs.size());
        int[] order = Draws.permutation(sign.length, seed.child("held-out").generator());
        int size = Math.max(1, (int) Math.round(HELD_OUT * sign.length));
        int[] held = Arrays.stream(order, 0, size).sorted().toArray();
        int[] used = Arrays.stream(order, size, sign.length).sorted().toArray();
        BoostedClassifier measured = BoostedClassifier.fit(
                settings, x.at(used), y.at(used), pick(weights, used), seed.child("measured"), engine, Progress.none());
        GateMetrics metrics = measure(measured, x.at(held), pick(codes, held), engine);
        BoostedClassifier classifier =
                BoostedClassifier.fit(settings, x, y, weights, seed.child("gate"), engine, progress);
        return new ZeroGate(signs, classifier, metrics);
    }

    private static GateMetrics measure(BoostedClassifier gate, Predictors x, int[] truth, Engine engine) {
        double[] p = gate.probabilities(x, engine);
        if (gate.classes() > 2) {
            return GateMetrics.multiClass(p, gate.classes(), truth);
        }
        return GateMetrics.binary(
                IntStream.range(0, truth.length).mapToDouble(i -> p[2 * i + 1]).toArray(), truth);
    }

    private static double[] pick(double[] values, int[] at) {
        return Arrays.stream(at).mapToDouble(i -> values[i]).toArray();
    }

    private static int[] pick(int[] values, int[] at) {
        return Arrays.stream(at).map(i -> values[i]).toArray();
    }

    /// Probabilities of negative, zero and positive, row-major `[rows, 3]`; a sign that is not present has 0.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    public double[] probabilities(Predictors x, Engine engine) {
        double[] p = classifier.probabilities(x, engine);
        double[] out = new double[3 * x.rows()];
        for (int i = 0; i < x.rows(); i++) {
            for (int k = 0; k < signs.size(); k++) {
                out[3 * i + signs.get(k).ordinal()] = p[signs.size() * i + k];
            }
        }
        return out;
    }

    /// The gate's own quality on the 20 % held out, unweighted. With two signs class 1 is the larger one.
    public GateMetrics metrics() {
        return metrics;
    }

    /// The classifier behind it.
    public BoostedClassifier classifier() {
        return classifier;
    }
}
