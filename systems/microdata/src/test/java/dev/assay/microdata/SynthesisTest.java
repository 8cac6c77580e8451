package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.study.Figure;
import dev.assay.study.InMemoryContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// On people of the Adult survey.
class SynthesisTest {
    private static final List<String> COLUMNS =
            List.of("age", "sex", "marital", "capital_gain", "capital_loss", "hr_per_week", "income", "fnlwgt");
    private static final Map<String, String> KINDS =
            Map.of("age", "count", "hr_per_week", "count", "capital_gain", "amount", "capital_loss", "amount");

    private static Frame training = Frame.empty();
    private static Frame holdout = Frame.empty();

    @TempDir
    Path folder;

    @BeforeAll
    static void people() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("studies"))) {
            at = java.util.Objects.requireNonNull(at.getParent(), "a folder above holds the studies");
        }
        Frame all = Frames.read(
                at.resolve("studies/adult/data/adult.csv.gz"),
                ReadOptions.DEFAULTS.withCategoriesUpTo(1000).withColumns(COLUMNS.toArray(String[]::new)));
        int[] order = Draws.permutation(all.rows(), Seed.of(5).generator());
        training = all.at(Arrays.copyOf(order, 6000));
        holdout = all.at(Arrays.copyOfRange(order, 6000, 8000));
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodMakesRowsOfTrainingValuesThatWeighTheSame(SynthesiseStage.Method method) {
        Frame synthetic = synthesise(method, 3, 2, 1500).synthetic();

        assertThat(synthetic.rows()).isEqualTo(1500);
        assertThat(synthetic.schema().names()).containsExactlyElementsOf(COLUMNS);
        for (String column : List.of("sex", "marital", "income")) {
            Set<String> known = new HashSet<>();
            for (int i = 0; i < training.rows(); i++) {
                known.add(String.valueOf(training.column(column).text(i)));
            }
            for (int i = 0; i < synthetic.rows(); i++) {
                assertThat(known)
                        .contains(String.valueOf(synthetic.column(column).text(i)));
            }
        }
        double total = Arrays.stream(training.numbers("fnlwgt")).sum();
        assertThat(synthetic.numbers("fnlwgt")).containsOnly(total / 1500);
        for (double age : synthetic.numbers("age")) {
            assertThat(age).isEqualTo(Math.rint(age)).isBetween(17.0, 90.0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedMakesTheSameRowsOnAnyNumberOfThreads(SynthesiseStage.Method method) {
        Frame one = synthesise(method, 3, 1, 500).synthetic();
        Frame four = synthesise(method, 3, 4, 500).synthetic();

        assertThat(four).isEqualTo(one);
        assertThat(synthesise(method, 4, 4, 500).synthetic()).isNotEqualTo(one);
    }

    @Test
    void aZeroGateKeepsTheShareOfZerosAndTheGapBesideThem() {
        double[] real = weightedZeroRates(training);
        for (long seed = 1; seed <= 5; seed++) {
            Frame synthetic =
                    synthesise(SynthesiseStage.Method.ZI_QRF, seed, 2, 20_000).synthetic();
            double[] made = weightedZeroRates(synthetic);
            assertThat(Math.abs(made[0] - real[0])).isLessThanOrEqualTo(0.01);
            assertThat(Math.abs(made[1] - real[1])).isLessThanOrEqualTo(0.01);
            double smallest = Arrays.stream(training.numbers("capital_gain"))
                    .filter(v -> v > 0)
                    .min()
                    .orElseThrow();
            assertThat(Arrays.stream(synthetic.numbers("capital_gain")).filter(v -> v != 0))
                    .allMatch(v -> v >= smallest);
        }
    }

    @Test
    void aDeclaredKindThatDoesNotExistSuggestsTheNearest() {
        assertThatThrownBy(() -> run(SynthesiseStage.Method.CART, 1, 1, 10, Map.of("age", "cuont")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("'age'")
                .hasMessageContaining("Did you mean 'count'?");
    }

    @Test
    void fidelityRanksASecondRealSampleAboveShuffledColumnsAndChoosesByRanks() {
        Map<String, Frame> methods = new LinkedHashMap<>();
        methods.put(
                "marginal",
                synthesise(SynthesiseStage.Method.MARGINAL, 3, 2, 2000).synthetic());
        methods.put("cart", synthesise(SynthesiseStage.Method.CART, 3, 2, 2000).synthetic());
        FidelityStage.Settings settings = new FidelityStage.Settings(
                holdout,
                methods,
                training,
                Optional.of("fnlwgt"),
                Optional.empty(),
                List.of(),
                KINDS,
                Map.of("older with gains", "age > 60 AND capital_gain > 0"),
                5,
                15_000,
                200,
                50,
                FidelityStage.Criterion.RANKS);
        try (InMemoryContext context = InMemoryContext.of(Seed.of(9), 2, folder)) {
            FidelityStage.Fidelity fidelity = new FidelityStage().run(settings, context);

            assertThat(context.value("second-real-sample.coverage"))
                    .isGreaterThan(context.value("shuffled-columns.coverage") + 0.1);
            assertThat(context.value("cart.coverage")).isGreaterThan(context.value("marginal.coverage"));
            assertThat(fidelity.best()).isSameAs(methods.get("cart"));
            assertThat(context.metrics())
                    .filteredOn(m -> m.name().endsWith(".coverage"))
                    .allSatisfy(m -> assertThat(m.low().orElseThrow())
                            .isLessThanOrEqualTo(m.value().orElseThrow()));
            assertThat(context.figures())
                    .hasAtLeastOneElementOfType(Figure.Intervals.class)
                    .hasAtLeastOneElementOfType(Figure.Histogram.class);
            assertThat(fidelity.scores().schema().names()).contains("method", "measure", "value", "low", "high");
        }
    }

    private SynthesiseStage.Synthetic synthesise(SynthesiseStage.Method method, long seed, int threads, int rows) {
        return run(method, seed, threads, rows, KINDS);
    }

    private SynthesiseStage.Synthetic run(
            SynthesiseStage.Method method, long seed, int threads, int rows, Map<String, String> kinds) {
        SynthesiseStage.Settings settings = new SynthesiseStage.Settings(
                training,
                method,
                Optional.of("fnlwgt"),
                List.of("age", "sex"),
                List.of(),
                List.of(),
                kinds,
                Optional.of(rows),
                10,
                0,
                false,
                List.of(),
                50,
                10,
                true);
        try (InMemoryContext context = InMemoryContext.of(Seed.of(seed), threads, folder)) {
            return new SynthesiseStage().run(settings, context);
        }
    }

    private static double[] weightedZeroRates(Frame rows) {
        double[] weights = rows.numbers("fnlwgt");
        double[] rates = new double[2];
        double total = Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            rates[0] += rows.column("capital_gain").number(i) == 0 ? weights[i] / total : 0;
            rates[1] += rows.column("capital_loss").number(i) == 0 ? weights[i] / total : 0;
        }
        return rates;
    }

    @Test
    void splitsByGroupKeepHouseholdsTogether() {
        long[] households = new long[3000];
        Arrays.setAll(households, i -> i / 3);
        Frame persons = Frame.empty().with("hh", Column.Longs.of(households));
        try (InMemoryContext context = InMemoryContext.of(Seed.of(2), 1, folder)) {
            SplitStage.Parts parts = new SplitStage()
                    .run(
                            new SplitStage.Settings(Stored.of(persons), SplitStage.By.GROUPS, Optional.of("hh"), 0.8),
                            context);
            Set<Double> left = new HashSet<>();
            Arrays.stream(parts.training().frame().numbers("hh")).forEach(left::add);

            assertThat(Arrays.stream(parts.holdout().frame().numbers("hh"))).noneMatch(left::contains);
            assertThat(parts.training().rows()).isEqualTo(2400);
        }
    }
}
