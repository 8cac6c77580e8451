package dev.assay.weigh;

/// A total that the weights must reproduce.
///
/// @param name      what people call it; unique among the targets
/// @param value     the total, any finite number; negative totals are ordinary
/// @param tolerance relative error that still counts as met, 0 for exact. It decides what is reported as met
///                  and which of several dependent targets gives way; the solve itself aims at the value
/// @param floor     the least scale of the relative error, in the target's unit: an error is divided by
///                  `max(|value|, floor)`
/// @param cost      what missing it costs: infinity for a target that must be met, else positive; the squared
///                  relative error is charged `cost / 2` beside the distance (Bocci and Beaumont 2008)
public record Target(String name, double value, double tolerance, double floor, double cost) {
    /// The floor when none is given: one unit of the target.
    public static final double DEFAULT_FLOOR = 1;
    /// The cost of a target that may be missed, when none is given.
    public static final double SOFT_COST = 1e7;

    /// @throws IllegalArgumentException if the name is empty, the value not finite, the tolerance negative or
    ///                                  not finite, the floor not positive and finite, or the cost not positive
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
        if (!(cost > 0)) {
            throw new IllegalArgumentException("target '" + name + "' must have a cost above 0");
        }
    }

    /// A target to be met exactly.
    public static Target exact(String name, double value) {
        return new Target(name, value, 0, DEFAULT_FLOOR, Double.POSITIVE_INFINITY);
    }

    /// A target that counts as met within this relative error.
    public static Target within(String name, double value, double tolerance) {
        return new Target(name, value, tolerance, DEFAULT_FLOOR, Double.POSITIVE_INFINITY);
    }

    /// A target that may be missed at this cost.
    public static Target soft(String name, double value, double cost) {
        return new Target(name, value, 0, DEFAULT_FLOOR, cost);
    }

    /// This target with another cost.
    public Target withCost(double newCost) {
        return new Target(name, value, tolerance, floor, newCost);
    }

    /// Whether it must be met.
    public boolean isExact() {
        return Double.isInfinite(cost);
    }

    /// What an error is divided by: `max(|value|, floor)`.
    public double scale() {
        return Math.max(Math.abs(value), floor);
    }
}
