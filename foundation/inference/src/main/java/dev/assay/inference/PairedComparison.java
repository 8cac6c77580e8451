package dev.assay.inference;

import java.util.OptionalDouble;

/// Two methods on the same rows: the statistic of each, their difference, and the tests of it.
///
/// @param first       the statistic of the first method, with its interval
/// @param second      the statistic of the second
/// @param difference  first less second, resampled with the same draws for both
/// @param bootstrapP  min(1, 2 (1 + min(#{D* <= 0}, #{D* >= 0})) / (B + 1)): it inverts the interval of the
///     difference and supports it; the test is `p`. Empty where there is no interval
/// @param p           of the permutation test; never 0. Empty if the difference does not exist
/// @param exact       whether all assignments were looked at, not a sample of them
/// @param assignments how many were looked at
/// @param smallestP   below this p cannot fall, whatever the data say
public record PairedComparison(
        Estimate first,
        Estimate second,
        Estimate difference,
        OptionalDouble bootstrapP,
        OptionalDouble p,
        boolean exact,
        int assignments,
        double smallestP) {}
