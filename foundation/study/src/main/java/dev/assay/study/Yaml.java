package dev.assay.study;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.study.internal.bind.YamlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A YAML or JSON file of settings: every scalar is the text that stands there, and everything knows its line.
///
/// The file may come from anybody. Nothing is built from tags; [Limit#SETTINGS_BYTES] bounds the text and what its
/// aliases unfold into, [Limit#DEPTH] the levels; a key that stands twice, a tag and a second document are refused.
/// Memory: about a hundred times the text at worst.
public sealed interface Yaml {
    /// The name of the file.
    String name();

    /// The line, from 1.
    int line();

    /// Where it stands: `rules.yml:7`.
    default String place() {
        return name() + ":" + line();
    }

    /// A scalar.
    ///
    /// @param unquoted whether it stands there without quotes
    record Text(String text, boolean unquoted, String name, int line) implements Yaml {}

    /// A sequence.
    record Items(List<Yaml> items, String name, int line) implements Yaml {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// A mapping, in the order of the file.
    ///
    /// @param keyLines the line of each key
    record Entries(Map<String, Yaml> entries, Map<String, Integer> keyLines, String name, int line) implements Yaml {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keyLines = Map.copyOf(keyLines);
        }
    }

    /// Reads a file of settings.
    ///
    /// @throws Fault (MISSING_FILE, STUDY) with its line if there is no such file, or it is not YAML or beyond a
    ///     limit
    static Yaml read(Path file) {
        return read(file, Limits.ofProcess());
    }

    /// Reads a file of settings within some limits.
    ///
    /// @throws Fault (MISSING_FILE, STUDY) with its line if there is no such file, or it is not YAML or beyond a
    ///     limit
    static Yaml read(Path file, Limits limits) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > limits.of(Limit.SETTINGS_BYTES)) {
                throw limits.exceeded(
                                Fault.Kind.STUDY,
                                Limit.SETTINGS_BYTES,
                                "the file has more than " + limits.of(Limit.SETTINGS_BYTES) + " bytes")
                        .at(name);
            }
            return parse(Files.readString(file), name, limits);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read as UTF-8 text: check path and encoding")
                    .at(name)
                    .causedBy(e);
        }
    }

    /// Reads a text that stands in a file of this name.
    ///
    /// @throws Fault (STUDY) with its line if it is empty, not YAML, or beyond a limit
    static Yaml parse(String text, String name, Limits limits) {
        Yaml root = parse(text, name, Limit.SETTINGS_BYTES, limits);
        if (root == null) {
            throw Fault.of(Fault.Kind.STUDY, "the file is empty").at(name);
        }
        return root;
    }

    /// Reads a text whose size another limit bounds.
    ///
    /// @return null if nothing stands there
    /// @throws Fault (STUDY) with its line if it is not YAML, or beyond a limit
    static @Nullable Yaml parse(String text, String name, Limit size, Limits limits) {
        return YamlParser.parse(text, name, size, limits, (line, sentence) -> {
            throw Fault.of(Fault.Kind.STUDY, sentence).at(name + ":" + line);
        });
    }

    /// This as a mapping.
    ///
    /// @param what what it should be: `a mapping`
    default Entries entries(String what) {
        if (this instanceof Entries entries) {
            return entries;
        }
        throw Fault.of(Fault.Kind.STUDY, what + " is written as keys with values")
                .at(place());
    }

    /// This as a sequence.
    default Items items(String what) {
        if (this instanceof Items items) {
            return items;
        }
        throw Fault.of(Fault.Kind.STUDY, what + " is written as a list").at(place());
    }

    /// This as a scalar.
    default Text text(String what) {
        if (this instanceof Text text) {
            return text;
        }
        throw Fault.of(Fault.Kind.STUDY, what + " is a single text").at(place());
    }

    /// What it says, without places: maps, lists and texts.
    default Object plain() {
        return switch (this) {
            case Text text -> text.text();
            case Items items -> items.items().stream().map(Yaml::plain).toList();
            case Entries entries -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                entries.entries().forEach((key, value) -> plain.put(key, value.plain()));
                yield plain;
            }
        };
    }
}
