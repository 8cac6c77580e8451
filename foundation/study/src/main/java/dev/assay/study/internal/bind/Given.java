package dev.assay.study.internal.bind;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was written for a key, before anybody knows what type it should have.
public sealed interface Given {
    /// Where it was written.
    Place place();

    /// A single value of a file.
    ///
    /// @param text  its text
    /// @param plain whether it stood there without quotes
    record Scalar(String text, boolean plain, Place place) implements Given {}

    /// A list of a file.
    record Items(List<Given> items, Place place) implements Given {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// A mapping of a file, in order.
    record Entries(Map<String, Entry> entries, Place place) implements Given {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /// A value of a mapping, with the place of its key.
    record Entry(Place keyPlace, Given value) {}

    /// Text of a command line or a default, to be read as the type demands.
    record Loose(String text, Place place) implements Given {}

    /// The words that mean no value when they stand without quotes (YAML 1.2 core schema).
    Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    /// Whether a key was written without a value.
    default boolean isNothing() {
        return this instanceof Scalar(String text, boolean plain, Place p) && plain && NOTHING.contains(text);
    }

    /// What it is, for messages.
    default String shown() {
        return switch (this) {
            case Scalar s -> s.isNothing() ? "nothing" : "'" + s.text() + "'";
            case Items i -> "a list";
            case Entries e -> "a mapping";
            case Loose l -> "'" + l.text() + "'";
        };
    }
}
