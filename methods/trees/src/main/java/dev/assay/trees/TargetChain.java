package dev.assay.trees;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.trees.internal.TargetCoding;
import dev.assay.trees.internal.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Several targets synthesised one after the other (Reiter 2005): target k is fitted on the conditioning
/// columns and the true values of targets 1..k-1, and generated from the conditioning columns and their
/// generated values.
///
/// A target with missing cells has a missingness gate, a classifier on the same predictors: missing stays
/// missing, and no row is dropped. Each column's randomness comes from (seed, column name, stage), so it
/// depends neither on other columns nor on threads.
public final class TargetChain {
    /// Parts of a target that are told of.
    private static final int PARTS = 100;

    private final List<Link> links;
    private final Set<String> coded;
    private final List<String> conditioning;

    private TargetChain(List<Link> links, Set<String> coded, List<String> conditioning) {
        this.links = List.copyOf(links);
        this.coded = Set.copyOf(coded);
        this.conditioning = List.copyOf(conditioning);
    }

    private record Link(
            Field field,
            TargetLineage lineage,
            TargetCoding coding,
            Optional<BoostedClassifier> missing,
            Optional<ConditionalModel> model) {}

    /// Fits a model a target.
    ///
    /// @param conditioning columns given when generating; may be empty
    /// @param targets      columns to generate, in order
    /// @param weights      a nonnegative weight a row; rows of weight 0 take no part
    /// @throws Fault (BAD_DATA) if a column does not exist, is named twice, there is no row of positive weight,
    ///     or a column's values break its declared kind
    public static TargetChain fit(
            ChainSettings settings,
            Frame training,
            List<String> conditioning,
            List<String> targets,
            double[] weights,
            Seed seed,
            Engine engine,
            Progress progress) {
        Set<String> names = new HashSet<>();
        for (String name : concat(conditioning, targets)) {
            training.column(name);
            if (!names.add(name)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + name + "' is named twice; name each column once, to condition on or to generate.");
            }
        }
        Weights.positive(training.rows(), training.rows(), weights);
        Set<String> coded = settings.kinds().entrySet().stream()
                .filter(e -> e.getValue() == ColumnKind.CATEGORICAL)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<String> order = order(settings, training, targets, weights);
        List<Link> links = new ArrayList<>();
        for (int k = 0; k < order.size(); k++) {
            List<String> predictors = settings.chained() ? concat(conditioning, order.subList(0, k)) : conditioning;
            Seed own = seed.child(order.get(k)).child("fit");
            Progress part = Progress.part(progress, (long) k * PARTS, (k + 1L) * PARTS, (long) order.size() * PARTS);
            links.add(link(settings, training, predictors, order.get(k), coded, weights, own, engine, part));
            part.at(1, 1);
        }
        return new TargetChain(links, coded, conditioning);
    }

    private static Link link(
            ChainSettings settings,
            Frame training,
            List<String> predictors,
            String target,
            Set<String> coded,
            double[] weights,
            Seed seed,
            Engine engine,
            Progress progress) {
        Column column = training.column(target);
        boolean declared = settings.kinds().containsKey(target);
        ColumnKind kind = settings.kinds().getOrDefault(target, ColumnKind.infer(column));
        Predictors x = Predictors.of(training, predictors, coded);
        int[] present = IntStream.range(0, column.length())
                .filter(i -> weights[i] > 0 && !column.isMissing(i))
                .toArray();
        Optional<BoostedClassifier> missing = Optional.empty();
        if (column.missing() > 0) {
            int[] absent = IntStream.range(0, column.length())
                    .map(i -> column.isMissing(i) ? 1 : 0)
                    .toArray();
            missing = Optional.of(BoostedClassifier.fit(
                    settings.gate(),
                    x,
                    new Response.Classes(absent, 2),
                    weights,
                    seed.child("missing"),
                    engine,
                    Progress.none()));
        }
        TargetCoding coding = TargetCoding.of(target, column, kind, declared, present);
        Optional<ConditionalModel> model = Optional.empty();
        if (present.length > 0) {
            Response y = coding.response(column, present);
            double[] w = Arrays.stream(present).mapToDouble(i -> weights[i]).toArray();
            BaseSettings base = base(settings.base(), coding.steps(), predictors.isEmpty());
            Seed values = seed.child("values");
            model = Optional.of(
                    kind == ColumnKind.AMOUNT && y instanceof Response.Numbers numbers
                            ? ZeroInflated.fit(
                                    new ZeroInflatedSettings(settings.regime(), base, settings.gate()),
                                    x.at(present),
                                    numbers,
                                    w,
                                    values,
                                    engine,
                                    progress)
                            : BaseSettings.fit(base, x.at(present), y, w, values, engine, progress));
        }
        Optional<ZeroInflated.Lineage> amount = model.flatMap(
                m -> m instanceof ZeroInflated inflated ? Optional.of(inflated.lineage()) : Optional.empty());
        TargetLineage lineage = new TargetLineage(
                target,
                kind,
                declared,
                List.copyOf(predictors),
                present.length,
                column.missing(),
                missing.flatMap(BoostedClassifier::validation),
                amount);
        Field field = training.schema().fields().get(training.schema().indexOf(target));
        return new Link(field, lineage, coding, missing, model);
    }

    /// The base model as this target needs it: training values only where the kind demands it, and without
    /// predictors the marginal distribution, which is what trees without splits are.
    private static BaseSettings base(BaseSettings base, boolean steps, boolean alone) {
        if (alone) {
            return new MarginalSettings();
        }
        return switch (base) {
            case MarginalSettings marginal -> marginal;
            case CartSettings cart -> steps ? cart.withSmooth(false) : cart;
            case ForestSettings forest -> steps ? forest.withRule(DrawRule.STEP) : forest;
        };
    }

    private static List<String> order(ChainSettings settings, Frame training, List<String> targets, double[] weights) {
        return switch (settings.order()) {
            case GIVEN -> List.copyOf(targets);
            case DESCENDING_NONZERO ->
                targets.stream()
                        .sorted(Comparator.comparingDouble(t -> -nonzeroShare(training.column(t), weights)))
                        .toList();
        };
    }

    private static double nonzeroShare(Column column, double[] weights) {
        boolean numeric = column instanceof Column.Doubles || column instanceof Column.Longs;
        double share = 0;
        for (int i = 0; i < column.length(); i++) {
            boolean zero = numeric && Math.abs(column.number(i)) <= ColumnKind.ZERO_TOLERANCE;
            share += column.isMissing(i) || zero ? 0 : weights[i];
        }
        return share;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /// Generates the targets for these rows.
    ///
    /// @param rows has the conditioning columns; other columns are kept, existing target columns replaced
    /// @return the rows with the targets, the same for the same seed whatever the number of threads
    /// @throws Fault (BAD_DATA) if a conditioning column is not there or has another type
    public Synthesis generate(Frame rows, Seed seed, Engine engine) {
        return generate(rows, seed, engine, Progress.none());
    }

    /// The same, telling how many targets have been drawn.
    public Synthesis generate(Frame rows, Seed seed, Engine engine, Progress progress) {
        conditioning.forEach(rows::column);
        Frame frame = rows;
        Map<String, Synthesis.Snap> snapped = new LinkedHashMap<>();
        Map<String, Long> unseen = new LinkedHashMap<>();
        for (Link link : links) {
            String name = link.field().name();
            Seed own = seed.child(name).child("generate");
            Predictors x = Predictors.of(frame, link.lineage().predictors(), coded);
            int[] present = present(link, x, own.child("missing"), engine);
            double[] drawn = new double[0];
            if (link.model().isPresent()) {
                Predictors at = x.at(present);
                ConditionalModel.Drawn values = link.model().get().drawn(at, own.child("values"), engine);
                drawn = values.values();
                unseen.put(name, values.unseen());
            }
            TargetCoding.Decoded decoded = link.coding().decode(drawn, present, frame.rows());
            snapped.put(name, decoded.snap());
            frame = frame.with(link.field(), decoded.column());
            progress.at(snapped.size(), links.size());
        }
        return new Synthesis(frame, snapped, unseen);
    }

    private static int[] present(Link link, Predictors x, Seed seed, Engine engine) {
        if (link.model().isEmpty()) {
            return new int[0];
        }
        int[] all = IntStream.range(0, x.rows()).toArray();
        if (link.missing().isEmpty()) {
            return all;
        }
        double[] p = link.missing().get().probabilities(x, engine);
        RandomGenerator random = seed.generator();
        double[] u = random.doubles(x.rows()).toArray();
        return Arrays.stream(all).filter(i -> u[i] >= p[2 * i + 1]).toArray();
    }

    /// What each target's model was made from, in the order of modelling.
    public List<TargetLineage> lineage() {
        return links.stream().map(Link::lineage).toList();
    }
}
