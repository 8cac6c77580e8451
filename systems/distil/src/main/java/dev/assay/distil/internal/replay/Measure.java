package dev.assay.distil.internal.replay;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.inference.Estimate;
import dev.assay.inference.PairedComparison;
import dev.assay.inference.PairedOutcomes;
import dev.assay.inference.PairedTest;
import dev.assay.inference.Proportion;
import dev.assay.inference.Units;
import dev.assay.study.Metric;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A measure of yes or no under two conditions, over distinct tasks.
///
/// Where each task has one run: Wilson's intervals of the shares, Tango's of their difference, McNemar's
/// exact test. Where tasks have several: the mean over tasks of the share among their runs, bootstrap
/// intervals over tasks, and the permutation test that exchanges the conditions of whole tasks.
///
/// @param tasks   distinct ones
/// @param runs    pairs of runs of them
/// @param outcomes counts of pairs of runs
/// @param p       two-sided
record Measure(
        String name,
        String title,
        int tasks,
        int runs,
        PairedOutcomes outcomes,
        Share treatment,
        Share baseline,
        Share difference,
        OptionalDouble p) {
    /// A number with its interval, if there can be one.
    ///
    /// @param reason why there is none
    record Share(double value, OptionalDouble low, OptionalDouble high, String reason) {
        static Share of(double value, Proportion.Ends ends) {
            return new Share(value, OptionalDouble.of(ends.low()), OptionalDouble.of(ends.high()), "");
        }

        static Share of(Estimate estimate) {
            return new Share(
                    estimate.value().orElse(Double.NaN),
                    estimate.hasInterval() ? estimate.low() : OptionalDouble.empty(),
                    estimate.hasInterval() ? estimate.high() : OptionalDouble.empty(),
                    estimate.reason().orElse(""));
        }

        boolean hasInterval() {
            return low.isPresent() && high.isPresent();
        }

        Metric metric(String name, int tasks) {
            return hasInterval()
                    ? Metric.estimate(name, value, low.getAsDouble(), high.getAsDouble(), tasks, Shares.TASK)
                    : new Metric(
                            name, Optional.of(value), Optional.empty(), Optional.empty(), 0, tasks, "", "", reason);
        }
    }

    /// @param taskOf    the task of each pair of runs
    /// @param treatment whether the first run of each has it
    /// @param baseline  whether the second has
    static Measure of(
            String name,
            String title,
            List<String> taskOf,
            boolean[] treatment,
            boolean[] baseline,
            Seed seed,
            Engine engine) {
        int runs = taskOf.size();
        long both = 0;
        long first = 0;
        long second = 0;
        double[] one = new double[runs];
        double[] other = new double[runs];
        for (int i = 0; i < runs; i++) {
            both += treatment[i] && baseline[i] ? 1 : 0;
            first += treatment[i] && !baseline[i] ? 1 : 0;
            second += !treatment[i] && baseline[i] ? 1 : 0;
            one[i] = treatment[i] ? 1 : 0;
            other[i] = baseline[i] ? 1 : 0;
        }
        PairedOutcomes outcomes = new PairedOutcomes(both, first, second, runs - both - first - second);
        TaskMeans tasks = TaskMeans.of(taskOf);
        if (!tasks.repeated()) {
            return new Measure(
                    name,
                    title,
                    runs,
                    runs,
                    outcomes,
                    Share.of(outcomes.first().value(), outcomes.first().wilson(Shares.LEVEL)),
                    Share.of(outcomes.second().value(), outcomes.second().wilson(Shares.LEVEL)),
                    Share.of(outcomes.difference(), outcomes.differenceInterval(Shares.LEVEL)),
                    OptionalDouble.of(outcomes.mcNemar()));
        }
        PairedComparison compared = PairedTest.of(seed.child(name))
                .means(Units.rows(tasks.tasks()), tasks.means(one), tasks.means(other), engine);
        return new Measure(
                name,
                title,
                tasks.tasks(),
                runs,
                outcomes,
                Share.of(compared.first()),
                Share.of(compared.second()),
                Share.of(compared.difference()),
                compared.p());
    }

    boolean repeated() {
        return tasks < runs;
    }

    boolean hasIntervals() {
        return treatment.hasInterval() && baseline.hasInterval() && difference.hasInterval();
    }

    List<Metric> metrics() {
        return List.of(
                treatment.metric(name + ".treatment", tasks),
                baseline.metric(name + ".baseline", tasks),
                difference.metric(name + ".difference", tasks),
                p.isPresent()
                        ? Metric.exact(name + ".p", p.getAsDouble(), tasks)
                        : Metric.absent(name + ".p", tasks, "the difference does not exist"));
    }

    List<Object> row() {
        return List.of(
                title,
                tasks,
                runs,
                treatment.value(),
                baseline.value(),
                difference.value(),
                shown(difference.low()),
                shown(difference.high()),
                outcomes.onlyFirst(),
                outcomes.onlySecond(),
                shown(p));
    }

    private static Object shown(OptionalDouble value) {
        return value.isPresent() ? (Object) value.getAsDouble() : "";
    }
}
