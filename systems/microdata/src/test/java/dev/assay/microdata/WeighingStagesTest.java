package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.EstimateStage.MethodName;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The stages beside `weigh.calibrate` that make or judge weights.
class WeighingStagesTest {
    private static final int N = 400;
    private static final Frame SAMPLE = sample();
    private static final Frame PERSONS = persons();
    private static final Frame REGIONS = Frame.empty()
            .with("town", Column.Texts.of("a", "b", "c", "d"))
            .with("coast", Column.Booleans.of(true, false, true, false));

    @TempDir
    Path folder;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(2);

    /// What the stage that ran last said.
    private InMemoryContext said;

    @BeforeEach
    void setUp() {
        said = context();
    }

    /// A context for one run of a stage.
    private InMemoryContext context() {
        said = InMemoryContext.of(Seed.of(1), engine, folder);
        return said;
    }

    private static Frame sample() {
        RandomGenerator random = Seed.of(8).generator();
        long[] id = new long[N];
        double[] w = new double[N];
        String[] town = new String[N];
        String[] kind = new String[N];
        double[] rent = new double[N];
        long[] block = new long[N];
        for (int i = 0; i < N; i++) {
            id[i] = i + 1;
            w[i] = 5 + random.nextInt(10);
            town[i] = List.of("a", "b", "c", "d").get(i % 4);
            kind[i] = random.nextInt(3) == 0 ? "own" : "let";
            rent[i] = 300 + 100 * random.nextInt(9);
            block[i] = i / 4 % 10;
        }
        return Frame.empty()
                .with("id", Column.Longs.of(id))
                .with("w", Column.Doubles.of(w))
                .with("town", Column.Categories.of(town))
                .with("kind", Column.Categories.of(kind))
                .with("rent", Column.Doubles.of(rent))
                .with("block", Column.Longs.of(block));
    }

    private static Frame persons() {
        RandomGenerator random = Seed.of(9).generator();
        long[] id = new long[2 * N];
        long[] age = new long[2 * N];
        for (int i = 0; i < id.length; i++) {
            id[i] = 1 + (i * 7) % N;
            age[i] = random.nextInt(90);
        }
        return Frame.empty().with("id", Column.Longs.of(id)).with("age", Column.Longs.of(age));
    }

    private static final String TARGETS = """
            table,variable,filter,value
            sample,,,4100
            sample,,kind = 'own',1300
            sample,,coast,2000
            persons,,age < 18,1700
            """;

