package dev.assay.weigh;

import dev.assay.fault.Fault;

/// How to calibrate.
///
/// @param distance    what closeness to the design weights means
/// @param bounds      what weights may be
/// @param tolerance   relative error at which a target is met, `> 0`
/// @param maxNewton   most Newton steps, `>= 1`
/// @param zeroTargets what to do with targets of 0 that only zero weights can meet
/// @param solver      how Newton's equations are solved
public record CalibrationSettings(
        Distance distance, Bounds bounds, double tolerance, int maxNewton, ZeroTargets zeroTargets, Solver solver) {
    /// Relative error at which a target is met.
    public static final double DEFAULT_TOLERANCE = 1e-9;
    /// Most Newton steps; feasible problems need fewer than ten.
    public static final int DEFAULT_MAX_NEWTON = 50;
    /// Most targets for which the Hessian is formed unless told otherwise.
    public static final int EXPLICIT_TARGETS = 1_500;

    /// @throws Fault (BAD_SETTING) if a setting is out of range or the bounds do not go with the distance
    public CalibrationSettings {
        if (!(tolerance > 0) || tolerance >= 1) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "The tolerance must be above 0 and below 1.");
        }
        if (maxNewton < 1) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "The most Newton steps must be at least 1.");
        }
        if (distance instanceof Distance.Logit && (!(bounds.lower() >= 0) && !(bounds.least() >= 0))) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "The logit distance needs a lower bound of 0 or more; give ratio bounds.");
        }
        if (distance instanceof Distance.Logit
                && Double.isInfinite(bounds.upper())
                && Double.isInfinite(bounds.most())) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "The logit distance needs a finite upper bound; give ratio bounds.");
        }
    }

    /// The defaults with this distance: no bounds, zero targets are errors.
    public static CalibrationSettings of(Distance distance) {
        return new CalibrationSettings(
                distance, Bounds.none(), DEFAULT_TOLERANCE, DEFAULT_MAX_NEWTON, ZeroTargets.ERROR, Solver.AUTOMATIC);
    }

    /// The defaults with this distance and these bounds.
    public static CalibrationSettings of(Distance distance, Bounds bounds) {
        return new CalibrationSettings(
                distance, bounds, DEFAULT_TOLERANCE, DEFAULT_MAX_NEWTON, ZeroTargets.ERROR, Solver.AUTOMATIC);
    }

    /// Chi-square distance, all defaults.
    public static CalibrationSettings linear() {
        return of(new Distance.Linear());
    }

    /// Entropy distance, all defaults.
    public static CalibrationSettings raking() {
        return of(new Distance.Raking());
    }

    /// These settings with other bounds.
    public CalibrationSettings withBounds(Bounds newBounds) {
        return new CalibrationSettings(distance, newBounds, tolerance, maxNewton, zeroTargets, solver);
    }

    /// These settings with another tolerance.
    public CalibrationSettings withTolerance(double newTolerance) {
        return new CalibrationSettings(distance, bounds, newTolerance, maxNewton, zeroTargets, solver);
    }

    /// These settings with another limit of Newton steps.
    public CalibrationSettings withMaxNewton(int newMaxNewton) {
        return new CalibrationSettings(distance, bounds, tolerance, newMaxNewton, zeroTargets, solver);
    }

    /// These settings with another solver.
    public CalibrationSettings withSolver(Solver newSolver) {
        return new CalibrationSettings(distance, bounds, tolerance, maxNewton, zeroTargets, newSolver);
    }

    /// Whether the Hessian is formed for this many targets.
    public boolean isExplicit(int targets) {
        return switch (solver) {
            case AUTOMATIC -> targets <= EXPLICIT_TARGETS;
            case EXPLICIT -> true;
            case CONJUGATE_GRADIENT -> false;
        };
    }

    /// These settings with another way with zero targets.
    public CalibrationSettings withZeroTargets(ZeroTargets newZeroTargets) {
        return new CalibrationSettings(distance, bounds, tolerance, maxNewton, newZeroTargets, solver);
    }
}
