package dev.assay.distil.internal.export;

import dev.assay.distil.PersonalData;
import java.util.EnumMap;
import java.util.Map;

/// Personal data found on the way, whatever is done about it. For one thread.
public final class Found {
    private final Map<PersonalData.Kind, Long> places = new EnumMap<>(PersonalData.Kind.class);
    private long samples;

    void add(PersonalData.Treated treated) {
        if (treated.found()) {
            samples++;
            treated.counts().forEach((kind, count) -> places.merge(kind, (long) count, Long::sum));
        }
    }

    /// Samples in which anything was found.
    public long samples() {
        return samples;
    }

    /// Places by kind.
    public Map<PersonalData.Kind, Long> places() {
        return places;
    }
}
