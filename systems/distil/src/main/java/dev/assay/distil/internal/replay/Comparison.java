package dev.assay.distil.internal.replay;

import dev.assay.chance.Seed;
import dev.assay.distil.AnswerMatch;
import dev.assay.distil.GateVerdict;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplayTask;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.inference.PairedOutcomes;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
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

    private final List<Pair> all;
    private final List<Pair> pairs;
    private final TaskMeans tasks;
    private final List<Measure> measures;
    private final References references;

    private Comparison(List<Pair> all, List<Pair> pairs, References references, Seed seed, Engine engine) {
        this.all = all;
        this.references = references;
        this.pairs = pairs;
        this.tasks = TaskMeans.of(tasksOf(pairs));
        this.measures = measures(pairs, seed, engine);
    }

    /// The distinct task of each pair: what is asked, whatever its id is.
    private static List<String> tasksOf(List<Pair> pairs) {
        return pairs.stream().map(p -> p.treatment().taskHash()).toList();
    }

    /// Pairs runs by task.
    ///
    /// @param tasks with references, if they are known
    /// @param seed  of intervals and tests where tasks have several runs
    /// @throws Fault (BAD_DATA) if the replays are not of the same tasks, or the tasks given are others, or
    ///     no task was answered in both
    public static Comparison of(
            List<ReplayRun> treatment,
            List<ReplayRun> baseline,
            Optional<List<ReplayTask>> tasks,
            AnswerMatch match,
            Seed seed,
            Engine engine) {
        Map<String, ReplayRun> other = byTask(baseline, "baseline");
        byTask(treatment, "treatment");
        References references = References.of(tasks, treatment);
        List<Pair> pairs = new ArrayList<>();
        for (ReplayRun run : treatment) {
            ReplayRun twin = other.remove(run.taskId());
            if (twin == null || !twin.taskHash().equals(run.taskHash())) {
                throw different();
            }
            Optional<String> reference = references.of(run.taskId());
            pairs.add(new Pair(
                    run,
                    twin,
                    reference.map(r -> Answers.right(match, run.response(), r)),
                    reference.map(r -> Answers.right(match, twin.response(), r))));
        }
        if (!other.isEmpty()) {
            throw different();
        }
        List<Pair> answered = pairs.stream().filter(Pair::answered).toList();
        if (answered.isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "no task was answered in both replays: look at their model errors and replay again");
        }
        return new Comparison(pairs, answered, references, seed, engine);
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

    private static List<Measure> measures(List<Pair> pairs, Seed seed, Engine engine) {
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.of(
                "gate-pass",
                "gate passed",
                tasksOf(pairs),
                flags(pairs, p -> p.treatment().passed()),
                flags(pairs, p -> p.baseline().passed()),
                seed,
                engine));
        List<Pair> referenced =
                pairs.stream().filter(p -> p.rightTreatment().isPresent()).toList();
        if (!referenced.isEmpty()) {
            measures.add(Measure.of(
                    "right",
                    "right answer",
                    tasksOf(referenced),
                    flags(referenced, p -> p.rightTreatment().orElse(false)),
                    flags(referenced, p -> p.rightBaseline().orElse(false)),
                    seed,
                    engine));
        }
        return measures;
    }

    private static boolean[] flags(List<Pair> pairs, Predicate<Pair> of) {
        boolean[] flags = new boolean[pairs.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = of.test(pairs.get(i));
        }
        return flags;
    }

    /// Says what came out.
    public void tell(StageContext context) {
        context.count("records_in", all.size());
        context.count("records_out", pairs.size());
        context.count("skip.model_error", all.size() - pairs.size());
        context.count("tasks", tasks.tasks());
        references.tell(context);
        measures.forEach(measure -> measure.metrics().forEach(context::measured));
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
                (tasks.repeated()
                                ? "Tasks answered in both replays, the runs of each averaged. Intervals of 95 %: bootstrap over tasks. "
                                        + "Test: permutation of the replays of whole tasks"
                                : "Tasks answered in both replays. Intervals of 95 %: Wilson for shares, Tango for the difference. "
                                        + "Test: exact McNemar")
                        + ", two-sided; " + measures.size()
                        + (measures.size() == 1 ? " comparison." : " comparisons, p not corrected for their number."),
                List.of(
                        "measure",
                        "tasks",
                        "runs",
                        "treatment",
                        "baseline",
                        "difference",
                        "low",
                        "high",
                        "only treatment",
                        "only baseline",
                        "p"),
                measures.stream().map(Measure::row).toList()));
        figure(context);
        warn(context);
    }

    private void figure(StageContext context) {
        if (!measures.stream().allMatch(Measure::hasIntervals)) {
            return;
        }
        List<Figure.IntervalSeries> series = new ArrayList<>();
        for (boolean treatment : new boolean[] {true, false}) {
            List<Measure.Share> shares = measures.stream()
                    .map(m -> treatment ? m.treatment() : m.baseline())
                    .toList();
            series.add(new Figure.IntervalSeries(
                    treatment ? "treatment" : "baseline",
                    shares.stream().map(Measure.Share::value).toList(),
                    shares.stream().map(s -> s.low().orElse(s.value())).toList(),
                    shares.stream().map(s -> s.high().orElse(s.value())).toList()));
        }
        context.figure(new Figure.Intervals(
                "Shares of tasks",
                "Intervals of single shares overlap more than the paired comparison would: read the difference in the table.",
                "share of tasks",
                measures.stream().map(Measure::title).toList(),
                series));
    }

    private void warn(StageContext context) {
        if (tasks.repeated()) {
            context.warn(tasks.warning("pairs of runs"));
        }
        long unfinished = pairs.stream()
                .filter(p -> p.treatment().unfinished() || p.baseline().unfinished())
                .count();
        if (unfinished > 0) {
            context.warn(unfinished + " of " + pairs.size()
                    + " pairs hold an answer that did not come to its end: what differs may be its length.");
        }
        if (all.size() > pairs.size()) {
            context.warn((all.size() - pairs.size()) + " of " + all.size()
                    + " tasks got no answer in one of the replays and are left out of the comparison");
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

    /// Grounded parts of the tasks that have pairs with both, `[2][tasks]`.
    private double[][] grounded() {
        List<Pair> both = pairs.stream()
                .filter(p -> grounded(p.treatment()).isPresent()
                        && grounded(p.baseline()).isPresent())
                .toList();
        TaskMeans grouped = TaskMeans.of(tasksOf(both));
        return new double[][] {
            grouped.means(both.stream()
                    .mapToDouble(p -> grounded(p.treatment()).orElse(Double.NaN))
                    .toArray()),
            grouped.means(both.stream()
                    .mapToDouble(p -> grounded(p.baseline()).orElse(Double.NaN))
                    .toArray())
        };
    }

    private static OptionalDouble grounded(ReplayRun run) {
        return run.verdict().map(GateVerdict::grounded).orElse(OptionalDouble.empty());
    }

    /// A row for each measure.
    public Frame summary() {
        int n = measures.size();
        double[][] numbers = new double[10][n];
        long[][] counts = new long[6][n];
        for (int i = 0; i < n; i++) {
            Measure m = measures.get(i);
            PairedOutcomes o = m.outcomes();
            OptionalDouble[] row = {
                OptionalDouble.of(m.treatment().value()),
                m.treatment().low(),
                m.treatment().high(),
                OptionalDouble.of(m.baseline().value()),
                m.baseline().low(),
                m.baseline().high(),
                OptionalDouble.of(m.difference().value()),
                m.difference().low(),
                m.difference().high(),
                m.p()
            };
            long[] tally = {
                m.tasks(), m.runs(), o.first().successes(), o.second().successes(), o.onlyFirst(), o.onlySecond()
            };
            for (int j = 0; j < row.length; j++) {
                numbers[j][i] = row[j].orElse(Double.NaN);
            }
            for (int j = 0; j < tally.length; j++) {
                counts[j][i] = tally[j];
            }
        }
        Frame frame = Frame.empty()
                .with(
                        "measure",
                        Column.Texts.of(measures.stream().map(Measure::name).toArray(String[]::new)));
        String[] whole = {"tasks", "runs", "treatment", "baseline", "only_treatment", "only_baseline"};
        for (int j = 0; j < whole.length; j++) {
            frame = frame.with(whole[j], Column.Longs.of(counts[j]));
        }
        String[] real = {
            "treatment_share",
            "treatment_low",
            "treatment_high",
            "baseline_share",
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

    /// A row for each pair of runs, those without an answer included; those of one task have the same
    /// hash.
    public Frame pairs() {
        return Frame.empty()
                .with("task_id", texts(p -> p.treatment().taskId()))
                .with("task_hash", texts(p -> p.treatment().taskHash()))
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
        return Column.Booleans.of(flags(all, of));
    }

    private Column numbers(java.util.function.Function<Pair, OptionalDouble> of) {
        return Column.Doubles.of(
                all.stream().mapToDouble(p -> of.apply(p).orElse(Double.NaN)).toArray());
    }
}
