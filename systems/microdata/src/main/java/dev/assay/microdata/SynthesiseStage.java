package dev.assay.microdata;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.internal.Kinds;
import dev.assay.microdata.internal.LineageTable;
import dev.assay.microdata.internal.OwnValues;
import dev.assay.microdata.internal.Recipients;
import dev.assay.microdata.internal.SynthesisReport;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.trees.BaseSettings;
import dev.assay.trees.CartSettings;
import dev.assay.trees.ChainSettings;
import dev.assay.trees.ColumnKind;
import dev.assay.trees.ForestSettings;
import dev.assay.trees.MarginalSettings;
import dev.assay.trees.RegimeSettings;
import dev.assay.trees.Synthesis;
import dev.assay.trees.TargetChain;
import dev.assay.trees.TargetLineage;
import dev.assay.trees.TargetOrder;
import dev.assay.trees.ZeroInflated;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// `microdata.synthesise`: new rows that follow the joint distribution of training rows.
///
/// Rows are first given the conditioning columns of training rows drawn with replacement, in proportion
/// to their weight and without noise; then each other column is drawn given those before it. The
/// synthetic rows therefore weigh the same: the weight column, if there is one, holds the sum of the
/// training weights divided by the number of rows.
@Headline({})
public final class SynthesiseStage implements Stage<SynthesiseStage.Settings, SynthesiseStage.Synthetic> {
    /// How each column is modelled.
    public enum Method {
        /// Every column on its own: the baseline that any model has to beat.
        MARGINAL,
        /// One tree a column; draws are training values of the leaf (Reiter 2005).
        CART,
        /// A quantile regression forest a column (Meinshausen 2006).
        QRF,
        /// The forest behind a gate that decides on zero, negative and positive amounts.
        ZI_QRF
    }

    /// The training rows and how they are modelled.
    public record Settings(
            @Input("the rows to learn from") Frame training,

            @Setting("how each column is modelled: marginal, cart, qrf or zi-qrf")
            Method method,

            @Setting("the column with the survey weights; without one all rows weigh the same")
            Optional<String> weight,

            @Setting(value = "columns that are drawn from training rows and condition the others", defaultsTo = "[]")
            List<String> conditioning,

            @Setting(
                    value = "columns to synthesise, in this order; all others but the left-out ones if empty",
                    defaultsTo = "[]")
            List<String> targets,

            @Setting(value = "columns to leave out, such as identifiers", defaultsTo = "[]")
            List<String> leaveOut,

            @Setting(
                    value =
                            "declared kinds, a mapping from column to boolean, categorical, count, continuous or amount; "
                                    + "others are inferred",
                    defaultsTo = "{}")
            Map<String, String> kinds,

            @Setting("rows to make; as many as there are training rows if not given")
            Optional<Integer> rows,

            @Setting(value = "trees of a forest", defaultsTo = "" + ForestSettings.TREES, min = 1, max = 10_000)
            int trees,

            @Setting(
                    value =
                            "least training rows in a leaf; 0 takes the method's default, 5. A tree of cart splits nodes from three "
                                    + "times as many rows on",
                    defaultsTo = "0",
                    min = 0,
                    max = 1_000_000)
            int minLeaf,

            @Setting(
                    value = "whether columns are modelled in descending share of nonzero values instead of as listed",
                    defaultsTo = "false")
            boolean orderByNonzero,

            @Setting(
                    value =
                            "columns that may be synthesised though nearly every row has a value of its own, so that values of "
                                    + "real rows come out",
                    defaultsTo = "[]")
            List<String> keepUnique,

            @Setting(
                    value = "least training rows; with fewer, synthetic rows tell about single real ones",
                    defaultsTo = "" + LEAST_ROWS,
                    min = 1,
                    max = 1_000_000_000)
            int leastRows,

            @Setting(
                    value = "least training rows of a sign of an amount, for zi-qrf; a sign with fewer is not modelled",
                    defaultsTo = "" + RegimeSettings.MIN_COUNT,
                    min = 1,
                    max = 1_000_000)
            int leastSign,

            @Setting(
                    value =
                            "whether rows of a sign that is not modelled are drawn as they are, at their share; otherwise no such "
                                    + "value is drawn",
                    defaultsTo = "" + RegimeSettings.RESAMPLE)
            boolean keepFew) {}

    /// The synthetic rows.
    public record Synthetic(
            @Artefact("the synthetic rows") Frame synthetic,

            @Artefact("what each column's model was made from")
            Frame lineage) {}

    /// Ten leaves of five rows. Below that a model has next to nothing but single rows to go by.
    public static final int LEAST_ROWS = 50;

    /// Five rows as for a single tree: leaves of one row would hand out training values that identify
    /// their row.
    private static final int MIN_LEAF = CartSettings.MIN_LEAF;

    @Override
    public String kind() {
        return "microdata.synthesise";
    }

