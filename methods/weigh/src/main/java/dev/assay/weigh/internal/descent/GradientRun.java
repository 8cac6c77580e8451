package dev.assay.weigh.internal.descent;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Checkpointing;
import dev.assay.weigh.Distance;
import dev.assay.weigh.Epoch;
import dev.assay.weigh.GradientSettings;
import dev.assay.weigh.Iteration;
import dev.assay.weigh.Target;
import dev.assay.weigh.internal.Judgement;
import dev.assay.weigh.internal.pass.FusedPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The epochs of [dev.assay.weigh.GradientCalibration].
///
/// The loss is multiplied by the number of rows before Adam sees its gradient. That moves no optimum, and
/// keeps gradients of large problems, which fall with the number of rows, above the constant that Adam adds
/// to their size.
public final class GradientRun {
    /// The distance whose ratios are positive: bounds are those of weights `d exp(theta)`.
    private static final Distance POSITIVE = new Distance.Raking();

    private final GradientSettings settings;
    private final CalibrationProblem problem;
    private final Consumer<Epoch> each;
    private final Optional<Checkpointing> checkpoint;
    private final Map<String, String> identity;
    private final List<Misfit> batches;
    private final FusedPass pass;
    private final double[] d;
    private final double[] theta;
    private final double[] weights;
    private final Adam adam;
    private final double priceOfDistance;
    private final boolean bounded;
    private final List<Epoch> epochs = new ArrayList<>();
    private int batch;
    private int epoch;
    private int passes;
    private double[] totals;
    private double[] best;
    private double bestError = Double.POSITIVE_INFINITY;

    private GradientRun(
            GradientSettings settings,
            CalibrationProblem problem,
            Engine engine,
            Consumer<Epoch> each,
            Optional<Checkpointing> checkpoint) {
        this.settings = settings;
        this.problem = problem;
        this.each = each;
        this.checkpoint = checkpoint;
        this.batches = Misfit.of(problem.targets(), settings.batches(), settings.groups());
        this.pass = new FusedPass(problem.design(), engine);
        this.d = problem.designWeights();
        int rows = d.length;
        this.theta = new double[rows];
        this.weights = d.clone();
        this.adam = new Adam(rows);
        this.bounded = !settings.bounds().isNone() || problem.rowBounds().isPresent();
        this.identity = checkpoint.isPresent() ? Identity.of(problem, settings.toString(), "none", engine) : Map.of();
        double sum = Arrays.stream(d).sum();
        this.priceOfDistance = sum > 0 ? settings.distance() / sum : 0;
        startWithinBounds();
        this.totals = pass.totals(weights);
        passes++;
        this.best = weights.clone();
    }

    /// See [dev.assay.weigh.GradientCalibration].
    public static CalibrationResult run(
            GradientSettings settings,
            CalibrationProblem problem,
            Engine engine,
            Progress progress,
            Consumer<Epoch> each,
            Optional<Checkpointing> checkpoint) {
        GradientRun run = new GradientRun(settings, problem, engine, each, checkpoint);
        run.checkReach();
        run.resume();
        run.epochs(progress);
        return run.result(engine);
    }

    /// Rows whose bounds leave out a ratio of 1 start at the nearer bound.
    private void startWithinBounds() {
        for (int i = 0; bounded && i < d.length; i++) {
            if (d[i] > 0) {
                double lower = problem.lowerRatio(POSITIVE, settings.bounds(), i);
                double upper = problem.upperRatio(settings.bounds(), i);
                if (!(upper > 0) || lower > upper) {
                    throw Fault.of(
                            Fault.Kind.BAD_SETTING,
                            "On row " + (i + 1) + " the bounds leave no positive weight; widen one of them.");
                }
                theta[i] = Math.log(Math.clamp(1, lower, upper));
                weights[i] = weight(i, 0);
            }
        }
    }