    private Map<String, Object> given(Map<String, ?> more) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of(
                "sample",
                SAMPLE,
                "persons",
                PERSONS,
                "regions",
                REGIONS,
                "regionKey",
                "town",
                "targets",
                Files.writeString(folder.resolve("targets.csv"), TARGETS),
                "key",
                "id",
                "weight",
                "w"));
        all.putAll(more);
        return all;
    }

    private Frame calibrated(DistanceName distance) throws Exception {
        return new CalibrateStage()
                .run(Inputs.of(CalibrateStage.Settings.class, given(Map.of("distance", distance))), context())
                .weights();
    }

    @Test
    void clustersHaveOneRatio() throws Exception {
        String[] cluster = new String[N];
        Arrays.setAll(cluster, i -> "c" + i % 98);
        Frame clustered = SAMPLE.with("cluster", Column.Texts.of(cluster));
        Frame weights = new CalibrateStage()
                .run(
                        Inputs.of(
                                CalibrateStage.Settings.class,
                                given(Map.of("sample", clustered, "cluster", "cluster"))),
                        context())
                .weights();
        double[] ratio = weights.numbers("ratio");
        for (int i = 0; i < N; i++) {
            assertThat(ratio[i]).isCloseTo(ratio[i % 98], within(1e-12));
        }
        assertThat(said.value("max-relative-error")).isLessThan(1e-9);
    }

    @Test
    void zeroWeightsAreRefusedUnlessAllowed() throws Exception {
        double[] w = SAMPLE.numbers("w");
        w[7] = 0;
        Frame sample = SAMPLE.with("w", Column.Doubles.of(w));
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> new CalibrateStage()
                        .run(Inputs.of(CalibrateStage.Settings.class, given(Map.of("sample", sample))), context()));
        assertThat(fault.getMessage()).contains("row 8 of the sample", "design weight of 0", "allow-zero-weights");
        Frame weights = new CalibrateStage()
                .run(
                        Inputs.of(
                                CalibrateStage.Settings.class,
                                given(Map.of("sample", sample, "allowZeroWeights", true))),
                        context())
                .weights();
        assertThat(weights.column("weight").number(7)).isZero();
        w[7] = -1;
        Frame negative = SAMPLE.with("w", Column.Doubles.of(w));
        fault = catchThrowableOfType(
                Fault.class,
                () -> new CalibrateStage()
                        .run(Inputs.of(CalibrateStage.Settings.class, given(Map.of("sample", negative))), context()));
        assertThat(fault.getMessage()).contains("Row 8 of table 'sample'");
    }

    @Test
    void gradientComesNear() throws Exception {
        GradientStage.Weights made = new GradientStage()
                .run(
                        Inputs.of(
                                GradientStage.Settings.class,
                                given(Map.of("epochs", 400, "distancePrice", 0.0, "tolerance", 0.001))),
                        context());
        assertThat(made.weights().schema().has("weight")).isTrue();
        assertThat(made.epochs().rows()).isEqualTo(400);
        assertThat(said.value("max-relative-error")).isLessThan(0.001);
    }

    /// An engine in which a run is stopped at a merge.
    private record StoppedAt(int merge, AtomicInteger merges, Engine engine) implements Engine {
        @Override
        public int parallelism() {
            return engine.parallelism();
        }

        @Override
        public <T> List<T> map(int partitions, Work<T> work) {
            return engine.map(partitions, work);
        }

        @Override
        public <T> T reduce(int partitions, Work<T> work, Merge<T> merged) {
            if (merges.incrementAndGet() == merge) {
                throw new CancellationException("stopped");
            }
            return engine.reduce(partitions, work, merged);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    /// Runs a stage, and runs it elsewhere after an attempt that was stopped: all it makes and says is the same.
    private <I extends Record, O extends Record> void goesOnAsIfNeverStopped(Stage<I, O> stage, I settings, int merge) {
        AtomicInteger all = new AtomicInteger();
        InMemoryContext whole =
                InMemoryContext.of(Seed.of(1), new StoppedAt(Integer.MAX_VALUE, all, engine), folder.resolve("whole"));
        O expected = stage.run(settings, whole);
        Path home = folder.resolve("home");
        Engine stopped = new StoppedAt(merge, new AtomicInteger(), engine);
        assertThatThrownBy(() -> stage.run(settings, InMemoryContext.of(Seed.of(1), stopped, home)))
                .isInstanceOf(CancellationException.class);
        assertThat(home.resolve("resumable")).isNotEmptyDirectory();

        AtomicInteger merges = new AtomicInteger();
        InMemoryContext again = InMemoryContext.of(Seed.of(1), new StoppedAt(Integer.MAX_VALUE, merges, engine), home);
        assertThat(stage.run(settings, again)).isEqualTo(expected);
        assertThat(merges).hasValueLessThan(all.get());
        assertThat(again.metrics()).isEqualTo(whole.metrics());
        assertThat(again.listings()).isEqualTo(whole.listings());
        assertThat(again.warnings()).isEqualTo(whole.warnings());
    }

    @Test
    void gradientGoesOnWhereItWasStopped() throws Exception {
        goesOnAsIfNeverStopped(
                new GradientStage(),
                Inputs.of(GradientStage.Settings.class, given(Map.of("epochs", 60, "checkpointEvery", 20))),
                55);
    }

    @Test
    void sparseGoesOnWhereItWasStopped() throws Exception {
        Map<String, ?> settings =
                Map.of("epochs", 200, "checkpointEvery", 40, "targetRows", 60, "polish", List.of(0.1, 10.0));
        goesOnAsIfNeverStopped(new SparseStage(), Inputs.of(SparseStage.Settings.class, given(settings)), 450);
    }

    @Test
    void epochsThatAreDamagedOrOfAnotherRunAreDoneAnew() throws Exception {
        GradientStage.Settings settings =
                Inputs.of(GradientStage.Settings.class, given(Map.of("epochs", 60, "checkpointEvery", 20)));
        GradientStage.Weights whole = new GradientStage().run(settings, context());
        Path home = folder.resolve("home");
        new GradientStage()
                .run(
                        Inputs.of(GradientStage.Settings.class, given(Map.of("epochs", 61))),
                        InMemoryContext.of(Seed.of(1), engine, home));
        Path left;
        try (Stream<Path> files = Files.list(home.resolve("resumable"))) {
            left = files.findFirst().orElseThrow();
        }
        byte[] foreign = Files.readAllBytes(left);
        for (byte[] bad : List.of(foreign, Arrays.copyOf(foreign, 100), new byte[0])) {
            Files.write(left, bad);
            assertThat(new GradientStage().run(settings, InMemoryContext.of(Seed.of(1), engine, home)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void sparseKeepsFewRowsAndTheirPlaces() throws Exception {
        SparseStage.Weights made = new SparseStage()
                .run(
                        Inputs.of(
                                SparseStage.Settings.class,
                                given(Map.of("epochs", 200, "targetRows", 60, "polish", List.of(0.1, 10.0)))),
                        context());
        double[] weights = made.weights().numbers("weight");
        assertThat(weights).hasSize(N);
        long active = Arrays.stream(weights).filter(w -> w > 0).count();
        assertThat(active).isBetween(40L, 80L);
        assertThat(said.value("active-rows")).isEqualTo(active);
        assertThat(said.value("max-relative-error")).isLessThan(1e-9);
        assertThat(made.weights().numbers("id")).isEqualTo(SAMPLE.numbers("id"));
        assertThat(made.trials().rows()).isPositive();
        assertThat(said.listings()).extracting(Listing::title).contains("Prices of rows tried");
    }

    @Test
    void trimmingShowsWhatItDoesToTheTargets() throws Exception {
        Frame weights = calibrated(DistanceName.RAKING);
        TrimStage.Trimmed made = new TrimStage()
                .run(
                        Inputs.of(
                                TrimStage.Settings.class,
                                given(Map.of("weights", weights, "least", 6.0, "most", 14.0))),
                        context());
        double[] trimmed = made.trimmed().numbers("weight_unverified");
        assertThat(Arrays.stream(trimmed).allMatch(w -> w >= 6 && w <= 14)).isTrue();
        assertThat(Arrays.stream(trimmed).sum()).isCloseTo(4100, within(1e-6));
        assertThat(said.warnings()).anyMatch(w -> w.contains("calibrate with bounds"));
    }

    @ParameterizedTest
    @EnumSource(
            value = MethodName.class,
            names = {"LINEARISED", "JACKKNIFE", "BOOTSTRAP"})
    void estimatesKnowOfTheCalibration(MethodName method) throws Exception {
        Frame weights = calibrated(DistanceName.LINEAR);
        Map<String, Object> settings = new HashMap<>(Map.of(
                "weights",
                weights,
                "totals",
                List.of("rent"),
                "means",
                List.of("rent", "age"),
                "ratios",
                List.of("rent / w"),
                "by",
                "kind",
                "strata",
                "town",
                "clusters",
                "block",
                "method",
                method,
                "distance",
                DistanceName.LINEAR));
        Frame estimates = new EstimateStage()
                .run(Inputs.of(EstimateStage.Settings.class, given(settings)), context())
                .estimates();
        assertThat(estimates.rows()).isEqualTo(12);
        double[] w = weights.numbers("weight");
        double rent = 0;
        for (int i = 0; i < N; i++) {
            rent += w[i] * SAMPLE.numbers("rent")[i];
        }
        assertThat(estimates.column("value").number(0)).isCloseTo(rent, within(1e-6 * rent));
        // The mean age is over persons.
        double age = 0;
        double persons = 0;
        for (int p = 0; p < PERSONS.rows(); p++) {
            double weight = w[(int) PERSONS.column("id").number(p) - 1];
            age += weight * PERSONS.column("age").number(p);
            persons += weight;
        }
        assertThat(estimates.column("value").number(2)).isCloseTo(age / persons, within(1e-9 * age / persons));
        for (double error : estimates.numbers("standard_error")) {
            assertThat(error).isPositive();
        }
        // Linearised and replicated standard errors of one design are of one size.
        assertThat(estimates.column("standard_error").number(0) / rent).isBetween(0.01, 0.05);
        assertThat(said.listings()).extracting(Listing::title).contains("Estimates");
    }

    @Test
    void estimatesRefuseWhatWouldGiveWrongErrors() throws Exception {
        Frame weights = calibrated(DistanceName.RAKING);
        refused(Map.of("weights", weights), "'totals', 'means' or 'ratios'");
        refused(Map.of("weights", weights, "totals", List.of("rnt")), "Did you mean 'rent'?");
        refused(Map.of("weights", weights.at(new int[] {1, 2}), "totals", List.of("rent")), "2 weights for 400");
        refused(
                Map.of(
                        "weights",
                        weights,
                        "totals",
                        List.of("rent"),
                        "method",
                        MethodName.JACKKNIFE,
                        "strata",
                        "town",
                        "clusters",
                        "block",
                        "distance",
                        DistanceName.LINEAR),
                "does not give the weights given");
        Frame unverified = weights.without(List.of("weight")).with("weight_unverified", weights.column("weight"));
        refused(Map.of("weights", unverified, "totals", List.of("rent")), "no standard error is right");
    }

    @Test
    void estimatesWhoseNamesDifferInSpacesOnlyAreAllStated() throws Exception {
        String[] kinds = new String[N];
        Arrays.setAll(kinds, i -> i % 3 == 0 ? "own it" : "own-it");
        Map<String, Object> settings = given(Map.of(
                "sample",
                SAMPLE.with("tenure", Column.Categories.of(kinds)),
                "weights",
                calibrated(DistanceName.LINEAR),
                "totals",
                List.of("rent", "rent"),
                "by",
                "tenure"));

        Frame estimates = new EstimateStage()
                .run(Inputs.of(EstimateStage.Settings.class, settings), context())
                .estimates();

        List<String> names = List.of(
                "total-rent",
                "total-rent-2",
                "total-rent,-tenure-=-own-it",
                "total-rent,-tenure-=-own-it-2",
                "total-rent,-tenure-=-own-it-3",
                "total-rent,-tenure-=-own-it-4");
        assertThat(said.metrics()).extracting(Metric::name).containsAll(names);
        for (int i = 0; i < names.size(); i++) {
            assertThat(said.value(names.get(i))).isEqualTo(estimates.numbers("value")[i]);
        }
    }

    private void refused(Map<String, ?> settings, String message) {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> new EstimateStage().run(Inputs.of(EstimateStage.Settings.class, given(settings)), context()));
        assertThat(fault.getMessage()).contains(message);
    }

    private static final Frame CELLS = Frame.empty()
            .with("town", Column.Texts.of("a", "a", "b", "b", "c", "c", "d", "d"))
            .with("kind", Column.Texts.of("own", "let", "own", "let", "own", "let", "own", "let"))
            .with("total", Column.Longs.of(310, 620, 330, 640, 350, 660, 370, 680));

    @Test
    void postStrataAreMet() {
        PoststratifyStage.Weights made = new PoststratifyStage()
                .run(
                        Inputs.of(
                                PoststratifyStage.Settings.class,
                                Map.of(
                                        "sample",
                                        SAMPLE,
                                        "totals",
                                        CELLS,
                                        "by",
                                        List.of("town", "kind"),
                                        "weight",
                                        "w",
                                        "keep",
                                        List.of("id", "town", "kind"))),
                        context());
        double own = 0;
        double[] weights = made.weights().numbers("weight");
        for (int i = 0; i < N; i++) {
            boolean in = "a".equals(SAMPLE.column("town").text(i))
                    && "own".equals(SAMPLE.column("kind").text(i));
            own += in ? weights[i] : 0;
        }
        assertThat(own).isCloseTo(310, within(1e-9));
        assertThat(made.diagnostics().rows()).isEqualTo(8);
        assertThat(made.weights().schema().names())
                .containsExactly("id", "town", "kind", "design_weight", "weight", "ratio", "at_bound");
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> new PoststratifyStage()
                        .run(
                                Inputs.of(
                                        PoststratifyStage.Settings.class,
                                        Map.of(
                                                "sample", SAMPLE,
                                                "totals", CELLS.at(new int[] {0, 1, 2}),
                                                "by", List.of("town", "kind"))),
                                context()));
        assertThat(fault.getMessage()).contains("which the totals do not have");
    }

    @Test
    void marginsAreFitted() {
        Frame margins = Frame.empty()
                .with("variable", Column.Texts.of("town", "town", "town", "town", "kind", "kind"))
                .with("value", Column.Texts.of("a", "b", "c", "d", "own", "let"))
                .with("total", Column.Longs.of(1000, 1010, 1020, 1030, 1300, 2760));
        RakeStage.Weights made = new RakeStage()
                .run(
                        Inputs.of(
                                RakeStage.Settings.class,
                                Map.of("sample", SAMPLE, "totals", margins, "weight", "w", "keep", List.of("id"))),
                        context());
        assertThat(Arrays.stream(made.weights().numbers("weight")).sum()).isCloseTo(4060, within(1e-5));
        for (double error : made.diagnostics().numbers("rel_error_after")) {
            assertThat(Math.abs(error)).isLessThan(1e-9);
        }
        Fault contradiction = catchThrowableOfType(
                Fault.class,
                () -> new RakeStage()
                        .run(
                                Inputs.of(
                                        RakeStage.Settings.class,
                                        Map.of(
                                                "sample",
                                                SAMPLE,
                                                "totals",
                                                margins.with(
                                                        "total", Column.Longs.of(1000, 1010, 1020, 1030, 1300, 2000)))),
                                context()));
        assertThat(contradiction.getMessage()).contains("inconsistent", "'town' add up to 4060", "'kind' to 3300");
    }
}
