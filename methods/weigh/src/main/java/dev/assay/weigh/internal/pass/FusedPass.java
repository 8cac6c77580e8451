package dev.assay.weigh.internal.pass;

import dev.assay.engine.Engine;
import dev.assay.weigh.Design;
import dev.assay.weigh.RowBlock;
import java.util.List;

/// Passes over a design: product of every row with a vector, a function of it, and the sum of rows times the
/// function's values, while the row is in cache.
///
/// Sums are per block of [Design#BLOCK_ROWS] rows, rows in order, and are merged along the engine's fixed
/// tree over the blocks: the result is the same, bit for bit, on any number of threads. Beside the design a
/// pass needs one vector of the design's columns for each block in work. The engine must run in this process.
public final class FusedPass {
    /// Rows between product and scatter. Some 64 rows of 200 entries are 36 kB, which the second-level cache
    /// keeps until the scatter comes; longer runs would only save calls that cost nothing beside 64 rows.
    public static final int TILE = 64;

    private final Design design;
    private final Engine engine;

    /// Passes over this design.
    public FusedPass(Design design, Engine engine) {
        this.design = design;
        this.engine = engine;
    }

    /// What a pass sums up.
    ///
    /// @param scalar the sum of what the row function returned
    /// @param totals `[columns]` the sum of rows times factors; the caller's own
    public record Sums(double scalar, double[] totals) {
        private Sums add(Sums later) {
            for (int j = 0; j < totals.length; j++) {
                totals[j] += later.totals[j];
            }
            return new Sums(scalar + later.scalar, totals);
        }
    }

    /// A pass over all rows.
    ///
    /// @param vector   `[columns]`, not written to during the pass
    /// @param function makes factors from products
    public Sums run(double[] vector, RowFunction function) {
        return run(0, design.blocks().size(), vector, function);
    }

    /// A pass over the rows of some blocks.
    ///
    /// @param fromBlock first block
    /// @param toBlock   the block after the last, `> fromBlock`
    public Sums run(int fromBlock, int toBlock, double[] vector, RowFunction function) {
        List<RowBlock> blocks = design.blocks();
        return engine.reduce(toBlock - fromBlock, p -> block(blocks.get(fromBlock + p), vector, function), Sums::add);
    }

    /// `X'f`: scatter alone, without products.
    ///
    /// @param factors `[rows]`
    /// @return `[columns]`
    public double[] totals(double[] factors) {
        return totals(0, design.blocks().size(), factors);
    }

    /// `X'f` over the rows of some blocks.
    ///
    /// @param factors `[rows]`, of all rows
    public double[] totals(int fromBlock, int toBlock, double[] factors) {
        List<RowBlock> blocks = design.blocks();
        return engine.reduce(
                        toBlock - fromBlock,
                        p -> {
                            RowBlock block = blocks.get(fromBlock + p);
                            double[] totals = new double[design.columns()];
                            for (int r = 0; r < block.rows(); r++) {
                                double factor = factors[block.first() + r];
                                if (factor != 0) {
                                    block.scatter(r, factor, totals);
                                }
                            }
                            return new Sums(0, totals);
                        },
                        Sums::add)
                .totals();
    }

    private Sums block(RowBlock block, double[] vector, RowFunction function) {
        double[] totals = new double[design.columns()];
        double[] products = new double[TILE];
        double[] factors = new double[TILE];
        double scalar = 0;
        for (int start = 0; start < block.rows(); start += TILE) {
            int count = Math.min(TILE, block.rows() - start);
            products(block, start, count, vector, products);
            scalar += function.apply(block.first() + start, count, products, factors);
            scatter(block, start, count, factors, totals);
        }
        return new Sums(scalar, totals);
    }

    // Two methods of their own: each is one loop that the compiler sees whole.

    private static void products(RowBlock block, int start, int count, double[] vector, double[] products) {
        for (int r = 0; r < count; r++) {
            products[r] = block.dot(start + r, vector);
        }
    }

    private static void scatter(RowBlock block, int start, int count, double[] factors, double[] totals) {
        for (int r = 0; r < count; r++) {
            if (factors[r] != 0) {
                block.scatter(start + r, factors[r], totals);
            }
        }
    }
}
