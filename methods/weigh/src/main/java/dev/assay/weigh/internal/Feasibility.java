package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.DependentTarget;
import dev.assay.weigh.Distance;
import dev.assay.weigh.Infeasibility;
import dev.assay.weigh.Infeasibility.Certificate;
import dev.assay.weigh.Infeasibility.Miss;
import dev.assay.weigh.Infeasibility.Reach;
import dev.assay.weigh.Infeasibility.SmallestMiss;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.Target;
import dev.assay.weigh.Targets;
import dev.assay.weigh.TightestBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Why no weights meet the targets: the totals within reach, a certificate, the smallest miss, a minimal
/// conflict.
final class Feasibility {
    /// Rows times targets up to which linear programs are run.
    static final double PROGRAM_LIMIT = 5e7;
    /// Entries that linear programs may price in one report, some tens of seconds of work at most.
    private static final long BUDGET = 20_000_000_000L;
    /// Feasibility solves of the deletion filter.
    private static final int FILTER_LIMIT = 200;
    /// A sum of relative misses below this is rounding.
    static final double MISS_NOISE = 1e-9;
    /// Part of its terms up to which a positive `v_i` counts as 0 where a weight has no upper bound.
    private static final double CERTIFICATE_ROUNDING = 1e-10;

    /// Passes over the design that making a certificate smaller may take.
    private static final int CERTIFICATE_PASSES = 150;
    /// What missing a target costs where the smallest miss is approximated, for each unit of design weight.
    private static final double GREAT_COST = 1e6;
    private static final double NEXT_TO_NOTHING = 1e-30;
    /// A relative miss below this is not listed where it is approximated.
    private static final double APPROXIMATE_NOISE = 1e-7;
    /// Entries that the search for workable bounds may price.
    private static final long BOUNDS_BUDGET = 10_000_000_000L;

    private final CalibrationSettings settings;
    private final CalibrationProblem problem;
    private final Terms terms;
    private final ColumnSummary columns;
    private final Targets targets;
    private final Engine engine;
    private long budget = BUDGET;

    Feasibility(
            CalibrationSettings settings,
            CalibrationProblem problem,
            Terms terms,
            ColumnSummary columns,
            Engine engine) {
        this.settings = settings;
        this.problem = problem;
        this.terms = terms;
        this.columns = columns;
        this.targets = problem.targets();
        this.engine = engine;
    }

    /// The targets that no weights reach, each on its own.
    List<Reach> impossible(int[] solved) {
        boolean signed = settings.distance().naturalLower() < 0
                && settings.bounds().lower() < 0
                && settings.bounds().least() < 0;
        List<Reach> list = new ArrayList<>();
        for (int j : solved) {
            Target target = targets.get(j);
            double slack = Math.max(settings.tolerance(), target.tolerance()) * target.scale();
            boolean outside = target.value() < columns.least[j] - slack || target.value() > columns.most[j] + slack;
            boolean zero = target.value() == 0 && columns.positive[j] != columns.negative[j] && !signed;
            if (outside || zero) {
                list.add(new Reach(target.name(), target.value(), columns.least[j], columns.most[j]));
            }
        }
        return list;
    }

    /// The report when single targets are out of reach.
    Infeasibility explain(int[] solved, List<Reach> impossible) {
        Reach one = impossible.getFirst();
        int j = targets.names().indexOf(one.name());
        double[] lambda = new double[targets.size()];
        lambda[j] = one.value() < one.least() ? -1 : 1;
        Optional<SmallestMiss> miss = programs(solved)
                ? Optional.of(program(solved, hint(solved))).map(found -> miss(solved, found))
                : approximateMiss(solved);
        return new Infeasibility(impossible, certificate(lambda), miss, List.of(one.name()), true, workable(solved));
    }

    /// The report when dependent targets disagree: the smallest set found, which is minimal because the
    /// others in a combination are independent and all of them occur in it.
    Infeasibility inconsistent(List<DependentTarget> dependent) {
        DependentTarget least = dependent.stream()
                .filter(d -> !d.agrees())
                .min(Comparator.comparingInt(d -> d.of().size()))
                .orElseThrow();
        List<String> members = new ArrayList<>(
                least.of().stream().map(DependentTarget.Term::name).toList());
        members.add(least.name());
        return new Infeasibility(List.of(), Optional.empty(), Optional.empty(), members, true, Optional.empty());
    }

