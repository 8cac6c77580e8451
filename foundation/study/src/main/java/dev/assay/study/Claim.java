package dev.assay.study;

/// Something that a study says about one of its metrics.
///
/// @param id     a short name, unique in the study
/// @param says   the claim in words
/// @param stage  the stage that measures
/// @param metric the metric's name within that stage
/// @param side   on which side of the bound the metric is claimed to lie
/// @param bound  the bound
public record Claim(String id, String says, String stage, String metric, Side side, double bound) {
    /// A side of a bound; the bound itself is on neither.
    public enum Side {
        ABOVE,
        BELOW
    }

    /// What a run says about a claim.
    public enum Verdict {
        /// The interval lies wholly on the claimed side.
        HOLDS,
        /// The interval lies wholly on the other side.
        CONTRADICTED,
        /// The interval holds the bound.
        UNDECIDED,
        /// The metric was not measured in this run.
        NOT_MEASURED
    }

    /// Judges the claim by one measurement. A metric without an interval is exact and judged by its value.
    public Verdict judge(Metric measured) {
        double value = measured.value().orElse(Double.NaN);
        double low = measured.low().orElse(value);
        double high = measured.high().orElse(value);
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return Verdict.NOT_MEASURED;
        }
        return switch (side) {
            case ABOVE -> low > bound ? Verdict.HOLDS : high <= bound ? Verdict.CONTRADICTED : Verdict.UNDECIDED;
            case BELOW -> high < bound ? Verdict.HOLDS : low >= bound ? Verdict.CONTRADICTED : Verdict.UNDECIDED;
        };
    }
}
