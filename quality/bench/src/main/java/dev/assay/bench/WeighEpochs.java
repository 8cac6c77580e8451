package dev.assay.bench;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.GradientCalibration;
import dev.assay.weigh.GradientSettings;
import dev.assay.weigh.SparseSelection;
import dev.assay.weigh.SparseSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Epochs of the gradient and the sparse back end, timed. See `weigh_epochs.sh`. Arguments: rows, epochs.
final class WeighEpochs {
    private WeighEpochs() {}

    public static void main(String[] args) throws Exception {
        int rows = Integer.parseInt(args[0]);
        int epochs = Integer.parseInt(args[1]);
        try (LocalEngine engine = LocalEngine.ofAllCores()) {
            GeneratedProblem generated = GeneratedProblem.large(rows);
            CalibrationProblem problem =
                    CalibrationProblem.of(generated.design(), generated.weights(), generated.targets());
            say(
                    "%d rows x %d targets, %d nonzeros in %.3f GB, %d threads",
                    rows,
                    problem.targets().size(),
                    problem.design().nonzeros(),
                    problem.design().bytes() / 1e9,
                    engine.parallelism());
            List<Long> ends = new ArrayList<>();
            double[] last = {0};
            GradientCalibration.solve(
                    GradientSettings.defaults().withEpochs(epochs).withLearningRate(0.05),
                    problem,
                    engine,
                    Progress.none(),
                    e -> {
                        ends.add(System.nanoTime());
                        last[0] = e.maxError();
                    },
                    Optional.empty());
            tell("gradient", ends, last[0]);
            ends.clear();
            SparseSelection.select(
                    SparseSettings.defaults().withEpochs(epochs).withPolish(Bounds.none()),
                    problem,
                    Seed.of(1),
                    engine,
                    Progress.none(),
                    e -> {
                        ends.add(System.nanoTime());
                        last[0] = e.maxError();
                    },
                    Optional.empty());
            tell("sparse", ends, last[0]);
            say("peak resident memory: %s", WeighLarge.peak());
        }
    }

    /// From the end of one epoch to the end of the next; the first one warms up.
    private static void tell(String name, List<Long> ends, double error) {
        double[] seconds = new double[ends.size() - 1];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = (ends.get(i + 1) - ends.get(i)) / 1e9;
        }
        Arrays.sort(seconds);
        say(
                "%s: %.3f s an epoch (%.3f-%.3f, %d epochs), greatest relative error %.3g",
                name, seconds[seconds.length / 2], seconds[0], seconds[seconds.length - 1], ends.size(), error);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
