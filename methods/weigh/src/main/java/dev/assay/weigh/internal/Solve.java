package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.CalibrationStatus;
import dev.assay.weigh.DependentTarget;
import dev.assay.weigh.Design;
import dev.assay.weigh.Distance;
import dev.assay.weigh.Infeasibility;
import dev.assay.weigh.Target;
import dev.assay.weigh.TargetDiagnostic;
import dev.assay.weigh.TargetDiagnostic.Part;
import dev.assay.weigh.Targets;
import dev.assay.weigh.ZeroTargets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// One calibration from checked input to result: preparation, the solve, and the verdict on stored weights.
public final class Solve {
    /// Most targets for which dependence is looked for after a failed iterative solve: their Gram matrix
    /// is formed.
    private static final int DEPENDENCE_LIMIT = 8_192;
    /// Relative rounding of a value predicted from a combination, whose coefficients come from a factored
    /// matrix.
    private static final double PREDICTION_ROUNDING = 1e-8;

    private final CalibrationSettings settings;
    private CalibrationProblem problem;
    private final Design design;
    private final double[] designWeights;
    private Targets targets;
    private final Engine engine;
    private final Part[] parts;
    private Terms terms;
    private ColumnSummary columns;

    private Solve(CalibrationSettings settings, CalibrationProblem problem, Engine engine) {
        this.settings = settings;
        this.problem = problem;
        this.design = problem.design();
        this.designWeights = problem.designWeights();
        this.targets = problem.targets();
        this.engine = engine;
        this.parts = new Part[targets.size()];
        Arrays.fill(parts, Part.SOLVED);
        this.terms = terms(designWeights);
        this.columns = ColumnSummary.of(terms, engine);
    }

    /// Calibrates; see [dev.assay.weigh.Calibration].
    public static CalibrationResult run(
            CalibrationSettings settings, CalibrationProblem problem, Engine engine, Progress progress) {
        int bad = rowWithoutRoom(settings, problem, engine);
        if (bad >= 0) {
            // No weight is within the bounds, so the design weights are shown, and without bounds.
            Solve shown = new Solve(
                    settings.distance() instanceof Distance.Logit
                            ? CalibrationSettings.raking()
                            : settings.withBounds(Bounds.none()),
                    problem.withoutRowBounds(),
                    engine);
            return shown.stopped(CalibrationStatus.BAD_BOUNDS, roomSentence(settings, bad), Optional.empty());
        }
        return new Solve(settings, problem, engine).run(progress);
    }

    /// What is left to solve for once targets of 0 are dealt with.
    ///
    /// @param problem       with targets of 0 that may be missed, if that was asked
    /// @param designWeights 0 for rows that were set to 0
    record Settled(CalibrationProblem problem, double[] designWeights) {}

    static Settled settled(CalibrationSettings settings, CalibrationProblem problem, Engine engine) {
        if (settings.zeroTargets() == ZeroTargets.ERROR) {
            return new Settled(problem, problem.designWeights());
        }
        Solve solve = new Solve(settings, problem, engine);
        solve.settleZeroTargets();
        solve.settlePenalisedZeros();
        return new Settled(solve.problem, solve.terms.d);
    }

    private CalibrationResult run(Progress progress) {
        settleZeroTargets();
        settlePenalisedZeros();
        List<String> empty = settleEmptyColumns();
        if (!empty.isEmpty()) {
            return stopped(
                    CalibrationStatus.EMPTY_SUPPORT,
                    "No row with a positive design weight contributes to " + Sentences.names(empty)
                            + ", whose value is not 0; widen the filter or leave the target out.",
                    Optional.empty());
        }
        Feasibility feasibility = new Feasibility(settings, problem, terms, columns, engine);
        List<Infeasibility.Reach> impossible = feasibility.impossible(exact(solved()));
        if (!impossible.isEmpty()) {
            Infeasibility why = feasibility.explain(exact(solved()), impossible);
            return stopped(CalibrationStatus.INFEASIBLE, Sentences.infeasible(why), Optional.of(why));
        }
        double[] scales = new double[targets.size()];
        for (int j = 0; j < scales.length; j++) {
            scales[j] = columns.squares[j] > 0 ? Math.sqrt(columns.squares[j]) : 1;
        }
        return settings.isExplicit(solved().length)
                ? explicit(scales, feasibility, progress)
                : iterative(scales, feasibility, progress);
    }

