package dev.assay.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

    /// A text as part of a metric's name: in lower case, with hyphens for spaces and underscores, `ZI QRF` ->
    /// `zi-qrf`. Different texts can give the same part; see [#apart].
    public static String part(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /// Names or parts of names that come from data, made different from each other: the first of several that
    /// are the same is kept, the others end in `-2`, `-3` and so on, leaving out what is another's own name.
    ///
    /// @return as many, in the same order
    public static List<String> apart(List<String> names) {
        Set<String> taken = new HashSet<>(names);
        Set<String> seen = new HashSet<>();
        List<String> apart = new ArrayList<>(names.size());
        for (String name : names) {
            String own = name;
            if (!seen.add(name)) {
                int n = 2;
                while (!taken.add(name + "-" + n)) {
                    n++;
                }
                own = name + "-" + n;
            }
            apart.add(own);
        }
        return List.copyOf(apart);
    }

    /// The same metric in another unit of measurement.
    public Metric in(String newUnit) {
        return new Metric(name, value, low, high, level, n, units, newUnit, reason);
    }
}
