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
import dev.assay.microdata.CalibrateStage.TightestName;
import dev.assay.microdata.CalibrateStage.Weights;
import dev.assay.microdata.CalibrateStage.ZeroTargetPolicy;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalibrateStageTest {
    private static final Frame HOUSEHOLDS = Frame.empty()
            .with("hh", Column.Longs.of(1, 2, 3, 4))
            .with("w", Column.Doubles.of(10, 10, 20, 20))
            .with("town", Column.Categories.of("a", "a", "b", "b"));
    private static final Frame PERSONS = Frame.empty()
            .with("hh", Column.Longs.of(4, 1, 1, 2, 3, 3, 3))
            .with("age", Column.Longs.of(60, 30, 5, 40, 35, 33, 2));

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

    @ParameterizedTest
    @EnumSource(DistanceName.class)
    void householdAndPersonTargetsAreMetTogether(DistanceName distance) throws Exception {
        List<Double> bounds = distance == DistanceName.LOGIT || distance == DistanceName.TRUNCATED_LINEAR
                ? List.of(0.2, 5.0)
                : List.of();
        Weights made = run(distance, bounds, true, "hh,,town = 'a',22\nhh,,,64\nps,,age < 18,33\nps,age,,3570\n");

        double[] weights = made.weights().numbers("weight");
        assertThat(weights[0] + weights[1]).isCloseTo(22, org.assertj.core.data.Offset.offset(1e-7));
        assertThat(weights[0] + weights[2]).isCloseTo(33, org.assertj.core.data.Offset.offset(1e-7));
        assertThat(said.value("max-relative-error")).isLessThan(1e-9);
        assertThat(made.members().numbers("hh")).isEqualTo(PERSONS.numbers("hh"));
        for (int i = 0; i < made.members().rows(); i++) {
            int household = (int) made.members().column("hh").number(i) - 1;
            assertThat(made.members().column("weight").number(i)).isEqualTo(weights[household]);
        }
        assertThat(made.diagnostics().rows()).isEqualTo(4);
        assertThat(made.weights().schema().names())
                .containsExactly("hh", "design_weight", "weight", "ratio", "at_bound");
    }

    @Test
    void theTravelSurveyMeetsEveryPublishedTotalToNineDigits() {
        Frame persons = RealData.persons();
        Weights made = new CalibrateStage()
                .run(
                        Inputs.of(
                                CalibrateStage.Settings.class,
                                Map.of(
                                        "sample", RealData.households(),
                                        "persons", Optional.of(persons),
                                        "targets", RealData.studies("travel-survey/data/targets.csv"),
                                        "sampleTable", "households",
                                        "personsTable", "persons",
                                        "key", Optional.of("hhID"),
                                        "weight", Optional.of("HHweight"))),
                        context());

        for (double error : made.diagnostics().numbers("rel_error_after")) {
            assertThat(Math.abs(error)).isLessThan(1e-9);
        }
        assertThat(made.diagnostics().rows()).isEqualTo(100);
        Map<Double, Double> byHousehold = new HashMap<>();
        double[] ids = made.weights().numbers("hhID");
        double[] weights = made.weights().numbers("weight");
        for (int i = 0; i < ids.length; i++) {
            assertThat(weights[i]).isPositive();
            byHousehold.put(ids[i], weights[i]);
        }
        double[] of = made.members().numbers("hhID");
        double[] shared = made.members().numbers("weight");
        assertThat(shared).hasSize(persons.rows());
        for (int i = 0; i < of.length; i++) {
            assertThat(shared[i]).isEqualTo(byHousehold.get(of[i]));
        }
    }

    @Test
    void contradictoryTargetsEndTheStageAfterTheTablesAreShown() {
        Fault fault = fault(true, "hh,,,64\nhh,,town = 'a',22\nhh,,town = 'b',22\n");

        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage()).contains("inconsistent", "Smallest conflicting set");
        assertThat(said.value("converged")).isZero();
        assertThat(said.listings())
                .extracting(Listing::title)
                .contains("Targets", "Weights", "Smallest conflicting set of targets");
    }

    @Test
    void unmetTargetsGiveUnverifiedWeightsIfAskedFor() throws Exception {
        Weights made = run(DistanceName.RAKING, List.of(), false, "hh,,,64\nhh,,town = 'a',-22\n");

        assertThat(made.weights().schema().has("weight")).isFalse();
        assertThat(made.weights().schema().has("weight_unverified")).isTrue();
        assertThat(made.members().schema().has("weight_unverified")).isTrue();
        assertThat(said.warnings()).isNotEmpty();
    }

    @Test
    void whatIsWrongWithTheTargetsIsToldWithFileAndLine() {
        assertThat(fault(true, "hh,,,64\nps,agge,,3\n").getMessage())
                .startsWith("targets.csv: target '")
                .contains("(line 3): there is no column 'agge'. Did you mean 'age'?");
        assertThat(fault(true, "hh,,,64\nps,,agge > 3,3\n").getMessage())
                .startsWith("targets.csv: target '")
                .contains("(line 3): there is no column 'agge'. Did you mean 'age'?");
        assertThat(fault(true, "hhs,,,64\n").getMessage()).contains("'hhs'", "Did you mean 'hh'?");
        assertThat(fault(true, "hh,,,many\n").getMessage())
                .startsWith("targets.csv: ")
                .contains("line 2");
    }

    @Test
    void boundsMustLetTheWeightsStayAsTheyAre() {
        for (List<Double> bounds : List.of(List.of(0.5), List.of(1.1, 2.0), List.of(0.1, 0.9), List.of(2.0, 0.5))) {
            Fault fault = catchThrowableOfType(Fault.class, () -> run(DistanceName.RAKING, bounds, true, "hh,,,64\n"));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
            assertThat(fault.getMessage()).contains("bounds");
        }
    }

    private Fault fault(boolean require, String targets) {
        return catchThrowableOfType(Fault.class, () -> run(DistanceName.RAKING, List.of(), require, targets));
    }

    private Weights run(DistanceName distance, List<Double> bounds, boolean require, String targets) throws Exception {
        return run(Map.of("distance", distance, "bounds", bounds, "requireConverged", require), targets);
    }

    private Weights run(Map<String, ?> settings, String targets) throws Exception {
        String header = targets.startsWith("table,") ? "" : "table,variable,filter,value\n";
        Path file = Files.writeString(folder.resolve("targets.csv"), header + targets);
        Map<String, Object> all = new HashMap<>(Map.of(
                "sample", HOUSEHOLDS,
                "persons", PERSONS,
                "targets", file,
                "sampleTable", "hh",
                "personsTable", "ps",
                "key", "hh",
                "weight", "w"));
        all.putAll(settings);
        return new CalibrateStage().run(Inputs.of(CalibrateStage.Settings.class, all), context());
    }

    private static final String TOWN = "hh,,town = 'a',22\nhh,,,64\n";

    @Test
    void weightsStayWithinEveryKindOfBounds() throws Exception {
        Frame bounded = HOUSEHOLDS
                .with("least", Column.Doubles.of(1, 0.5, 0.5, 0.9))
                .with("most", Column.Doubles.of(1.05, 2, 1.04, 2));
        Weights made = run(
                Map.of(
                        "sample",
                        bounded,
                        "distance",
                        DistanceName.TRUNCATED_LINEAR,
                        "lowerBound",
                        "least",
                        "upperBound",
                        "most",
                        "weightBounds",
                        List.of(5.0, 30.0)),
                TOWN);
        assertThat(made.weights().numbers("weight"))
                .containsExactly(new double[] {10.5, 11.5, 20.8, 21.2}, within(1e-9));
        assertThat(made.weights().column("at_bound").text(0)).isEqualTo("upper");
        assertThat(made.weights().column("at_bound").text(1)).isEqualTo("none");
        assertThat(made.weights().column("at_bound").text(2)).isEqualTo("upper");
        assertThat(made.history().rows()).isPositive();
        assertThat(made.history().column("max_rel_error").number(made.history().rows() - 1))
                .isLessThan(1e-9);
    }

    @Test
    void theNarrowestBoundsAreFoundAndUsed() throws Exception {
        Weights made = run(Map.of("tightest", TightestName.SYMMETRIC, "distance", DistanceName.LOGIT), TOWN);
        assertThat(said.value("tightest-upper-bound")).isCloseTo(1.1, within(1e-6));
        assertThat(said.listings()).extracting(Listing::title).contains("Narrowest bounds");
        for (double ratio : made.weights().numbers("ratio")) {
            assertThat(ratio).isBetween(1 - 0.105 - 1e-6, 1 + 0.105 + 1e-6);
        }
    }

    @Test
    void targetsMayBeMissedAtACost() throws Exception {
        Weights made = run(Map.of("cost", 100.0), "hh,,town = 'a',22\nhh,,,70\n");
        assertThat(made.weights().schema().has("weight")).isTrue();
        assertThat(said.value("max-relative-error")).isGreaterThan(1e-6);
        assertThat(made.diagnostics().column("cost").number(0)).isEqualTo(100);
    }

    @Test
    void rowsOfAZeroTargetAreZeroedOrItIsMissedIfAskedFor() throws Exception {
        String zero = "hh,,hh = 1,0\nhh,,,64\n";
        Weights zeroed = run(Map.of("zeroTargets", ZeroTargetPolicy.ZERO_ROWS), zero);
        assertThat(zeroed.weights().column("weight").number(0)).isZero();
        assertThat(zeroed.weights().column("at_bound").text(0)).isEqualTo("zero");
        Weights missed = run(Map.of("zeroTargets", ZeroTargetPolicy.PENALISE), zero);
        assertThat(missed.weights().column("weight").number(0)).isPositive().isLessThan(1);
        assertThat(fault(true, zero).getMessage()).contains("hh = 1");
    }

    @Test
    void theScaleSaysWhoMoves() throws Exception {
        Frame scaled = HOUSEHOLDS.with("scale", Column.Doubles.of(1e-9, 1, 1, 1));
        Weights made = run(Map.of("sample", scaled, "q", "scale", "distance", DistanceName.LINEAR), TOWN);
        assertThat(made.weights().column("weight").number(0)).isCloseTo(10, within(1e-6));
        assertThat(made.weights().column("weight").number(1)).isCloseTo(12, within(1e-6));
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        Frame odd = HOUSEHOLDS.with("q", Column.Doubles.of(1, -1, 1, 1));
        refused(Map.of("distance", DistanceName.TRUNCATED_LINEAR), "needs bounds");
        refused(Map.of("tightest", TightestName.RANGE, "bounds", List.of(0.5, 2.0)), "'tightest'");
        refused(Map.of("weightBounds", List.of(3.0, 2.0)), "weight-bounds");
        refused(Map.of("q", "hh", "personDistance", true), "'person-distance'");
        refused(Map.of("sample", odd, "q", "q"), "row 2 of the sample");
        refused(Map.of("distance", DistanceName.LOGIT), "give ratio bounds");
    }

    private void refused(Map<String, ?> settings, String message) {
        Fault fault = catchThrowableOfType(Fault.class, () -> run(settings, TOWN));
        assertThat(fault.getMessage()).contains(message);
    }
}
