package dev.assay.inference;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A number from a finite sample: the value, the interval around it, and over which units it was
/// resampled.
///
/// What is absent is empty, never NaN or 0, and `reason` says why.
///
/// @param value         the point value
/// @param n             rows behind the value
/// @param units         independent units that were resampled; of two samples, the smaller number
/// @param unitKind      what a unit is: `row`, `household`, ...
/// @param low           lower end of the interval
/// @param high          upper end of the interval
/// @param level         intended coverage of the interval, for example 0.95
/// @param interval      how the interval was made
/// @param replicates    bootstrap replicates; 0 if the interval needs none
/// @param seed          seed of the draws; 0 if there are none
/// @param meanReplicate mean of the replicates; its difference to the value estimates the bias
/// @param warnings      what a reader should know before quoting the interval
/// @param reason        one sentence if value or interval is absent
public record Estimate(
        OptionalDouble value,
        long n,
        int units,
        String unitKind,
        OptionalDouble low,
        OptionalDouble high,
        double level,
        Interval interval,
        int replicates,
        long seed,
        OptionalDouble meanReplicate,
        List<String> warnings,
        Optional<String> reason) {

    /// Copies the list, so that the record is immutable.
    public Estimate {
        warnings = List.copyOf(warnings);
    }

    /// Whether there is an interval.
    public boolean hasInterval() {
        return low.isPresent();
    }

    /// The same number without its interval.
    ///
    /// @param why one sentence
    public Estimate without(String why) {
        return new Estimate(
                value,
                n,
                units,
                unitKind,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                level,
                interval,
                replicates,
                seed,
                meanReplicate,
                warnings,
                Optional.of(why));
    }
}
