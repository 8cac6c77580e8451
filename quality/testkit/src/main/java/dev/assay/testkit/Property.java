package dev.assay.testkit;

import dev.assay.chance.Seed;

/// A property checked on random cases. A failure names the seed that brings the case back:
/// `-Dassay.property.seed=N` then runs that case alone.
///
/// ```java
/// Property.holds(200, seed -> {
///     var random = seed.generator();
///     ...
/// });
/// ```
public final class Property {
    /// The system property that picks one case.
    public static final String SEED_PROPERTY = "assay.property.seed";

    private static final long FIRST_SEED = 20_261_121L;

    private Property() {}

    /// A check of one random case; it throws to say that the property does not hold.
    @FunctionalInterface
    public interface Case {
        void check(Seed seed) throws Exception;
    }

    /// Checks `trials` cases with fixed, distinct seeds.
    ///
    /// @throws AssertionError naming the seed of the first case that fails
    public static void holds(int trials, Case property) {
        Long only = Long.getLong(SEED_PROPERTY);
        long from = only == null ? FIRST_SEED : only;
        long to = only == null ? FIRST_SEED + trials : only + 1;
        for (long s = from; s < to; s++) {
            try {
                property.check(Seed.of(s));
            } catch (Throwable failure) {
                throw new AssertionError(
                        "does not hold for case " + s + " (rerun it alone with -D" + SEED_PROPERTY + "=" + s + "): "
                                + failure.getMessage(),
                        failure);
            }
        }
    }
}
