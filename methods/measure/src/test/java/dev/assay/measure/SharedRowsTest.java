package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedRowsTest {
    private static final List<String> COLUMNS = List.of("x", "c");

    /// Numbers of so many values and a letter.
    private static Frame rows(RandomGenerator random, int rows, int values) {
        double[] x = new double[rows];
        String[] c = new String[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = random.nextInt(values);
            c[i] = random.nextInt(9) == 0 ? null : "c" + random.nextInt(3);
        }
        return Frame.empty().with("x", Column.Doubles.of(x)).with("c", Column.Texts.of(c));
    }

    private static Frame part(Frame frame, int from, int to) {
        return frame.at(IntStream.range(from, to).toArray());
    }

    @Test
    void numbersMeetByValueTextsByTextAndMissingCellsAreAlike() {
        Frame holdout = Frame.empty()
                .with("x", Column.Doubles.of(1, Double.NaN, -0.0, 4, 4))
                .with("c", Column.Texts.of("a", null, "b", "missing", "a"));
        Frame training = Frame.empty()
                .with("x", Column.Doubles.of(1, Double.NaN, 0, 4))
                .with("c", Column.Categories.of("a", null, "b", null));

        // The first three; the fourth differs in a missing cell, the fifth in its letter.
        assertThat(SharedRows.of(holdout, training, COLUMNS, Seed.of(1)).rows()).isEqualTo(3);
    }

    @Test
    void whatRandomSplitsMakeIsWhatTheFormulaSays() {
        // Four pairs among ten rows, three of them held out: a row's twin is in training with 7 of 9.
        Frame holdout = Frame.empty().with("x", Column.Doubles.of(1, 2, 3));
        Frame training = Frame.empty().with("x", Column.Doubles.of(1, 2, 3, 4, 4, 5, 6));

        SharedRows shared = SharedRows.of(holdout, training, List.of("x"), Seed.of(2));

        assertThat(shared.rows()).isEqualTo(3);
        assertThat(shared.expected()).isCloseTo(8 * .3 * 7 / 9, within(.1));
        assertThat(shared.beyond()).isFalse();
    }

    @Test
    void aHoldoutDealtByChanceIsNotToldHoweverManyRowsAreEqual() {
        int told = 0;
        for (int run = 0; run < 60; run++) {
            RandomGenerator random = Seed.of(run).child("rows").generator();
            Frame all = rows(random, 600, run % 3 == 0 ? 3 : run % 3 == 1 ? 200 : 100_000);
            all = all.at(Draws.permutation(600, random));
            told += SharedRows.of(part(all, 0, 150), part(all, 150, 600), COLUMNS, Seed.of(run))
                            .beyond()
                    ? 1
                    : 0;
        }
        assertThat(told).isLessThanOrEqualTo(1);
    }

    @Test
    void aTwentiethOfTheHoldoutThatWasTrainedOnIsTold() {
        for (int values : new int[] {30_000, 1_000_000}) {
            Frame all = rows(Seed.of(values).generator(), 1_000, values);
            int[] trained = IntStream.concat(IntStream.range(200, 1_000), IntStream.range(0, 10))
                    .toArray();

            SharedRows shared = SharedRows.of(part(all, 0, 200), all.at(trained), COLUMNS, Seed.of(3));

            assertThat(shared.rows()).isGreaterThanOrEqualTo(10);
            assertThat(shared.expected()).isLessThan(shared.rows() / 1.5);
            assertThat(shared.beyond()).as("of " + values).isTrue();
        }
    }

    @Test
    void theOrderOfRowsDoesNotCount() {
        Frame all = rows(Seed.of(5).generator(), 500, 40);
        Frame training = part(all, 100, 500);
        int[] turned = IntStream.range(0, 400).map(i -> 399 - i).toArray();

        SharedRows one = SharedRows.of(part(all, 0, 100), training, COLUMNS, Seed.of(6));
        SharedRows other = SharedRows.of(part(all, 0, 100), training.at(turned), COLUMNS, Seed.of(6));

        assertThat(other.rows()).isEqualTo(one.rows());
        assertThat(other.expected()).isCloseTo(one.expected(), within(1.0));
        assertThat(Arrays.asList(one.beyond(), other.beyond())).containsOnly(false);
    }
}
