package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.frame.Column;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ColumnKindTest {
    private static double[] numbers(int n, java.util.function.IntToDoubleFunction f) {
        double[] v = new double[n];
        java.util.Arrays.setAll(v, f);
        return v;
    }

    @Test
    void isInferredFromTheValues() {
        assertThat(ColumnKind.infer(Column.Booleans.of(true, false))).isEqualTo(ColumnKind.BOOLEAN);
        assertThat(ColumnKind.infer(Column.Longs.of(0, 1, 1))).isEqualTo(ColumnKind.BOOLEAN);
        assertThat(ColumnKind.infer(Column.Longs.of(1, 2, 1))).isEqualTo(ColumnKind.CATEGORICAL);
        assertThat(ColumnKind.infer(Column.Categories.of("a", "b"))).isEqualTo(ColumnKind.CATEGORICAL);
        assertThat(ColumnKind.infer(Column.Texts.of("a", "b"))).isEqualTo(ColumnKind.CATEGORICAL);
        assertThat(ColumnKind.infer(Column.Doubles.of(numbers(400, i -> i % 200))))
                .isEqualTo(ColumnKind.CATEGORICAL);
        assertThat(ColumnKind.infer(Column.Doubles.of(numbers(402, i -> i % 201))))
                .isEqualTo(ColumnKind.COUNT);
        assertThat(ColumnKind.infer(Column.Doubles.of(numbers(400, i -> i + 0.5))))
                .isEqualTo(ColumnKind.CONTINUOUS);
        assertThat(ColumnKind.infer(Column.Doubles.of(numbers(400, i -> i % 20 == 0 ? 0 : i + 0.5))))
                .isEqualTo(ColumnKind.AMOUNT);
        assertThat(ColumnKind.infer(Column.Doubles.of(numbers(400, i -> i % 22 == 0 ? 0 : i + 0.5))))
                .isEqualTo(ColumnKind.CONTINUOUS);
    }

    @Test
    void missingCellsSayNothing() {
        assertThat(ColumnKind.infer(Column.Doubles.of(Double.NaN, 1.5, Double.NaN)))
                .isEqualTo(ColumnKind.CONTINUOUS);
    }

    @Test
    void bothSignsWithAGapBetweenAreAnAmount() {
        RandomGenerator random = Seed.of(1).generator();
        double[] apart =
                random.doubles(500).map(u -> u < 0.4 ? -100 - u : 100 + u).toArray();
        assertThat(ColumnKind.infer(Column.Doubles.of(apart))).isEqualTo(ColumnKind.AMOUNT);
        apart[0] = 0;
        assertThat(ColumnKind.infer(Column.Doubles.of(apart))).isEqualTo(ColumnKind.AMOUNT);
        long[] whole = random.doubles(900)
                .mapToLong(u -> Math.round(u < 0.4 ? -1e5 - 1e4 * u : 1e5 + 1e4 * u))
                .toArray();
        assertThat(ColumnKind.infer(Column.Longs.of(whole))).isEqualTo(ColumnKind.AMOUNT);
        double[] through = random.doubles(500).map(u -> u - 0.4).toArray();
        assertThat(ColumnKind.infer(Column.Doubles.of(through))).isEqualTo(ColumnKind.CONTINUOUS);
        double[] gaussian =
                DoubleStream.generate(random::nextGaussian).limit(500).toArray();
        assertThat(ColumnKind.infer(Column.Doubles.of(gaussian))).isEqualTo(ColumnKind.CONTINUOUS);
    }
}
