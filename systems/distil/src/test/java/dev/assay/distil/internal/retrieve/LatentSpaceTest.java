package dev.assay.distil.internal.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.testkit.Property;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LatentSpaceTest {
    private static SparseRows matrix(RandomGenerator random, int rows, int columns, double density) {
        SparseRows.Builder builder = new SparseRows.Builder();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if (random.nextDouble() < density) {
                    builder.entry(j, random.nextDouble() + (i % 5 == j % 5 ? 3 : 0));
                }
            }
            builder.close();
        }
        return builder.build(columns);
    }

    private static double[][] gram(SparseRows matrix) {
        double[][] gram = new double[matrix.width()][matrix.width()];
        for (int r = 0; r < matrix.rows(); r++) {
            for (int a = matrix.starts()[r]; a < matrix.starts()[r + 1]; a++) {
                for (int b = matrix.starts()[r]; b < matrix.starts()[r + 1]; b++) {
                    gram[matrix.columns()[a]][matrix.columns()[b]] += matrix.values()[a] * matrix.values()[b];
                }
            }
        }
        return gram;
    }

    @Test
    void eigenvectorsAreOrthonormalAndReproduceTheMatrix() {
        Property.holds(30, seed -> {
            RandomGenerator random = seed.generator();
            int n = 1 + random.nextInt(40);
            double[][] a = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    a[i][j] = random.nextInt(4) == 0 ? 0 : random.nextGaussian();
                    a[j][i] = a[i][j];
                }
            }
            SymmetricEigen eigen = SymmetricEigen.of(a);
            for (int i = 0; i < n; i++) {
                assertThat(i == 0 || eigen.values()[i] <= eigen.values()[i - 1]).isTrue();
                for (int j = 0; j < n; j++) {
                    double dot = 0;
                    double entry = 0;
                    for (int k = 0; k < n; k++) {
                        dot += eigen.vectors()[i][k] * eigen.vectors()[j][k];
                        entry += eigen.values()[k] * eigen.vectors()[k][i] * eigen.vectors()[k][j];
                    }
                    assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-12));
                    assertThat(entry).isCloseTo(a[i][j], within(1e-12 * n));
                }
            }
        });
    }

    @Test
    void theSpaceIsThatOfTheLeadingSingularVectors() {
        try (LocalEngine engine = LocalEngine.of(2)) {
            Property.holds(10, seed -> {
                RandomGenerator random = seed.generator();
                // Both more rows than columns and fewer.
                SparseRows matrix = matrix(random, 40 + random.nextInt(60), 40 + random.nextInt(60), 0.2);
                int dimensions = 1 + random.nextInt(12);
                LatentSpace space = LatentSpace.of(matrix, dimensions, seed, engine);
                SymmetricEigen dense = SymmetricEigen.of(gram(matrix));
                for (int d = 0; d < dimensions; d++) {
                    assertThat(space.values()[d])
                            .isCloseTo(Math.sqrt(dense.values()[d]), within(1e-6 * space.values()[0]));
                    // The projection of each dense vector that lies well inside the space has length 1.
                    if (dense.values()[d] > 1.05 * dense.values()[dimensions]) {
                        double square = 0;
                        for (double[] vector : space.vectors()) {
                            double dot = 0;
                            for (int j = 0; j < vector.length; j++) {
                                dot += vector[j] * dense.vectors()[d][j];
                            }
                            square += dot * dot;
                        }
                        assertThat(square).isCloseTo(1, within(1e-6));
                    }
                }
            });
        }
    }

    @Test
    void aMatrixOfLowRankHasThatManyDimensions() {
        SparseRows.Builder builder = new SparseRows.Builder();
        for (int i = 0; i < 50; i++) {
            builder.entry(i % 3, 1 + i % 3);
            builder.close();
        }
        try (LocalEngine engine = LocalEngine.of(1)) {
            LatentSpace space = LatentSpace.of(builder.build(30), 8, Seed.of(1), engine);
            assertThat(space.values()).hasSize(3);
            assertThat(space.values()[0]).isCloseTo(3 * Math.sqrt(16), within(1e-12));
        }
    }
}
