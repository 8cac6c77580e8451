package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.Design;
import dev.assay.weigh.Distance;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.internal.pass.FusedPass;
import java.util.List;
import java.util.function.IntPredicate;

/// The sums over rows that calibration is made of, each one pass over the design.
///
/// Every sum is over a block of rows first and then merged in the engine's fixed order. Nothing is shared
/// between blocks but what is read.
public final class Terms {
    /// The Hessian's partial sums are large, so blocks are grouped into at most this many parts; a constant,
    /// because grouping decides the order of additions.
    private static final int HESSIAN_PARTS = 32;

    final Design design;
    final double[] d;
    final double[] q;
    final Distance distance;
    final Bounds bounds;
    private final CalibrationProblem problem;
    /// `1 / c_j` of targets that may be missed, `c_j = cost / scale^2`; 0 for the others.
    final double[] ridge;
    private final Engine engine;
    private final int columns;
    private int passes;

    Terms(CalibrationProblem problem, Distance distance, Bounds bounds, Engine engine) {
        this.design = problem.design();
        this.d = problem.designWeights();
        this.q = problem.q();
        this.problem = problem;
        this.ridge = problem.targets().list().stream()
                .mapToDouble(t -> t.isExact() ? 0 : t.scale() * t.scale() / t.cost())
                .toArray();
        this.distance = distance;
        this.bounds = bounds;
        this.engine = engine;
        this.columns = design.columns();
    }

    /// The dual objective's row part, the totals and each row's curvature `d q F'(u)` at some multipliers:
    /// the Hessian is `X' diag(curvature) X`.
    static final class Evaluation {
        double potential;
        final double[] totals;
        final double[] curvature;

        Evaluation(int columns, double[] curvature) {
            this.totals = new double[columns];
            this.curvature = curvature;
        }

        Evaluation add(Evaluation later) {
            potential += later.potential;
            addTo(totals, later.totals);
            return this;
        }
    }

    /// Passes over the design so far.
    int passes() {
        return passes;
    }

    void countPasses(int more) {
        passes += more;
    }

    double lower(int row) {
        return problem.lowerRatio(distance, bounds, row);
    }

    double upper(int row) {
        return problem.upperRatio(bounds, row);
    }

    /// `sum (d/q) H(u)`, `X'(d F(u))` and the rows' curvatures, in one pass.
    ///
    /// @param curvature `[rows]` to be filled; each row is written by one thread only
    Evaluation evaluate(double[] lambda, double[] curvature) {
        passes++;
        List<RowBlock> blocks = design.blocks();
        return engine.reduce(blocks.size(), p -> evaluate(blocks.get(p), lambda, curvature), Evaluation::add);
    }

    private Evaluation evaluate(RowBlock block, double[] lambda, double[] curvature) {
        Evaluation part = new Evaluation(columns, curvature);
        double[] weights = new double[FusedPass.TILE];
        for (int start = 0; start < block.rows(); start += FusedPass.TILE) {
            int count = Math.min(FusedPass.TILE, block.rows() - start);
            for (int r = 0; r < count; r++) {
                weights[r] = block.dot(start + r, lambda);
            }
            for (int r = 0; r < count; r++) {
                int i = block.first() + start + r;
                if (d[i] == 0) {
                    curvature[i] = 0;
                    weights[r] = 0;
                    continue;
                }
                double u = q[i] * weights[r];
                double lower = lower(i);
                double upper = upper(i);
                part.potential += d[i] / q[i] * distance.potential(u, lower, upper);
                curvature[i] = d[i] * q[i] * distance.slope(u, lower, upper);
                weights[r] = d[i] * distance.ratio(u, lower, upper);
            }
            for (int r = 0; r < count; r++) {
                if (weights[r] != 0) {
                    block.scatter(start + r, weights[r], part.totals);
                }
            }
        }
        return part;
    }

    /// `d F(u)` for every row.
    double[] weights(double[] lambda) {
        return perRow(lambda, (u, i) -> bounds.clip(d[i] * distance.ratio(u, lower(i), upper(i))));
    }

    private interface RowValue {
        double at(double u, int row);
    }

    /// A value for every row of positive design weight from its `u`, 0 for the others.
    private double[] perRow(double[] lambda, RowValue value) {
        passes++;
        List<RowBlock> blocks = design.blocks();
        List<double[]> parts = engine.map(blocks.size(), p -> {
            RowBlock block = blocks.get(p);
            double[] part = new double[block.rows()];
            for (int r = 0; r < part.length; r++) {
                int i = block.first() + r;
                part[r] = d[i] == 0 ? 0 : value.at(q[i] * block.dot(r, lambda), i);
            }
            return part;
        });
        double[] rows = new double[design.rows()];
        for (int p = 0; p < parts.size(); p++) {
            System.arraycopy(parts.get(p), 0, rows, blocks.get(p).first(), parts.get(p).length);
        }
        return rows;
    }

    /// `X' diag(h) X p`, each row read once.
    double[] product(double[] h, double[] p) {
        passes++;
        return new FusedPass(design, engine)
                .run(p, (first, count, products, factors) -> {
                    for (int r = 0; r < count; r++) {
                        factors[r] = h[first + r] * products[r];
                    }
                    return 0;
                })
                .totals();
    }

    /// `X'w`.
    double[] totals(double[] w) {
        passes++;
        return new FusedPass(design, engine).totals(w);
    }

    /// `sum_i h x^2` for every column.
    double[] squares(double[] h) {
        passes++;
        List<RowBlock> blocks = design.blocks();
        return engine.reduce(
                blocks.size(),
                p -> {
                    RowBlock block = blocks.get(p);
                    double[] part = new double[columns];
                    for (int r = 0; r < block.rows(); r++) {
                        double factor = h[block.first() + r];
                        if (factor != 0) {
                            block.scatterSquares(r, factor, part);
                        }
                    }
                    return part;
                },
                Terms::addTo);
    }

    /// `sum_i h x x'`, packed.
    Packed outer(double[] h) {
        return outer((block, r, i) -> h[i]);
    }

    /// `sum_i d q x x'`, packed.
    Packed gram() {
        return outer((block, r, i) -> d[i] * q[i]);
    }

    /// The same over some rows.
    Packed gram(IntPredicate rows) {
        return outer((block, r, i) -> rows.test(i) ? d[i] * q[i] : 0);
    }

    private interface RowFactor {
        double of(RowBlock block, int blockRow, int row);
    }

    private Packed outer(RowFactor factor) {
        passes++;
        List<RowBlock> blocks = design.blocks();
        int parts = Math.min(HESSIAN_PARTS, blocks.size());
        return engine.reduce(
                parts,
                p -> {
                    Packed part = new Packed(columns);
                    int[] ids = new int[64];
                    double[] values = new double[64];
                    int to = (int) ((long) blocks.size() * (p + 1) / parts);
                    for (int b = (int) ((long) blocks.size() * p / parts); b < to; b++) {
                        RowBlock block = blocks.get(b);
                        for (int r = 0; r < block.rows(); r++) {
                            int i = block.first() + r;
                            double h = d[i] == 0 ? 0 : factor.of(block, r, i);
                            if (h == 0) {
                                continue;
                            }
                            if (block.entries(r) > ids.length) {
                                ids = new int[block.entries(r) * 2];
                                values = new double[ids.length];
                            }
                            part.addOuter(h, block.unpack(r, ids, values), ids, values);
                        }
                    }
                    return part;
                },
                Packed::add);
    }

    static double[] addTo(double[] left, double[] right) {
        for (int j = 0; j < left.length; j++) {
            left[j] += right[j];
        }
        return left;
    }
}
