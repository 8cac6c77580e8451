package dev.assay.microdata.internal;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Units;
import dev.assay.measure.Associations;
import dev.assay.measure.CopyCheck;
import dev.assay.measure.Encoding;
import dev.assay.measure.Marginals;
import dev.assay.measure.Points;
import dev.assay.measure.Prdc;
import dev.assay.measure.PrdcIntervals;
import dev.assay.measure.PrdcScores;
import dev.assay.measure.PrdcSettings;
import dev.assay.measure.RareCells;
import dev.assay.measure.ReferenceLines;
import dev.assay.measure.Sample;
import dev.assay.measure.Summaries;
import dev.assay.measure.ZeroRates;
import dev.assay.microdata.FidelityStage;
import dev.assay.microdata.internal.FidelityWork.Measure;
import dev.assay.study.StageContext;
import dev.assay.trees.ColumnKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Measures sets of rows against the same real rows, with the same encoding, sizes and draws, so that
/// methods can be compared.
public final class FidelityScorer {
    /// What a second real sample is called in tables.
    public static final String SECOND_SAMPLE = "second real sample";
    /// What columns that forgot each other are called in tables.
    public static final String SHUFFLED = "shuffled columns";

    /// Draws from weighted rows over which scores of neighbours are averaged at the most.
    private static final int MOST_DRAWS = 5;

    /// Rows a side of the piece that is timed.
    private static final int PIECE_ROWS = 2_000;

    private final FidelityStage.Settings input;
    private final StageContext context;
    private final List<String> columns;
    private final Map<String, ColumnKind> kinds;
    private final Encoding encoding;
    private final int size;
    private final int draws;
    private final boolean weighted;
    private final Frame near;
    private final Points nearPoints;
    private final List<Drawn> nearDraws;
    private final Points trainingPoints;
    private final Bootstrap cheap;
    private final Bootstrap expensive;
    private FidelityWork work = new FidelityWork(1, 1, 1, 1, 1, 1, 1);

    /// Prepares the real side.
    ///
    /// @throws Fault (BAD_DATA) if the tables do not fit each other
    public FidelityScorer(FidelityStage.Settings input, StageContext context) {
        this.input = input;
        this.context = context;
        this.columns = columns(input);
        new FidelityInputs(input, columns).check(context);
        this.kinds = Kinds.of(input.training(), input.kinds());
        this.encoding = Encoding.fit(input.training(), columns);
        int smallest =
                input.synthetic().values().stream().mapToInt(Frame::rows).min().orElse(0);
        int most = Math.min(Math.min(input.cap(), input.real().rows()), smallest);
        int drawn = most;
        boolean unequal = false;
        for (Frame each : weighable(input)) {
            Optional<double[]> weights = PopulationRows.weights(each, input.weight());
            unequal |= weights.isPresent();
            drawn = Math.min(
                    drawn, weights.map(w -> PopulationRows.size(w, most)).orElse(most));
        }
        this.weighted = unequal;
        this.size = drawn;
        this.draws = unequal ? Math.min(MOST_DRAWS, (most + drawn - 1) / Math.max(1, drawn)) : 1;
        this.near = sampled(input.real(), most, "real");
        this.nearPoints = encoding.encode(near).points();
        this.nearDraws = drawn(input.real(), "real");
        this.trainingPoints = encoding.encode(input.training()).points();
        // One seed for all methods: their replicates draw the same real units, so differences are paired.
        this.cheap = Bootstrap.of(context.seed().child("bootstrap")).withReplicates(input.replicates());
        this.expensive = Bootstrap.of(context.seed().child("bootstrap")).withReplicates(input.expensiveReplicates());
    }

    /// The columns compared.
    public List<String> columns() {
        return columns;
    }

    /// The kind of a column.
    public ColumnKind kind(String column) {
        return kinds.getOrDefault(column, ColumnKind.CONTINUOUS);
    }

    /// Rows a side in precision, recall, density and coverage.
    public int size() {
        return size;
    }

    /// Draws by weight over which they are averaged; 1 without weights.
    public int draws() {
        return draws;
    }

    /// Whether rows are drawn by weight.
    public boolean weighted() {
        return weighted;
    }

    /// Rows of equal weight, and the group of each for the jackknife.
    private record Drawn(Points points, int[] group) {}

    /// Tables whose rows may have weights.
    private static List<Frame> weighable(FidelityStage.Settings input) {
        List<Frame> tables = new ArrayList<>(input.synthetic().values());
        tables.add(input.real());
        return tables;
    }

