package dev.assay.distil.internal.mapping;

import dev.assay.distil.Mapping;
import dev.assay.distil.SourceFormat;
import dev.assay.distil.StreamClass;
import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.EvidenceSchema.Type;
import dev.assay.distil.internal.collect.Glob;
import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import dev.assay.study.Yaml;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads mappings.
public final class MappingReader {
    private static final List<String> KEYS = List.of(
            "schema_version", "stream", "class", "source", "format", "licence", "pinned", "fields", "rules", "notice");

    /// Written by the collector, not by mappings.
    private static final Set<String> NOT_MAPPED =
            Set.of("schema_version", "id", "stream", "stream_class", "provenance");

    private final Yaml.Entries root;

    private MappingReader(Yaml.Entries root) {
        this.root = root;
    }

    /// See [Mapping#read(Path)].
    public static Mapping read(Path file) {
        return new MappingReader(Yaml.read(file).entries("a mapping")).read();
    }

    private Mapping read() {
        for (Map.Entry<String, Yaml> entry : root.entries().entrySet()) {
            if (!KEYS.contains(entry.getKey())) {
                throw wrong(
                        entry.getValue(),
                        "a mapping has no key '" + entry.getKey() + "'." + Nearest.clause(entry.getKey(), KEYS));
            }
        }
        if (!required("schema_version").equals("1")) {
            throw wrong(
                    get("schema_version"),
                    "schema version " + required("schema_version") + " is not known; this program reads version 1");
        }
        String stream = required("stream");
        if (!EvidenceSchema.isName(stream)) {
            throw wrong(get("stream"), "a stream's name has letters, digits, '_' and '-' only, at most 80");
        }
        StreamClass streamClass = choice("class", Arrays.asList(StreamClass.values()), StreamClass::text);
        SourceFormat format = choice("format", Arrays.asList(SourceFormat.values()), SourceFormat::text);
        String source = required("source");
        if (source.startsWith("/") || source.contains("..") || source.contains("\\")) {
            throw wrong(get("source"), "the source is a pattern below the source folder, with '/' between parts");
        }
        try {
            Glob.of(source);
        } catch (IllegalArgumentException e) {
            throw wrong(get("source"), "the source is no pattern of files: " + e.getMessage());
        }
        Map<String, String> pinned = texts("pinned");
        ExpressionParser.Scope scope = new ExpressionParser.Scope(stream, pinned, Map.of(), new HashSet<>());
        Map<String, String> written = new LinkedHashMap<>();
        Map<String, FieldSource> fields = new TreeMap<>();
        if (!root.entries().containsKey("fields")) {
            throw Fault.of(Fault.Kind.STUDY, "a mapping needs 'fields'").at(root.place());
        }
        get("fields").entries("'fields'").entries().forEach((name, value) -> {
            Type type = EvidenceSchema.FIELDS.get(name);
            if (type == null || NOT_MAPPED.contains(name)) {
                List<String> known = EvidenceSchema.FIELDS.keySet().stream()
                        .filter(f -> !NOT_MAPPED.contains(f))
                        .sorted()
                        .toList();
                throw wrong(value, "evidence has no field '" + name + "' to be mapped." + Nearest.clause(name, known));
            }
            written.put(name, CanonicalJson.of(value.plain()));
            fields.put(name, field(value, type, scope));
        });
        boolean timePinned = get("fields").entries("'fields'").entries().get("timestamp") instanceof Yaml.Text text
                && text.text().strip().startsWith("pinned(");
        for (String name : List.of("run_id", "task_id", "timestamp")) {
            if (!fields.containsKey(name)) {
                throw wrong(get("fields"), "the required field '" + name + "' is not mapped");
            }
        }
        String digest = Digest.of(CanonicalJson.of(root.plain())).hex();
        return new Mapping(
                stream,
                streamClass,
                source,
                format,
                optional("licence"),
                optional("rules"),
                optional("notice"),
                pinned,
                written,
                digest,
                new Transform(stream, streamClass, timePinned, fields));
    }

    private static FieldSource field(Yaml value, Type type, ExpressionParser.Scope scope) {
        if (value instanceof Yaml.Text text) {
            return FieldSource.of(type, ExpressionParser.parse(text.text(), text.place(), scope));
        }
        if (value instanceof Yaml.Entries entries && (type == Type.NUMBERS || type == Type.TEXT_MAP)) {
            Map<String, Expression> parts = new TreeMap<>();
            entries.entries()
                    .forEach((name, part) -> parts.put(
                            name,
                            ExpressionParser.parse(part.text("a part of a map").text(), part.place(), scope)));
            return new FieldSource.Parts(type, parts);
        }
        throw wrong(value, "an expression is missing");
    }

    private Yaml get(String key) {
        Yaml value = root.entries().get(key);
        if (value == null) {
            throw Fault.of(Fault.Kind.STUDY, "a mapping needs '" + key + "'").at(root.place());
        }
        return value;
    }

    private String required(String key) {
        return get(key).text("'" + key + "'").text();
    }

    private String optional(String key) {
        return root.entries().containsKey(key) ? required(key) : "";
    }

    private Map<String, String> texts(String key) {
        Map<String, String> texts = new TreeMap<>();
        if (root.entries().containsKey(key)) {
            get(key).entries("'" + key + "'")
                    .entries()
                    .forEach((name, value) ->
                            texts.put(name, value.text("a pinned value").text()));
        }
        return texts;
    }

    private <T> T choice(String key, List<T> all, java.util.function.Function<T, String> name) {
        String given = required(key);
        for (T each : all) {
            if (name.apply(each).equals(given)) {
                return each;
            }
        }
        List<String> names = all.stream().map(name).toList();
        throw wrong(
                get(key),
                "'" + given + "' is no " + key + "; there are " + String.join(", ", names) + "."
                        + Nearest.clause(given, names));
    }

    private static Fault wrong(Yaml at, String sentence) {
        return Fault.of(Fault.Kind.STUDY, sentence).at(at.place());
    }
}
