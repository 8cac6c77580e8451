package dev.assay.distil.internal.replay;

import dev.assay.distil.GateVerdict;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplayTask;
import dev.assay.fault.Fault;
import dev.assay.inference.Proportion;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a replay tells its readers.
public final class ReplayReport {
    private static final int TABLE_ROWS = 200;
    private static final int BINS = 10;

    private ReplayReport() {}

    /// Tells it.
    ///
    /// @param most tasks that may stay without an answer, if there is a limit
    /// @throws Fault (STAGE_FAILED) at last, if there are more
    public static void tell(
            StageContext context, List<ReplayTask> tasks, ReplaySession.Result result, Optional<Integer> most) {
        List<ReplayRun> runs = result.runs();
        long n = runs.size();
        long passed = runs.stream().filter(ReplayRun::passed).count();
        long errors = runs.stream().filter(run -> run.modelError().isPresent()).count();
        long empty = runs.stream()
                .filter(run -> run.bundle().outcome().equals("none_relevant"))
                .count();
        long escalated =
                runs.stream().filter(run -> run.escalationPath().size() > 1).count();
        long judged = runs.stream().filter(run -> run.verdict().isPresent()).count();
        context.count("records_in", tasks.size());
        context.count("records_out", n);
        context.count("resumed", result.resumed());
        context.measured(
                judged == 0
                        ? Metric.absent("gate-pass", n, "no answer was judged")
                        : Shares.share(
                                "gate-pass",
                                TaskMeans.of(tasksOf(runs)),
                                runs.stream()
                                        .mapToDouble(run -> run.passed() ? 1 : 0)
                                        .toArray(),
                                context.seed().child("gate-pass").asLong(),
                                context.engine()));
        TaskMeans repeats = TaskMeans.of(tasksOf(runs));
        context.count("distinct_tasks", repeats.tasks());
        if (repeats.repeated()) {
            context.warn(repeats.warning("runs"));
        }
        context.measured(Shares.mean(
                "grounded",
                groundedTasks(runs),
                context.seed().child("grounded").asLong(),
                context.engine()));
        context.measured(Metric.exact("model-errors", (double) errors, n));
        context.measured(Metric.exact("none-relevant", (double) empty, n));
        context.measured(Metric.exact("escalated", (double) escalated, n));
        Map<String, Long> unfinished = new TreeMap<>();
        runs.stream()
                .filter(ReplayRun::unfinished)
                .forEach(run -> unfinished.merge(run.finishReason().orElse(""), 1L, Long::sum));
        context.measured(Metric.exact(
                "unfinished",
                (double) unfinished.values().stream().mapToLong(Long::longValue).sum(),
                n));
        unfinished.forEach((reason, count) -> context.count("finish." + reason, count));
        context.measured(ownRuns(runs));
        reasons(context, runs);
        histogram(context, runs);
        context.table(summary(runs, passed, errors, empty, escalated, result.resumed()));
        if (!unfinished.isEmpty()) {
            context.warn(
                    "The end point says of some answers that they did not come to their end: " + unfinished
                            + "; give more max-tokens where it says length. They fail the gate unless 'gate.finished' is false.");
        }
        context.table(each(runs));
        long own = Memory.tasks(runs);
        if (own > 0) {
            context.warn(Memory.warning(own, n));
        }
        if (judged > 0) {
            context.warn("The gate looks at form and at names and numbers, not at reasoning: an answer that passes "
                    + "can be wrong.");
        }
        unanswered(context, runs, most);
    }

    private static void unanswered(StageContext context, List<ReplayRun> runs, Optional<Integer> most) {
        List<String> errors =
                runs.stream().flatMap(run -> run.modelError().stream()).toList();
        if (errors.isEmpty()) {
            return;
        }
        String missing = errors.size() + " of " + runs.size() + " tasks got no answer";
        if (most.isPresent() && errors.size() > most.get()) {
            throw Fault.of(
                    Fault.Kind.STAGE_FAILED,
                    missing + ", more than max-unanswered = " + most.get() + " allows (the first: " + errors.getFirst()
                            + "); mend that and run the stage again as it is: answers are kept, and only the rest is "
                            + "asked for");
        }
        context.warn(missing + "; the log says why of each (the first: " + errors.getFirst() + ")"
                + (most.isPresent()
                        ? ""
                        : "; the stage is done all the same, and asks for everything again if it is run afresh; with "
                                + "max-unanswered it fails instead and keeps its answers"));
    }

    private static Metric ownRuns(List<ReplayRun> runs) {
        return Memory.isKnown(runs)
                ? Metric.exact("own-runs", (double) Memory.tasks(runs), runs.size())
                : Metric.absent(
                        "own-runs",
                        runs.size(),
                        "no evidence was given that holds all runs retrieved: it says which of them are of the very tasks");
    }

    private static List<String> tasksOf(List<ReplayRun> runs) {
        return runs.stream().map(ReplayRun::taskHash).toList();
    }

