package dev.assay.trees.internal;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.trees.DrawRule;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// The conditional distribution of an [Ensemble]: every tree has mass 1/B, spread over its leaf's members by
/// weight. Nothing is ever reduced to a grid of quantiles.
public final class Conditional {
    /// F is a sum of many small masses; a level counts as reached when it is missed by rounding only.
    private static final double ROUNDING = 1e-12;
    /// No such row.
    private static final int NONE = -1;

    private final Ensemble ensemble;
    private final Rows rows;
    private final Support support;
    private final int count;

    /// The distribution of this ensemble.
    public Conditional(Ensemble ensemble) {
        this.ensemble = ensemble;
        this.rows = ensemble.rows();
        this.support = Support.of(rows);
        this.count = ensemble.trees();
    }

    /// Leaf of each row of a block in each tree, `[trees, rows]`.
    private int[] route(Codes codes, int from, int to) {
        int n = to - from;
        int width = codes.features();
        byte[] block = codes.rowMajor(from, to);
        int[] leaf = new int[count * n];
        for (int t = 0; t < count; t++) {
            ensemble.tree(t).leaves(block, width, n, leaf, t * n);
        }
        return leaf;
    }

    /// For every row and each of its levels the smallest support point v with F(v) >= level, `[rows][levels]`.
    ///
    /// @param levels the levels in [0, 1] wanted for a row
    public double[][] quantiles(Codes codes, IntFunction<double[]> levels, Engine engine) {
        double[][] out = new double[codes.rows()][];
        Blocks.run(codes.rows(), engine, (block, from, to) -> {
            int[] leaf = route(codes, from, to);
            Masses masses = new Masses(ensemble);
            for (int i = 0; i < to - from; i++) {
                double[] wanted = levels.apply(from + i);
                double[] found = new double[wanted.length];
                for (int k = 0; k < found.length; k++) {
                    found[k] = wanted[k] * count - ROUNDING * count;
                }
                int[] reached = found.length == 0 ? new int[0] : masses.reach(leaf, i, to - from, found);
                for (int k = 0; k < found.length; k++) {
                    found[k] = rows.response()[reached[k]];
                }
                out[from + i] = found;
            }
        });
        return out;
    }

    /// A draw a row: a tree, and a member of its leaf by weight, which is a draw from F. An atom of the
    /// response is drawn as it is. For the interpolated rule the mass of any other support point lies
    /// evenly between the middles of the ways to its two neighbours in the mixture, as far as they are
    /// no atoms and no gap of the response lies between; so what one point loses upwards the next one
    /// gives back, and the mean stays.
    ///
    /// @param tail index and threshold of the tail, for INTERPOLATED_PARETO
    public double[] draw(Codes codes, DrawRule rule, Hill tail, Seed seed, Engine engine) {
        double[] out = new double[codes.rows()];
        Blocks.run(codes.rows(), engine, (block, from, to) -> {
            RandomGenerator random = seed.child(block).generator();
            switch (rule) {
                case STEP -> step(codes, from, to, random, out);
                case INTERPOLATED, INTERPOLATED_PARETO -> interpolate(codes, from, to, rule, tail, random, out);
            }
        });
        return out;
    }

    /// A draw a row from the first tree's leaf, blurred by that leaf's kernel unless it is an atom.
    public double[] drawSmooth(Codes codes, LeafKernel kernel, Seed seed, Engine engine) {
        double[] out = new double[codes.rows()];
        Blocks.run(codes.rows(), engine, (block, from, to) -> {
            RandomGenerator random = seed.child(block).generator();
            byte[] rowCodes = codes.rowMajor(from, to);
            for (int i = from, base = 0; i < to; i++, base += codes.features()) {
                int leaf = ensemble.tree(0).leaf(rowCodes, base);
                int row = member(0, leaf, random.nextDouble());
                out[i] = support.isAtom(row)
                        ? rows.response()[row]
                        : kernel.blur(leaf, rows.response()[row], v -> support.holds(row, v), random);
            }
        });
        return out;
    }

    private void step(Codes codes, int from, int to, RandomGenerator random, double[] out) {
        byte[] block = codes.rowMajor(from, to);
        int width = codes.features();
        for (int i = from, base = 0; i < to; i++, base += width) {
            int t = random.nextInt(count);
            int row = member(t, ensemble.tree(t).leaf(block, base), random.nextDouble());
            out[i] = rows.response()[row];
        }
    }

