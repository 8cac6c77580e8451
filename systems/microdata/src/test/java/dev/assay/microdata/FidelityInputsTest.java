package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.InMemoryContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the tables of a comparison must be to one another.
class FidelityInputsTest {
    private static final Frame ALL = rows(1, 400);
    private static final Frame TRAINING = part(ALL, 0, 300);
    private static final Frame REAL = part(ALL, 300, 400);
    private static final Frame SYNTHETIC = rows(2, 100);

    @TempDir
    Path folder;

    /// Two numbers that no two rows share, a letter, a weight and a household.
    private static Frame rows(long seed, int rows) {
        RandomGenerator random = Seed.of(seed).generator();
        double[] pay = new double[rows];
        double[] hours = new double[rows];
        String[] letter = new String[rows];
        double[] weight = new double[rows];
        long[] household = new long[rows];
        for (int i = 0; i < rows; i++) {
            pay[i] = random.nextGaussian();
            hours[i] = random.nextGaussian();
            letter[i] = "l" + random.nextInt(3);
            weight[i] = 1 + random.nextInt(4);
            household[i] = 1_000 * seed + i / 2;
        }
        return Frame.empty()
                .with("pay", Column.Doubles.of(pay))
                .with("hours", Column.Doubles.of(hours))
                .with("letter", Column.Categories.of(letter))
                .with("w", Column.Doubles.of(weight))
                .with("hh", Column.Longs.of(household));
    }

    private static Frame part(Frame frame, int from, int to) {
        return frame.at(IntStream.range(from, to).toArray());
    }

    private static Frame inUnit(Frame frame, String column, String unit) {
        return frame.with(
                frame.schema().fields().get(frame.schema().indexOf(column)).withUnit(unit), frame.column(column));
    }

    private InMemoryContext run(Frame real, Frame training, Frame synthetic, Map<String, ?> more) {
        Map<String, Object> given = new HashMap<>(more);
        given.put("real", real);
        given.put("training", training);
        given.put("synthetic", Map.of("forest", synthetic));
        given.put("replicates", 100);
        given.put("expensiveReplicates", 50);
        InMemoryContext context = InMemoryContext.of(Seed.of(4), 2, folder);
        try (context) {
            new FidelityStage().run(Inputs.of(FidelityStage.Settings.class, given), context);
        }
        return context;
    }

    private Fault refused(Frame real, Frame training, Frame synthetic, Map<String, ?> more) {
        return catchThrowableOfType(Fault.class, () -> run(real, training, synthetic, more));
    }

    @Test
    void rowsThatNobodySawAreNotTold() {
        InMemoryContext said = run(REAL, TRAINING, SYNTHETIC, Map.of("weight", "w", "cluster", "hh"));

        assertThat(said.counts()).containsEntry("real_rows_in_training", 0L);
        assertThat(said.warnings()).isEmpty();
    }

    @Test
    void rowsThatWereTrainedOnAreToldWithBothInputs() {
        Frame training = part(ALL, 0, 312);

        InMemoryContext said = run(REAL, training, SYNTHETIC, Map.of());

        assertThat(said.counts()).containsEntry("real_rows_in_training", 12L);
        assertThat(said.warnings()).singleElement().asString().contains("12 of the 100 rows of 'real'", "'training'");
    }

    @Test
    void aRowNumberThatDiffersHidesNothing() {
        Frame real = REAL.with(
                "id", Column.Longs.of(IntStream.range(0, 100).asLongStream().toArray()));
        Frame training = part(ALL, 0, 312)
                .with(
                        "id",
                        Column.Longs.of(IntStream.range(500, 812).asLongStream().toArray()));

        InMemoryContext said = run(real, training, SYNTHETIC, Map.of());

        assertThat(said.counts()).containsEntry("real_rows_in_training", 0L);
        assertThat(said.warnings()).singleElement().asString().contains("12 of the 100 rows of 'real'");
    }

    @Test
    void equalRowsOfFewLevelsAreChance() {
        List<String> fine = List.of("pay", "hours", "w", "hh");
        InMemoryContext said = run(REAL.without(fine), TRAINING.without(fine), SYNTHETIC.without(fine), Map.of());

        assertThat(said.counts()).containsEntry("real_rows_in_training", 100L);
        assertThat(said.warnings()).isEmpty();
    }

    @Test
    void oneTableInBothPlacesIsTold() {
        InMemoryContext said = run(REAL, REAL, SYNTHETIC, Map.of());

        assertThat(said.counts()).containsEntry("real_rows_in_training", 100L);
        assertThat(said.warnings())
                .singleElement()
                .asString()
                .contains("'real' and 'training' are the same 100 rows", "no row is held out");
    }

    @Test
    void aWeightOrClusterThatRealOrTrainingLacksIsRefusedByName() {
        for (String setting : List.of("weight", "cluster")) {
            String column = setting.equals("weight") ? "w" : "hh";
            Map<String, ?> more = Map.of(setting, column);
            assertThat(refused(REAL.without(List.of(column)), TRAINING, SYNTHETIC, more))
                    .hasMessageStartingWith("'" + setting + "' in 'real': there is no column '" + column + "'")
                    .extracting(Fault::kind)
                    .isEqualTo(Fault.Kind.BAD_DATA);
            assertThat(refused(REAL, TRAINING.without(List.of(column)), SYNTHETIC, more))
                    .hasMessageStartingWith("'" + setting + "' in 'training': there is no column '" + column + "'");
        }
    }

    @Test
    void aWeightThatIsMissingInARowIsRefusedWithItsTable() {
        double[] weights = TRAINING.numbers("w");
        weights[7] = Double.NaN;

        assertThat(refused(REAL, TRAINING.with("w", Column.Doubles.of(weights)), SYNTHETIC, Map.of("weight", "w")))
                .hasMessageStartingWith("'weight' in 'training': the weight 'w' in row 7 is missing");
    }

    @Test
    void syntheticRowsWithoutWeightOrClusterCountEquallyWhichIsTold() {
        Frame bare = SYNTHETIC.without(List.of("w", "hh"));

        InMemoryContext said = run(REAL, TRAINING, bare, Map.of("weight", "w", "cluster", "hh"));

        assertThat(said.warnings())
                .containsExactly(
                        "synthetic 'forest' has no weight 'w': all its rows count equally.",
                        "synthetic 'forest' has no cluster 'hh': its rows count as drawn one by one.");
    }

    @Test
    void aColumnInTwoUnitsIsRefusedByName() {
        Frame real = inUnit(REAL, "pay", "USD/year");
        Frame training = inUnit(TRAINING, "pay", "USD/year");

        assertThat(refused(real, inUnit(TRAINING, "pay", "USD/month"), SYNTHETIC, Map.of()))
                .hasMessageStartingWith(
                        "column 'pay' is in USD/year in 'real' and in USD/month in 'training'; bring both");
        assertThat(refused(real, TRAINING, inUnit(SYNTHETIC, "pay", "EUR/year"), Map.of()))
                .hasMessageContaining("in USD/year in 'real' and in EUR/year in synthetic 'forest'");
        assertThat(run(real, training, SYNTHETIC, Map.of()).warnings()).isEmpty();
    }

    @Test
    void aComparedColumnThatATableLacksIsNamedWithTheTable() {
        assertThat(refused(REAL, TRAINING, SYNTHETIC.without(List.of("hours")), Map.of("columns", List.of("hours"))))
                .hasMessageStartingWith("'columns' in synthetic 'forest': there is no column 'hours'");
    }
}
