package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.measure.GateMetrics;
import dev.assay.trees.internal.Blocks;
import dev.assay.trees.internal.Mixture;
import dev.assay.trees.internal.Weights;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// An amount that is often zero, or takes both signs: a gate chooses the sign, a base model a sign draws the
/// value.
///
/// Base models see rows of their own sign only, and rows of a sign too rare to be present take part in none. So
/// no draw can fall between the largest negative training value and 0, or between 0 and the smallest positive
/// one.
public final class ZeroInflated implements ConditionalModel {
    private final Lineage lineage;
    private final Optional<ZeroGate> gate;
    private final Map<Sign, ConditionalModel> base;

    private ZeroInflated(Lineage lineage, Optional<ZeroGate> gate, Map<Sign, ConditionalModel> base) {
        this.lineage = lineage;
        this.gate = gate;
        this.base = base;
    }

    /// What the model was made from.
    ///
    /// @param regime       the signs present
    /// @param predictors   names, in order
    /// @param counts       training rows of each sign
    /// @param excludedRows rows of signs that are not present, left out of every model
    /// @param gate         the gate's metrics on held-out rows; empty without a gate
    public record Lineage(
            Regime regime, List<String> predictors, SignCounts counts, long excludedRows, Optional<GateMetrics> gate) {}

    /// Detects the regime and fits gate and base models.
    ///
    /// @param y       a number a row of `x`
    /// @param weights a nonnegative weight a row; rows of weight 0 take no part
    /// @throws dev.assay.fault.Fault (BAD_DATA) if lengths differ, a target is missing or infinite, a weight is
    ///     negative or not finite, or no row has a positive weight
    public static ZeroInflated fit(
            ZeroInflatedSettings settings,
            Predictors x,
            Response.Numbers y,
            double[] weights,
            Seed seed,
            Engine engine,
            Progress progress) {
        int[] kept = Weights.positive(x.rows(), y.length(), weights);
        double tolerance = settings.regime().zeroTolerance();
        SignCounts counts = SignCounts.of(y.values(), weights, tolerance);
        Regime regime = Regime.of(counts, settings.regime());
        int[] present = Arrays.stream(kept)
                .filter(i -> regime.signs().contains(Sign.of(y.value(i), tolerance)))
                .toArray();
        Optional<ZeroGate> gate = Optional.empty();
        if (regime.signs().size() > 1) {
            Sign[] signs = Arrays.stream(present)
                    .mapToObj(i -> Sign.of(y.value(i), tolerance))
                    .toArray(Sign[]::new);
            gate = Optional.of(ZeroGate.fit(
                    settings.gate(),
                    regime,
                    x.at(present),
                    signs,
                    pick(weights, present),
                    seed.child("gate"),
                    engine,
                    Progress.none()));
        }
        Map<Sign, ConditionalModel> base = new EnumMap<>(Sign.class);
        for (Sign sign : regime.signs()) {
            if (sign != Sign.ZERO) {
                int[] rows = Arrays.stream(present)
                        .filter(i -> Sign.of(y.value(i), tolerance) == sign)
                        .toArray();
                base.put(
                        sign,
                        BaseSettings.fit(
                                settings.base(),
                                x.at(rows),
                                y.at(rows),
                                pick(weights, rows),
                                seed.child(sign.name()),
                                engine,
                                progress));
            }
        }
        Lineage lineage =
                new Lineage(regime, x.names(), counts, regime.excludedRows(counts), gate.map(ZeroGate::metrics));
        return new ZeroInflated(lineage, gate, base);
    }

    private static double[] pick(double[] values, int[] at) {
        return Arrays.stream(at).mapToDouble(i -> values[i]).toArray();
    }

    /// Probabilities of negative, zero and positive, row-major `[rows, 3]`.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    public double[] probabilities(Predictors x, Engine engine) {
        if (gate.isPresent()) {
            return gate.get().probabilities(x, engine);
        }
        double[] p = new double[3 * x.rows()];
        int only = lineage.regime().signs().iterator().next().ordinal();
        for (int i = 0; i < x.rows(); i++) {
            p[3 * i + only] = 1;
        }
        return p;
    }

    /// One draw a row: a first uniform chooses the sign by inversion over (negative, zero, positive); base
    /// models draw for the rows of their sign only.
    @Override
    public double[] draw(Predictors x, Seed seed, Engine engine) {
        double[] p = probabilities(x, engine);
        Sign[] chosen = new Sign[x.rows()];
        Blocks.run(x.rows(), engine, (block, from, to) -> {
            RandomGenerator random = seed.child("sign").child(block).generator();
            for (int i = from; i < to; i++) {
                chosen[i] = Mixture.choose(p, 3 * i, random.nextDouble());
            }
        });
        double[] out = new double[x.rows()];
        base.forEach((sign, model) -> {
            int[] rows = java.util.stream.IntStream.range(0, chosen.length)
                    .filter(i -> chosen[i] == sign)
                    .toArray();
            double[] drawn = model.draw(x.at(rows), seed.child(sign.name()), engine);
            for (int k = 0; k < rows.length; k++) {
                out[rows[k]] = drawn[k];
            }
        });
        return out;
    }

    /// Exact quantiles of the mixture. With cumulative masses P(negative) and P(negative) + P(zero): a level p
    /// in the first is the quantile p / P(negative) of the negative model, one in the second is 0, and any
    /// other the quantile (p - P(negative) - P(zero)) / P(positive) of the positive model.
    @Override
    public double[][] quantiles(Predictors x, IntFunction<double[]> levels, Engine engine) {
        double[] p = probabilities(x, engine);
        Map<Sign, double[][]> parts = new EnumMap<>(Sign.class);
        base.forEach((sign, model) -> parts.put(
                sign, model.quantiles(x, row -> Mixture.levels(p, 3 * row, levels.apply(row), sign), engine)));
        double[][] out = new double[x.rows()][];
        for (int i = 0; i < out.length; i++) {
            out[i] = Mixture.join(
                    p, 3 * i, levels.apply(i), row(parts.get(Sign.NEGATIVE), i), row(parts.get(Sign.POSITIVE), i));
        }
        return out;
    }

    private static double[] row(double @org.jspecify.annotations.Nullable [][] part, int i) {
        return part == null ? new double[0] : part[i];
    }

    @Override
    public long unseen(Predictors x, Engine engine) {
        long most = gate.map(g -> g.classifier().unseen(x, engine)).orElse(0L);
        for (ConditionalModel model : base.values()) {
            most = Math.max(most, model.unseen(x, engine));
        }
        return most;
    }

    /// What the model was made from.
    public Lineage lineage() {
        return lineage;
    }

    /// The gate, if the regime has more than one sign.
    public Optional<ZeroGate> gate() {
        return gate;
    }

    /// The model of the values of a nonzero sign, if that sign is present.
    public Optional<ConditionalModel> base(Sign sign) {
        return Optional.ofNullable(base.get(sign));
    }
}
