package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.WeightDistribution;
import dev.assay.weigh.WeightDistribution.Quantiles;
import java.util.Arrays;
import java.util.List;

/// What one pass over design and final weights says: sums for every target, counts and distances for the
/// weights.
final class Diagnostics {
    /// `sum w x` for every target: the totals that decide whether it is met.
    final double[] after;
    /// `sum (w x)^2`.
    final double[] squares;
    /// `sum |w x|`, of all rows and of those at a bound.
    final double[] sizes;
    final double[] atBound;
    /// The greatest `|w x|`.
    final double[] largest;
    /// Rows that contribute with a weight other than 0.
    final long[] rows;

    private double sum;
    private double sumOfSquares;
    private double chiSquare;
    private double entropy;
    private int negative;
    private int zero;
    private int atLower;
    private int atUpper;

    private Diagnostics(int columns) {
        after = new double[columns];
        squares = new double[columns];
        sizes = new double[columns];
        atBound = new double[columns];
        largest = new double[columns];
        rows = new long[columns];
    }

    static Diagnostics of(Terms terms, double[] designWeights, double[] weights, Engine engine) {
        terms.countPasses(1);
        List<RowBlock> blocks = terms.design.blocks();
        return engine.reduce(blocks.size(), p -> part(terms, designWeights, weights, blocks.get(p)), Diagnostics::add);
    }

    private static Diagnostics part(Terms terms, double[] designWeights, double[] weights, RowBlock block) {
        Diagnostics sums = new Diagnostics(terms.design.columns());
        int[] ids = new int[64];
        double[] values = new double[64];
        for (int r = 0; r < block.rows(); r++) {
            int i = block.first() + r;
            double w = weights[i];
            boolean bound = sums.row(terms, i, designWeights[i], w);
            if (block.entries(r) > ids.length) {
                ids = new int[block.entries(r) * 2];
                values = new double[ids.length];
            }
            int count = w == 0 ? 0 : block.unpack(r, ids, values);
            for (int e = 0; e < count; e++) {
                double part = w * values[e];
                double size = Math.abs(part);
                int j = ids[e];
                sums.rows[j]++;
                sums.after[j] += part;
                sums.squares[j] += part * part;
                sums.sizes[j] += size;
                sums.atBound[j] += bound ? size : 0;
                sums.largest[j] = Math.max(sums.largest[j], size);
            }
        }
        return sums;
    }

    private boolean row(Terms terms, int i, double d, double w) {
        sum += w;
        sumOfSquares += w * w;
        negative += w < 0 ? 1 : 0;
        zero += w == 0 ? 1 : 0;
        if (d > 0) {
            chiSquare += (w - d) * (w - d) / d;
            entropy += w == 0 ? d : w * Math.log(w / d) - w + d;
        }
        // Rows set to zero have no bounds of their own.
        boolean lower = terms.d[i] > 0 && w <= terms.bounds.clip(terms.d[i] * terms.lower(i));
        boolean upper = terms.d[i] > 0 && w >= terms.bounds.clip(terms.d[i] * terms.upper(i));
        atLower += lower ? 1 : 0;
        atUpper += upper ? 1 : 0;
        return lower || upper;
    }

    private Diagnostics add(Diagnostics later) {
        Terms.addTo(after, later.after);
        Terms.addTo(squares, later.squares);
        Terms.addTo(sizes, later.sizes);
        Terms.addTo(atBound, later.atBound);
        for (int j = 0; j < largest.length; j++) {
            largest[j] = Math.max(largest[j], later.largest[j]);
            rows[j] += later.rows[j];
        }
        sum += later.sum;
        sumOfSquares += later.sumOfSquares;
        chiSquare += later.chiSquare;
        entropy += later.entropy;
        negative += later.negative;
        zero += later.zero;
        atLower += later.atLower;
        atUpper += later.atUpper;
        return this;
    }

    /// `(sum |w x|)^2 / sum (w x)^2` of a target: values of both signs may add up to 0 and still come
    /// from many rows.
    double effectiveRows(int j) {
        return squares[j] > 0 ? sizes[j] * sizes[j] / squares[j] : 0;
    }

    /// The greatest `|w x|` as a part of `sum |w x|`.
    double largestShare(int j) {
        return sizes[j] > 0 ? largest[j] / sizes[j] : 0;
    }

    /// The part of `sum |w x|` on rows at a bound.
    double atBoundShare(int j) {
        return sizes[j] > 0 ? atBound[j] / sizes[j] : 0;
    }

    WeightDistribution distribution(double[] designWeights, double[] weights, Boundary boundary) {
        double[] ratios = new double[weights.length];
        int n = 0;
        for (int i = 0; i < weights.length; i++) {
            if (designWeights[i] > 0) {
                ratios[n++] = weights[i] / designWeights[i];
            }
        }
        double effective = sumOfSquares > 0 ? sum * sum / sumOfSquares : 0;
        return new WeightDistribution(
                quantiles(Arrays.copyOf(ratios, n)),
                quantiles(weights.clone()),
                sum,
                negative,
                zero,
                boundary.nearlyZero(),
                boundary.atBounds(),
                atLower,
                atUpper,
                effective,
                weights.length / effective,
                chiSquare,
                entropy);
    }

    private static Quantiles quantiles(double[] values) {
        Arrays.sort(values);
        return new Quantiles(
                quantile(values, 0),
                quantile(values, 0.001),
                quantile(values, 0.01),
                quantile(values, 0.05),
                quantile(values, 0.25),
                quantile(values, 0.5),
                quantile(values, 0.75),
                quantile(values, 0.95),
                quantile(values, 0.99),
                quantile(values, 0.999),
                quantile(values, 1));
    }

    private static double quantile(double[] sorted, double p) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = p * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
