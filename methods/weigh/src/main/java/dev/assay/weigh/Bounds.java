package dev.assay.weigh;

/// What weights may be: ratio bounds `lower <= w/d <= upper` and absolute bounds `least <= w <= most`, on
/// every row both.
///
/// @param lower least ratio, minus infinity for none
/// @param upper greatest ratio, infinity for none
/// @param least least weight, minus infinity for none
/// @param most  greatest weight, infinity for none
public record Bounds(double lower, double upper, double least, double most) {
    private static final double NONE = Double.POSITIVE_INFINITY;

    /// @throws IllegalArgumentException unless `lower <= upper` and `least <= most`
    public Bounds {
        if (!(lower <= upper) || !(least <= most)) {
            throw new IllegalArgumentException("lower bounds must not be above upper bounds");
        }
    }

    /// No bounds but those of the distance itself.
    public static Bounds none() {
        return new Bounds(-NONE, NONE, -NONE, NONE);
    }

    /// Ratio bounds.
    public static Bounds ofRatio(double lower, double upper) {
        return new Bounds(lower, upper, -NONE, NONE);
    }

    /// Absolute bounds on the weights.
    public static Bounds ofWeight(double least, double most) {
        return new Bounds(-NONE, NONE, least, most);
    }

    /// These bounds and absolute ones.
    public Bounds andWeight(double newLeast, double newMost) {
        return new Bounds(lower, upper, newLeast, newMost);
    }

    /// Whether anything is bounded.
    public boolean isNone() {
        return equals(none());
    }

    /// The least ratio of a row with this design weight.
    public double lowerRatio(double designWeight) {
        return Math.max(lower, least / designWeight);
    }

    /// The greatest ratio of a row with this design weight.
    public double upperRatio(double designWeight) {
        return Math.min(upper, most / designWeight);
    }

    /// The weight put inside the absolute bounds, which a ratio times its design weight may miss by a rounding.
    public double clip(double weight) {
        return Math.min(Math.max(weight, least), most);
    }
}
