package dev.assay.fault;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// How large input may make things: a value for each [Limit]. They change no result; whoever is beyond one gets
/// a [Fault] instead.
///
/// Readers take them as an argument, [#ofProcess()] where nobody gives any.
public final class Limits {
    /// What a compressed file may become whatever its size: small files of zeros are no attack.
    public static final long FREE_BYTES = 256L << 20;

    /// The standard value of each.
    public static final Limits STANDARD = new Limits(Map.of());

    /// Before the label of a limit, the name of the system property that sets it for a process.
    public static final String PROPERTY = "assay.limit.";

    private final Map<Limit, Long> set;

    private Limits(Map<Limit, Long> set) {
        EnumMap<Limit, Long> copy = new EnumMap<>(Limit.class);
        copy.putAll(set);
        this.set = Collections.unmodifiableMap(copy);
    }

    /// The limits of this process: what the system properties `assay.limit.<label>` say, the standard for the
    /// rest.
    ///
    /// @throws Fault (BAD_SETTING) if a property is no number in its range
    public static Limits ofProcess() {
        Limits limits = STANDARD;
        for (Limit limit : Limit.values()) {
            String value = System.getProperty(PROPERTY + limit.label());
            if (value != null) {
                limits = limits.with(limit, number(limit, value));
            }
        }
        return limits;
    }

    /// The value of one.
    public long of(Limit limit) {
        return set.getOrDefault(limit, limit.standard());
    }

    /// The value of one that fits an int.
    ///
    /// @throws ArithmeticException if it does not
    public int intOf(Limit limit) {
        return Math.toIntExact(of(limit));
    }

    /// The same with another value of one.
    ///
    /// @throws Fault (BAD_SETTING) if it is out of its range
    public Limits with(Limit limit, long value) {
        if (value < limit.least() || value > limit.most()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "the limit '" + limit.label() + "' must lie between " + limit.least() + " and " + limit.most()
                            + ", got " + value);
        }
        EnumMap<Limit, Long> changed = new EnumMap<>(Limit.class);
        changed.putAll(set);
        changed.put(limit, value);
        return new Limits(changed);
    }

    /// The same with the value of one as a person writes it.
    ///
    /// @param label the limit's name
    /// @param value its value, a whole number
    /// @throws Fault (BAD_SETTING) if there is no such limit, or the value is no number in its range
    public Limits with(String label, String value) {
        Limit limit = Limit.named(label)
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "there is no limit '" + label + "'; there are " + String.join(", ", Limit.labels()) + "."
                                + Nearest.clause(label, Limit.labels())));
        return with(limit, number(limit, value));
    }

    private static long number(Limit limit, String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw Fault.of(
                            Fault.Kind.BAD_SETTING,
                            "the limit '" + limit.label() + "' must be a whole number, got '" + value + "'")
                    .causedBy(e);
        }
    }

    /// What to tell of something that is beyond a limit.
    ///
    /// @param kind  [Fault.Kind#MALFORMED_FILE] for files, [Fault.Kind#BAD_SETTING] for conditions
    /// @param limit which
    /// @param what  the beginning of the sentence: `the line has more than 67108864 bytes`
    public Fault exceeded(Fault.Kind kind, Limit limit, String what) {
        return Fault.of(
                kind,
                what + "; if you trust it, allow more than " + of(limit) + " with --limit " + limit.label() + "=N");
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Limits limits)) {
            return false;
        }
        for (Limit limit : Limit.values()) {
            if (of(limit) != limits.of(limit)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Limit limit : Limit.values()) {
            hash = 31 * hash + Long.hashCode(of(limit));
        }
        return hash;
    }

    /// As on the command line, all that differ from the standard.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        set.forEach((limit, value) -> text.append(text.isEmpty() ? "" : " ")
                .append(limit.label())
                .append('=')
                .append(value));
        return text.toString();
    }
}
