package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.CalibrateStage.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
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
    Workbench bench = Workbench.of(1);

    @ParameterizedTest
    @EnumSource(DistanceName.class)
    void householdAndPersonTargetsAreMetTogether(DistanceName distance) throws Exception {
        List<Double> bounds = distance == DistanceName.LOGIT ? List.of(0.2, 5.0) : List.of();
        Weights made = run(distance, bounds, true, "hh,,town = 'a',22\nhh,,,64\nps,,age < 18,33\nps,age,,3570\n");

        double[] weights = made.weights().numbers("weight");
        assertThat(weights[0] + weights[1]).isCloseTo(22, org.assertj.core.data.Offset.offset(1e-7));
        assertThat(weights[0] + weights[2]).isCloseTo(33, org.assertj.core.data.Offset.offset(1e-7));
        assertThat(bench.metric("max-relative-error")).isLessThan(1e-9);
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
                        new CalibrateStage.Settings(
                                RealData.households(),
                                Optional.of(persons),
                                RealData.studies("travel-survey/data/targets.csv"),
                                "households",
                                "persons",
                                Optional.of("hhID"),
                                Optional.of("HHweight"),
                                DistanceName.RAKING,
                                List.of(),
                                false,
                                1e-9,
                                50,
                                true),
                        bench);

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
        assertThat(bench.metric("converged")).isZero();
        assertThat(bench.tables).containsKeys("Targets", "Weights", "Smallest conflicting set of targets");
    }

    @Test
    void unmetTargetsGiveUnverifiedWeightsIfAskedFor() throws Exception {
        Weights made = run(DistanceName.RAKING, List.of(), false, "hh,,,64\nhh,,town = 'a',-22\n");

        assertThat(made.weights().schema().has("weight")).isFalse();
        assertThat(made.weights().schema().has("weight_unverified")).isTrue();
        assertThat(made.members().schema().has("weight_unverified")).isTrue();
        assertThat(bench.warnings).isNotEmpty();
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
        Path file = Files.writeString(folder.resolve("targets.csv"), "table,variable,filter,value\n" + targets);
        return new CalibrateStage()
                .run(
                        new CalibrateStage.Settings(
                                HOUSEHOLDS,
                                Optional.of(PERSONS),
                                file,
                                "hh",
                                "ps",
                                Optional.of("hh"),
                                Optional.of("w"),
                                distance,
                                bounds,
                                false,
                                1e-9,
                                50,
                                require),
                        bench);
    }
}
