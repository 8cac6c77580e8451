package dev.assay.study;

import dev.assay.study.StageDescription.InputPart;
import dev.assay.study.StageDescription.SettingPart;
import dev.assay.study.internal.bind.Describer;
import dev.assay.study.internal.bind.DriftSection;
import dev.assay.study.internal.bind.Problems;
import dev.assay.study.internal.bind.SchemaDefaults;
import dev.assay.study.internal.store.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema (draft 2020-12) of study files, for editors: one alternative a kind, with its keys, types,
/// ranges, defaults and what they mean.
public final class StudySchema {
    /// The dialect.
    public static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /// Where an input comes from. Kinds have a dot in their names.
    private static final String SOURCE = "#/$defs/source";

    private static final String NAME = "^[a-z][a-z0-9-]*$";

    private StudySchema() {}

    /// The schema as indented JSON.
    ///
    /// @param registry the kinds that study files may name
    public static String of(StageRegistry registry) {
        Map<String, Object> kinds = new LinkedHashMap<>();
        kinds.put("source", source());
        List<Object> references = new ArrayList<>();
        for (String kind : registry.kinds()) {
            kinds.put(kind, stage(registry.get(kind)));
            references.add(Map.of("$ref", "#/$defs/" + kind));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DIALECT);
        schema.put("title", "Assay study");
        schema.put("type", "object");
        schema.put("required", List.of("study", "seed", "stages"));
        schema.put("additionalProperties", false);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("study", described("a short name", "string", "pattern", NAME));
        properties.put("title", described("a heading for people", "string"));
        properties.put("about", described("what the study is for", "string"));
        properties.put("seed", seed());
        Map<String, Object> stages = described("stages by name", "object", "minProperties", 1);
        stages.put("propertyNames", Map.of("pattern", NAME));
        // An empty list of alternatives is not a valid schema.
        stages.put("additionalProperties", references.isEmpty() ? false : Map.of("oneOf", references));
        properties.put("stages", stages);
        properties.put("claims", claims());
        properties.put("drift", drift());
        schema.put("properties", properties);
        schema.put("$defs", kinds);
        return new String(Json.page(schema), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> described(String about, String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", about);
        schema.put("type", type);
        return schema;
    }

    private static Map<String, Object> described(String about, String type, String key, Object value) {
        Map<String, Object> schema = described(about, type);
        schema.put(key, value);
        return schema;
    }

    private static Map<String, Object> seed() {
        Map<String, Object> seed = described("any whole number of 64 bits", "integer", "minimum", Long.MIN_VALUE);
        seed.put("maximum", Long.MAX_VALUE);
        return seed;
    }

    private static Map<String, Object> closed(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("required", required);
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> source() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("path", described("the file", "string"));
        properties.put(
                "confidential",
                described("whether its path and name must not be shown or kept", "boolean", "default", false));
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("description", "a file, a stage, or an artefact as stage.artefact");
        source.put("oneOf", List.of(Map.of("type", "string"), closed(properties, List.of("path"))));
        return source;
    }

    private static Map<String, Object> claims() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", described("a short name", "string", "pattern", NAME));
        properties.put("says", described("the claim in words", "string"));
        properties.put(
                "at",
                described("the metric that decides, stage.metric", "string", "pattern", "^[a-z][a-z0-9-]*\\..+$"));
        properties.put("above", described("the metric lies above this", "number"));
        properties.put("below", described("the metric lies below this", "number"));
        Map<String, Object> claim = closed(properties, List.of("id", "says", "at"));
        claim.put("oneOf", List.of(Map.of("required", List.of("above")), Map.of("required", List.of("below"))));
        Map<String, Object> claims = described("what the study claims about its metrics", "array");
        claims.put("items", claim);
        return claims;
    }

    private static Map<String, Object> drift() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        settings(Describer.settings(DriftSection.class), properties, required);
        Map<String, Object> drift = new LinkedHashMap<>();
        drift.put("description", "from when on a difference to an earlier run is worth a word");
        drift.putAll(closed(properties, required));
        return drift;
    }

    private static Map<String, Object> stage(StageDescription stage) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>(List.of("kind"));
        properties.put("kind", Map.of("const", stage.kind()));
        for (InputPart input : stage.inputs()) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("description", input.about());
            if (input.labelled()) {
                schema.put("type", "object");
                schema.put("additionalProperties", Map.of("$ref", SOURCE));
            } else {
                schema.put("$ref", SOURCE);
            }
            properties.put(input.name(), schema);
            if (!input.optional()) {
                required.add(input.name());
            }
        }
        settings(stage.settings(), properties, required);
        Map<String, Object> schema = closed(properties, required);
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", stage.summary());
        described.putAll(schema);
        return described;
    }

    private static void settings(List<SettingPart> parts, Map<String, Object> properties, List<String> required) {
        for (SettingPart part : parts) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("description", part.about());
            schema.putAll(type(part, part.type()));
            SchemaDefaults.of(part, new Problems()).ifPresent(value -> schema.put("default", value));
            properties.put(part.name(), schema);
            if (part.required()) {
                required.add(part.name());
            }
        }
    }

    private static Map<String, Object> type(SettingPart part, SettingType type) {
        return switch (type) {
            case SettingType.Whole whole -> range(part, "integer");
            case SettingType.Decimal decimal -> range(part, "number");
            case SettingType.Flag flag -> Map.of("type", "boolean");
            // A text may be written without quotes, and then looks like a number or a truth value to YAML.
            case SettingType.Text text -> Map.of("type", List.of("string", "number", "boolean"));
            case SettingType.Choice choice -> Map.of("enum", choice.names());
            case SettingType.Several several -> {
                Map<String, Object> list = new LinkedHashMap<>();
                list.put("type", "array");
                list.put("items", type(part, several.item()));
                yield list;
            }
            case SettingType.Pairs pairs -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("type", "object");
                map.put("additionalProperties", Map.of("type", List.of("string", "number", "boolean")));
                yield map;
            }
            case SettingType.Group group -> {
                Map<String, Object> properties = new LinkedHashMap<>();
                List<String> required = new ArrayList<>();
                settings(group.parts(), properties, required);
                yield closed(properties, required);
            }
        };
    }

    private static Map<String, Object> range(SettingPart part, String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        if (part.min() != Double.NEGATIVE_INFINITY) {
            schema.put("minimum", number(part.min()));
        }
        if (part.max() != Double.POSITIVE_INFINITY) {
            schema.put("maximum", number(part.max()));
        }
        return schema;
    }

    private static Number number(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1L << 53 ? (Number) (long) bound : (Number) bound;
    }
}
