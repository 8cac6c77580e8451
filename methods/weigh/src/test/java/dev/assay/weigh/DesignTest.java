package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Draws;
import dev.assay.testkit.Property;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DesignTest {
    @Test
    void rowsComeBackAsTheyWereGiven() {
        Property.holds(60, seed -> {
            var random = seed.generator();
            int columns = random.nextBoolean() ? 1 + random.nextInt(40) : 65_537 + random.nextInt(10);
            boolean fractions = random.nextBoolean();
            int rows = 1 + random.nextInt(columns > 65_536 ? 10 : 200);
            double[][] given = new double[rows][];
            int[][] ids = new int[rows][];
            Design.Builder builder = Design.builder(columns);
            for (int i = 0; i < rows; i++) {
                int count = random.nextInt(Math.min(columns, 30) + 1);
                ids[i] = Draws.sample(columns, count, random);
                given[i] = new double[count];
                for (int e = 0; e < count; e++) {
                    given[i][e] = switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> 1;
                        case 2 -> random.nextInt(-5, 6);
                        default -> fractions ? random.nextGaussian() : (float) random.nextGaussian();
                    };
                }
                builder.row(count, ids[i], given[i]);
            }
            Design design = builder.build();
            double[] vector = random.doubles(columns).toArray();
            long nonzeros = 0;
            for (RowBlock block : design.blocks()) {
                for (int r = 0; r < block.rows(); r++) {
                    int i = block.first() + r;
                    double[] expected = new double[columns];
                    for (int e = 0; e < ids[i].length; e++) {
                        expected[ids[i][e]] = given[i][e];
                    }
                    double[] unpacked = new double[columns];
                    int[] columnsOfRow = new int[block.entries(r)];
                    double[] values = new double[block.entries(r)];
                    int count = block.unpack(r, columnsOfRow, values);
                    assertThat(columnsOfRow).isSorted();
                    for (int e = 0; e < count; e++) {
                        unpacked[columnsOfRow[e]] = values[e];
                    }
                    assertThat(unpacked).isEqualTo(expected);
                    double[] scattered = new double[columns];
                    block.scatter(r, 2, scattered);
                    assertThat(scattered)
                            .isEqualTo(Arrays.stream(expected).map(v -> 2 * v).toArray());
                    double dot = 0;
                    for (int j = 0; j < columns; j++) {
                        dot += expected[j] * vector[j];
                    }
                    assertThat(block.dot(r, vector)).isCloseTo(dot, within(1e-10));
                    nonzeros += count;
                }
            }
            assertThat(design.nonzeros()).isEqualTo(nonzeros);
        });
    }

    @Test
    void onesTakeTwoBytesAndFloatsSix() {
        Design ones = Design.fromDense(new double[][] {{1, 1, 0, 1}});
        Design floats = Design.fromDense(new double[][] {{2, 0.5, 0, -3}});
        Design doubles = Design.fromDense(new double[][] {{2, 0.1, 0, -3}});
        long offsets = 2 * 2 * 4;
        assertThat(ones.bytes()).isEqualTo(3 * 2 + offsets);
        assertThat(floats.bytes()).isEqualTo(3 * 6 + offsets);
        assertThat(doubles.bytes()).isEqualTo(3 * 10 + offsets);
    }

    @Test
    void rowsSpreadOverBlocks() {
        Design.Builder builder = Design.builder(2);
        for (int i = 0; i < Design.BLOCK_ROWS + 1; i++) {
            builder.row(1, new int[] {1}, new double[] {i});
        }
        Design design = builder.build();
        assertThat(design.rows()).isEqualTo(Design.BLOCK_ROWS + 1);
        assertThat(design.blocks()).extracting(RowBlock::rows).containsExactly(Design.BLOCK_ROWS, 1);
        assertThat(design.blocks().get(1).dot(0, new double[] {0, 1})).isEqualTo(Design.BLOCK_ROWS);
    }

    @Test
    void badEntriesNameRowAndColumn() {
        Design.Builder builder = Design.builder(3).row(1, new int[] {0}, new double[] {1});
        assertThatThrownBy(() -> builder.row(1, new int[] {3}, new double[] {1}))
                .hasMessage("row 1 names column 3, the design has 3");
        assertThatThrownBy(() -> builder.row(1, new int[] {2}, new double[] {Double.NaN}))
                .hasMessage("row 1, column 2 has a value that is not finite");
        assertThatThrownBy(() -> builder.row(3, new int[] {2, 0, 2}, new double[] {1, 1, 1}))
                .hasMessage("row 1 names column 2 twice");
        assertThatThrownBy(() -> Design.builder(3).build()).hasMessageContaining("at least one row");
    }
}
