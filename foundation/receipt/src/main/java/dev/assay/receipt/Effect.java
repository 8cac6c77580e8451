package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How far two samples of a column lie apart, on a scale that does not depend on how many values they
/// hold.
///
/// @param measure on which scale
/// @param value   0 or more
/// @param atLeast from when on it is large enough to matter
public record Effect(
        Measure measure,
        double value,
        @JsonProperty("at_least") double atLeast) {
    /// Scales.
    public enum Measure {
        /// [KolmogorovSmirnov]: the largest share of values that would have to move over some point.
        @JsonProperty("kolmogorov_smirnov")
        KOLMOGOROV_SMIRNOV("Kolmogorov-Smirnov D"),
        /// [Wasserstein]: the mean way that values would have to move, over the reference's standard
        /// deviation.
        @JsonProperty("wasserstein")
        WASSERSTEIN("Wasserstein-1 / sd"),
        /// The share of values that would have to change.
        @JsonProperty("total_variation")
        TOTAL_VARIATION("share of values that changed"),
        /// [StabilityIndex].
        @JsonProperty("psi")
        PSI("PSI");

        private final String title;

        Measure(String title) {
            this.title = title;
        }

        /// The scale in a few words.
        public String title() {
            return title;
        }
    }

    /// @throws IllegalArgumentException if the value is negative or not a number
    public Effect {
        Rules.present(measure, "measure");
        Rules.require(value >= 0, "an effect must be 0 or more, got " + value);
    }

    /// Whether it is large enough to matter.
    boolean matters() {
        return value >= atLeast;
    }

    /// The one that is larger for its scale.
    static Effect larger(Effect one, Effect other) {
        return one.value / one.atLeast >= other.value / other.atLeast ? one : other;
    }
}
