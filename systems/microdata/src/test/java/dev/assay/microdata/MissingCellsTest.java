package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Listing;
import dev.assay.weigh.MissingCells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows that no filter decides, and solutions on the edge of what is possible: both are named by every
/// way to weights.
class MissingCellsTest {
    private static final Path CASES = Path.of("src/test/resources/dev/assay/microdata/weigh");

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

    private static Frame read(String file) {
        return Frames.read(CASES.resolve(file), ReadOptions.DEFAULTS);
    }

    /// 2,000 rows, 120 of them without education, and targets for each education that leave those no
    /// weight.
    private static Map<String, Object> given(Map<String, ?> more) {
        Map<String, Object> given = new HashMap<>(Map.of(
                "sample",
                read("missing_category.csv"),
                "targets",
                CASES.resolve("missing_category_targets.csv"),
                "key",
                "id",
                "weight",
                "w"));
        given.putAll(more);
        return given;
    }

    private static void refused(String what, org.assertj.core.api.ThrowableAssert.ThrowingCallable run) {
        Fault fault = catchThrowableOfType(Fault.class, run);
        assertThat(fault).isNotNull();
        assertThat(fault.getMessage()).contains("120 rows", what, "'missing'");
    }

    @Test
    void rowsThatAFilterLeavesOpenAreRefusedByEveryStage() {
        refused(
                "target 'low' (line 2)",
                () -> new CalibrateStage().run(Inputs.of(CalibrateStage.Settings.class, given(Map.of())), context()));
        refused(
                "target 'high' (line 4)",
                () -> new GradientStage().run(Inputs.of(GradientStage.Settings.class, given(Map.of())), context()));
        refused(
                "target 'mid'",
                () -> new SparseStage()
                        .run(Inputs.of(SparseStage.Settings.class, given(Map.of("polish", List.of()))), context()));
        Frame cells = Frame.empty()
                .with("edu", Column.Texts.of("low", "mid", "high"))
                .with("total", Column.Longs.of(70216, 105324, 58513));
        refused(
                "column 'edu'",
                () -> new PoststratifyStage()
                        .run(
                                Inputs.of(
                                        PoststratifyStage.Settings.class,
                                        Map.of(
                                                "sample",
                                                read("missing_category.csv"),
                                                "totals",
                                                cells,
                                                "by",
                                                List.of("edu"))),
                                context()));
        refused(
                "column 'edu'",
                () -> new RakeStage()
                        .run(
                                Inputs.of(
                                        RakeStage.Settings.class,
                                        Map.of("sample", read("missing_category.csv"), "totals", margins(cells))),
                                context()));
    }

    private static Frame margins(Frame cells) {
        return Frame.empty()
                .with("variable", Column.Texts.of("edu", "edu", "edu"))
                .with("value", cells.column("edu"))
                .with("total", cells.column("total"));
    }

    @ParameterizedTest
    @EnumSource(DistanceName.class)
    void excludedRowsThatGetNoWeightMakeASolutionOfTheBoundary(DistanceName distance) {
        Map<String, Object> given = given(Map.of("missing", MissingCells.EXCLUDE, "distance", distance));
        if (distance == DistanceName.LOGIT || distance == DistanceName.TRUNCATED_LINEAR) {
            given.put("bounds", List.of(0.0, 5.0));
        }
        given.put("requireConverged", false);
        CalibrateStage.Weights made =
                new CalibrateStage().run(Inputs.of(CalibrateStage.Settings.class, given), context());
        assertThat(said.value("converged")).isZero();
        assertThat(said.value("undecided-rows")).isEqualTo(120);
        assertThat(said.listing("Rows that filters leave open").rows())
                .containsExactly(
                        List.of("low", 2L, "sample", 120L),
                        List.of("mid", 3L, "sample", 120L),
                        List.of("high", 4L, "sample", 120L));
        if (said.value("boundary-solution") == 1) {
            assertThat(made.calibration().status()).isEqualTo("converged_at_boundary");
            assertThat(said.value("weights-nearly-zero")).isEqualTo(120);
            assertThat(said.warnings())
                    .anyMatch(w ->
                            w.contains("converged at boundary") && w.contains("120 rows get weights of (nearly) 0"));
            assertThat(said.listings().getFirst().title()).isEqualTo("Verdict: converged at boundary");
        } else {
            // The hyperbolic sine reaches 0 so slowly that its solution is out of reach.
            assertThat(distance).isEqualTo(DistanceName.SINH);
            assertThat(made.weights().schema().has("weight_unverified")).isTrue();
        }
    }

