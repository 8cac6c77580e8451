package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.Design;
import dev.assay.weigh.Distance;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.RowBounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sums over rows that calibration is made of, each one pass over the design.
///
/// Every sum is over a block of rows first and then merged in the engine's fixed order. Nothing is shared between
/// blocks but what is read.
public final class Terms {
    /// The Hessian's partial sums are large, so blocks are grouped into at most this many parts; a constant, because
    /// grouping decides the order of additions.
    private static final int HESSIAN_PARTS = 32;

    final Design design;
    final double[] d;
    final double[] q;
    final Distance distance;
    final Bounds bounds;
    private final @Nullable RowBounds rowBounds;
    private final Engine engine;
    private final int columns;
    private int passes;

    Terms(CalibrationProblem problem, Distance distance, Bounds bounds, Engine engine) {
        this.design = problem.design();
        this.d = problem.designWeights();
        this.q = problem.q();
        this.rowBounds = problem.rowBounds().orElse(null);
        this.distance = distance;
        this.bounds = bounds;
        this.engine = engine;
        this.columns = design.columns();
    }

    /// The dual objective's row part and the totals at some multipliers.
    static final class Evaluation {
        double potential;
        final double[] totals;

        Evaluation(int columns) {
            totals = new double[columns];
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
        double lower = Math.max(distance.naturalLower(), bounds.lowerRatio(d[row]));
        return rowBounds == null ? lower : Math.max(lower, rowBounds.lower()[row]);
    }

    double upper(int row) {
        double upper = bounds.upperRatio(d[row]);
        return rowBounds == null ? upper : Math.min(upper, rowBounds.upper()[row]);
    }

    /// `sum (d/q) H(u)` and `X'(d F(u))`.
    Evaluation evaluate(double[] lambda) {
        passes++;
        List<RowBlock> blocks = design.blocks();
        return engine.reduce(
                blocks.size(),
                p -> {
                    RowBlock block = blocks.get(p);
                    Evaluation part = new Evaluation(columns);
                    for (int r = 0; r < block.rows(); r++) {
                        int i = block.first() + r;
                        if (d[i] == 0) {
                            continue;
                        }
                        double u = q[i] * block.dot(r, lambda);
                        double lower = lower(i);
                        double upper = upper(i);
                        part.potential += d[i] / q[i] * distance.potential(u, lower, upper);
                        block.scatter(r, d[i] * distance.ratio(u, lower, upper), part.totals);
                    }
                    return part;
                },
                Evaluation::add);
    }

    /// `d F(u)` for every row.
    double[] weights(double[] lambda) {
        return perRow(lambda, (u, i) -> bounds.clip(d[i] * distance.ratio(u, lower(i), upper(i))));
    }

    /// `d q F'(u)` for every row: the Hessian is `X' diag(curvature) X`.
    double[] curvature(double[] lambda) {
        return perRow(lambda, (u, i) -> d[i] * q[i] * distance.slope(u, lower(i), upper(i)));
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
        return scattered((block, r, i) -> h[i] == 0 ? 0 : h[i] * block.dot(r, p));
    }

    /// `X'w`.
    double[] totals(double[] w) {
        return scattered((block, r, i) -> w[i]);
    }

    private double[] scattered(RowFactor factor) {
        passes++;
        List<RowBlock> blocks = design.blocks();
        return engine.reduce(
                blocks.size(),
                p -> {
                    RowBlock block = blocks.get(p);
                    double[] part = new double[columns];
                    for (int r = 0; r < block.rows(); r++) {
                        double value = factor.of(block, r, block.first() + r);
                        if (value != 0) {
                            block.scatter(r, value, part);
                        }
                    }
                    return part;
                },
                Terms::addTo);
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
                    int[] ids = new int[64];
                    double[] values = new double[64];
                    for (int r = 0; r < block.rows(); r++) {
                        if (block.entries(r) > ids.length) {
                            ids = new int[block.entries(r) * 2];
                            values = new double[ids.length];
                        }
                        double factor = h[block.first() + r];
                        int count = factor == 0 ? 0 : block.unpack(r, ids, values);
                        for (int e = 0; e < count; e++) {
                            part[ids[e]] += factor * values[e] * values[e];
                        }
                    }
                    return part;
                },
                Terms::addTo);
    }

    /// `sum_i d q F'(u) x x'`, packed.
    Packed hessian(double[] lambda) {
        return outer((block, r, i) -> d[i] * q[i] * distance.slope(q[i] * block.dot(r, lambda), lower(i), upper(i)));
    }

    /// `sum_i d q x x'`, packed.
    Packed gram() {
        return outer((block, r, i) -> d[i] * q[i]);
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