    private CalibrationResult explicit(double[] scales, Feasibility feasibility, Progress progress) {
        Packed gram = terms.gram();
        // Targets that may be missed have a term of their own on the diagonal, so dependence does no harm
        // there.
        Dependence.Split split = Dependence.of(gram, scales, exact(solved()), tolerances());
        split.dependent().keySet().forEach(j -> parts[j] = Part.DEPENDENT);
        // F'(0) = 1 without bounds, so the Gram matrix is the first Hessian.
        Packed first = settings.bounds().isNone() && problem.rowBounds().isEmpty() ? gram : null;
        int[] active = solved();
        Newton.Outcome outcome = new Newton(settings, terms, targets, active, scales, problem.start())
                .run(new ExplicitDirections(terms, first, active, scales), progress);
        double[] weights = terms.weights(outcome.lambda());
        Diagnostics sums = Diagnostics.of(terms, designWeights, weights, engine);
        List<DependentTarget> dependent = dependent(split.dependent(), (j, predicted) -> met(sums.after[j], j, 0));
        return verdict(outcome, exact(active), dependent, weights, sums, feasibility);
    }

    private CalibrationResult iterative(double[] scales, Feasibility feasibility, Progress progress) {
        int[] active = solved();
        Newton.Outcome outcome = new Newton(settings, terms, targets, active, scales, problem.start())
                .run(new ConjugateDirections(terms, targets, active, scales), progress);
        double[] weights = terms.weights(outcome.lambda());
        Diagnostics sums = Diagnostics.of(terms, designWeights, weights, engine);
        if (outcome.met() || active.length > DEPENDENCE_LIMIT) {
            return verdict(outcome, exact(active), List.of(), weights, sums, feasibility);
        }
        // A failure may come from dependent targets that disagree. Their predicted values tell, as there
        // is no
        // solution.
        Dependence.Split split = Dependence.of(terms.gram(), scales, exact(active), tolerances());
        List<DependentTarget> dependent =
                dependent(split.dependent(), (j, predicted) -> met(predicted, j, PREDICTION_ROUNDING));
        return verdict(outcome, split.independent(), dependent, weights, sums, feasibility);
    }

    private double[] tolerances() {
        return targets.list().stream().mapToDouble(Target::tolerance).toArray();
    }

    private CalibrationResult verdict(
            Newton.Outcome outcome,
            int[] active,
            List<DependentTarget> dependent,
            double[] weights,
            Diagnostics sums,
            Feasibility feasibility) {
        boolean dependentMet = dependent.stream().allMatch(DependentTarget::agrees);
        if (IntStream.range(0, parts.length).allMatch(j -> settled(sums.after[j], outcome.lambda(), j))) {
            Boundary boundary = Boundary.of(terms, problem, settings, weights, false, engine);
            return result(
                    boundary.sentence().isPresent()
                            ? CalibrationStatus.CONVERGED_AT_BOUNDARY
                            : penalised() ? CalibrationStatus.CONVERGED_PENALISED : CalibrationStatus.CONVERGED,
                    Sentences.met(
                            penalised()
                                    ? "Every target that must be met is met by the stored weights, and the others are missed by"
                                            + " what their costs make best"
                                    : "Every target is met by the stored weights",
                            boundary),
                    weights,
                    sums,
                    outcome,
                    dependent,
                    Optional.empty(),
                    boundary);
        }
        if (!dependentMet && (outcome.met() || !settings.isExplicit(active.length + dependent.size()))) {
            return result(
                    CalibrationStatus.INCONSISTENT,
                    Sentences.inconsistent(dependent),
                    weights,
                    sums,
                    outcome,
                    dependent,
                    Optional.of(feasibility.inconsistent(dependent)));
        }
        Optional<Infeasibility> why = feasibility.prove(active, outcome.lambda());
        return result(
                why.isPresent() ? CalibrationStatus.INFEASIBLE : CalibrationStatus.NOT_CONVERGED,
                why.map(Sentences::infeasible).orElse(Sentences.notConverged(outcome, settings)),
                weights,
                sums,
                outcome,
                dependent,
                why);
    }

