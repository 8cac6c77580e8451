package dev.assay.trees;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.trees.internal.Blocks;
import dev.assay.trees.internal.Rows;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// The target's own distribution, whatever the predictors: draws resample the training values by weight.
public final class Marginal implements ConditionalModel {
    /// F of a level that is missed by rounding only counts as reached.
    private static final double ROUNDING = 1e-12;

    private final double[] values;
    private final double[] cumulative;

    private Marginal(double[] values, double[] cumulative) {
        this.values = values;
        this.cumulative = cumulative;
    }

    /// The distribution of these responses.
    ///
    /// @param x       only its number of rows matters
    /// @param weights a nonnegative weight a row; rows of weight 0 take no part
    /// @throws dev.assay.fault.Fault (BAD_DATA) if lengths differ, a weight is negative or not finite, or no
    ///     row has a positive weight
    public static Marginal fit(Predictors x, Response y, double[] weights) {
        Rows rows = Rows.of(x, y, weights);
        return new Marginal(rows.response(), Draws.cumulative(rows.weight()));
    }

    @Override
    public double[] draw(Predictors x, Seed seed, Engine engine) {
        double[] out = new double[x.rows()];
        Blocks.run(x.rows(), engine, (block, from, to) -> {
            RandomGenerator random = seed.child(block).generator();
            for (int i = from; i < to; i++) {
                out[i] = values[Draws.index(cumulative, random)];
            }
        });
        return out;
    }

    @Override
    public double[][] quantiles(Predictors x, IntFunction<double[]> levels, Engine engine) {
        double total = cumulative[cumulative.length - 1];
        double[][] out = new double[x.rows()][];
        Blocks.run(x.rows(), engine, (block, from, to) -> {
            for (int i = from; i < to; i++) {
                double[] wanted = levels.apply(i);
                out[i] = new double[wanted.length];
                for (int k = 0; k < wanted.length; k++) {
                    int at = Rows.firstAtLeast(cumulative, (wanted[k] - ROUNDING) * total);
                    out[i][k] = values[Math.min(at, values.length - 1)];
                }
            }
        });
        return out;
    }

    @Override
    public long unseen(Predictors x, Engine engine) {
        return 0;
    }
}
