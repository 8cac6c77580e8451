package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.FidelityStage.Fidelity;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FidelityStageTest {
    private static final Frame TRAINING = RealData.adult(0, 1500);
    private static final Frame HOLDOUT = RealData.adult(2000, 2500);
    /// Real rows that nobody saw: as good as a method can be.
    private static final Frame REAL = RealData.adult(3000, 3500);
    /// The same rows over and over: precise, and covering little.
    private static final Frame REPEATED = RealData.adult(4000, 4500)
            .at(IntStream.range(0, 500).map(i -> i % 20).toArray());

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
        said = InMemoryContext.of(Seed.of(4), engine, folder);
        return said;
    }

    @Test
    void everyMethodAndBothReferenceLinesHaveTheirMetrics() {
        Fidelity made = run(methods(), Map.of("rich", "capital_gain > 5000"));

        for (String method : List.of("repeated", "real", "second-real-sample", "shuffled-columns")) {
            for (String measure : List.of("precision", "recall", "density", "coverage", "zero-rate-mae")) {
                assertThat(said.metric(method + "." + measure).low())
                        .as(method + "." + measure)
                        .isPresent();
            }
        }
        assertThat(said.metric("real.median-difference.hr-per-week").low()).isPresent();
        assertThat(said.value("real.median-difference.hr-per-week")).isZero();
        assertThat(said.value("real.rare-ratio.rich")).isBetween(.3, 3.0);
        assertThat(said.value("second-real-sample.coverage"))
                .isGreaterThan(said.value("shuffled-columns.coverage") + 0.2);
        assertThat(said.value("real.coverage")).isGreaterThan(said.value("repeated.coverage") + 0.5);
        assertThat(said.listings())
                .extracting(Listing::title)
                .contains(
                        "Methods side by side",
                        "What is furthest off",
                        "Differences to the best",
                        "Zero rates",
                        "Rare combinations",
                        "Marginal distances",
                        "Copies of training rows");
        assertThat(said.figures()).hasSizeGreaterThan(14);
        assertThat(made.scores().schema().names()).startsWith("method", "measure", "subject", "value", "low", "high");
    }

    @Test
    void theBestIsTheOneThatCoversMostAndItsRowsAreHandedOn() {
        assertThat(run(methods(), Map.of()).best().digest()).isEqualTo(REAL.digest());
    }

    @Test
    void tiesGoToTheOneNamedFirst() {
        Map<String, Frame> twins = new LinkedHashMap<>();
        twins.put("first", REAL);
        twins.put("second", REAL.with("note", REAL.column("age")));

        assertThat(run(twins, Map.of()).best().schema().has("note")).isFalse();
        assertThat(said.value("first.coverage")).isEqualTo(said.value("second.coverage"));
    }

    @Test
    void copiesOfTrainingRowsAreSeen() {
        run(Map.of("copies", TRAINING.at(IntStream.range(0, 500).toArray())), Map.of());

        assertThat(said.value("copies.exact-copies")).isEqualTo(1);
    }

    @Test
    void theSecondRealSampleIsMadeOfTrainingRowsSoItsCopiesAreNotTold() {
        run(Map.of("real", REAL), Map.of());

        assertThat(said.metrics())
                .extracting(Metric::name)
                .contains("shuffled-columns.exact-copies")
                .doesNotContain("second-real-sample.exact-copies");
    }

    @Test
    void labelsThatMakeOneNameHaveMetricsOfTheirOwn() {
        Map<String, Frame> twins = new LinkedHashMap<>();
        twins.put("zi_qrf", REPEATED);
        twins.put("ZI QRF", REAL);

        run(twins, Map.of());

        assertThat(said.value("zi-qrf-2.coverage")).isGreaterThan(said.value("zi-qrf.coverage") + 0.5);
    }

    @Test
    void aLabelThatIsAReferenceLinesNameIsRefused() {
        for (String label : List.of("second real sample", "Shuffled_columns")) {
            Fault fault = catchThrowableOfType(Fault.class, () -> run(Map.of(label, REAL), Map.of()));

            assertThat(fault.getMessage()).contains("'" + label + "'", "reference line", "rename it");
        }
        assertThat(said.metrics()).isEmpty();
    }

    @Test
    void aRareCombinationThatIsNoSqlIsNamed() {
        Fault fault = catchThrowableOfType(Fault.class, () -> run(methods(), Map.of("odd", "agge > 5")));

        assertThat(fault.getMessage()).startsWith("rare 'odd': there is no column 'agge'. Did you mean 'age'?");
    }

    @Test
    void aColumnThatOneSideLacksIsNamed() {
        Fault fault = catchThrowableOfType(
                Fault.class, () -> run(Map.of("less", REAL.without(List.of("age"))), Map.of(), List.of("age", "sex")));

        assertThat(fault.getMessage()).contains("'age'");
    }

    private Fidelity compare(Frame real, Frame synthetic, Optional<String> weight, Optional<String> cluster) {
        return new FidelityStage()
                .run(
                        new FidelityStage.Settings(
                                real,
                                Map.of("s", synthetic),
                                real,
                                weight,
                                cluster,
                                List.of(),
                                Map.of(),
                                Map.of("some", "x > 0"),
                                5,
                                20_000,
                                100,
                                50,
                                FidelityStage.Criterion.RANKS),
                        context());
    }

    private static Frame numbers(long seed, int rows) {
        var random = Seed.of(seed).generator();
        double[] x = new double[rows];
        double[] code = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = random.nextGaussian();
            code[i] = random.nextInt(4);
        }
        return Frame.empty().with("x", Column.Doubles.of(x)).with("code", Column.Doubles.of(code));
    }

    @Test
    void aMissingWholeNumberIsALevelOfItsOwnAndCostsNothing() {
        Frame with = numbers(1, 400);
        double[] code = with.numbers("code");
        for (int i = 0; i < 400; i += 9) {
            code[i] = Double.NaN;
        }
        Frame gaps = with.with("code", Column.Doubles.of(code)).with("word", Column.Texts.of(words(400)));

        compare(gaps, gaps.at(IntStream.range(0, 300).toArray()), Optional.empty(), Optional.empty());

        assertThat(said.figures()).hasSizeGreaterThan(3);
        assertThat(said.figures().toString()).contains("(missing)");
    }

    /// One cell in three is the very text that a missing cell could be taken for.
    private static String[] words(int rows) {
        String[] words = new String[rows];
        for (int i = 0; i < rows; i++) {
            words[i] = i % 3 == 0 ? "missing" : "w" + i % 2;
        }
        return words;
    }

    @Test
    void hugeNumbersAreComparedWithoutOverflow() {
        Frame small = numbers(1, 300);
        Frame other = numbers(2, 300);
        Frame huge = small.with(
                "huge",
                Column.Doubles.of(
                        Arrays.stream(small.numbers("x")).map(v -> v * 3e307).toArray()));
        Frame twin = other.with(
                "huge",
                Column.Doubles.of(
                        Arrays.stream(other.numbers("x")).map(v -> v * 3e307).toArray()));

        Fidelity fidelity = compare(huge, twin, Optional.empty(), Optional.empty());

        // The same numbers on another scale: what has no unit is the same.
        Frame scores = fidelity.scores();
        double ksOfX = Double.NaN;
        for (int row = 0; row < scores.rows(); row++) {
            if ("w1".equals(scores.column("measure").text(row))
                    && "s".equals(scores.column("method").text(row))) {
                double w1 = scores.numbers("value")[row];
                if ("x".equals(scores.column("subject").text(row))) {
                    ksOfX = w1;
                } else if ("huge".equals(scores.column("subject").text(row))) {
                    assertThat(w1 / 3e307).isCloseTo(ksOfX, within(1e-9));
                }
            }
        }
        assertThat(ksOfX).isPositive();
    }

    @Test
    void everyIntervalOfAClusteredComparisonCountsClusters() {
        Frame rows = numbers(1, 600);
        String[] household = new String[600];
        for (int i = 0; i < 600; i++) {
            household[i] = "h" + i / 3;
        }
        Frame real = rows.with("hh", Column.Texts.of(household));
        Frame synthetic = numbers(2, 600).with("hh", Column.Texts.of(household));

        Fidelity fidelity = compare(real, synthetic, Optional.empty(), Optional.of("hh"));

        Frame scores = fidelity.scores();
        for (int row = 0; row < scores.rows(); row++) {
            if ("s".equals(scores.column("method").text(row)) && !Double.isNaN(scores.numbers("low")[row])) {
                String measure = scores.column("measure").text(row) + " "
                        + scores.column("subject").text(row);
                assertThat(scores.column("resampled").text(row)).as(measure).isEqualTo("hh");
                assertThat(scores.numbers("units")[row]).as(measure).isEqualTo(200);
            }
        }
        assertThat(said.metric("s.coverage").n()).isEqualTo(200);
        assertThat(said.metric("s.coverage").units()).isEqualTo("hh");
    }

    /// Stratum A is half of the sample and a twentieth of the population.
    private static Frame strata(long seed, int rows, double shareOfA, boolean weights) {
        var random = Seed.of(seed).generator();
        double[] x = new double[rows];
        double[] y = new double[rows];
        double[] w = new double[rows];
        for (int i = 0; i < rows; i++) {
            boolean a = random.nextDouble() < shareOfA;
            x[i] = random.nextGaussian() + (a ? 4 : 0);
            y[i] = random.nextGaussian() + (a ? 4 : 0);
            w[i] = a ? 1 : 19;
        }
        Frame frame = Frame.empty().with("x", Column.Doubles.of(x)).with("y", Column.Doubles.of(y));
        return weights ? frame.with("w", Column.Doubles.of(w)) : frame;
    }

    @Test
    void allMeasuresReferToTheWeightedPopulation() {
        Frame real = strata(1, 2_000, .5, true);
        Map<String, Frame> methods = new LinkedHashMap<>();
        methods.put("sample", strata(2, 2_000, .5, false));
        methods.put("population", strata(3, 2_000, .05, false));
        for (FidelityStage.Criterion criterion : FidelityStage.Criterion.values()) {
            Fidelity fidelity = new FidelityStage()
                    .run(
                            new FidelityStage.Settings(
                                    real,
                                    methods,
                                    strata(4, 2_000, .5, true),
                                    Optional.of("w"),
                                    Optional.empty(),
                                    List.of(),
                                    Map.of(),
                                    Map.of(),
                                    5,
                                    20_000,
                                    100,
                                    50,
                                    criterion),
                            context());
            assertThat(fidelity.best()).as("by " + criterion).isSameAs(methods.get("population"));
        }
        assertThat(said.value("population.coverage")).isGreaterThan(said.value("sample.coverage") + .02);
        assertThat(said.value("population.coverage")).isCloseTo(said.value("second-real-sample.coverage"), within(.03));
    }

    private static Map<String, Frame> methods() {
        Map<String, Frame> methods = new LinkedHashMap<>();
        methods.put("repeated", REPEATED);
        methods.put("real", REAL);
        return methods;
    }

    private Fidelity run(Map<String, Frame> methods, Map<String, String> rare) {
        return run(methods, rare, List.of());
    }

    private Fidelity run(Map<String, Frame> methods, Map<String, String> rare, List<String> columns) {
        return new FidelityStage()
                .run(
                        new FidelityStage.Settings(
                                HOLDOUT,
                                methods,
                                TRAINING,
                                Optional.of("fnlwgt"),
                                Optional.empty(),
                                columns,
                                RealData.KINDS,
                                rare,
                                5,
                                20_000,
                                100,
                                50,
                                FidelityStage.Criterion.RANKS),
                        context());
    }
}
