package dev.assay.distil.internal.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Numbers of runs as numbers of distinct tasks. A task that is asked ten times, under whatever ids, is
/// one task: its runs say what the model does with it, not what it does with ten tasks. They are
/// averaged, each task counts the same.
final class TaskMeans {
    private final int[] taskOf;
    private final int[] runs;

    private TaskMeans(int[] taskOf, int[] runs) {
        this.taskOf = taskOf;
        this.runs = runs;
    }

    /// @param tasks the task of each run, equal for equal tasks
    static TaskMeans of(List<String> tasks) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int[] taskOf = new int[tasks.size()];
        for (int run = 0; run < taskOf.length; run++) {
            Integer known = numbers.putIfAbsent(tasks.get(run), numbers.size());
            taskOf[run] = known == null ? numbers.size() - 1 : known;
        }
        int[] runs = new int[numbers.size()];
        for (int task : taskOf) {
            runs[task]++;
        }
        return new TaskMeans(taskOf, runs);
    }

    /// How many distinct tasks there are.
    int tasks() {
        return runs.length;
    }

    /// Whether a task has more than one run.
    boolean repeated() {
        return runs.length < taskOf.length;
    }

    /// The mean of each task's runs, in the order in which tasks come first.
    double[] means(double[] values) {
        double[] means = new double[runs.length];
        for (int run = 0; run < values.length; run++) {
            means[taskOf[run]] += values[run];
        }
        for (int task = 0; task < means.length; task++) {
            means[task] /= runs[task];
        }
        return means;
    }

    /// What is said where a task has several runs.
    ///
    /// @param what runs or pairs of runs
    String warning(String what) {
        return taskOf.length + " " + what + " are of " + runs.length
                + " distinct tasks: repeats of a task are averaged, and " + "intervals and tests are over tasks.";
    }
}