    /// Looks for a proof that the targets cannot be met together.
    ///
    /// @param lambda the multipliers at which the solve stopped
    /// @return empty if they can, or if nothing was proved
    Optional<Infeasibility> prove(int[] solved, double[] lambda) {
        // Targets that may be missed prove nothing.
        double[] hint = new double[lambda.length];
        for (int j : solved) {
            hint[j] = lambda[j];
        }
        return proof(solved, hint);
    }

    private Optional<Infeasibility> proof(int[] solved, double[] lambda) {
        if (!programs(solved)) {
            return certificate(lambda).map(this::smaller).map(proof -> {
                List<String> support = support(proof.multipliers());
                return new Infeasibility(
                        List.of(),
                        Optional.of(proof),
                        approximateMiss(solved),
                        support,
                        support.size() == 1,
                        Optional.empty());
            });
        }
        MissProgram.Found found = program(solved, lambda);
        Optional<Certificate> proof = certificate(found.lambda());
        if (found.sum() <= MISS_NOISE || (!found.optimal() && proof.isEmpty())) {
            return Optional.empty();
        }
        int[] start = solved.length <= FILTER_LIMIT
                ? solved
                : IntStream.of(solved).filter(j -> found.lambda()[j] != 0).toArray();
        boolean[] complete = {true};
        List<String> conflict = filter(start, lambda, complete);
        return Optional.of(new Infeasibility(
                List.of(), proof, Optional.of(miss(solved, found)), conflict, complete[0], workable(solved)));
    }

    private boolean programs(int[] solved) {
        if ((double) terms.design.rows() * solved.length > PROGRAM_LIMIT) {
            return false;
        }
        for (int i = 0; i < terms.d.length; i++) {
            if (terms.d[i] > 0 && Double.isInfinite(terms.lower(i)) && Double.isInfinite(terms.upper(i))) {
                return false;
            }
        }
        return true;
    }

    private MissProgram.Found program(int[] chosen, double[] hint) {
        MissProgram.Found found = MissProgram.solve(terms, targets, chosen, hint, budget);
        budget -= found.used();
        return found;
    }

    /// Leaves out one target after the other, from last to first, as long as the rest stays in conflict.
    private List<String> filter(int[] start, double[] hint, boolean[] complete) {
        int[] kept = start;
        int solves = 0;
        for (int a = start.length - 1; a >= 0 && kept.length > 1; a--) {
            int candidate = start[a];
            int[] without = IntStream.of(kept).filter(j -> j != candidate).toArray();
            if (solves++ >= FILTER_LIMIT || budget <= 0) {
                complete[0] = false;
                break;
            }
            MissProgram.Found found = program(without, hint);
            complete[0] &= found.optimal();
            if (found.optimal() && found.sum() > MISS_NOISE) {
                kept = without;
            }
        }
        return IntStream.of(kept).mapToObj(j -> targets.get(j).name()).toList();
    }

    private double[] hint(int[] solved) {
        double[] hint = new double[targets.size()];
        for (int j : solved) {
            hint[j] = (targets.get(j).value() - columns.before[j])
                    / targets.get(j).scale()
                    / targets.get(j).scale();
        }
        return hint;
    }

    private SmallestMiss miss(int[] solved, MissProgram.Found found) {
        List<Miss> misses = new ArrayList<>();
        for (int a = 0; a < solved.length; a++) {
            if (Math.abs(found.misses()[a]) > MISS_NOISE) {
                misses.add(new Miss(targets.get(solved[a]).name(), found.misses()[a]));
            }
        }
        return new SmallestMiss(found.sum(), misses, found.optimal());
    }

    /// By how much weights within the bounds miss the targets if missing is dear.
    private Optional<SmallestMiss> approximateMiss(int[] solved) {
        boolean[] among = new boolean[targets.size()];
        for (int j : solved) {
            among[j] = true;
        }
        double cost = GREAT_COST * Arrays.stream(terms.d).sum();
        List<Target> list = new ArrayList<>();
        for (int j = 0; j < among.length; j++) {
            // A target that takes no part costs next to nothing.
            list.add(targets.get(j).withCost(among[j] ? cost : NEXT_TO_NOTHING));
        }
        Bounds bounds = settings.bounds();
        CalibrationSettings priced = CalibrationSettings.of(
                        new Distance.Linear(),
                        new Bounds(
                                Math.max(bounds.lower(), settings.distance().naturalLower()),
                                bounds.upper(),
                                bounds.least(),
                                bounds.most()))
                .withSolver(settings.solver())
                .withTolerance(APPROXIMATE_NOISE / 10);
        CalibrationProblem soft = problem.withDesignWeights(terms.d)
                .withTargets(new Targets(list))
                .startingAt(new double[list.size()]);
        CalibrationResult result = Solve.run(priced, soft, engine, Progress.none());
        if (!result.converged()) {
            return Optional.empty();
        }
        List<Miss> misses = new ArrayList<>();
        double sum = 0;
        for (int j : solved) {
            double miss = result.targets().get(j).errorAfter();
            sum += Math.abs(miss);
            if (Math.abs(miss) > APPROXIMATE_NOISE) {
                misses.add(new Miss(targets.get(j).name(), miss));
            }
        }
        misses.sort(Comparator.comparingDouble((Miss m) -> -Math.abs(m.relative())));
        return Optional.of(new SmallestMiss(sum, misses, false));
    }

