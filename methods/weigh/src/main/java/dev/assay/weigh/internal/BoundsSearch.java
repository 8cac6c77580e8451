package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Distance;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.Target;
import dev.assay.weigh.Targets;
import dev.assay.weigh.TightestBounds;
import dev.assay.weigh.TightestBounds.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The search of [TightestBounds].
public final class BoundsSearch {
    private static final int MOST_CUTS = 200;
    private static final int MOST_BISECTIONS = 60;
    /// Entries that linear programs may price.
    private static final long BUDGET = 40_000_000_000L;

    /// A combination of columns below this part of its terms is 0.
    private static final double VANISHING = 1e-10;

    private final Kind kind;
    private final CalibrationProblem problem;
    private final Engine engine;
    private final Progress progress;
    private final int[] exact;
    private final List<Cut> cuts = new ArrayList<>();
    /// `sum_i d_i |x_ij|`.
    private final double[] sizes;
    private long budget;
    private int solves;

    /// `upper * above - lower * below >= least` for all bounds within which weights exist.
    private record Cut(double above, double below, double least) {}

    private record Pair(double lower, double upper) {}

    private BoundsSearch(Kind kind, CalibrationProblem problem, Engine engine, Progress progress, long budget) {
        this.kind = kind;
        this.budget = budget;
        this.problem = problem.withoutRowBounds();
        this.engine = engine;
        this.progress = progress;
        Targets targets = problem.targets();
        this.exact = IntStream.range(0, targets.size())
                .filter(j -> targets.get(j).isExact())
                .toArray();
        this.sizes = new double[targets.size()];
    }

    /// See [TightestBounds#search].
    public static TightestBounds run(Kind kind, CalibrationProblem problem, Engine engine, Progress progress) {
        return run(kind, problem, engine, progress, BUDGET);
    }

    /// The same with a limit of the entries that linear programs may price.
    static TightestBounds run(Kind kind, CalibrationProblem problem, Engine engine, Progress progress, long budget) {
        return new BoundsSearch(kind, problem, engine, progress, budget).run();
    }

