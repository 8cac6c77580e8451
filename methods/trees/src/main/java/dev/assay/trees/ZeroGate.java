package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import java.util.Arrays;
import java.util.List;

/// The probability that an amount is negative, zero or positive, given predictors.
///
/// The gate is on zero, never on the smallest value.
public final class ZeroGate {
    private final List<Sign> signs;
    private final BoostedClassifier classifier;

    private ZeroGate(List<Sign> signs, BoostedClassifier classifier) {
        this.signs = signs;
        this.classifier = classifier;
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
        return new ZeroGate(
                signs, BoostedClassifier.fit(settings, x, y, weights, seed.child("gate"), engine, progress));
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

    /// The signs it chooses between, in the order of the classifier's classes.
    public List<Sign> signs() {
        return signs;
    }

    /// The classifier behind it.
    public BoostedClassifier classifier() {
        return classifier;
    }
}