    @Override
    public String summary() {
        return "make new rows that follow the joint distribution of training rows";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Synthetic> output() {
        return Synthetic.class;
    }

    @Override
    public Synthetic run(Settings input, StageContext context) {
        Frame training = input.training();
        double[] weights = input.weight().map(training::numbers).orElseGet(() -> ones(training.rows()));
        List<String> targets = targets(input);
        int rows = input.rows().orElse(training.rows());
        if (rows < 1) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "'rows' must be at least 1, got " + rows);
        }
        enough(input, weights);
        Kinds.requireNumbersRead(
                training,
                Stream.concat(input.conditioning().stream(), targets.stream()).toList(),
                input.kinds());
        OwnValues own = OwnValues.of(
                training,
                input.conditioning(),
                targets,
                Kinds.of(training, input.kinds()),
                input.kinds(),
                input.keepUnique(),
                weights);
        TargetChain chain = TargetChain.fit(
                settings(input),
                training,
                input.conditioning(),
                targets,
                weights,
                context.seed().child("fit"),
                context.engine(),
                context.progress("fitting columns"));
        Frame given = conditioning(input, weights, rows, context.seed().child("conditioning"));
        Synthesis made = chain.generate(
                given, context.seed().child("generate"), context.engine(), context.progress("drawing columns"));
        Frame synthetic = made.frame().without(input.conditioning().isEmpty() ? List.of(ROW) : List.of());
        if (input.weight().isPresent()) {
            double[] equal = new double[rows];
            Arrays.fill(equal, Arrays.stream(weights).sum() / rows);
            synthetic = synthetic.with(input.weight().get(), Column.Doubles.of(equal));
        }
        synthetic = synthetic.select(inOrder(training, synthetic));
        context.count("records_in", training.rows());
        context.count("records_out", rows);
        new SynthesisReport(chain.lineage(), made).tell(context);
        own.tell(context, synthetic);
        List<String> gated = chain.lineage().stream()
                .filter(l -> l.amount().flatMap(ZeroInflated.Lineage::gate).isPresent())
                .map(TargetLineage::column)
                .toList();
        Recipients.tell(context, training, synthetic, input.conditioning(), gated, weights);
        return new Synthetic(synthetic, LineageTable.of(chain.lineage(), own.leaks(synthetic)));
    }

    private static void enough(Settings input, double[] weights) {
        input.keepUnique().forEach(input.training()::column);
        long rows = Arrays.stream(weights).filter(w -> w > 0).count();
        if (rows < input.leastRows()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "there " + (rows == 1 ? "is 1 training row" : "are " + rows + " training rows")
                            + (input.weight().isPresent() ? " with a weight above zero" : "") + ", and at least "
                            + input.leastRows()
                            + " are needed, since rows made from fewer tell about single real ones; give more rows, or set"
                            + " 'least-rows' lower if that may be");
        }
    }

    /// Stands in for conditioning columns when there are none, so that the frame knows its number of rows.
    private static final String ROW = "row of the synthesis";

    private static Frame conditioning(Settings input, double[] weights, int rows, Seed seed) {
        if (input.conditioning().isEmpty()) {
            return Frame.empty().with(ROW, Column.Longs.of(new long[rows]));
        }
        RandomGenerator random = seed.generator();
        double[] cumulative = Draws.cumulative(weights);
        int[] drawn = new int[rows];
        for (int i = 0; i < rows; i++) {
            drawn[i] = Draws.index(cumulative, random);
        }
        return input.training().select(input.conditioning()).at(drawn);
    }

    private static List<String> targets(Settings input) {
        Set<String> not = new HashSet<>(input.conditioning());
        input.weight().ifPresent(not::add);
        input.leaveOut().forEach(name -> {
            input.training().column(name);
            not.add(name);
        });
        List<String> targets = input.targets().isEmpty()
                ? input.training().schema().names().stream()
                        .filter(n -> !not.contains(n))
                        .toList()
                : input.targets();
        if (targets.isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "no column is left to synthesise; name fewer as conditioning or left out");
        }
        return targets;
    }

    private static ChainSettings settings(Settings input) {
        int minLeaf = input.minLeaf() == 0 ? MIN_LEAF : input.minLeaf();
        BaseSettings base = switch (input.method()) {
            case MARGINAL -> new MarginalSettings();
            case CART -> CartSettings.DEFAULT.withMinLeaf(minLeaf);
            case QRF, ZI_QRF -> ForestSettings.DEFAULT.withTrees(input.trees()).withMinLeaf(minLeaf);
        };
        Map<String, ColumnKind> kinds = Kinds.of(input.training(), input.kinds());
        if (input.method() != Method.ZI_QRF) {
            kinds.replaceAll((name, kind) -> kind == ColumnKind.AMOUNT
                    ? Kinds.withoutGate(input.training().column(name))
                    : kind);
        }
        return ChainSettings.DEFAULT
                .withBase(base)
                .withChained(input.method() != Method.MARGINAL)
                .withKinds(kinds)
                .withRegime(
                        RegimeSettings.DEFAULT.withMinCount(input.leastSign()).withResample(input.keepFew()))
                .withOrder(input.orderByNonzero() ? TargetOrder.DESCENDING_NONZERO : TargetOrder.GIVEN);
    }

    private static List<String> inOrder(Frame training, Frame synthetic) {
        return training.schema().names().stream()
                .filter(n -> synthetic.schema().has(n))
                .toList();
    }

    private static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }
}
