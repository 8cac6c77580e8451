package dev.assay.weigh.internal.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.testkit.Property;
import dev.assay.weigh.Design;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FusedPassTest {
    /// Both sides add up to 20,000 terms of size 1 in different orders.
    private static final double ROUNDING = 1e-10;

    @Test
    void aPassEqualsTwoDenseProducts() {
        Property.holds(20, seed -> {
            RandomGenerator random = seed.generator();
            double[][] cells = cells(1 + random.nextInt(300), 1 + random.nextInt(40), random);
            double[] vector = random.doubles(cells[0].length, -1, 1).toArray();
            double[] seen = new double[cells.length];
            FusedPass.Sums sums;
            try (Engine engine = LocalEngine.of(1)) {
                sums = new FusedPass(Design.fromDense(cells), engine).run(vector, cube(seen));
            }
            double[] totals = new double[vector.length];
            double squares = 0;
            for (int i = 0; i < cells.length; i++) {
                double u = 0;
                for (int j = 0; j < vector.length; j++) {
                    u += cells[i][j] * vector[j];
                }
                assertThat(seen[i]).isCloseTo(u, within(ROUNDING));
                squares += u * u;
                for (int j = 0; j < vector.length; j++) {
                    totals[j] += cells[i][j] * u * u * u;
                }
            }
            assertThat(sums.totals()).containsExactly(totals, within(ROUNDING * (1 + squares)));
            assertThat(sums.scalar()).isCloseTo(squares, within(ROUNDING * (1 + squares)));
        });
    }

    @Test
    void threadsChangeNoBit() {
        RandomGenerator random = Seed.of(5).generator();
        Design design = Design.fromDense(cells(3 * Design.BLOCK_ROWS + 77, 9, random));
        double[] vector = random.doubles(9, -1, 1).toArray();
        FusedPass.Sums alone = null;
        for (int threads : new int[] {1, 2, 4}) {
            try (Engine engine = LocalEngine.of(threads)) {
                FusedPass.Sums sums = new FusedPass(design, engine).run(vector, cube(new double[design.rows()]));
                alone = alone == null ? sums : alone;
                assertThat(sums.totals()).containsExactly(alone.totals());
                assertThat(sums.scalar()).isEqualTo(alone.scalar());
            }
        }
    }

    @Test
    void passesOverPartsOfTheBlocksAddUpToThePassOverAll() {
        RandomGenerator random = Seed.of(6).generator();
        Design design = Design.fromDense(cells(2 * Design.BLOCK_ROWS + 5, 4, random));
        double[] vector = random.doubles(4, -1, 1).toArray();
        double[] products = new double[design.rows()];
        try (Engine engine = LocalEngine.of(2)) {
            FusedPass pass = new FusedPass(design, engine);
            double[] whole = pass.run(vector, cube(products)).totals();
            double[] first = pass.run(0, 1, vector, cube(products)).totals();
            double[] rest = pass.run(1, 3, vector, cube(products)).totals();
            double[] cubes = new double[design.rows()];
            for (int i = 0; i < cubes.length; i++) {
                cubes[i] = products[i] * products[i] * products[i];
            }
            double[] scattered = pass.totals(cubes);
            for (int j = 0; j < 4; j++) {
                assertThat(first[j] + rest[j]).isCloseTo(whole[j], within(ROUNDING * design.rows()));
                assertThat(scattered[j]).isEqualTo(whole[j]);
            }
        }
    }

    /// Factor `u^3`, summing `u^2`; keeps the products.
    private static RowFunction cube(double[] seen) {
        return (first, count, products, factors) -> {
            double sum = 0;
            for (int r = 0; r < count; r++) {
                seen[first + r] = products[r];
                factors[r] = products[r] * products[r] * products[r];
                sum += products[r] * products[r];
            }
            return sum;
        };
    }

    /// A third zeros, a third ones, a third other numbers.
    private static double[][] cells(int rows, int columns, RandomGenerator random) {
        double[][] cells = new double[rows][columns];
        for (double[] row : cells) {
            for (int j = 0; j < columns; j++) {
                int kind = random.nextInt(3);
                row[j] = kind == 2 ? random.nextDouble(-2, 2) : kind;
            }
        }
        return cells;
    }
}