    /// The narrowest symmetric bounds that would do, where linear programs can find them in good time.
    private Optional<TightestBounds> workable(int[] solved) {
        boolean bounded = !settings.bounds().isNone() || problem.rowBounds().isPresent();
        if (!bounded || !programs(solved)) {
            return Optional.empty();
        }
        try {
            CalibrationProblem whole = problem.withDesignWeights(terms.d);
            return Optional.of(
                    BoundsSearch.run(TightestBounds.Kind.SYMMETRIC, whole, engine, Progress.none(), BOUNDS_BUDGET));
        } catch (Fault none) {
            return Optional.empty();
        }
    }

    /// A certificate of fewer targets, found by leaving out ever smaller parts of those with the least say.
    private Certificate smaller(Certificate whole) {
        Certificate best = whole;
        int tries = 0;
        int part = Math.max(1, support(whole.multipliers()).size() / 2);
        while (tries < CERTIFICATE_PASSES) {
            double[] lambda = best.multipliers();
            int[] order = IntStream.range(0, lambda.length)
                    .filter(j -> lambda[j] != 0)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            j -> Math.abs(lambda[j]) * targets.get(j).scale()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            boolean shrunk = false;
            for (int from = 0; from < order.length && order.length > 1 && tries < CERTIFICATE_PASSES; from += part) {
                double[] fewer = best.multipliers().clone();
                for (int k = from; k < Math.min(order.length, from + part); k++) {
                    fewer[order[k]] = 0;
                }
                Optional<Certificate> proof = certificate(fewer);
                tries++;
                if (proof.isPresent()) {
                    best = proof.get();
                    shrunk = true;
                }
            }
            if (part == 1 && !shrunk) {
                break;
            }
            part = Math.max(1, part / 2);
        }
        return best;
    }

    private List<String> support(double[] lambda) {
        return IntStream.range(0, lambda.length)
                .filter(j -> lambda[j] != 0)
                .mapToObj(j -> targets.get(j).name())
                .toList();
    }

    /// The multipliers as a certificate, if one pass over the rows confirms them.
    private Optional<Certificate> certificate(double[] lambda) {
        terms.countPasses(1);
        List<RowBlock> blocks = terms.design.blocks();
        double bound = engine.reduce(
                blocks.size(),
                p -> {
                    RowBlock block = blocks.get(p);
                    int[] ids = new int[lambda.length];
                    double[] values = new double[lambda.length];
                    double sum = 0;
                    for (int r = 0; r < block.rows(); r++) {
                        int i = block.first() + r;
                        if (terms.d[i] == 0) {
                            continue;
                        }
                        double v = 0;
                        double size = 0;
                        int count = block.unpack(r, ids, values);
                        for (int e = 0; e < count; e++) {
                            double term = lambda[ids[e]] * values[e];
                            v += term;
                            size += Math.abs(term);
                        }
                        double bounding = terms.d[i] * (v > 0 ? terms.upper(i) : terms.lower(i));
                        boolean rounding = Math.abs(v) <= CERTIFICATE_ROUNDING * size;
                        sum += v == 0 || (Double.isInfinite(bounding) && rounding) ? 0 : bounding * v;
                    }
                    return sum;
                },
                Double::sum);
        double value = 0;
        double size = 0;
        for (int j = 0; j < lambda.length; j++) {
            value += lambda[j] * targets.get(j).value();
            size += Math.abs(lambda[j] * targets.get(j).value());
        }
        double margin = (value - bound) / Math.max(Math.abs(value), Math.abs(bound));
        boolean proves = value - bound > 1e-12 * size && Double.isFinite(margin);
        return proves
                ? Optional.of(new Certificate(Arrays.copyOf(lambda, lambda.length), margin, CERTIFICATE_ROUNDING))
                : Optional.empty();
    }
}
