package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.SynthesiseStage.Method;
import dev.assay.microdata.SynthesiseStage.Synthetic;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SynthesiseStageTest {
    private static final Frame SMALL = RealData.adult(0, 600);
    private static final List<String> GIVEN = List.of("age", "sex", "race");
    /// Enough rows for a zero rate known to half a point; `-Dassay.rows=24000` takes the study's.
    private static final int ROWS = Integer.getInteger("assay.rows", 3000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Method.class)
    void theSameSeedGivesTheSameRowsOnAnyNumberOfThreads(Method method) {
        Frame one = run(SMALL, method, GIVEN, Map.of(), 5, 1).synthetic();
        Frame four = run(SMALL, method, GIVEN, Map.of(), 5, 4).synthetic();

        assertThat(four.digest()).isEqualTo(one.digest());
        assertThat(run(SMALL, method, GIVEN, Map.of(), 6, 4).synthetic().digest())
                .isNotEqualTo(one.digest());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void rowsLookLikeTrainingRows(Method method) {
        Frame made = run(SMALL, method, GIVEN, RealData.KINDS, 1, 2).synthetic();

        assertThat(made.schema().names()).isEqualTo(SMALL.schema().names());
        assertThat(made.rows()).isEqualTo(600);
        double[] weights = made.numbers("fnlwgt");
        assertThat(Arrays.stream(weights).distinct().count()).isEqualTo(1);
        assertThat(Arrays.stream(weights).sum())
                .isCloseTo(
                        Arrays.stream(SMALL.numbers("fnlwgt")).sum(),
                        org.assertj.core.data.Percentage.withPercentage(1e-9));
        for (int c = 0; c < SMALL.columns().size(); c++) {
            if (SMALL.columns().get(c) instanceof Column.Categories) {
                String name = SMALL.schema().names().get(c);
                assertThat(texts(SMALL, name)).as(name).containsAll(texts(made, name));
            }
        }
        for (String count : List.of("age", "education_num", "hr_per_week")) {
            assertThat(Arrays.stream(made.numbers(count)).allMatch(v -> v == Math.rint(v)))
                    .as(count)
                    .isTrue();
        }
    }

    @Test
    void conditioningColumnsAreTrainingRowsDrawnByWeight() {
        Frame weighted = SMALL.with("fnlwgt", Column.Doubles.of(onlyOld(SMALL)));
        Frame made = run(weighted, Method.MARGINAL, GIVEN, Map.of(), 1, 2).synthetic();

        assertThat(Arrays.stream(made.numbers("age")).min().orElseThrow()).isGreaterThanOrEqualTo(60);
        Set<List<String>> real = new HashSet<>(rows(weighted));
        assertThat(real).containsAll(rows(made));
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void nothingNeedsToBeGiven(Method method) {
        Frame made = run(SMALL, method, List.of(), Map.of(), 1, 2).synthetic();

        assertThat(made.schema().names()).isEqualTo(SMALL.schema().names());
        assertThat(made.rows()).isEqualTo(600);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void zeroRatesOfAmountsAreKept(long seed) {
        Frame training = RealData.adult(0, ROWS);
        Frame few = training.select(List.of(
                "age", "sex", "race", "education_num", "hr_per_week", "capital_gain", "capital_loss", "fnlwgt"));
        try (InMemoryContext said = InMemoryContext.of(Seed.of(seed), 2, folder)) {
            Frame made = new SynthesiseStage()
                    .run(settings(few, Method.ZI_QRF, GIVEN, RealData.KINDS, 20, Optional.of(30_000)), said)
                    .synthetic();
            for (String amount : List.of("capital_gain", "capital_loss")) {
                assertThat(zeroRate(made, amount)).as(amount).isCloseTo(weightedZeroRate(few, amount), within(0.01));
            }
            assertThat(said.metrics())
                    .extracting(Metric::name)
                    .contains("gate.capital-gain.log-loss", "gate.capital-loss.auc");
            assertThat(said.listings()).extracting(Listing::title).contains("Gates", "Shares that the gates draw from");
        }
    }

    @Test
    void amountsWhoseNamesDifferInTheirDashesOnlyHaveGatesOfTheirOwn() {
        Frame twins = SMALL.select(List.of("age", "sex", "race", "capital_gain", "fnlwgt"))
                .with("capital-gain", SMALL.column("capital_loss"));
        try (InMemoryContext said = InMemoryContext.of(Seed.of(1), 2, folder)) {
            new SynthesiseStage()
                    .run(
                            settings(
                                    twins,
                                    Method.ZI_QRF,
                                    GIVEN,
                                    Map.of("capital_gain", "amount", "capital-gain", "amount"),
                                    8,
                                    Optional.empty()),
                            said);
            assertThat(said.value("gate.capital-gain.brier")).isNotEqualTo(said.value("gate.capital-gain-2.brier"));
        }
    }

    @Test
    void nothingFallsIntoTheBandBetweenZeroAndTheSmallestAmount() {
        Frame training = RealData.adult(0, 2000);
        double smallest = Arrays.stream(training.numbers("capital_gain"))
                .filter(v -> v > 0)
                .min()
                .orElseThrow();
        Frame made = run(training, Method.ZI_QRF, GIVEN, RealData.KINDS, 1, 2).synthetic();

        assertThat(smallest).isGreaterThan(100);
        double[] gains = made.numbers("capital_gain");
        assertThat(Arrays.stream(gains).filter(v -> v > 0).count()).isPositive();
        assertThat(Arrays.stream(gains).filter(v -> v < 0 || v > 0 && v < smallest))
                .isEmpty();
    }

    @Test
    void aGroupThatNeverHasTheAmountHardlyGetsIt() {
        Frame training = RealData.adult(0, 4000);
        double[] gains = training.numbers("capital_gain");
        for (int i = 0; i < gains.length; i++) {
            gains[i] = "Female".equals(training.column("sex").text(i)) ? 0 : gains[i] > 0 ? gains[i] : i % 3 * 1000;
        }
        Frame structural =
                training.select(List.of("age", "sex", "race", "fnlwgt")).with("capital_gain", Column.Doubles.of(gains));
        Frame made = run(structural, Method.ZI_QRF, GIVEN, Map.of("capital_gain", "amount"), 1, 2)
                .synthetic();

        Frame women = made.filter(row -> "Female".equals(made.column("sex").text(row)));
        Frame men = made.filter(row -> "Male".equals(made.column("sex").text(row)));
        assertThat(zeroRate(women, "capital_gain")).isGreaterThan(0.99);
        assertThat(zeroRate(men, "capital_gain")).isLessThan(0.5);
    }

    @Test
    void whatIsDeclaredMustExist() {
        Fault kind = fault(() -> run(SMALL, Method.CART, GIVEN, Map.of("age", "cuont"), 1, 2));
        assertThat(kind.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(kind.getMessage()).contains("'age'", "Did you mean 'count'?");
        Fault column = fault(() -> run(SMALL, Method.CART, GIVEN, Map.of("aeg", "count"), 1, 2));
        assertThat(column.getMessage()).contains("'aeg'", "Did you mean 'age'?");
        Fault given = fault(() -> run(SMALL, Method.CART, List.of("aeg"), Map.of(), 1, 2));
        assertThat(given.getMessage()).contains("'aeg'", "Did you mean 'age'?");
        Fault texts = fault(() -> run(SMALL, Method.ZI_QRF, GIVEN, Map.of("income", "amount"), 1, 2));
        assertThat(texts.getMessage()).contains("income");
    }

    @Test
    void withoutAnyColumnLeftThereIsNothingToDo() {
        Fault fault = fault(
                () -> run(SMALL.select(List.of("age", "sex", "race", "fnlwgt")), Method.CART, GIVEN, Map.of(), 1, 2));

        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
    }

    private static Fault fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        return catchThrowableOfType(Fault.class, work);
    }

    private Synthetic run(
            Frame training, Method method, List<String> given, Map<String, String> kinds, long seed, int threads) {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(seed), threads, folder)) {
            return new SynthesiseStage().run(settings(training, method, given, kinds, 8, Optional.empty()), context);
        }
    }

    private static SynthesiseStage.Settings settings(
            Frame training,
            Method method,
            List<String> given,
            Map<String, String> kinds,
            int trees,
            Optional<Integer> rows) {
        return new SynthesiseStage.Settings(
                training,
                method,
                Optional.of("fnlwgt"),
                given,
                List.of(),
                List.of(),
                kinds,
                rows,
                trees,
                0,
                false,
                List.of(),
                20,
                10,
                true);
    }

    private static double[] onlyOld(Frame frame) {
        return Arrays.stream(frame.numbers("age")).map(a -> a >= 60 ? 1 : 0).toArray();
    }

    private static double zeroRate(Frame frame, String column) {
        return Arrays.stream(frame.numbers(column)).filter(v -> v == 0).count() / (double) frame.rows();
    }

    private static double weightedZeroRate(Frame frame, String column) {
        double[] values = frame.numbers(column);
        double[] weights = frame.numbers("fnlwgt");
        double zero = 0;
        for (int i = 0; i < values.length; i++) {
            zero += values[i] == 0 ? weights[i] : 0;
        }
        return zero / Arrays.stream(weights).sum();
    }

    private static Set<String> texts(Frame frame, String column) {
        Set<String> texts = new HashSet<>();
        for (int row = 0; row < frame.rows(); row++) {
            texts.add(String.valueOf(frame.column(column).text(row)));
        }
        return texts;
    }

    private static List<List<String>> rows(Frame frame) {
        return java.util.stream.IntStream.range(0, frame.rows())
                .mapToObj(row -> GIVEN.stream()
                        .map(name -> String.valueOf(frame.column(name).text(row)))
                        .toList())
                .toList();
    }
}
