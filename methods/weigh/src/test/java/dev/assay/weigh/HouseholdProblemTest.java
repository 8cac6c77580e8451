package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Household and person tables with a table of targets, from files to weights.
class HouseholdProblemTest {
    private static final Frame HOUSEHOLDS = read("households_2000.csv");
    private static final Frame PERSONS = read("persons_of_2000.csv");
    private static final TargetTable TARGETS = TargetTable.of(read("targets_full.csv"));

    private static Frame read(String name) {
        try {
            return Frames.read(Path.of(Objects.requireNonNull(HouseholdProblemTest.class.getResource(name))
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static HouseholdProblem problem(Frame persons, TargetTable targets) {
        HouseholdTables tables =
                HouseholdTables.of("households", HOUSEHOLDS, "hhID").with("persons", persons);
        return HouseholdProblem.of(tables, targets, Frames::conditions);
    }

    private static TargetTable table(String variable, String filter, double value) {
        return TargetTable.of(Frame.empty()
                .with("table", Column.Texts.of("persons"))
                .with("variable", Column.Texts.of(variable))
                .with("filter", Column.Texts.of(filter))
                .with("value", Column.Doubles.of(value)));
    }

    @Test
    void householdAndPersonTargetsAreMetTogether() {
        HouseholdProblem problem = problem(PERSONS, TARGETS);
        double[] d = problem.designWeights("d");
        try (LocalEngine engine = LocalEngine.of(2)) {
            CalibrationResult linear = Calibration.solve(
                    CalibrationSettings.linear(), problem.design(), d, problem.targets(), engine, Progress.none());
            assertThat(linear.converged()).isTrue();
            assertThat(Survey.distance(linear.weights(), Survey.reference("linear_full")))
                    .isLessThan(1e-9);

            CalibrationResult integrated = Calibration.solve(
                    CalibrationSettings.raking(),
                    CalibrationProblem.of(problem.design(), d, problem.targets())
                            .withQ(problem.memberScales("persons")),
                    engine,
                    Progress.none());
            assertThat(Survey.distance(
                            problem.spread(integrated.weights(), "persons"),
                            Survey.reference("integrated_raking_full")))
                    .isLessThan(1e-9);
        }
        assertThat(TARGETS.unused()).containsExactly("persons not used");
    }

    @Test
    void theOrderOfPersonsDoesNotMatter() {
        int[] order = Draws.permutation(PERSONS.rows(), Seed.of(4).generator());
        HouseholdProblem ordered = problem(PERSONS, TARGETS);
        HouseholdProblem shuffled = problem(PERSONS.at(order), TARGETS);
        double[] vector = Seed.of(5).generator().doubles(14).toArray();
        for (int b = 0; b < ordered.design().blocks().size(); b++) {
            RowBlock one = ordered.design().blocks().get(b);
            RowBlock other = shuffled.design().blocks().get(b);
            for (int r = 0; r < one.rows(); r++) {
                assertThat(other.dot(r, vector)).isEqualTo(one.dot(r, vector));
            }
        }
        double[] spread = ordered.spread(ordered.designWeights("d"), "persons");
        assertThat(shuffled.spread(shuffled.designWeights("d"), "persons"))
                .isEqualTo(Arrays.stream(order).mapToDouble(i -> spread[i]).toArray());
    }

    @Test
    void keysReadAsDoublesJoinKeysReadAsLongs() {
        Frame persons = PERSONS.with("hhID", Column.Doubles.of(PERSONS.numbers("hhID")));
        assertThat(problem(persons, TARGETS).design().nonzeros())
                .isEqualTo(problem(PERSONS, TARGETS).design().nonzeros());
    }

    @Test
    void aFilterThatMatchesNothingEndsTheCalibrationUnlessItsValueIsZero() {
        try (LocalEngine engine = LocalEngine.of(1)) {
            for (double value : new double[] {0, 5}) {
                HouseholdProblem problem = problem(PERSONS, table("", "male = 7", value));
                CalibrationResult result = Calibration.solve(
                        CalibrationSettings.raking(),
                        problem.design(),
                        problem.designWeights("d"),
                        problem.targets(),
                        engine,
                        Progress.none());
                assertThat(result.status())
                        .isEqualTo(value == 0 ? CalibrationStatus.CONVERGED : CalibrationStatus.EMPTY_SUPPORT);
                String name = "persons where male = 7";
                assertThat(value == 0 ? result.dropped().toString() : result.explanation())
                        .contains(name);
            }
        }
    }

    @Test
    void whatIsWrongWithATargetNamesItAndItsLine() {
        assertThatThrownBy(() -> problem(PERSONS, table("mal", "", 5)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("target 'persons.mal' (line 2)")
                .hasMessageContaining("Did you mean 'male'?");
        assertThatThrownBy(() -> problem(PERSONS, table("band", "", 5)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("not numeric");
        assertThatThrownBy(() -> problem(PERSONS, table("", "mal = 1", 5)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> HouseholdProblem.of(
                        HouseholdTables.of("households", HOUSEHOLDS, "hhID").with("person", PERSONS),
                        table("", "male = 1", 5),
                        Frames::conditions))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("Did you mean 'person'?");
    }

    @Test
    void aMissingCellThatCountsNamesTheRowAsItWasGiven() {
        double[] income = new double[PERSONS.rows()];
        income[17] = Double.NaN;
        int[] order = Draws.permutation(PERSONS.rows(), Seed.of(4).generator());
        int at = 0;
        while (order[at] != 17) {
            at++;
        }
        Frame persons = PERSONS.with("income", Column.Doubles.of(income)).at(order);
        int row = at;
        assertThatThrownBy(() -> problem(persons, table("income", "", 5)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Row " + row + " of table 'persons'");
        assertThat(problem(persons, table("income", "income IS NOT NULL", 0))
                        .design()
                        .nonzeros())
                .isZero();
    }

    @Test
    void repeatedMissingAndUnknownHouseholdsNameTableAndRow() {
        Frame twice = Frame.empty().with("id", Column.Longs.of(3, 4, 3));
        assertThatThrownBy(() -> HouseholdTables.of("homes", twice, "id"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Rows 0 and 2 of table 'homes'");
        Frame missing = Frame.empty().with("id", Column.Texts.of("a", null));
        assertThatThrownBy(() -> HouseholdTables.of("homes", missing, "id"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Row 1 of table 'homes' has no id");
        HouseholdTables homes = HouseholdTables.of("homes", Frame.empty().with("id", Column.Longs.of(3, 4)), "id");
        assertThatThrownBy(() -> homes.with("people", Frame.empty().with("id", Column.Longs.of(3, 5))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Row 1 of table 'people'")
                .hasMessageContaining("no household");
        assertThatThrownBy(() -> HouseholdTables.of("homes", Frame.empty().with("id", Column.Longs.of()), "id"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("no rows");
    }
}