    /// Of the distinct tasks with an answer that makes claims.
    private static double[] groundedTasks(List<ReplayRun> runs) {
        List<ReplayRun> claiming = runs.stream()
                .filter(run -> run.verdict()
                        .map(GateVerdict::grounded)
                        .orElse(OptionalDouble.empty())
                        .isPresent())
                .toList();
        return TaskMeans.of(tasksOf(claiming)).means(grounded(claiming));
    }

    private static double[] grounded(List<ReplayRun> runs) {
        return runs.stream()
                .flatMap(run -> run.verdict().stream())
                .map(GateVerdict::grounded)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
    }

    private static void reasons(StageContext context, List<ReplayRun> runs) {
        List<String> names = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (GateVerdict.Reason reason : GateVerdict.Reason.values()) {
            names.add(reason.text().replace('_', ' '));
            counts.add((double) runs.stream()
                    .flatMap(run -> run.verdict().stream())
                    .filter(verdict -> verdict.reasons().contains(reason))
                    .count());
        }
        names.add("no answer");
        counts.add((double)
                runs.stream().filter(run -> run.modelError().isPresent()).count());
        if (counts.stream().allMatch(count -> count == 0)) {
            return;
        }
        context.figure(new Figure.Bars(
                "Why answers failed",
                "An answer can fail for several reasons.",
                "reason",
                "tasks",
                names,
                List.of(new Figure.Series("tasks", counts))));
    }

    private static void histogram(StageContext context, List<ReplayRun> runs) {
        double[] values = grounded(runs);
        if (values.length == 0) {
            return;
        }
        Double[] bins = new Double[BINS];
        Arrays.fill(bins, 0.0);
        for (double value : values) {
            bins[Math.min(BINS - 1, (int) (value * BINS))]++;
        }
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i <= BINS; i++) {
            edges.add((double) i / BINS);
        }
        context.figure(new Figure.Histogram(
                "Grounded part of answers",
                "Part of an answer's file paths, identifiers and numbers that stand in the task or in what was retrieved; "
                        + "answers without any are left out.",
                "grounded part",
                "answers",
                edges,
                List.of(new Figure.Series("answers", List.of(bins)))));
    }

    private static Listing summary(
            List<ReplayRun> runs, long passed, long errors, long empty, long escalated, int resumed) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of("tasks", runs.size()));
        rows.add(List.of("gate passed", passed));
        TaskMeans tasks = TaskMeans.of(tasksOf(runs));
        if (tasks.repeated()) {
            rows.add(List.of("distinct tasks, over which intervals are", tasks.tasks()));
        } else {
            Proportion share = new Proportion(passed, runs.size());
            rows.add(List.of(
                    "gate passed, share with 95 % interval (Wilson)", interval(share, share.wilson(Shares.LEVEL))));
            rows.add(List.of(
                    "gate passed, share with 95 % interval (Clopper-Pearson)",
                    interval(share, share.clopperPearson(Shares.LEVEL))));
        }
        rows.add(List.of("no answer", errors));
        rows.add(List.of("nothing relevant found", empty));
        rows.add(List.of(
                "shown earlier runs of the very task",
                Memory.isKnown(runs) ? (Object) Memory.tasks(runs) : "not known without evidence of all"));
        rows.add(List.of("asked a second model", escalated));
        rows.add(List.of("answered in an earlier attempt", resumed));
        rows.add(List.of(
                "tokens asked",
                runs.stream()
                        .flatMap(run -> run.usage().stream())
                        .mapToLong(ReplayRun.Usage::promptTokens)
                        .sum()));
        rows.add(List.of(
                "tokens answered",
                runs.stream()
                        .flatMap(run -> run.usage().stream())
                        .mapToLong(ReplayRun.Usage::completionTokens)
                        .sum()));
        return new Listing("Replay", "", List.of("what", "value"), rows);
    }

    private static String interval(Proportion share, Proportion.Ends ends) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", share.value(), ends.low(), ends.high());
    }

    private static Listing each(List<ReplayRun> runs) {
        List<List<Object>> rows = new ArrayList<>();
        for (ReplayRun run : runs.subList(0, Math.min(TABLE_ROWS, runs.size()))) {
            OptionalDouble grounded = run.verdict().map(GateVerdict::grounded).orElse(OptionalDouble.empty());
            String reasons = String.join(
                    ", ",
                    Stream.concat(
                                    run.verdict().stream()
                                            .flatMap(verdict -> verdict.reasons().stream())
                                            .map(GateVerdict.Reason::text),
                                    run.modelError().stream())
                            .toList());
            rows.add(List.of(
                    run.taskId(),
                    run.model(),
                    run.passed(),
                    reasons,
                    grounded.isPresent() ? (Object) grounded.getAsDouble() : "",
                    run.bundle().ragIds().size(),
                    run.bundle().steps().size()));
        }
        return new Listing(
                "Tasks",
                runs.size() > TABLE_ROWS ? "The first " + TABLE_ROWS + " of " + runs.size() + "." : "",
                List.of("task", "model", "passed", "failed for", "grounded part", "runs retrieved", "validation steps"),
                rows);
    }
}
