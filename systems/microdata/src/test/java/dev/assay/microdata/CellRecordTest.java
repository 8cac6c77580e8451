package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.EstimateStage.MethodName;
import dev.assay.study.InMemoryContext;
import dev.assay.weigh.MissingCells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What margins, cells, gradients and selections leave beside their weights, and what is made of it.
class CellRecordTest {
    private static final int N = 240;
    private static final Frame SAMPLE = sample();
    private static final Frame MARGINS = Frame.empty()
            .with("variable", Column.Texts.of("town", "town", "town", "rooms", "rooms"))
            .with("value", Column.Texts.of("a", "b", "o'c", "1", "2"))
            .with("total", Column.Longs.of(800, 760, 840, 1000, 1400));

    @TempDir
    Path folder;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(2);

    private InMemoryContext said;

    @BeforeEach
    void setUp() {
        said = context();
    }

    private InMemoryContext context() {
        said = InMemoryContext.of(Seed.of(1), engine, folder);
        return said;
    }

    private static Frame sample() {
        RandomGenerator random = Seed.of(5).generator();
        long[] id = new long[N];
        double[] w = new double[N];
        String[] town = new String[N];
        double[] rooms = new double[N];
        double[] rent = new double[N];
        for (int i = 0; i < N; i++) {
            id[i] = 7 * i + 1;
            w[i] = 5 + random.nextInt(10);
            town[i] = List.of("a", "b", "o'c").get(random.nextInt(3));
            rooms[i] = 1 + random.nextInt(2);
            rent[i] = 300 + 200 * rooms[i] + 10 * random.nextInt(30);
        }
        return Frame.empty()
                .with("id", Column.Longs.of(id))
                .with("w", Column.Doubles.of(w))
                .with("town", Column.Categories.of(town))
                .with("rooms", Column.Doubles.of(rooms))
                .with("rent", Column.Doubles.of(rent));
    }

