package dev.assay.receipt;

import dev.assay.receipt.internal.CanonicalWriter;
import dev.assay.receipt.internal.Confined;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What records check about themselves.
final class Rules {
    /// The version of every record of this module.
    static final int SCHEMA_VERSION = 1;

    private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{32}");

    private Rules() {}

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /// A component that a reader may have found missing.
    static <T> T present(@Nullable T value, String name) {
        return Objects.requireNonNull(value, () -> name + " is missing");
    }

    static void text(@Nullable String value, String name) {
        require(!present(value, name).isBlank(), name + " must not be blank");
    }

    static void runId(@Nullable String value, String name) {
        require(RUN_ID.matcher(present(value, name)).matches(), name + " must be 32 lower-case hexadecimal digits");
    }

    /// A stage's name becomes the name of its receipts, so it must be a plain one and not shadow other receipts.
    static void stageName(@Nullable String value, String name) {
        String given = present(value, name);
        require(
                STAGE.matcher(given).matches(),
                name + " must be letters, digits, '.', '_' or '-', and not start with '.' or '-'");
        require(
                !given.equals("drift") && !given.endsWith(".tests"),
                name + " must not be 'drift' nor end in '.tests': receipts of that name exist");
    }

    static void relativePath(@Nullable String value, String name) {
        String fault = Confined.fault(present(value, name));
        require(fault == null, name + " must be a relative path with '/' between parts, but it " + fault);
    }

    static void count(long value, String name) {
        require(value >= 0, name + " must not be negative");
        require(value <= CanonicalWriter.LARGEST_EXACT.longValue(), name + " must not be beyond 2^53");
    }

    static void integerText(String value, String name) {
        require(INTEGER.matcher(value).matches(), name + " must be the digits of an integer");
    }

    static <T> List<T> list(@Nullable List<T> values, String name) {
        return List.copyOf(present(values, name));
    }

    /// An unchangeable copy in the order of keys, so that whoever iterates sees one order.
    static <V> Map<String, V> map(@Nullable Map<String, V> values, String name) {
        TreeMap<String, V> copy = new TreeMap<>(present(values, name));
        copy.forEach((key, value) -> present(value, name + " of " + key));
        return Collections.unmodifiableMap(copy);
    }
}
