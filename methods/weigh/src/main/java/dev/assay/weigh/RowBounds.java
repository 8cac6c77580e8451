package dev.assay.weigh;

/// Ratio bounds of single rows: `lower[i] <= w[i] / d[i] <= upper[i]`.
///
/// @param lower `[rows]` minus infinity for none
/// @param upper `[rows]` infinity for none
public record RowBounds(double[] lower, double[] upper) {
    /// @throws IllegalArgumentException if lengths differ or a lower bound is not at or below its upper one
    public RowBounds {
        if (lower.length != upper.length) {
            throw new IllegalArgumentException(
                    "there are " + lower.length + " lower and " + upper.length + " upper bounds");
        }
        for (int i = 0; i < lower.length; i++) {
            if (!(lower[i] <= upper[i])) {
                throw new IllegalArgumentException("the bounds of row " + i + " leave no ratio");
            }
        }
    }
}
