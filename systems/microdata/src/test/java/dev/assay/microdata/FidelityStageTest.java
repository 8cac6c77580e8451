package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.microdata.FidelityStage.Fidelity;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.nio.file.Path;
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
        assertThat(said.value("second-real-sample.coverage"))
                .isGreaterThan(said.value("shuffled-columns.coverage") + 0.2);
        assertThat(said.value("real.coverage")).isGreaterThan(said.value("repeated.coverage") + 0.5);
        assertThat(said.listings())
                .extracting(Listing::title)
                .contains(
                        "Methods side by side",
                        "Differences in coverage to the best",
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
                                50),
                        context());
    }
}