    /// The draws from a table, [#draws()] of them.
    private List<Drawn> drawn(Frame rows, String side) {
        Units units = units(rows);
        Seed seed = context.seed().child("draws").child(side);
        int[] groups = PrdcIntervals.groups(units, seed.child("groups"));
        Optional<double[]> weights = PopulationRows.weights(rows, input.weight());
        List<Drawn> all = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            Seed own = seed.child(draw);
            int[] chosen = weights.map(w -> PopulationRows.draw(w, size, own)).orElseGet(() -> sample(rows, size, own));
            Points points = encoding.encode(rows.at(chosen)).points();
            all.add(new Drawn(
                    points,
                    Arrays.stream(chosen).map(row -> groups[units.of(row)]).toArray()));
        }
        return List.copyOf(all);
    }

    private static int[] sample(Frame rows, int size, Seed seed) {
        if (size >= rows.rows()) {
            return IntStream.range(0, rows.rows()).toArray();
        }
        int[] chosen = Draws.sample(rows.rows(), size, seed.generator());
        Arrays.sort(chosen);
        return chosen;
    }

    /// Number of encoded columns.
    public int width() {
        return encoding.names().size();
    }

    /// Units of the real rows.
    public Units realUnits() {
        return units(input.real());
    }

    /// Units of other rows.
    public Units units(Frame rows) {
        return sample(rows).units();
    }

    /// The rows of the two lines beside which methods are shown, as many as are measured of each method.
    public List<Map.Entry<String, Frame>> referenceLines() {
        Map<String, Frame> lines = new LinkedHashMap<>();
        int rows = near.rows();
        if (input.training().rows() >= rows) {
            lines.put(
                    SECOND_SAMPLE,
                    ReferenceLines.secondSample(
                            input.training(), rows, context.seed().child("second sample")));
        }
        // Rows of equal weight before they are shuffled: a weight that went to another row would weigh
        // nothing.
        Frame some = PopulationRows.weights(input.training(), input.weight())
                .map(w -> input.training()
                        .at(PopulationRows.draw(
                                w,
                                Math.min(rows, input.training().rows()),
                                context.seed().child("shuffled")))
                        .without(List.of(input.weight().orElse(""))))
                .orElseGet(() -> sampled(input.training(), rows, "shuffled"));
        lines.put(SHUFFLED, ReferenceLines.shuffled(some, context.seed().child("shuffle")));
        return List.copyOf(lines.entrySet());
    }

    /// Says what is going to be computed, if that takes long.
    ///
    /// @param sets sets of rows that will be scored, reference lines among them
    public void announce(int sets) {
        work = new FidelityWork(
                sets,
                size(),
                input.training().rows(),
                width(),
                2L * input.real().rows(),
                columns.size(),
                input.expensiveReplicates());
        if (!work.isLong()) {
            return;
        }
        Engine engine = context.engine();
        int few = Math.max(input.k() + 2, Math.min(PIECE_ROWS, near.rows() / 4));
        Points some = nearPoints.at(IntStream.range(0, few).toArray());
        Sample sample = sample(near);
        Bootstrap once = expensive.withReplicates(1);
        List<StageContext.Piece> pieces = new ArrayList<>();
        pieces.add(new StageContext.Piece(
                () -> Prdc.of(PrdcSettings.defaults().withK(input.k()), some, some, engine, Progress.none()),
                sets * work.distances() / (2.0 * few * few)));
        // The rows as they are and one replicate of them, on one thread.
        double resampled = sets
                * input.expensiveReplicates()
                * (input.real().rows() / (double) near.rows())
                / 2
                / engine.parallelism();
        if (columns.size() > 1) {
            pieces.add(new StageContext.Piece(
                    () -> Associations.of(sample, sample, columns, Associations.Correlation.PEARSON, once, engine),
                    resampled));
        }
        pieces.add(new StageContext.Piece(() -> Marginals.of(sample, sample, columns, once, engine), resampled));
        context.announce(
                String.format(
                        Locale.ROOT,
                        "%d sets of rows, for each %.2g distances over %d encoded columns and %d replicates of %d columns"
                                + " and %d pairs of them over %d rows a side",
                        sets,
                        work.distances(),
                        width(),
                        input.expensiveReplicates(),
                        columns.size(),
                        work.pairs(),
                        input.real().rows()),
                pieces);
    }

    /// Everything that is measured of one set of rows.
    ///
    /// @param set its number, from 0 on, of those announced
    public FidelityScores score(String name, Frame rows, boolean reference, int set, Progress progress) {
        Frame measured = sampled(rows, Math.min(near.rows(), rows.rows()), "synthetic");
        Points points = encoding.encode(measured).points();
        List<Drawn> drawn = drawn(rows, "synthetic");
        List<PrdcScores> prdc = new ArrayList<>();
        for (int draw = 0; draw < drawn.size(); draw++) {
            prdc.add(Prdc.of(
                    PrdcSettings.defaults().withK(input.k()),
                    nearDraws.get(draw).points(),
                    nearDraws.get(draw).group(),
                    drawn.get(draw).points(),
                    drawn.get(draw).group(),
                    PrdcIntervals.GROUPS,
                    context.engine(),
                    Progress.part(part(progress, set, Measure.NEIGHBOURS), draw, draw + 1, drawn.size())));
        }
        Units units = units(measured);
        PrdcIntervals intervals = PrdcIntervals.of(prdc, realUnits(), units(rows), Bootstrap.DEFAULT_LEVEL);
        Sample real = sample(input.real());
        Sample synthetic = sample(rows);
        List<String> amounts =
                columns.stream().filter(c -> kind(c) == ColumnKind.AMOUNT).toList();
        Optional<ZeroRates> zeros = amounts.isEmpty()
                ? Optional.empty()
                : Optional.of(ZeroRates.of(real, synthetic, amounts, cheap, context.engine()));
        List<RareCells.RareCell> rare =
                RareCells.of(real, synthetic, cells(input.real(), rows), Bootstrap.DEFAULT_LEVEL);
        List<Summaries.Summary> summaries = Summaries.of(real, synthetic, columns, cheap, context.engine());
        List<Marginals.Marginal> marginals = Marginals.of(
                real,
                synthetic,
                columns,
                expensive,
                FidelityWork.counted(
                        context.engine(), Marginals.calls(columns.size()), part(progress, set, Measure.MARGINALS)));
        Optional<Associations> associations = columns.size() < 2
                ? Optional.empty()
                : Optional.of(Associations.of(
                        real,
                        synthetic,
                        columns,
                        Associations.Correlation.PEARSON,
                        expensive,
                        FidelityWork.counted(context.engine(), 1, part(progress, set, Measure.ASSOCIATIONS))));
        CopyCheck copies = CopyCheck.of(
                trainingPoints,
                nearPoints,
                units(near),
                points,
                units,
                expensive,
                context.engine(),
                part(progress, set, Measure.COPIES));
        return new FidelityScores(
                name, reference, rows, prdc, intervals, zeros, rare, summaries, marginals, associations, copies);
    }

    private Progress part(Progress progress, int set, Measure measure) {
        return work.part(progress, set, measure);
    }

    private List<RareCells.Cell> cells(Frame real, Frame synthetic) {
        List<String> names = List.copyOf(input.rare().keySet());
        List<String> conditions = List.copyOf(input.rare().values());
        if (names.isEmpty()) {
            return List.of();
        }
        List<BitSet> inReal = Frames.conditions(real, conditions, i -> "rare '" + names.get(i) + "'");
        List<BitSet> inSynthetic = Frames.conditions(synthetic, conditions, i -> "rare '" + names.get(i) + "'");
        List<RareCells.Cell> cells = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            cells.add(new RareCells.Cell(names.get(i), inReal.get(i), inSynthetic.get(i)));
        }
        return cells;
    }

    private Sample sample(Frame rows) {
        Sample sample = Sample.of(rows);
        if (input.weight().isPresent() && rows.schema().has(input.weight().get())) {
            sample = sample.weightedBy(input.weight().get());
        }
        if (input.cluster().isPresent() && rows.schema().has(input.cluster().get())) {
            sample = sample.clusteredBy(input.cluster().get());
        }
        return sample;
    }

    private Frame sampled(Frame rows, int size, String side) {
        if (size >= rows.rows()) {
            return rows;
        }
        return rows.at(sample(rows, size, context.seed().child("sample").child(side)));
    }

    private static List<String> columns(FidelityStage.Settings input) {
        List<String> all = input.columns().isEmpty()
                ? input.real().schema().names().stream()
                        .filter(c -> input.training().schema().has(c))
                        .filter(c -> input.synthetic().values().stream()
                                .allMatch(f -> f.schema().has(c)))
                        .filter(c -> !Optional.of(c).equals(input.weight())
                                && !Optional.of(c).equals(input.cluster()))
                        .toList()
                : input.columns();
        if (all.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "real and synthetic rows have no column in common to compare");
        }
        return all;
    }
}