    private interface Agreement {
        boolean of(int target, double predicted);
    }

    private List<DependentTarget> dependent(Map<Integer, Map<Integer, Double>> combinations, Agreement agreement) {
        List<DependentTarget> list = new ArrayList<>();
        combinations.forEach((j, combination) -> {
            List<DependentTarget.Term> of = new ArrayList<>();
            double predicted = 0;
            for (Map.Entry<Integer, Double> term : combination.entrySet()) {
                of.add(new DependentTarget.Term(
                        term.getValue(), targets.get(term.getKey()).name()));
                predicted += term.getValue() * targets.get(term.getKey()).value();
            }
            list.add(new DependentTarget(targets.get(j).name(), of, predicted, agreement.of(j, predicted)));
        });
        return list;
    }

    /// Sets rows to zero, if asked, until no target of 0 has contributions of one sign left.
    private void settleZeroTargets() {
        while (settings.zeroTargets() == ZeroTargets.ZERO_ROWS) {
            boolean[] zeroed = new boolean[targets.size()];
            boolean any = false;
            for (int j = 0; j < zeroed.length; j++) {
                zeroed[j] = targets.get(j).value() == 0 && columns.positive[j] != columns.negative[j];
                any |= zeroed[j];
            }
            if (!any || !zeroAllowed()) {
                return;
            }
            double[] left = terms.d.clone();
            double[] marks = new double[targets.size()];
            for (int j = 0; j < marks.length; j++) {
                marks[j] = zeroed[j] ? (columns.positive[j] ? 1 : -1) : 0;
                parts[j] = zeroed[j] ? Part.ROWS_ZEROED : parts[j];
            }
            for (var block : design.blocks()) {
                for (int r = 0; r < block.rows(); r++) {
                    // Signs agree within a marked column, so a row's dot is 0 only if no marked column
                    // touches it.
                    if (block.dot(r, marks) != 0) {
                        left[block.first() + r] = 0;
                    }
                }
            }
            int passes = terms.passes();
            terms = terms(left);
            terms.countPasses(passes + 1);
            columns = ColumnSummary.of(terms, engine);
        }
    }

    /// Makes targets of 0 that only zero weights can meet into ones that may be missed, if asked.
    private void settlePenalisedZeros() {
        if (settings.zeroTargets() != ZeroTargets.PENALISE) {
            return;
        }
        List<Target> list = new ArrayList<>(targets.list());
        for (int j = 0; j < list.size(); j++) {
            boolean zero = list.get(j).value() == 0 && columns.positive[j] != columns.negative[j];
            if (zero && list.get(j).isExact()) {
                list.set(j, list.get(j).withCost(Target.SOFT_COST));
            }
        }
        problem = problem.withTargets(new Targets(list));
        targets = problem.targets();
        int passes = terms.passes();
        terms = terms(terms.d);
        terms.countPasses(passes);
    }

    private boolean zeroAllowed() {
        return settings.bounds().lower() <= 0
                && settings.bounds().least() <= 0
                && settings.bounds().upper() >= 0
                && settings.bounds().most() >= 0;
    }

    private List<String> settleEmptyColumns() {
        List<String> empty = new ArrayList<>();
        for (int j = 0; j < parts.length; j++) {
            if (columns.rows[j] == 0 && parts[j] == Part.SOLVED) {
                boolean asked = targets.get(j).value() != 0;
                parts[j] = asked ? Part.WITHOUT_SUPPORT : Part.DROPPED_EMPTY;
                if (asked && targets.get(j).isExact()) {
                    empty.add(targets.get(j).name());
                }
            }
        }
        return empty;
    }

    private int[] solved() {
        return IntStream.range(0, parts.length)
                .filter(j -> parts[j] == Part.SOLVED)
                .toArray();
    }

