package dev.assay.testkit;

/// How many broken inputs a test makes, and by which seed: few in every build, many by `quality/fuzz/fuzz.sh`.
public final class Fuzz {
    /// The system property with the number of inputs for each kind.
    public static final String INPUTS_PROPERTY = "assay.fuzz";

    /// The system property with the seed.
    public static final String SEED_PROPERTY = "assay.fuzz.seed";

    private Fuzz() {}

    /// The number of inputs.
    ///
    /// @param few how many the build makes
    public static int inputs(int few) {
        return Integer.getInteger(INPUTS_PROPERTY, few);
    }

    /// The seed.
    ///
    /// @param usual that of the build
    public static long seed(long usual) {
        return Long.getLong(SEED_PROPERTY, usual);
    }
}
