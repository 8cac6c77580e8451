package dev.assay.weigh.internal;

import dev.assay.engine.Progress;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Iteration;
import dev.assay.weigh.Targets;
import dev.assay.weigh.internal.Terms.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Newton's method on the dual with Armijo's rule.
///
/// A target that may be missed adds `lambda^2 / (2 c)` to the dual, so that its gradient is the miss plus
/// `lambda / c`: what the method brings to 0 is that sum, and the miss becomes `-lambda / c` (Bocci and
/// Beaumont 2008).
///
/// Columns are scaled to unit norm inside: the multipliers here are `scale_j lambda_j`.
final class Newton {
    private static final double ARMIJO = 1e-4;
    private static final int HALVINGS = 30;
    /// A plain step shorter than this is tried again with damping.
    private static final double SHORT = 1.0 / 64;
    /// Additions to a diagonal that is 1 at the start: a hundredth hardly bends a direction, a hundred makes
    /// it a short step down the gradient.
    private static final double[] DAMPINGS = {0.01, 1, 100};
    /// Below this part of its own terms a difference of two potentials is rounding, and gradients decide
    /// instead.
    private static final double POTENTIAL_NOISE = 1e-13;

    private final CalibrationSettings settings;
    private final Terms terms;
    private final Targets targets;
    private final int[] active;
    private final double[] scales;
    private final double[] start;
    private final List<Iteration> history = new ArrayList<>();
    private boolean cold;

    /// @param start multipliers to start from, if any
    Newton(
            CalibrationSettings settings,
            Terms terms,
            Targets targets,
            int[] active,
            double[] scales,
            Optional<double[]> start) {
        this.settings = settings;
        this.terms = terms;
        this.targets = targets;
        this.active = active;
        this.scales = scales;
        this.start = start.orElse(new double[0]);
        this.cold = start.isEmpty();
    }

    /// Where the method stopped.
    record Outcome(boolean met, double[] lambda, int steps, List<Iteration> history) {}

    private record Point(double[] lambda, Evaluation sums, double potential, double[] gradient, double maxError) {}

    Outcome run(Directions directions, Progress progress) {
        Point at = start();
        record(0, at, 0, 0);
        int step = 0;
        while (at.maxError > settings.tolerance() && step < settings.maxNewton()) {
            progress.at(step, settings.maxNewton());
            Step taken = directions.prepare(at.sums.curvature, step == 0 && cold) ? search(at, directions) : null;
            if (taken == null || taken.length < SHORT) {
                taken = damped(at, directions, taken);
            }
            if (taken == null) {
                break;
            }
            step++;
            at = taken.to;
            record(step, at, taken.length, directions.innerSteps());
        }
        if (step > 0 && at.maxError <= settings.tolerance() && directions.isCheap()) {
            at = polish(at, directions, step);
        }
        progress.at(settings.maxNewton(), settings.maxNewton());
        return new Outcome(at.maxError <= settings.tolerance(), at.lambda, step, history);
    }

    /// The point to start from: the multipliers given if anything can be computed there, else 0.
    private Point start() {
        if (!cold) {
            Point warm = point(warm());
            if (Double.isFinite(warm.potential) && Double.isFinite(warm.maxError)) {
                return warm;
            }
            cold = true;
        }
        return point(new double[scales.length]);
    }

    private double[] warm() {
        double[] lambda = new double[scales.length];
        for (int j : active) {
            lambda[j] = start[j];
        }
        return lambda;
    }

    /// One more step with the last Hessian: near the solution it is as good as one with its own, and brings
    /// the errors from the tolerance down to rounding.
    private Point polish(Point at, Directions directions, int step) {
        double[] direction = directions.solve(at.gradient);
        Point trial = direction == null ? at : moved(at, direction, 1);
        if (!(trial.maxError < at.maxError)) {
            return at;
        }
        record(step, trial, 1, 0);
        return trial;
    }

    private Point moved(Point at, double[] direction, double length) {
        double[] lambda = at.lambda.clone();
        for (int a = 0; a < active.length; a++) {
            lambda[active[a]] -= length * direction[a] / scales[active[a]];
        }
        return point(lambda);
    }

    private record Step(Point to, double length) {}

    /// Tries more and more damped directions and takes the lowest point found.
    ///
    /// When all rows of a target stand at a bound, the Hessian knows nothing of that target, and the plain
    /// step throws it as far as rounding allows: the search then shortens the step of all other targets to
    /// nothing.
    private @Nullable Step damped(Point at, Directions directions, @Nullable Step plain) {
        Step best = plain;
        for (double damping : DAMPINGS) {
            Step step = directions.damp(damping) ? search(at, directions) : null;
            if (step != null && (best == null || step.to.potential < best.to.potential)) {
                best = step;
            }
        }
        return best;
    }

    private @Nullable Step search(Point at, Directions directions) {
        double[] direction = directions.solve(at.gradient);
        return direction == null ? null : search(at, direction, directions.diagonal());
    }

    private @Nullable Step search(Point at, double[] direction, double[] diagonal) {
        double slope = 0;
        for (int a = 0; a < active.length; a++) {
            slope -= direction[a] * at.gradient[a];
        }
        double length = 1;
        for (int halving = 0; halving <= HALVINGS; halving++, length /= 2) {
            Point trial = moved(at, direction, length);
            if (!Double.isFinite(trial.potential) || !Double.isFinite(trial.maxError)) {
                continue;
            }
            double change = trial.potential - at.potential;
            double noise = POTENTIAL_NOISE * (Math.abs(at.sums.potential) + Math.abs(at.potential));
            boolean falls = Math.abs(change) > noise
                    ? change <= ARMIJO * length * slope
                    : norm(trial.gradient, diagonal) < norm(at.gradient, diagonal);
            if (falls || trial.maxError <= settings.tolerance()) {
                return new Step(trial, length);
            }
        }
        return null;
    }

    private Point point(double[] lambda) {
        Evaluation sums = terms.evaluate(lambda, new double[terms.d.length]);
        double potential = sums.potential;
        double[] gradient = new double[active.length];
        double most = 0;
        for (int a = 0; a < active.length; a++) {
            int j = active[a];
            double residual = sums.totals[j] - targets.get(j).value() + lambda[j] * terms.ridge[j];
            potential +=
                    lambda[j] * (lambda[j] * terms.ridge[j] / 2 - targets.get(j).value());
            gradient[a] = residual / scales[j];
            most = maxNaN(most, Math.abs(residual) / targets.get(j).scale());
        }
        return new Point(lambda, sums, potential, gradient, most);
    }

    private static double maxNaN(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b);
    }

    /// The gradient's square in the norm of the inverse of the Hessian's diagonal.
    private static double norm(double[] gradient, double[] diagonal) {
        double sum = 0;
        for (int a = 0; a < gradient.length; a++) {
            sum += gradient[a] * gradient[a] / diagonal[a];
        }
        return sum;
    }

    private void record(int step, Point at, double length, int innerSteps) {
        double sum = 0;
        for (int j : active) {
            sum += Math.abs(at.sums.totals[j] - targets.get(j).value() + at.lambda[j] * terms.ridge[j])
                    / targets.get(j).scale();
        }
        double mean = active.length == 0 ? 0 : sum / active.length;
        history.add(new Iteration(step, terms.passes(), at.potential, at.maxError, mean, length, innerSteps));
    }
}