    /// A weight moves by at most about the learning rate an epoch on the logarithmic scale.
    private void checkReach() {
        double reach = (double) settings.epochs() * batches.size() * settings.learningRate();
        double needed = 0;
        String name = "";
        for (int j = 0; j < totals.length; j++) {
            Target target = problem.targets().get(j);
            double ratio = totals[j] > 0 && target.value() > 0 ? Math.abs(Math.log(target.value() / totals[j])) : 0;
            if (ratio > needed) {
                needed = ratio;
                name = target.name();
            }
        }
        if (needed > reach) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    String.format(
                            Locale.ROOT,
                            "%d epochs at a learning rate of %s move weights by a factor of %.4g at most, but target '%s'"
                                    + " needs a factor of %.4g; give more epochs or a higher rate.",
                            settings.epochs(),
                            settings.learningRate(),
                            Math.exp(reach),
                            name,
                            Math.exp(needed)));
        }
    }

    private void resume() {
        Optional<Snapshot> kept = Snapshot.find(checkpoint, identity);
        if (kept.isEmpty()) {
            return;
        }
        Snapshot from = kept.get();
        batch = from.numbers()[0];
        epoch = from.numbers()[1];
        passes = from.numbers()[2];
        double[][] arrays = from.arrays();
        System.arraycopy(arrays[0], 0, theta, 0, theta.length);
        System.arraycopy(arrays[1], 0, weights, 0, theta.length);
        System.arraycopy(arrays[2], 0, adam.first, 0, theta.length);
        System.arraycopy(arrays[3], 0, adam.second, 0, theta.length);
        totals = arrays[4];
        best = arrays[5];
        bestError = arrays[6][0];
        epochs.addAll(from.epochs());
        from.epochs().forEach(each);
    }

    private void keep() {
        if (checkpoint.isPresent() && (epoch % checkpoint.get().every() == 0 || epoch == settings.epochs())) {
            new Snapshot(
                            identity,
                            new int[] {batch, epoch, passes},
                            new double[][] {
                                theta, weights, adam.first, adam.second, totals, best, new double[] {bestError}
                            },
                            List.of(),
                            epochs)
                    .write(checkpoint.get().file());
        }
    }

    private void epochs(Progress progress) {
        long all = (long) settings.epochs() * batches.size();
        while (batch < batches.size()) {
            while (epoch < settings.epochs()) {
                if (Thread.interrupted()) {
                    throw new java.util.concurrent.CancellationException("interrupted");
                }
                progress.at((long) batch * settings.epochs() + epoch, all);
                epoch();
                keep();
            }
            if (batch + 1 < batches.size()) {
                nextBatch();
            }
            batch++;
        }
        progress.at(all, all);
    }

    /// The next batch starts from the best weights of this one, with an optimiser that knows nothing.
    private void nextBatch() {
        epoch = 0;
        System.arraycopy(best, 0, weights, 0, weights.length);
        for (int i = 0; i < weights.length; i++) {
            theta[i] = d[i] > 0 ? Math.log(weights[i] / d[i]) : 0;
        }
        Arrays.fill(adam.first, 0);
        Arrays.fill(adam.second, 0);
        totals = pass.totals(weights);
        passes++;
        bestError = Double.POSITIVE_INFINITY;
    }

    private void epoch() {
        Misfit misfit = batches.get(batch);
        epoch++;
        double rate = Adam.cosine(settings.learningRate(), epoch, settings.epochs());
        adam.step(epoch, rate);
        int rows = theta.length;
        double price = rows * priceOfDistance;
        FusedPass.Sums sums = pass.run(misfit.slopes(totals, rows), (first, count, products, factors) -> {
            double distance = 0;
            for (int r = 0; r < count; r++) {
                int i = first + r;
                if (d[i] == 0) {
                    factors[r] = 0;
                    continue;
                }
                theta[i] -= adam.move(i, weights[i] * (products[r] + price * theta[i]));
                double weight = weight(i, theta[i]);
                weights[i] = weight;
                factors[r] = weight;
                distance += weight * theta[i] - weight + d[i];
            }
            return distance;
        });
        passes++;
        totals = sums.totals();
        double error = misfit.maxError(totals);
        if (error < bestError) {
            bestError = error;
            System.arraycopy(weights, 0, best, 0, rows);
        }
        Epoch told = new Epoch(
                batch,
                epoch,
                misfit.loss(totals) + priceOfDistance * sums.scalar(),
                error,
                misfit.meanError(totals),
                rate,
                0,
                rows);
        epochs.add(told);
        each.accept(told);
    }

    /// The weight of a row, its `theta` first put back within the bounds.
    private double weight(int row, double at) {
        if (!bounded) {
            return d[row] * Math.exp(at);
        }
        Bounds bounds = settings.bounds();
        double ratio = Math.exp(at);
        double lower = problem.lowerRatio(POSITIVE, bounds, row);
        double upper = problem.upperRatio(bounds, row);
        if (ratio < lower || ratio > upper) {
            ratio = Math.clamp(ratio, lower, upper);
            theta[row] = Math.log(ratio);
        }
        return bounds.clip(d[row] * ratio);
    }

    private CalibrationResult result(Engine engine) {
        List<Iteration> history = epochs.stream()
                .map(e -> new Iteration(
                        e.batch() * settings.epochs() + e.epoch(),
                        e.batch() * settings.epochs() + e.epoch() + 1,
                        e.loss(),
                        e.maxError(),
                        e.meanError(),
                        e.learningRate(),
                        0))
                .toList();
        return Judgement.of(
                problem,
                CalibrationSettings.of(POSITIVE, settings.bounds()).withTolerance(settings.tolerance()),
                best,
                epochs.size(),
                passes,
                history,
                String.format(
                        Locale.ROOT,
                        "After %d epochs the greatest relative error is %.4g, above the tolerance of %s; give more epochs or a"
                                + " greater tolerance, or look with the exact method whether the targets can be met together.",
                        epochs.size(),
                        bestError,
                        settings.tolerance()),
                engine);
    }
}
