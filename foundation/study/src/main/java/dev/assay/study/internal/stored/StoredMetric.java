package dev.assay.study.internal.stored;

import dev.assay.study.Metric;
import java.util.Optional;

/// A metric on disk.
record StoredMetric(
        String name,
        Optional<Double> value,
        Optional<Double> low,
        Optional<Double> high,
        double level,
        long n,
        String units,
        String unit,
        String reason) {
    static StoredMetric of(Metric m) {
        return new StoredMetric(
                m.name(), m.value(), m.low(), m.high(), m.level(), m.n(), m.units(), m.unit(), m.reason());
    }

    Metric view() {
        return new Metric(name, value, low, high, level, n, units, unit, reason);
    }
}