    @Test
    void aLooseToleranceHidesNoBoundary() {
        for (double tolerance : new double[] {1e-6, 1e-4, 1e-2}) {
            new CalibrateStage()
                    .run(
                            Inputs.of(
                                    CalibrateStage.Settings.class,
                                    given(Map.of("missing", MissingCells.EXCLUDE, "tolerance", tolerance))),
                            context());
            assertThat(said.value("boundary-solution")).isEqualTo(1);
        }
        new GradientStage()
                .run(
                        Inputs.of(GradientStage.Settings.class, given(Map.of("missing", MissingCells.EXCLUDE))),
                        context());
        assertThat(said.value("boundary-solution")).isEqualTo(1);
        assertThat(said.value("converged")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = DistanceName.class,
            names = {"LINEAR", "RAKING", "LOGIT", "TRUNCATED_LINEAR"})
    void aMeanThatOnlyTheLargestValueReachesIsOne(DistanceName distance) throws Exception {
        double[] value = new double[200];
        Arrays.setAll(value, i -> Math.min(i % 20, 16));
        Frame sample = Frame.empty().with("v", Column.Doubles.of(value));
        Path targets = Files.writeString(
                folder.resolve("mean.csv"), "table,variable,filter,value\nsample,,,200\nsample,v,,3200\n");
        Map<String, Object> given = new HashMap<>(Map.of("sample", sample, "targets", targets, "distance", distance));
        if (distance == DistanceName.LOGIT || distance == DistanceName.TRUNCATED_LINEAR) {
            given.put("bounds", List.of(0.0, 50.0));
        }
        given.put("requireConverged", false);
        new CalibrateStage().run(Inputs.of(CalibrateStage.Settings.class, given), context());
        if (distance == DistanceName.LINEAR) {
            // Its weights go below 0, which is told, too; nothing above 0 does.
            assertThat(said.value("negative-weights")).isPositive();
        }
        assertThat(said.value("boundary-solution")).isEqualTo(1);
        assertThat(said.value("weights-nearly-zero")).isEqualTo(160);
    }

    @Test
    void excludedRowsKeepTheirWeightWhereNothingForbidsIt() {
        Frame sample = read("missing_category.csv");
        Frame cells = Frame.empty()
                .with("edu", Column.Texts.of("low", "mid", "high"))
                .with("total", Column.Longs.of(70216, 105324, 58513));
        PoststratifyStage.Weights strata = new PoststratifyStage()
                .run(
                        Inputs.of(
                                PoststratifyStage.Settings.class,
                                Map.of(
                                        "sample",
                                        sample,
                                        "totals",
                                        cells,
                                        "by",
                                        List.of("edu"),
                                        "weight",
                                        "w",
                                        "missing",
                                        MissingCells.EXCLUDE)),
                        context());
        assertThat(said.warnings()).anyMatch(w -> w.startsWith("120 rows lie in no cell of edu"));
        RakeStage.Weights raked = new RakeStage()
                .run(
                        Inputs.of(
                                RakeStage.Settings.class,
                                Map.of(
                                        "sample",
                                        sample,
                                        "totals",
                                        margins(cells),
                                        "weight",
                                        "w",
                                        "missing",
                                        MissingCells.EXCLUDE)),
                        context());
        double[] design = sample.numbers("w");
        for (int i = 0; i < design.length; i++) {
            if (sample.column("edu").isMissing(i)) {
                assertThat(strata.weights().numbers("weight")[i]).isEqualTo(design[i]);
                assertThat(raked.weights().numbers("weight")[i]).isEqualTo(design[i]);
            }
        }
        assertThat(said.value("converged")).isEqualTo(1);
    }

    @Test
    void marginsWithDifferentSumsAreNamed() {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> new RakeStage()
                        .run(
                                Inputs.of(
                                        RakeStage.Settings.class,
                                        Map.of(
                                                "sample", read("rake.csv"),
                                                "totals", read("rake_contradictory.csv"),
                                                "weight", "w")),
                                context()));
        assertThat(fault.getMessage()).contains("'age' add up to 501", "'sex' to 500");
    }

    @Test
    void sharesOfATotalOfBothSignsAreSharesOfItsSize() {
        CalibrateStage.Weights made = new CalibrateStage()
                .run(
                        Inputs.of(
                                CalibrateStage.Settings.class,
                                Map.of(
                                        "sample", read("signed.csv"),
                                        "targets", CASES.resolve("signed_targets.csv"),
                                        "weight", "w")),
                        context());
        assertThat(made.diagnostics().numbers("effective_rows")[0])
                .isBetween(10.0, (double) read("signed.csv").rows());
        assertThat(made.diagnostics().numbers("share_of_largest_row")[0]).isBetween(0.0, 0.5);
    }

    @Test
    void idsOfTwoTypesAreToldWithBoth() {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> new CalibrateStage()
                        .run(
                                Inputs.of(
                                        CalibrateStage.Settings.class,
                                        Map.of(
                                                "sample", read("ids_households.csv"),
                                                "persons", read("ids_persons.csv"),
                                                "targets", CASES.resolve("ids_targets.csv"),
                                                "key", "id")),
                                context()));
        assertThat(fault.getMessage())
                .contains("Row 1 of table 'persons' has", "the id '0000'", "texts here and whole numbers there");
    }

    @Test
    void aCompromiseIsNotCalledConverged() throws Exception {
        Frame sample =
                Frame.empty().with("a", Column.Longs.of(1, 1, 0, 0)).with("w", Column.Doubles.of(10, 10, 10, 10));
        Path targets = Files.writeString(
                folder.resolve("costs.csv"),
                "name,table,variable,filter,value,cost\nall,sample,,,40,\na,sample,,a = 1,35,10\nb,sample,,a = 0,35,10\n");
        CalibrateStage.Weights made = new CalibrateStage()
                .run(
                        Inputs.of(
                                CalibrateStage.Settings.class,
                                Map.of("sample", sample, "targets", targets, "weight", "w")),
                        context());
        assertThat(made.calibration().status()).isEqualTo("converged_penalised");
        assertThat(said.value("converged")).isZero();
        assertThat(said.value("exact-targets-missed")).isZero();
        assertThat(said.value("penalised-targets-missed")).isEqualTo(2);
        assertThat(said.warnings()).anyMatch(w -> w.startsWith("2 of 2 targets that may be missed"));
        Listing verdict = said.listings().getFirst();
        assertThat(verdict.title()).isEqualTo("Verdict: converged penalised");
        assertThat(verdict.rows())
                .contains(
                        List.of("targets that must be met", 1L, "missed", 0L),
                        List.of("targets that may be missed at a cost", 2L, "missed", 2L));
    }
}