    private TightestBounds run() {
        singleTargets();
        boolean small = (double) problem.design().rows() * exact.length <= Feasibility.PROGRAM_LIMIT;
        if (!small && kind == Kind.RANGE) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "The narrowest range of bounds is searched by linear programs, which "
                            + problem.design().rows() + " rows by " + exact.length
                            + " targets are too many for; search symmetric bounds instead.");
        }
        return small ? byPrograms() : byBisection();
    }

    private TightestBounds byPrograms() {
        double[] hint = new double[problem.targets().size()];
        while (cuts.size() < MOST_CUTS + 2 * exact.length && budget > 0) {
            progress.at(solves, solves + 1L);
            Pair at = corner();
            MissProgram.Found found = MissProgram.solve(terms(at), problem.targets(), exact, hint, budget);
            solves++;
            budget -= found.used();
            if (found.optimal() && found.sum() <= Feasibility.MISS_NOISE) {
                return new TightestBounds(kind, at.lower, at.upper, measure(at), measure(at), solves);
            }
            hint = found.lambda();
            int before = cuts.size();
            cut(hint);
            // A cut that does not exclude the corner is rounding: what remains is below it.
            if (cuts.size() == before || !excludes(cuts.getLast(), at)) {
                Pair wider = new Pair(at.lower - TightestBounds.EXACT / 4, at.upper + TightestBounds.EXACT / 4);
                return new TightestBounds(kind, wider.lower, wider.upper, measure(at), measure(wider), solves);
            }
        }
        throw noBounds("the search did not end");
    }

    private TightestBounds byBisection() {
        Pair corner = corner();
        double proved = measure(corner);
        double failed = proved;
        double works = Double.POSITIVE_INFINITY;
        double[] multipliers = new double[problem.targets().size()];
        for (int i = 0; i < MOST_BISECTIONS && works - failed > TightestBounds.EXACT; i++) {
            progress.at(i, MOST_BISECTIONS);
            double delta = Double.isInfinite(works) ? Math.max(2 * failed, 0.01) : (failed + works) / 2;
            CalibrationResult result = Solve.run(
                    CalibrationSettings.of(new Distance.Linear(), Bounds.ofRatio(1 - delta, 1 + delta)),
                    problem.startingAt(multipliers),
                    engine,
                    Progress.none());
            solves++;
            if (result.converged()) {
                works = delta;
                multipliers = result.multipliers();
            } else {
                cut(result.multipliers());
                proved = Math.max(proved, measure(corner()));
                failed = Math.max(delta, proved);
                if (failed > 1e6) {
                    throw noBounds("even weights a million times the design weights do not meet the targets");
                }
            }
        }
        return new TightestBounds(kind, 1 - works, 1 + works, Math.min(proved, works), works, solves);
    }

    private static Fault noBounds(String why) {
        return Fault.of(
                Fault.Kind.BAD_DATA,
                "No bounds were found within which weights meet the targets: " + why
                        + "; calibrate without bounds to see which targets contradict each other.");
    }

    private Terms terms(Pair at) {
        return new Terms(problem, new Distance.Linear(), Bounds.ofRatio(at.lower, at.upper), engine);
    }

    private double measure(Pair at) {
        return kind == Kind.SYMMETRIC ? at.upper - 1 : at.upper - at.lower;
    }

    private static boolean excludes(Cut cut, Pair at) {
        return at.upper * cut.above - at.lower * cut.below < cut.least;
    }

    /// The narrowest bounds that no cut excludes.
    private Pair corner() {
        return kind == Kind.SYMMETRIC ? symmetric() : range();
    }

    private Pair symmetric() {
        double delta = 0;
        for (Cut cut : cuts) {
            delta = Math.max(delta, (cut.least - cut.above + cut.below) / (cut.above + cut.below));
        }
        return new Pair(1 - delta, 1 + delta);
    }

    /// The least upper bound is a convex function of the lower one, made of straight pieces: the optimum is
    /// where two of them meet, or at an end.
    private Pair range() {
        double highest = 1;
        List<Double> candidates = new ArrayList<>(List.of(0.0));
        for (Cut cut : cuts) {
            if (cut.above <= 0) {
                highest = Math.min(highest, -cut.least / cut.below);
            } else if (cut.below > 0) {
                candidates.add((cut.above - cut.least) / cut.below);
            }
        }
        if (highest < 0) {
            throw noBounds("some targets need negative weights");
        }
        candidates.add(highest);
        for (int a = 0; a < cuts.size(); a++) {
            for (int b = a + 1; b < cuts.size(); b++) {
                Cut one = cuts.get(a);
                Cut two = cuts.get(b);
                double slope = one.below / one.above - two.below / two.above;
                if (one.above > 0 && two.above > 0 && slope != 0) {
                    candidates.add((two.least / two.above - one.least / one.above) / slope);
                }
            }
        }
        Pair best = new Pair(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        for (double lower : candidates) {
            if (lower >= 0 && lower <= highest) {
                Pair pair = new Pair(lower, upperFor(lower));
                // Of equally narrow ones the greatest lower bound.
                double gain = measure(best) - measure(pair);
                if (gain > 0 || (gain == 0 && lower > best.lower)) {
                    best = pair;
                }
            }
        }
        return best;
    }

    private double upperFor(double lower) {
        double upper = 1;
        for (Cut cut : cuts) {
            if (cut.above > 0) {
                upper = Math.max(upper, (cut.least + lower * cut.below) / cut.above);
            }
        }
        return upper;
    }

    /// What each target proves alone, all in one pass.
    private void singleTargets() {
        int columns = problem.design().columns();
        List<RowBlock> blocks = problem.design().blocks();
        double[] d = problem.designWeights();
        double[] sums = engine.reduce(
                blocks.size(),
                p -> {
                    RowBlock block = blocks.get(p);
                    double[] part = new double[2 * columns];
                    int[] ids = new int[columns];
                    double[] values = new double[columns];
                    for (int r = 0; r < block.rows(); r++) {
                        int count = block.unpack(r, ids, values);
                        for (int e = 0; e < count; e++) {
                            part[values[e] > 0 ? ids[e] : columns + ids[e]] +=
                                    d[block.first() + r] * Math.abs(values[e]);
                        }
                    }
                    return part;
                },
                Terms::addTo);
        for (int j : exact) {
            double value = problem.targets().get(j).value();
            sizes[j] = sums[j] + sums[columns + j];
            if (sizes[j] > 0) {
                add(sums[j], sums[columns + j], value);
                add(sums[columns + j], sums[j], -value);
            } else if (value != 0) {
                throw noBounds("no row contributes to target '"
                        + problem.targets().get(j).name() + "'");
            }
        }
    }

    private void add(double above, double below, double least) {
        cuts.add(new Cut(above / (above + below), below / (above + below), least / (above + below)));
    }

    /// The half plane that these multipliers prove, restricted to targets that must be met.
    private void cut(double[] multipliers) {
        double[] lambda = new double[multipliers.length];
        double least = 0;
        for (int j : exact) {
            lambda[j] = multipliers[j];
            Target target = problem.targets().get(j);
            least += lambda[j] * target.value();
        }
        List<RowBlock> blocks = problem.design().blocks();
        double[] d = problem.designWeights();
        double[] sides = engine.reduce(
                blocks.size(),
                p -> {
                    RowBlock block = blocks.get(p);
                    double[] part = new double[2];
                    for (int r = 0; r < block.rows(); r++) {
                        double v = d[block.first() + r] * block.dot(r, lambda);
                        part[v > 0 ? 0 : 1] += Math.abs(v);
                    }
                    return part;
                },
                Terms::addTo);
        double whole = 0;
        for (int j : exact) {
            whole += Math.abs(lambda[j]) * sizes[j];
        }
        if (sides[0] + sides[1] > VANISHING * whole) {
            add(sides[0], sides[1], least);
        } else if (Math.abs(least) > 0) {
            throw noBounds("some targets are combinations of others, and their values are not");
        }
    }
}
