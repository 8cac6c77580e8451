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
        return HouseholdProblem.of(tables, targets);
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
                        table("", "male = 1", 5)))
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
                .hasMessageContaining("Row " + (row + 1) + " of table 'persons'");
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
                .hasMessageContaining("Rows 1 and 3 of table 'homes' (lines 2 and 4");
        Frame missing = Frame.empty().with("id", Column.Texts.of("a", null));
        assertThatThrownBy(() -> HouseholdTables.of("homes", missing, "id"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Row 2 of table 'homes' (line 3 of a file with one line a row) has no id");
        HouseholdTables homes = HouseholdTables.of("homes", Frame.empty().with("id", Column.Longs.of(3, 4)), "id");
        assertThatThrownBy(() -> homes.with("people", Frame.empty().with("id", Column.Longs.of(3, 5))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Row 2 of table 'people' (line 3")
                .hasMessageContaining("the id '5' in column 'id', which no row of table 'homes' has");
        assertThatThrownBy(() -> homes.with("people", Frame.empty().with("id", Column.Texts.of("0003"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("the id '0003'")
                .hasMessageContaining("ids are texts here and whole numbers there");
        assertThatThrownBy(() -> HouseholdTables.of("homes", Frame.empty().with("id", Column.Longs.of()), "id"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("no rows");
    }

    private static final Frame REGIONS = Frame.empty()
            .with("region", Column.Texts.of("n", "s"))
            .with("climate", Column.Categories.of("cold", "warm"));
    private static final Frame HOMES = Frame.empty()
            .with("home", Column.Longs.of(1, 2, 3))
            .with("region", Column.Categories.of("n", "s", "n"))
            .with("rooms", Column.Longs.of(4, 2, 3));
    private static final Frame PEOPLE = Frame.empty()
            .with("home", Column.Longs.of(3, 1, 2, 1))
            .with("person", Column.Longs.of(30, 10, 20, 11))
            .with("age", Column.Longs.of(70, 40, 30, 9));
    private static final Frame JOBS =
            Frame.empty().with("person", Column.Longs.of(20, 30, 30, 10)).with("pay", Column.Doubles.of(5, 1, 2, 8));

    private static double[][] cells(HouseholdTables tables, String... lines) {
        String[] table = new String[lines.length];
        String[] variable = new String[lines.length];
        String[] filter = new String[lines.length];
        double[] value = new double[lines.length];
        for (int i = 0; i < lines.length; i++) {
            String[] parts = lines[i].split(";", -1);
            table[i] = parts[0];
            variable[i] = parts[1];
            filter[i] = parts[2];
            value[i] = 1;
        }
        Design design = HouseholdProblem.of(
                        tables,
                        TargetTable.of(Frame.empty()
                                .with("table", Column.Texts.of(table))
                                .with("variable", Column.Texts.of(variable))
                                .with("filter", Column.Texts.of(filter))
                                .with("value", Column.Doubles.of(value))))
                .design();
        double[][] cells = new double[design.rows()][lines.length];
        int[] ids = new int[lines.length];
        double[] values = new double[lines.length];
        RowBlock block = design.blocks().getFirst();
        for (int r = 0; r < cells.length; r++) {
            int count = block.unpack(r, ids, values);
            for (int e = 0; e < count; e++) {
                cells[r][ids[e]] = values[e];
            }
        }
        return cells;
    }

    @Test
    void regionsHouseholdsPersonsAndJobsAreCountedTogether() {
        HouseholdTables tables = HouseholdTables.of("homes", HOMES, "home")
                .over("regions", REGIONS, "region")
                .with("people", PEOPLE)
                .with("jobs", JOBS, "people", "person");
        double[][] cells = cells(
                tables,
                "homes;;climate = 'cold'",
                "people;;age < 18 OR rooms = 2",
                "people;rooms;Climate = 'cold'",
                "jobs;pay;",
                "jobs;pay;age > 35 AND climate = 'cold' AND rooms > 3",
                "jobs;;");
        assertThat(cells[0]).containsExactly(1, 1, 8, 8, 8, 1);
        assertThat(cells[1]).containsExactly(0, 1, 0, 5, 0, 1);
        assertThat(cells[2]).containsExactly(1, 0, 3, 3, 0, 2);
    }

    @Test
    void levelsThatDoNotJoinNameTableAndRow() {
        HouseholdTables homes = HouseholdTables.of("homes", HOMES, "home");
        assertThatThrownBy(() -> homes.over("regions", REGIONS.at(new int[] {0}), "region"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Row 2 of table 'homes'")
                .hasMessageContaining("which no row of table 'regions' has");
        assertThatThrownBy(() -> homes.over("regions", REGIONS.at(new int[] {0, 1, 0}), "region"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Rows 1 and 3 of table 'regions'");
        assertThatThrownBy(() -> homes.with("people", PEOPLE)
                        .with("jobs", JOBS.with("person", Column.Longs.of(20, 30, 99, 10)), "people", "person"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Row 3 of table 'jobs'");
        assertThatThrownBy(() -> homes.with("people", PEOPLE.with("person", Column.Longs.of(30, 10, 30, 11)))
                        .with("jobs", JOBS, "people", "person"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("have the same id '30' in column 'person'");
        assertThatThrownBy(() -> homes.with("people", PEOPLE).over("regions", REGIONS, "region"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoFiltersThatSayTheSameAreOneTargetTooMany() {
        HouseholdTables tables = HouseholdTables.of("homes", HOMES, "home");
        assertThatThrownBy(
                        () -> cells(tables, "homes;;rooms > 2 AND region='n'", "homes;;(region = 'n') and ROOMS > 2"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("(line 3)")
                .hasMessageContaining("says the same as that on line 2");
        assertThat(cells(tables, "homes;;rooms > 2", "homes;rooms;rooms>2")[0]).containsExactly(1, 4);
    }
}