    /// The targets among these that must be met.
    private int[] exact(int[] among) {
        return IntStream.of(among).filter(j -> targets.get(j).isExact()).toArray();
    }

    private boolean penalised() {
        return targets.list().stream().anyMatch(t -> !t.isExact());
    }

    /// Whether a target is met or, if it may be missed, missed by exactly what its cost makes best.
    private boolean settled(double total, double[] lambda, int j) {
        if (targets.get(j).isExact()) {
            return met(total, j, 0);
        }
        return parts[j] == Part.WITHOUT_SUPPORT || met(total + lambda[j] * terms.ridge[j], j, 0);
    }

    private boolean met(double total, int j, double rounding) {
        double error = Math.abs(total - targets.get(j).value()) / targets.get(j).scale();
        return error
                <= Math.max(
                        rounding, Math.max(settings.tolerance(), targets.get(j).tolerance()));
    }

    private CalibrationResult stopped(CalibrationStatus status, String sentence, Optional<Infeasibility> why) {
        double[] weights = terms.d.clone();
        return result(
                status,
                sentence,
                weights,
                Diagnostics.of(terms, designWeights, weights, engine),
                new Newton.Outcome(false, new double[targets.size()], 0, List.of()),
                List.of(),
                why);
    }

    private CalibrationResult result(
            CalibrationStatus status,
            String sentence,
            double[] weights,
            Diagnostics sums,
            Newton.Outcome outcome,
            List<DependentTarget> dependent,
            Optional<Infeasibility> why) {
        return result(status, sentence, weights, sums, outcome, dependent, why, new Boundary(0, 0, Optional.empty()));
    }

    private CalibrationResult result(
            CalibrationStatus status,
            String sentence,
            double[] weights,
            Diagnostics sums,
            Newton.Outcome outcome,
            List<DependentTarget> dependent,
            Optional<Infeasibility> why,
            Boundary boundary) {
        List<TargetDiagnostic> list = new ArrayList<>();
        double[] before = terms.d == designWeights ? columns.before : terms.totals(designWeights);
        for (int j = 0; j < targets.size(); j++) {
            double value = targets.get(j).value();
            double scale = targets.get(j).scale();
            list.add(new TargetDiagnostic(
                    targets.get(j).name(),
                    value,
                    before[j],
                    sums.after[j],
                    (before[j] - value) / scale,
                    (sums.after[j] - value) / scale,
                    outcome.lambda()[j],
                    sums.rows[j],
                    sums.effectiveRows(j),
                    sums.largestShare(j),
                    sums.atBoundShare(j),
                    met(sums.after[j], j, 0),
                    targets.get(j).cost(),
                    parts[j]));
        }
        return new CalibrationResult(
                status,
                sentence,
                weights,
                outcome.lambda(),
                outcome.steps(),
                terms.passes(),
                design.bytes(),
                list,
                sums.distribution(designWeights, weights, boundary),
                outcome.history(),
                dependent,
                why);
    }

    private Terms terms(double[] d) {
        return new Terms(problem.withDesignWeights(d), settings.distance(), settings.bounds(), engine);
    }

    private static int rowWithoutRoom(CalibrationSettings settings, CalibrationProblem problem, Engine engine) {
        if (settings.bounds().isNone() && problem.rowBounds().isEmpty()) {
            return -1;
        }
        Terms terms = new Terms(problem, settings.distance(), settings.bounds(), engine);
        for (int i = 0; i < terms.d.length; i++) {
            if (terms.d[i] > 0) {
                double lower = terms.lower(i);
                double upper = terms.upper(i);
                boolean room = settings.distance() instanceof Distance.Logit ? lower < 1 && 1 < upper : lower <= upper;
                if (!room) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static String roomSentence(CalibrationSettings settings, int row) {
        return settings.distance() instanceof Distance.Logit
                ? "On row " + (row + 1)
                        + " the bounds do not enclose a ratio of 1, which the logit distance needs; widen them"
                        + " or use the linear distance with bounds."
                : "On row " + (row + 1) + " the ratio and the absolute bounds leave no weight; widen one of them.";
    }
}
