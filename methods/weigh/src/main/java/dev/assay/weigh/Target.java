package dev.assay.weigh;

/// A total that the weights must reproduce.
///
/// @param name      what people call it; unique among the targets
/// @param value     the total, any finite number; negative totals are ordinary
/// @param tolerance relative error that still counts as met, 0 for exact. It decides what is reported as met and which
///                  of several dependent targets gives way; the solve itself aims at the value
/// @param floor     the least scale of the relative error, in the target's unit: an error is divided by
///                  `max(|value|, floor)`
public record Target(String name, double value, double tolerance, double floor) {
    /// The floor when none is given: one unit of the target.
    public static final double DEFAULT_FLOOR = 1;

    /// @throws IllegalArgumentException if the name is empty, the value not finite, the tolerance negative or not
    ///                                  finite, or the floor not positive and finite
    public Target {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a target needs a name");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("target '" + name + "' must have a finite value");
        }
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException("target '" + name + "' must have a tolerance of 0 or more");
        }
        if (!(floor > 0) || Double.isInfinite(floor)) {
            throw new IllegalArgumentException("target '" + name + "' must have a positive floor");
        }
    }

    /// A target to be met exactly.
    public static Target exact(String name, double value) {
        return new Target(name, value, 0, DEFAULT_FLOOR);
    }

    /// A target that counts as met within this relative error.
    public static Target within(String name, double value, double tolerance) {
        return new Target(name, value, tolerance, DEFAULT_FLOOR);
    }

    /// What an error is divided by: `max(|value|, floor)`.
    public double scale() {
        return Math.max(Math.abs(value), floor);
    }
}
