package dev.assay.trees.internal;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.trees.Predictors;
import dev.assay.trees.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Trees with the training rows of every leaf: a conditional distribution for each row of predictors.
///
/// Each tree is grown on its own sample, then **all** rows of the sample, drawn into the bootstrap or not, join
/// the leaves they fall into (Meinshausen 2006, section 3: the weights of equation 4 run over the whole
/// training set).
public final class Ensemble {
    /// How to grow.
    ///
    /// @param trees       number of trees
    /// @param minLeaf     least in-bag rows a leaf, repeats counted
    /// @param minSplit    least in-bag rows of a node that is split, repeats counted
    /// @param maxDepth    most splits to a leaf
    /// @param share       share of features a split
    /// @param bootstrap   bootstrap samples, or all rows for each tree
    /// @param bins        value bins of numeric features
    /// @param memoryLimit bytes of leaf membership
    public record Plan(
            int trees,
            int minLeaf,
            int minSplit,
            int maxDepth,
            double share,
            boolean bootstrap,
            int bins,
            long memoryLimit) {}

    private final Binning binning;
    private final Rows rows;
    private final Tree[] trees;
    private final Leaves[] leaves;
    private final double[][] leafWeights;
    private final double[] importances;
    private final double rowFraction;

    private Ensemble(Binning binning, Rows rows, List<Grown> grown, double rowFraction, int features) {
        this.binning = binning;
        this.rows = rows;
        this.rowFraction = rowFraction;
        trees = new Tree[grown.size()];
        leaves = new Leaves[grown.size()];
        leafWeights = new double[grown.size()][];
        importances = new double[features];
        double sum = 0;
        for (int t = 0; t < trees.length; t++) {
            Grown g = grown.get(t);
            trees[t] = g.tree();
            leaves[t] = g.leaves();
            leafWeights[t] = weigh(g);
            for (int f = 0; f < features; f++) {
                importances[f] += g.importance()[f];
                sum += g.importance()[f];
            }
        }
        for (int f = 0; f < features && sum > 0; f++) {
            importances[f] /= sum;
        }
    }

    private double[] weigh(Grown g) {
        double[] sums = new double[g.tree().leaves()];
        int[] members = g.leaves().members();
        for (int leaf = 0; leaf < sums.length; leaf++) {
            if (rows.equal()) {
                sums[leaf] = g.leaves().to(leaf) - g.leaves().from(leaf);
                continue;
            }
            for (int i = g.leaves().from(leaf); i < g.leaves().to(leaf); i++) {
                sums[leaf] += rows.weight()[members[i]];
            }
        }
        return sums;
    }

    /// Grows the trees, in parallel; tree t uses `seed.child(t)`, so the number of threads changes nothing.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) as [Rows#of] and [Binning#fit]
    public static Ensemble fit(
            Plan plan, Predictors x, Response y, double[] weights, Seed seed, Engine engine, Progress progress) {
        Rows rows = Rows.of(x, y, weights);
        Binning binning = Binning.fit(x, plan.bins(), engine);
        Codes codes = binning.apply(x, engine).at(rows.order());
        double[] centred = rows.centred();
        int n = rows.count();
        int sampled = (int) Math.max(1, Math.min(n, plan.memoryLimit() / (4L * plan.trees())));
        int features = codes.features();
        int tried = (int) Math.max(Math.min(features, 1), Math.round(plan.share() * features));
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        Queue<Grower> growers = new ConcurrentLinkedQueue<>();
        AtomicInteger done = new AtomicInteger();
        List<Grown> grown = engine.map(plan.trees(), t -> {
            Grower waiting = growers.poll();
            Grower grower = waiting == null ? grower(plan, codes, y, rows, centred, tried == features) : waiting;
            RandomGenerator random = seed.child(t).generator();
            int[] sample = Bootstrap.subset(n, sampled, random);
            double[] inBag = plan.bootstrap() ? Bootstrap.counts(rows, sample, random) : rows.weight();
            double[] count = plan.bootstrap() ? inBag : ones;
            Grown tree = grower.grow(sample, inBag, count, FeatureChoice.of(features, tried, random));
            growers.add(grower);
            synchronized (done) {
                progress.at(done.incrementAndGet(), plan.trees());
            }
            return tree;
        });
        return new Ensemble(binning, rows, grown, (double) sampled / n, features);
    }

    private static Grower grower(Plan plan, Codes codes, Response y, Rows rows, double[] centred, boolean all) {
        SplitSearch search = switch (y) {
            case Response.Numbers numbers -> new VarianceSearch(codes, centred, plan.minLeaf(), 0, all);
            case Response.Classes classes -> new GiniSearch(codes, rows.response(), classes.count(), plan.minLeaf());
        };
        return new Grower(
                codes, rows.response(), search, Math.max(plan.minSplit(), 2L * plan.minLeaf()), plan.maxDepth());
    }

    /// The codes of these rows, as routing wants them.
    public Codes codes(Predictors x, Engine engine) {
        return binning.apply(x, engine);
    }

    /// Number of trees.
    public int trees() {
        return trees.length;
    }

    Tree tree(int t) {
        return trees[t];
    }

    Leaves leaves(int t) {
        return leaves[t];
    }

    double leafWeight(int t, int leaf) {
        return leafWeights[t][leaf];
    }

    /// The training rows, by ascending response.
    public Rows rows() {
        return rows;
    }

    /// Share of the impurity's fall that each feature's splits brought; sums to 1, or 0 if nothing was split.
    public double[] importances() {
        return importances.clone();
    }

    /// Share of the training rows that each tree was given.
    public double rowFraction() {
        return rowFraction;
    }

    /// Leaves over all trees.
    public long leafCount() {
        long n = 0;
        for (Tree tree : trees) {
            n += tree.leaves();
        }
        return n;
    }
}
