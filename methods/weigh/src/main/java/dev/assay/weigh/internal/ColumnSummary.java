package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.weigh.RowBlock;
import java.util.List;

/// What one pass says about every column, over rows with a positive design weight.
final class ColumnSummary {
    /// `sum d q x^2`.
    final double[] squares;
    /// `sum d x`.
    final double[] before;
    /// Rows with a nonzero entry.
    final long[] rows;
    /// Whether some entry is positive, or negative.
    final boolean[] positive;
    final boolean[] negative;
    /// The totals that weights within the bounds can reach, without regard to the other targets.
    final double[] least;
    final double[] most;

    private ColumnSummary(int columns) {
        squares = new double[columns];
        before = new double[columns];
        rows = new long[columns];
        positive = new boolean[columns];
        negative = new boolean[columns];
        least = new double[columns];
        most = new double[columns];
    }

    static ColumnSummary of(Terms terms, Engine engine) {
        terms.countPasses(1);
        List<RowBlock> blocks = terms.design.blocks();
        int columns = terms.design.columns();
        return engine.reduce(blocks.size(), p -> part(terms, blocks.get(p), columns), ColumnSummary::add);
    }

    private static ColumnSummary part(Terms terms, RowBlock block, int columns) {
        ColumnSummary sums = new ColumnSummary(columns);
        int[] ids = new int[64];
        double[] values = new double[64];
        for (int r = 0; r < block.rows(); r++) {
            int i = block.first() + r;
            double d = terms.d[i];
            if (d == 0) {
                continue;
            }
            if (block.entries(r) > ids.length) {
                ids = new int[block.entries(r) * 2];
                values = new double[ids.length];
            }
            double low = d * terms.lower(i);
            double high = d * terms.upper(i);
            int count = block.unpack(r, ids, values);
            for (int e = 0; e < count; e++) {
                double x = values[e];
                int j = ids[e];
                sums.squares[j] += d * terms.q[i] * x * x;
                sums.before[j] += d * x;
                sums.rows[j]++;
                sums.positive[j] |= x > 0;
                sums.negative[j] |= x < 0;
                sums.least[j] += Math.min(low * x, high * x);
                sums.most[j] += Math.max(low * x, high * x);
            }
        }
        return sums;
    }

    private ColumnSummary add(ColumnSummary later) {
        Terms.addTo(squares, later.squares);
        Terms.addTo(before, later.before);
        Terms.addTo(least, later.least);
        Terms.addTo(most, later.most);
        for (int j = 0; j < rows.length; j++) {
            rows[j] += later.rows[j];
            positive[j] |= later.positive[j];
            negative[j] |= later.negative[j];
        }
        return this;
    }
}