    private void interpolate(
            Codes codes, int from, int to, DrawRule rule, Hill tail, RandomGenerator random, double[] out) {
        int n = to - from;
        int[] leaf = route(codes, from, to);
        int[] at = new int[n];
        int[] neighbour = new int[n];
        double[] move = new double[n];
        boolean[] largest = new boolean[n];
        Arrays.fill(neighbour, NONE);
        for (int i = 0; i < n; i++) {
            int t = random.nextInt(count);
            at[i] = member(t, leaf[t * n + i], random.nextDouble());
            double u = 2 * random.nextDouble() - 1;
            move[i] = support.isAtom(at[i]) ? 0 : u;
            largest[i] = rule == DrawRule.INTERPOLATED_PARETO && !support.isAtom(at[i]);
        }
        for (int t = 0; t < count; t++) {
            Leaves leaves = ensemble.leaves(t);
            for (int i = 0; i < n; i++) {
                int l = leaf[t * n + i];
                if (move[i] < 0) {
                    neighbour[i] = below(leaves, l, at[i], neighbour[i]);
                } else if (move[i] > 0) {
                    neighbour[i] = above(leaves, l, at[i], neighbour[i]);
                }
                if (largest[i]) {
                    largest[i] = leaves.members()[leaves.to(l) - 1] <= at[i];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            double v = rows.response()[at[i]];
            if (largest[i] && tail.covers(v)) {
                out[from + i] = tail.beyond(v, (1 - move[i]) / 2);
            } else if (neighbour[i] == NONE || !support.joins(at[i], neighbour[i])) {
                out[from + i] = v;
            } else {
                // Between the two: written so that neither an overflow nor a value outside is possible.
                double other = rows.response()[neighbour[i]];
                double part = Math.abs(move[i]) / 2;
                double between = v * (1 - part) + other * part;
                out[from + i] = Math.clamp(between, Math.min(v, other), Math.max(v, other));
            }
        }
    }

    /// The larger one of `best` and the leaf's last member before `row`.
    private static int below(Leaves leaves, int leaf, int row, int best) {
        if (best == row - 1) {
            return best;
        }
        int at = leaves.firstAtLeast(leaf, row);
        return at > leaves.from(leaf) ? Math.max(best, leaves.members()[at - 1]) : best;
    }

    /// The smaller one of `best` and the leaf's first member after `row`.
    private static int above(Leaves leaves, int leaf, int row, int best) {
        if (best == row + 1) {
            return best;
        }
        int at = leaves.firstAtLeast(leaf, row + 1);
        if (at == leaves.to(leaf)) {
            return best;
        }
        int member = leaves.members()[at];
        return best == NONE ? member : Math.min(best, member);
    }

    private int member(int t, int leaf, double u) {
        Leaves leaves = ensemble.leaves(t);
        int from = leaves.from(leaf);
        int to = leaves.to(leaf);
        if (rows.equal()) {
            return leaves.members()[from + (int) (u * (to - from))];
        }
        double left = u * ensemble.leafWeight(t, leaf);
        int at = from;
        while (at < to - 1) {
            left -= rows.weight()[leaves.members()[at]];
            if (left < 0) {
                break;
            }
            at++;
        }
        return leaves.members()[at];
    }

    /// F at two points for each row, `[rows, 2]`: just below `y[row]` and at it.
    public double[][] around(Codes codes, IntFunction<double[]> values, boolean below, Engine engine) {
        double[][] out = new double[codes.rows()][];
        Blocks.run(codes.rows(), engine, (block, from, to) -> {
            int n = to - from;
            int[] leaf = route(codes, from, to);
            for (int i = 0; i < n; i++) {
                double[] wanted = values.apply(from + i);
                double[] f = new double[wanted.length];
                for (int k = 0; k < f.length; k++) {
                    int end = below
                            ? Rows.firstAtLeast(rows.response(), wanted[k])
                            : Rows.firstAbove(rows.response(), wanted[k]);
                    for (int t = 0; t < count; t++) {
                        f[k] += share(t, leaf[t * n + i], end);
                    }
                    f[k] /= count;
                }
                out[from + i] = f;
            }
        });
        return out;
    }

    /// Share of the leaf's weight that belongs to training rows before `end`.
    private double share(int t, int leaf, int end) {
        Leaves leaves = ensemble.leaves(t);
        int at = leaves.firstAtLeast(leaf, end);
        if (at == leaves.to(leaf)) {
            return 1;
        }
        if (rows.equal()) {
            return (at - leaves.from(leaf)) / ensemble.leafWeight(t, leaf);
        }
        double sum = 0;
        for (int i = leaves.from(leaf); i < at; i++) {
            sum += rows.weight()[leaves.members()[i]];
        }
        return sum / ensemble.leafWeight(t, leaf);
    }
}
