package dev.assay.distil.internal.replay;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Proportion;
import dev.assay.inference.Units;
import dev.assay.study.Metric;
import java.util.Optional;
import java.util.stream.DoubleStream;

/// Numbers of replays as metrics with intervals over tasks.
final class Shares {
    static final double LEVEL = 0.95;
    static final String TASK = "task";

    private Shares() {}

    /// A share of tasks with Wilson's interval; where tasks have several runs, the mean of theirs with a
    /// bootstrap interval.
    ///
    /// @param tasks     of the runs
    /// @param successes 1 or 0 for each run
    static Metric share(String name, TaskMeans tasks, double[] successes, long seed, Engine engine) {
        if (successes.length == 0) {
            return Metric.absent(name, 0, "there is no task");
        }
        if (tasks.repeated()) {
            return mean(name, tasks.means(successes), seed, engine);
        }
        Proportion share = new Proportion((long) DoubleStream.of(successes).sum(), successes.length);
        Proportion.Ends ends = share.wilson(LEVEL);
        return Metric.estimate(name, share.value(), ends.low(), ends.high(), successes.length, TASK);
    }

    /// A mean over tasks with a bootstrap interval.
    static Metric mean(String name, double[] values, long seed, Engine engine) {
        if (values.length == 0) {
            return Metric.absent(name, 0, "no task has a value");
        }
        Estimate mean = Bootstrap.of(seed)
                .means(Units.rows(values.length), new double[][] {values}, engine)
                .getFirst();
        Optional<Double> value =
                mean.value().isPresent() ? Optional.of(mean.value().getAsDouble()) : Optional.empty();
        if (!mean.hasInterval()) {
            return new Metric(
                    name,
                    value,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    values.length,
                    "",
                    "",
                    mean.reason().orElse(""));
        }
        return Metric.estimate(
                name,
                value.orElse(Double.NaN),
                mean.low().orElse(Double.NaN),
                mean.high().orElse(Double.NaN),
                values.length,
                TASK);
    }
}
