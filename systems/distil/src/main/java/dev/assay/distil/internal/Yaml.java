package dev.assay.distil.internal;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// A YAML or JSON file of mappings or rules: every scalar is the text that stands there, and everything knows
/// its line.
public sealed interface Yaml {
    /// Largest file, in characters. A mapping has a few thousand.
    int MAX_CHARACTERS = 1 << 20;

    /// Deepest nesting of predicates.
    int MAX_DEPTH = 64;

    /// Where it stands: `rules.yml:7`.
    String place();

    /// A scalar.
    record Text(String text, String place) implements Yaml {}

    /// A sequence.
    record Items(List<Yaml> items, String place) implements Yaml {}

    /// A mapping, in the order of the file.
    record Entries(Map<String, Yaml> entries, String place) implements Yaml {}

    /// Reads a file.
    ///
    /// @throws Fault (MISSING_FILE, STUDY) with its line if there is no such file or it is not YAML
    static Yaml read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > MAX_CHARACTERS) {
                throw Fault.of(Fault.Kind.STUDY, "a mapping or rule file has at most " + MAX_CHARACTERS + " bytes")
                        .at(name);
            }
            return parse(Files.readString(file), name);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read as UTF-8 text: check path and encoding")
                    .at(name)
                    .causedBy(e);
        }
    }

    /// Reads a text that stands in a file of this name.
    ///
    /// @throws Fault (STUDY) with its line if it is not YAML
    static Yaml parse(String text, String name) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new FailsafeSchema())
                .setUseMarks(true)
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(0)
                .build();
        Optional<Node> root;
        try {
            root = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw Fault.of(Fault.Kind.STUDY, "this is not YAML: " + e.getProblem())
                    .at(name + line)
                    .causedBy(e);
        } catch (YamlEngineException e) {
            throw Fault.of(Fault.Kind.STUDY, "this is not YAML: " + e.getMessage())
                    .at(name)
                    .causedBy(e);
        }
        return of(
                root.orElseThrow(
                        () -> Fault.of(Fault.Kind.STUDY, "the file is empty").at(name)),
                name,
                0);
    }

    private static Yaml of(Node node, String name, int depth) {
        String place = name
                + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
        if (depth > MAX_DEPTH) {
            throw Fault.of(Fault.Kind.STUDY, "this nests too deep").at(place);
        }
        return switch (node) {
            case ScalarNode scalar -> new Text(scalar.getValue(), place);
            case SequenceNode sequence -> {
                List<Yaml> items = new ArrayList<>();
                sequence.getValue().forEach(item -> items.add(of(item, name, depth + 1)));
                yield new Items(List.copyOf(items), place);
            }
            case MappingNode mapping -> {
                Map<String, Yaml> entries = new LinkedHashMap<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                        throw Fault.of(Fault.Kind.STUDY, "a key must be a single word")
                                .at(place);
                    }
                    if (entries.put(key.getValue(), of(tuple.getValueNode(), name, depth + 1)) != null) {
                        throw Fault.of(Fault.Kind.STUDY, "the key '" + key.getValue() + "' stands twice")
                                .at(place);
                    }
                }
                yield new Entries(entries, place);
            }
            default ->
                throw Fault.of(Fault.Kind.STUDY, "anchors and aliases are not used here")
                        .at(place);
        };
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
