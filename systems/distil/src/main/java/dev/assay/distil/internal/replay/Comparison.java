package dev.assay.distil.internal.replay;

import dev.assay.distil.AnswerMatch;
import dev.assay.distil.GateVerdict;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplayTask;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.inference.PairedOutcomes;
import dev.assay.inference.Proportion;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Two replays of the same tasks side by side.
public final class Comparison {
    /// A task under both. `rightTreatment` and `rightBaseline` are absent without a reference.
    private record Pair(
            ReplayRun treatment,
            ReplayRun baseline,
            Optional<Boolean> rightTreatment,
            Optional<Boolean> rightBaseline) {
        boolean answered() {
            return treatment.modelError().isEmpty() && baseline.modelError().isEmpty();
        }
    }

    /// A measure of yes or no, over the pairs that have it.
    private record Measured(String name, String title, PairedOutcomes outcomes) {}

    private final List<Pair> all;
    private final List<Pair> pairs;
    private final List<Measured> measures;

    private Comparison(List<Pair> all) {
        this.all = all;
        this.pairs = all.stream().filter(Pair::answered).toList();
        this.measures = measures(pairs);
    }

    /// Pairs runs by task.
    ///
    /// @param tasks with references, if they are known
    /// @throws Fault (BAD_DATA) if the replays are not of the same tasks, or no task was answered in both
    public static Comparison of(
            List<ReplayRun> treatment, List<ReplayRun> baseline, Optional<List<ReplayTask>> tasks, AnswerMatch match) {
        Map<String, ReplayRun> other = byTask(baseline, "baseline");
        byTask(treatment, "treatment");
        Map<String, String> references = new HashMap<>();
        tasks.ifPresent(list ->
                list.forEach(task -> task.reference().ifPresent(reference -> references.put(task.id(), reference))));
        List<Pair> pairs = new ArrayList<>();
        for (ReplayRun run : treatment) {
            ReplayRun twin = other.remove(run.taskId());
            if (twin == null || !twin.taskHash().equals(run.taskHash())) {
                throw different();
            }
            Optional<String> reference = Optional.ofNullable(references.get(run.taskId()));
            pairs.add(new Pair(
                    run,
                    twin,
                    reference.map(r -> Answers.right(match, run.response(), r)),
                    reference.map(r -> Answers.right(match, twin.response(), r))));
        }
        if (!other.isEmpty()) {
            throw different();
        }
        Comparison comparison = new Comparison(pairs);
        if (comparison.pairs.isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "no task was answered in both replays: look at their model errors and replay again");
        }
        return comparison;
    }

    private static Map<String, ReplayRun> byTask(List<ReplayRun> runs, String which) {
        Map<String, ReplayRun> byTask = new HashMap<>();
        for (ReplayRun run : runs) {
            if (byTask.put(run.taskId(), run) != null) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "a task stands twice in this replay: give the runs of one distil.replay")
                        .at(which);
            }
        }
        return byTask;
    }

    private static Fault different() {
        return Fault.of(
                Fault.Kind.BAD_DATA, "the two replays are not of the same tasks: replay the same file of tasks twice");
    }

    private static List<Measured> measures(List<Pair> pairs) {
        List<Measured> measures = new ArrayList<>();
        if (pairs.isEmpty()) {
            return measures;
        }
        measures.add(new Measured(
                "gate-pass",
                "gate passed",
                outcomes(pairs, p -> p.treatment().passed(), p -> p.baseline().passed())));
        List<Pair> referenced =
                pairs.stream().filter(p -> p.rightTreatment().isPresent()).toList();
        if (!referenced.isEmpty()) {
            measures.add(new Measured(
                    "right",
                    "right answer",
                    outcomes(
                            referenced,
                            p -> p.rightTreatment().orElse(false),
                            p -> p.rightBaseline().orElse(false))));
        }
        return measures;
    }

    private static PairedOutcomes outcomes(List<Pair> pairs, Predicate<Pair> treatment, Predicate<Pair> baseline) {
        long both = 0;
        long first = 0;
        long second = 0;
        for (Pair pair : pairs) {
            boolean t = treatment.test(pair);
            boolean b = baseline.test(pair);
            both += t && b ? 1 : 0;
            first += t && !b ? 1 : 0;
            second += !t && b ? 1 : 0;
        }
        return new PairedOutcomes(both, first, second, pairs.size() - both - first - second);
    }

    /// Says what came out.
    public void tell(StageContext context) {
        context.count("records_in", all.size());
        context.count("records_out", pairs.size());
        context.count("skip.model_error", all.size() - pairs.size());
        List<List<Object>> shown = new ArrayList<>();
        for (Measured each : measures) {
            tell(context, each, shown);
        }
        double[][] grounded = grounded();
        if (grounded[0].length > 0) {
            long seed = context.seed().child("grounded").asLong();
            double[] difference = new double[grounded[0].length];
            for (int i = 0; i < difference.length; i++) {
                difference[i] = grounded[0][i] - grounded[1][i];
            }
            context.measured(Shares.mean("grounded.treatment", grounded[0], seed, context.engine()));
            context.measured(Shares.mean("grounded.baseline", grounded[1], seed, context.engine()));
            context.measured(Shares.mean("grounded.difference", difference, seed, context.engine()));
        }
        context.table(new Listing(
                "Paired comparison",
                "Tasks answered in both replays. Intervals of 95 %: Wilson for shares, Tango for the difference. Test: exact "
                        + "McNemar, two-sided; " + measures.size()
                        + (measures.size() == 1 ? " comparison." : " comparisons, p not corrected for their number."),
                List.of(
                        "measure",
                        "tasks",
                        "treatment",
                        "baseline",
                        "difference",
                        "low",
                        "high",
                        "only treatment",
                        "only baseline",
                        "p"),
                shown));
        figure(context);
        warn(context);
    }

    private static void tell(StageContext context, Measured each, List<List<Object>> shown) {
        PairedOutcomes outcomes = each.outcomes();
        long n = outcomes.tasks();
        Proportion.Ends ends = outcomes.differenceInterval(Shares.LEVEL);
        context.measured(
                Shares.share(each.name() + ".treatment", outcomes.first().successes(), n));
        context.measured(
                Shares.share(each.name() + ".baseline", outcomes.second().successes(), n));
        context.measured(Metric.estimate(
                each.name() + ".difference", outcomes.difference(), ends.low(), ends.high(), n, "task"));
        context.measured(Metric.exact(each.name() + ".p", outcomes.mcNemar(), n));
        shown.add(List.of(
                each.title(),
                n,
                outcomes.first().value(),
                outcomes.second().value(),
                outcomes.difference(),
                ends.low(),
                ends.high(),
                outcomes.onlyFirst(),
                outcomes.onlySecond(),
                outcomes.mcNemar()));
    }

    private void figure(StageContext context) {
        List<Figure.IntervalSeries> series = new ArrayList<>();
        for (boolean treatment : new boolean[] {true, false}) {
            List<Proportion> shares = measures.stream()
                    .map(m -> treatment ? m.outcomes().first() : m.outcomes().second())
                    .toList();
            series.add(new Figure.IntervalSeries(
                    treatment ? "treatment" : "baseline",
                    shares.stream().map(Proportion::value).toList(),
                    shares.stream().map(s -> s.wilson(Shares.LEVEL).low()).toList(),
                    shares.stream().map(s -> s.wilson(Shares.LEVEL).high()).toList()));
        }
        context.figure(new Figure.Intervals(
                "Shares of tasks",
                "Intervals of single shares overlap more than the paired comparison would: read the difference in the table.",
                "share of tasks",
                measures.stream().map(Measured::title).toList(),
                series));
    }

    private void warn(StageContext context) {
        if (all.size() > pairs.size()) {
            context.warn((all.size() - pairs.size()) + " of " + all.size()
                    + " tasks got no answer in one of the replays and are left out of the comparison");
        }
        if (different(run -> run.escalationPath().getFirst())) {
            context.warn("The two replays asked different models: the difference is not that of retrieval alone.");
        }
        if (all.stream()
                .flatMap(p -> Stream.of(p.treatment(), p.baseline()))
                .anyMatch(run -> run.escalationPath().size() > 1)) {
            context.warn("Some tasks went on to a second model: the difference is that of the whole chain.");
        }
        List<ReplayRun> treated = all.stream().map(Pair::treatment).toList();
        long own = Memory.tasks(treated);
        if (own > 0) {
            context.warn(Memory.warning(own, treated.size()));
        }
        if (all.stream().allMatch(p -> p.treatment().arm() == p.baseline().arm())) {
            context.warn("Both replays are of the same arm: both with retrieval, or both without.");
        }
    }

    private boolean different(java.util.function.Function<ReplayRun, String> of) {
        return all.stream().anyMatch(p -> !of.apply(p.treatment()).equals(of.apply(p.baseline())));
    }

    /// Grounded parts of pairs that have both, `[2][pairs]`.
    private double[][] grounded() {
        List<Pair> both = pairs.stream()
                .filter(p -> grounded(p.treatment()).isPresent()
                        && grounded(p.baseline()).isPresent())
                .toList();
        return new double[][] {
            both.stream()
                    .mapToDouble(p -> grounded(p.treatment()).orElse(Double.NaN))
                    .toArray(),
            both.stream()
                    .mapToDouble(p -> grounded(p.baseline()).orElse(Double.NaN))
                    .toArray()
        };
    }

    private static OptionalDouble grounded(ReplayRun run) {
        return run.verdict().map(GateVerdict::grounded).orElse(OptionalDouble.empty());
    }

    /// A row for each measure.
    public Frame summary() {
        int n = measures.size();
        double[][] numbers = new double[8][n];
        long[][] counts = new long[5][n];
        for (int i = 0; i < n; i++) {
            PairedOutcomes o = measures.get(i).outcomes();
            Proportion.Ends ends = o.differenceInterval(Shares.LEVEL);
            Proportion.Ends first = o.first().wilson(Shares.LEVEL);
            Proportion.Ends second = o.second().wilson(Shares.LEVEL);
            double[] row = {
                first.low(),
                first.high(),
                second.low(),
                second.high(),
                o.difference(),
                ends.low(),
                ends.high(),
                o.mcNemar()
            };
            long[] tally = {o.tasks(), o.first().successes(), o.second().successes(), o.onlyFirst(), o.onlySecond()};
            for (int j = 0; j < row.length; j++) {
                numbers[j][i] = row[j];
            }
            for (int j = 0; j < tally.length; j++) {
                counts[j][i] = tally[j];
            }
        }
        Frame frame = Frame.empty()
                .with(
                        "measure",
                        Column.Texts.of(measures.stream().map(Measured::name).toArray(String[]::new)));
        String[] whole = {"tasks", "treatment", "baseline", "only_treatment", "only_baseline"};
        for (int j = 0; j < whole.length; j++) {
            frame = frame.with(whole[j], Column.Longs.of(counts[j]));
        }
        String[] real = {
            "treatment_low",
            "treatment_high",
            "baseline_low",
            "baseline_high",
            "difference",
            "difference_low",
            "difference_high",
            "p"
        };
        for (int j = 0; j < real.length; j++) {
            frame = frame.with(real[j], Column.Doubles.of(numbers[j]));
        }
        return frame;
    }

    /// A row for each task, those without an answer included.
    public Frame pairs() {
        return Frame.empty()
                .with("task_id", texts(p -> p.treatment().taskId()))
                .with("treatment_passed", flags(p -> p.treatment().passed()))
                .with("baseline_passed", flags(p -> p.baseline().passed()))
                .with("treatment_right", texts(p -> said(p.rightTreatment())))
                .with("baseline_right", texts(p -> said(p.rightBaseline())))
                .with("treatment_grounded", numbers(p -> grounded(p.treatment())))
                .with("baseline_grounded", numbers(p -> grounded(p.baseline())))
                .with(
                        "retrieved",
                        numbers(p -> OptionalDouble.of(
                                p.treatment().bundle().ragIds().size())))
                .with("answered", flags(Pair::answered));
    }

    private static String said(Optional<Boolean> right) {
        return right.map(r -> r ? "yes" : "no").orElse("");
    }

    private Column texts(java.util.function.Function<Pair, String> of) {
        return Column.Texts.of(all.stream().map(of).toArray(String[]::new));
    }

    private Column flags(Predicate<Pair> of) {
        boolean[] flags = new boolean[all.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = of.test(all.get(i));
        }
        return Column.Booleans.of(flags);
    }

    private Column numbers(java.util.function.Function<Pair, OptionalDouble> of) {
        return Column.Doubles.of(
                all.stream().mapToDouble(p -> of.apply(p).orElse(Double.NaN)).toArray());
    }
}