    private static Frame shuffled(Frame frame) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, frame.rows()).boxed().toList());
        Collections.shuffle(order, new Random(4));
        return frame.at(order.stream().mapToInt(Integer::intValue).toArray());
    }

    private RakeStage.Weights raked(Map<String, ?> more) {
        Map<String, Object> given =
                new HashMap<>(Map.of("sample", SAMPLE, "totals", MARGINS, "weight", "w", "key", "id"));
        given.putAll(more);
        return new RakeStage().run(Inputs.of(RakeStage.Settings.class, given), context());
    }

    private PoststratifyStage.Weights poststratified(Map<String, ?> given) {
        return new PoststratifyStage().run(Inputs.of(PoststratifyStage.Settings.class, given), context());
    }

    private Map<String, Object> handed(Frame sample, Frame weights, CalibrationRecord record) {
        return new HashMap<>(
                Map.of("sample", sample, "weights", weights, "calibration", record, "totals", List.of("rent")));
    }

    private Frame estimated(Map<String, Object> settings) {
        return new EstimateStage()
                .run(Inputs.of(EstimateStage.Settings.class, settings), context())
                .estimates();
    }

    private String refused(Map<String, Object> settings) {
        Fault fault = catchThrowableOfType(Fault.class, () -> estimated(settings));
        assertThat(fault).isNotNull();
        return fault.getMessage();
    }

    private Path targets() throws Exception {
        return Files.writeString(folder.resolve("margins.csv"), """
                table,variable,filter,value
                sample,,town = 'a',800
                sample,,town = 'b',760
                sample,,town = 'o''c',840
                sample,,rooms = 1,1000
                sample,,rooms = 2,1400
                """);
    }

    @ParameterizedTest
    @EnumSource(
            value = MethodName.class,
            names = {"LINEARISED", "JACKKNIFE"})
    void marginsFittedAreACalibrationByRaking(MethodName method) throws Exception {
        RakeStage.Weights raked = raked(Map.of());
        Map<String, Object> handed = handed(shuffled(SAMPLE), raked.weights(), raked.calibration());
        handed.put("method", method);
        Frame estimates = estimated(handed);

        CalibrateStage.Weights calibrated = new CalibrateStage()
                .run(
                        Inputs.of(
                                CalibrateStage.Settings.class,
                                Map.of(
                                        "sample",
                                        SAMPLE,
                                        "targets",
                                        targets(),
                                        "key",
                                        "id",
                                        "weight",
                                        "w",
                                        "distance",
                                        DistanceName.RAKING)),
                        context());
        Map<String, Object> same = handed(SAMPLE, calibrated.weights(), calibrated.calibration());
        same.put("method", method);
        Frame expected = estimated(same);
        for (String column : List.of("value", "standard_error", "lower", "upper")) {
            assertThat(estimates.numbers(column)[0] / expected.numbers(column)[0])
                    .isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void trimmingGoesByTheRecordOfMargins() {
        RakeStage.Weights raked = raked(Map.of());
        Frame trimmed = new TrimStage()
                .run(
                        Inputs.of(
                                TrimStage.Settings.class,
                                Map.of(
                                        "sample",
                                        SAMPLE,
                                        "weights",
                                        shuffled(raked.weights()),
                                        "calibration",
                                        raked.calibration(),
                                        "least",
                                        6.0,
                                        "most",
                                        13.0)),
                        context())
                .trimmed();
        assertThat(Arrays.stream(trimmed.numbers("weight_unverified")).max().orElse(0))
                .isLessThanOrEqualTo(13);
        double[] other = raked.weights().numbers("weight");
        other[3] += 0.01;
        assertThat(refused(
                        handed(SAMPLE, raked.weights().with("weight", Column.Doubles.of(other)), raked.calibration())))
                .contains("not those that the calibration of this record made");
    }

    @Test
    void withoutAKeyTheRowsHaveToKeepTheirOrder() {
        RakeStage.Weights raked = raked(Map.of("key", java.util.Optional.empty()));
        assertThat(raked.weights().schema().names()).doesNotContain("id");
        Map<String, Object> handed = handed(SAMPLE, raked.weights(), raked.calibration());
        assertThat(estimated(handed).rows()).isEqualTo(1);
        handed.put("sample", shuffled(SAMPLE));
        assertThat(refused(handed)).contains("not the one that was calibrated");
    }

    /// `z = w (y - mean of the cell)`, `V = n / (n - 1) sum (z - mean z)^2`, with design-weighted means.
    private static double poststratified(double[] weights, int[] cell, int cells) {
        double[] sum = new double[cells];
        double[] of = new double[cells];
        double[] w = SAMPLE.numbers("w");
        double[] y = SAMPLE.numbers("rent");
        for (int i = 0; i < N; i++) {
            if (cell[i] >= 0) {
                sum[cell[i]] += w[i] * y[i];
                of[cell[i]] += w[i];
            }
        }
        double[] z = new double[N];
        for (int i = 0; i < N; i++) {
            z[i] = weights[i] * (cell[i] < 0 ? y[i] : y[i] - sum[cell[i]] / of[cell[i]]);
        }
        double mean = Arrays.stream(z).average().orElse(0);
        return Math.sqrt(N
                / (N - 1.0)
                * Arrays.stream(z).map(v -> (v - mean) * (v - mean)).sum());
    }

    @Test
    void cellsVaryAsResidualsFromTheirMeans() {
        String[] town = new String[N];
        int[] cell = new int[N];
        for (int i = 0; i < N; i++) {
            town[i] = i % 11 == 0 ? null : SAMPLE.column("town").text(i);
            cell[i] = town[i] == null
                    ? -1
                    : 2 * List.of("a", "b", "o'c").indexOf(town[i])
                            + (int) SAMPLE.column("rooms").number(i)
                            - 1;
        }
        Frame sample = SAMPLE.with("town", Column.Texts.of(town));
        // The cell z, 1 has no row: it is passed over.
        Frame totals = Frame.empty()
                .with("town", Column.Texts.of("a", "a", "b", "b", "o'c", "o'c", "z"))
                .with("rooms", Column.Longs.of(1, 2, 1, 2, 1, 2, 1))
                .with("total", Column.Longs.of(300, 410, 320, 400, 350, 390, 50));
        PoststratifyStage.Weights made = poststratified(Map.of(
                "sample",
                sample,
                "totals",
                totals,
                "by",
                List.of("town", "rooms"),
                "weight",
                "w",
                "key",
                "id",
                "keep",
                List.of("town", "id"),
                "missing",
                MissingCells.EXCLUDE,
                "partial",
                true));
        assertThat(made.weights().schema().names())
                .containsExactly("id", "town", "design_weight", "weight", "ratio", "at_bound");
        assertThat(made.calibration().targets()).hasSize(6);
        Frame estimates = estimated(handed(sample, shuffled(made.weights()), made.calibration()));
        double[] weights = made.weights().numbers("weight");
        double[] rent = SAMPLE.numbers("rent");
        assertThat(estimates.numbers("value")[0])
                .isCloseTo(
                        IntStream.range(0, N)
                                .mapToDouble(i -> weights[i] * rent[i])
                                .sum(),
                        within(1e-6));
        assertThat(estimates.numbers("standard_error")[0] / poststratified(weights, cell, 6))
                .isCloseTo(1, within(1e-10));
    }

    @Test
    void aCellOfNobodyLeavesItsRowsWithoutWeightAndWithoutVariance() {
        Frame totals = Frame.empty()
                .with("town", Column.Texts.of("a", "b", "o'c"))
                .with("total", Column.Longs.of(800, 0, 840));
        PoststratifyStage.Weights made =
                poststratified(Map.of("sample", SAMPLE, "totals", totals, "by", List.of("town"), "key", "id"));
        Map<String, Object> handed = handed(SAMPLE, made.weights(), made.calibration());
        double[] weights = made.weights().numbers("weight");
        double[] mean = new double[3];
        int[] count = new int[3];
        for (int i = 0; i < N; i++) {
            int c = List.of("a", "b", "o'c").indexOf(SAMPLE.column("town").text(i));
            mean[c] += SAMPLE.numbers("rent")[i];
            count[c]++;
        }
        double[] z = new double[N];
        for (int i = 0; i < N; i++) {
            int c = List.of("a", "b", "o'c").indexOf(SAMPLE.column("town").text(i));
            z[i] = weights[i] * (SAMPLE.numbers("rent")[i] - mean[c] / count[c]);
        }
        double all = Arrays.stream(z).average().orElse(0);
        double variance =
                N / (N - 1.0) * Arrays.stream(z).map(v -> (v - all) * (v - all)).sum();
        assertThat(estimated(handed).numbers("standard_error")[0] / Math.sqrt(variance))
                .isCloseTo(1, within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "tenth", "yes", "day", "time", "instant", "words", "level"})
    void cellsOfEveryTypeAreSaidAsConditions(String column) {
        Frame typed = typed();
        String[] values = new String[] {
            String.valueOf(typed.column(column).text(0)),
            String.valueOf(typed.column(column).text(1))
        };
        Frame totals = Frame.empty().with(column, Column.Texts.of(values)).with("total", Column.Longs.of(900, 1100));
        PoststratifyStage.Weights made =
                poststratified(Map.of("sample", typed, "totals", totals, "by", List.of(column), "key", "id"));
        assertThat(estimated(handed(typed, made.weights(), made.calibration())).numbers("standard_error")[0])
                .isPositive();
    }

    private static Frame typed() {
        long[] whole = new long[N];
        double[] tenth = new double[N];
        boolean[] yes = new boolean[N];
        int[] day = new int[N];
        long[] micros = new long[N];
        String[] words = new String[N];
        for (int i = 0; i < N; i++) {
            whole[i] = i % 2 == 0 ? -5 : Long.MAX_VALUE - 1;
            tenth[i] = i % 2 == 0 ? 0.1 + 0.2 : 1e-300;
            yes[i] = i % 2 == 0;
            day[i] = 18_000 + i % 2;
            micros[i] = 1_600_000_000_123_456L + i % 2;
            words[i] = i % 2 == 0 ? "it's \"so\"" : "";
        }
        return Frame.empty()
                .with("id", SAMPLE.column("id"))
                .with("rent", SAMPLE.column("rent"))
                .with("whole", Column.Longs.of(whole))
                .with("tenth", Column.Doubles.of(tenth))
                .with("yes", Column.Booleans.of(yes))
                .with("day", Column.Dates.of(day))
                .with("time", Column.DateTimes.of(micros))
                .with("instant", Column.Instants.of(micros))
                .with("words", Column.Texts.of(words))
                .with("level", Column.Categories.of(words));
    }

    private Map<String, Object> given(Map<String, ?> more) throws Exception {
        Map<String, Object> given =
                new HashMap<>(Map.of("sample", SAMPLE, "targets", targets(), "weight", "w", "key", "id"));
        given.putAll(more);
        return given;
    }

    @Test
    void aGradientThatComesToRakingHasItsStandardErrors() throws Exception {
        // One classification leaves no choice: whatever meets its totals is raking.
        Path towns = Files.writeString(
                folder.resolve("towns.csv"),
                "table,variable,filter,value\nsample,,town = 'a',800\nsample,,town = 'b',760\nsample,,town = 'o''c',840\n");
        GradientStage.Weights made = new GradientStage()
                .run(Inputs.of(GradientStage.Settings.class, given(Map.of("targets", towns))), context());
        assertThat(made.calibration().caveat()).isEmpty();
        double error =
                estimated(handed(SAMPLE, made.weights(), made.calibration())).numbers("standard_error")[0];
        RakeStage.Weights raked = raked(Map.of("totals", MARGINS.at(new int[] {0, 1, 2})));
        assertThat(error
                        / estimated(handed(SAMPLE, raked.weights(), raked.calibration()))
                                .numbers("standard_error")[0])
                .isCloseTo(1, within(1e-4));
    }

    @Test
    void aGradientThatEndsElsewhereHasNone() throws Exception {
        GradientStage.Weights made = new GradientStage()
                .run(Inputs.of(GradientStage.Settings.class, given(Map.of("epochs", 400))), context());
        assertThat(made.weights().schema().has("weight")).isTrue();
        assertThat(said.warnings()).anyMatch(w -> w.contains("other weights than a calibration by raking"));
        assertThat(refused(handed(SAMPLE, made.weights(), made.calibration())))
                .contains("by other weights than a calibration by raking", "'other-calibration'");
    }

    @Test
    void selectedRowsHaveNoStandardErrorsButCanBeTrimmed() throws Exception {
        SparseStage.Weights made = new SparseStage()
                .run(
                        Inputs.of(
                                SparseStage.Settings.class,
                                given(Map.of("epochs", 200, "targetRows", 80, "polish", List.of(0.1, 10.0)))),
                        context());
        Map<String, Object> handed = handed(SAMPLE, made.weights(), made.calibration());
        assertThat(refused(handed)).contains("selected by chance and by the targets", "'other-calibration'");
        handed.put("otherCalibration", true);
        assertThat(estimated(handed).numbers("standard_error")[0]).isPositive();
        assertThat(said.warnings()).anyMatch(w -> w.startsWith("standard errors are approximate"));
        Frame trimmed = new TrimStage()
                .run(
                        Inputs.of(
                                TrimStage.Settings.class,
                                Map.of(
                                        "sample",
                                        SAMPLE,
                                        "weights",
                                        made.weights(),
                                        "calibration",
                                        made.calibration(),
                                        "least",
                                        0.0,
                                        "most",
                                        60.0)),
                        context())
                .trimmed();
        assertThat(trimmed.rows()).isEqualTo(N);
    }
}
