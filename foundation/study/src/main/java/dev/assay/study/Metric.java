package dev.assay.study;

import java.util.Optional;

/// A measured number.
///
/// @param name       lower case, dots between levels: `zi-qrf.coverage`
/// @param value      the point value; absent when it cannot be given
/// @param low        lower end of the interval, if there is one
/// @param high       upper end of the interval, if there is one
/// @param level      coverage level of the interval, 0.95 unless said; 0 without an interval
/// @param n          number of units measured
/// @param units      over which units the interval was resampled (`row`, `household`), empty without an interval
/// @param unit       unit of measurement, empty for a pure number
/// @param reason     one sentence why value or interval is absent, else empty
public record Metric(
        String name,
        Optional<Double> value,
        Optional<Double> low,
        Optional<Double> high,
        double level,
        long n,
        String units,
        String unit,
        String reason) {

    /// A number about all there is, which has no sampling error (a count, a distance to a published total).
    public static Metric exact(String name, double value, long n) {
        return new Metric(
                name,
                Optional.of(value),
                Optional.empty(),
                Optional.empty(),
                0,
                n,
                "",
                "",
                "not a sample: no interval");
    }

    /// An estimate with an interval at level 0.95.
    public static Metric estimate(String name, double value, double low, double high, long n, String units) {
        return new Metric(name, Optional.of(value), Optional.of(low), Optional.of(high), 0.95, n, units, "", "");
    }

    /// A number that could not be given.
    public static Metric absent(String name, long n, String reason) {
        return new Metric(name, Optional.empty(), Optional.empty(), Optional.empty(), 0, n, "", "", reason);
    }

    /// The same metric in another unit of measurement.
    public Metric in(String newUnit) {
        return new Metric(name, value, low, high, level, n, units, newUnit, reason);
    }
}
