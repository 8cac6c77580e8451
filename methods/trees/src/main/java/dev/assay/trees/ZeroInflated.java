package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
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
import java.util.stream.IntStream;

/// An amount that is often zero, or takes both signs: a gate chooses the sign, a base model a sign draws the
/// value.
///
/// Base models see rows of their own sign only, and rows of a sign too rare to be present take part in
/// none: they are drawn as they are, at their share whatever the predictors, or not at all. So no draw
/// can fall between the largest
/// negative training value and 0, or between 0 and the smallest positive one.
public final class ZeroInflated implements ConditionalModel {
    private final Lineage lineage;
    private final Optional<ZeroGate> gate;
    private final Map<Sign, ConditionalModel> base;
    private final Map<Sign, Double> absent;

    private ZeroInflated(
            Lineage lineage, Optional<ZeroGate> gate, Map<Sign, ConditionalModel> base, Map<Sign, Double> absent) {
        this.lineage = lineage;
        this.gate = gate;
        this.base = base;
        this.absent = absent;
    }

    /// What the model was made from.
    ///
    /// @param regime       the signs present
    /// @param predictors   names, in order
    /// @param counts       training rows of each sign
    /// @param excluded     rows of signs that are not present
    /// @param gate         the gate's quality on rows it has not seen; empty without a gate
    public record Lineage(
            Regime regime, List<String> predictors, SignCounts counts, Excluded excluded, Optional<GateLineage> gate) {}

    /// Rows of signs that are not present, left out of every model.
    ///
    /// @param rows      their number
    /// @param share     of the weight of all rows
    /// @param ofAmounts weighted sum of their sizes, as a share of that of all rows
    /// @param resampled whether they are drawn as they are
    public record Excluded(long rows, double share, double ofAmounts, boolean resampled) {}

    /// How a gate was tuned and how good it is on rows it has not seen.
    ///
    /// @param signs     that it chooses between; classes of the metrics
    /// @param unseen what models of the other folds say
    public record GateLineage(List<Sign> signs, BoostedClassifier.Validation unseen) {}

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
        Map<Sign, Double> absent = new EnumMap<>(Sign.class);
        double total = Arrays.stream(Sign.values()).mapToDouble(counts::weight).sum();
        for (Sign sign : Sign.values()) {
            boolean modelled = regime.signs().contains(sign);
            if (counts.rows(sign) == 0 || (!modelled && !settings.regime().resample())) {
                continue;
            }
            if (!modelled) {
                absent.put(sign, counts.weight(sign) / total);
            }
            if (sign != Sign.ZERO) {
                int[] rows = Arrays.stream(kept)
                        .filter(i -> Sign.of(y.value(i), tolerance) == sign)
                        .toArray();
                boolean few = rows.length < settings.regime().minCount();
                base.put(
                        sign,
                        BaseSettings.fit(
                                modelled && !few ? settings.base() : new MarginalSettings(),
                                x.at(rows),
                                y.at(rows),
                                pick(weights, rows),
                                seed.child(sign.name()),
                                engine,
                                progress));
            }
        }
        Lineage lineage = new Lineage(
                regime,
                x.names(),
                counts,
                excluded(settings.regime(), regime, counts, y, kept, weights),
                gate.flatMap(ZeroInflated::lineage));
        return new ZeroInflated(lineage, gate, base, absent);
    }

    private static Optional<GateLineage> lineage(ZeroGate gate) {
        return gate.classifier().validation().map(v -> new GateLineage(gate.signs(), v));
    }

    private static Excluded excluded(
            RegimeSettings settings,
            Regime regime,
            SignCounts counts,
            Response.Numbers y,
            int[] kept,
            double[] weights) {
        double weight = 0;
        double excluded = 0;
        double sizes = 0;
        double all = 0;
        for (int i : kept) {
            double size = weights[i] * Math.abs(y.value(i));
            boolean out = !regime.signs().contains(Sign.of(y.value(i), settings.zeroTolerance()));
            weight += weights[i];
            all += size;
            excluded += out ? weights[i] : 0;
            sizes += out ? size : 0;
        }
        return new Excluded(
                regime.excludedRows(counts), excluded / weight, all > 0 ? sizes / all : 0, settings.resample());
    }

    private static double[] pick(double[] values, int[] at) {
        return Arrays.stream(at).mapToDouble(i -> values[i]).toArray();
    }

    /// Probabilities of negative, zero and positive, row-major `[rows, 3]`.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if the predictors are not those of training
    public double[] probabilities(Predictors x, Engine engine) {
        double[] p = gate.isPresent() ? gate.get().probabilities(x, engine) : certain(x.rows());
        double left = 1;
        for (double share : absent.values()) {
            left -= share;
        }
        for (int i = 0; i < p.length && !absent.isEmpty(); i++) {
            p[i] *= left;
        }
        absent.forEach((sign, share) -> {
            for (int i = sign.ordinal(); i < p.length; i += 3) {
                p[i] = share;
            }
        });
        return p;
    }

    private double[] certain(int rows) {
        double[] p = new double[3 * rows];
        int only = lineage.regime().signs().iterator().next().ordinal();
        for (int i = 0; i < rows; i++) {
            p[3 * i + only] = 1;
        }
        return p;
    }

    /// One draw a row: a first uniform chooses the sign by inversion over (negative, zero, positive); base
    /// models draw for the rows of their sign only.
    @Override
    public double[] draw(Predictors x, Seed seed, Engine engine) {
        return drawn(x, seed, engine).values();
    }

    @Override
    public Drawn drawn(Predictors x, Seed seed, Engine engine) {
        double[] p = probabilities(x, engine);
        Sign[] chosen = new Sign[x.rows()];
        Blocks.run(x.rows(), engine, (block, from, to) -> {
            RandomGenerator random = seed.child("sign").child(block).generator();
            for (int i = from; i < to; i++) {
                chosen[i] = Mixture.choose(p, 3 * i, random.nextDouble());
            }
        });
        double[] out = new double[x.rows()];
        long unseen = gate.isPresent() ? gate.get().classifier().unseen(x.at(rows(chosen, Sign.ZERO)), engine) : 0;
        for (Map.Entry<Sign, ConditionalModel> each : base.entrySet()) {
            int[] rows = rows(chosen, each.getKey());
            Drawn drawn =
                    each.getValue().drawn(x.at(rows), seed.child(each.getKey().name()), engine);
            for (int k = 0; k < rows.length; k++) {
                out[rows[k]] = drawn.values()[k];
            }
            unseen += drawn.unseen();
        }
        return new Drawn(out, unseen);
    }

    private static int[] rows(Sign[] chosen, Sign sign) {
        return IntStream.range(0, chosen.length).filter(i -> chosen[i] == sign).toArray();
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

    /// Cells that the gate or any base model has not seen; [#drawn] counts those of the rows that each
    /// draws for.
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

    /// The model of the values of a nonzero sign, if that sign is drawn.
    public Optional<ConditionalModel> base(Sign sign) {
        return Optional.ofNullable(base.get(sign));
    }
}
