package dev.assay.distil.internal;

import dev.assay.distil.RowProvenance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The fields of evidence, version 1.
public final class EvidenceSchema {
    /// The version that is read and written.
    public static final int VERSION = 1;

    private static final int HEX_DIGITS = 64;
    private static final String TIME_FORM = "0000-00-00T00:00:00";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,79}");

    private EvidenceSchema() {}

    /// What a field holds.
    public enum Type {
        VERSION,
        NAME,
        TEXT,
        TIME,
        HEX,
        NUMBER,
        AMOUNT,
        COUNT,
        TEXTS,
        NUMBERS,
        TEXT_MAP,
        PROVENANCE,
        RETRIEVED,
        TIMESTAMP_SOURCE,
        STREAM_CLASS,
        ROLE,
        OBSERVER
    }

    private static final Map<Type, List<String>> CHOICES = Map.of(
            Type.TIMESTAMP_SOURCE, List.of("row", "pinned"),
            Type.STREAM_CLASS, List.of("verdict", "telemetry", "extraction"),
            Type.ROLE,
                    List.of(
                            "executor",
                            "reviewer",
                            "extractor",
                            "verifier",
                            "categorizer",
                            "tiebreaker",
                            "applier",
                            "embedder",
                            "other"),
            Type.OBSERVER, List.of("accept", "reject", "cycle"));

    /// Every field by name, sorted.
    public static final Map<String, Type> FIELDS = Map.copyOf(fields());

    /// Fields that a record must have.
    public static final List<String> REQUIRED = List.of(
            "schema_version",
            "run_id",
            "task_id",
            "timestamp",
            "timestamp_source",
            "stream",
            "stream_class",
            "provenance");

    private static Map<String, Type> fields() {
        Map<String, Type> fields = new TreeMap<>();
        fields.put("schema_version", Type.VERSION);
        fields.put("id", Type.HEX);
        fields.put("timestamp", Type.TIME);
        fields.put("timestamp_source", Type.TIMESTAMP_SOURCE);
        fields.put("stream", Type.NAME);
        fields.put("stream_class", Type.STREAM_CLASS);
        fields.put("provenance", Type.PROVENANCE);
        fields.put("role", Type.ROLE);
        fields.put("observer_verdict", Type.OBSERVER);
        for (String name : List.of(
                "run_id",
                "task_id",
                "model_name",
                "model_provider",
                "prompt",
                "context",
                "text",
                "reference",
                "verdict_source",
                "code_version")) {
            fields.put(name, Type.TEXT);
        }
        fields.put("verdict", Type.NUMBER);
        fields.put("cost_usd", Type.AMOUNT);
        for (String name : List.of("latency_ms", "prompt_tokens", "completion_tokens")) {
            fields.put(name, Type.COUNT);
        }
        for (String name : List.of("success_markers", "failure_markers", "source_files")) {
            fields.put(name, Type.TEXTS);
        }
        fields.put("metrics", Type.NUMBERS);
        fields.put("validation_results", Type.NUMBERS);
        fields.put("metadata", Type.TEXT_MAP);
        fields.put("retrieved_context", Type.RETRIEVED);
        return fields;
    }

    /// Whether a text may name a stream: it becomes a part of a file's name.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// @throws IllegalArgumentException in one sentence without any value, if a field is unknown or of another
    ///     type
    public static void check(String name, JsonNode value) {
        Type type = FIELDS.get(name);
        if (type == null) {
            throw new IllegalArgumentException("there is a field that evidence has not");
        }
        if (!fits(type, value)) {
            throw new IllegalArgumentException("the field '" + name + "' is not " + described(type));
        }
    }

    /// @throws IllegalArgumentException as [#check(String, JsonNode)]
    static void check(RowProvenance provenance) {
        if (provenance.position() < 0 || !isHex(provenance.sigHash()) || !isTime(provenance.recordedAt())) {
            throw new IllegalArgumentException("the field 'provenance' is not " + described(Type.PROVENANCE));
        }
    }

    /// What a type takes, for people.
    public static String described(Type type) {
        return switch (type) {
            case VERSION -> "schema version " + VERSION;
            case NAME -> "a name of letters, digits, '_' and '-'";
            case TEXT -> "a text";
            case TIME -> "a time such as 2026-01-31T23:59:59Z";
            case HEX -> "64 hexadecimal digits";
            case NUMBER -> "a number";
            case AMOUNT -> "a number of 0 or more";
            case COUNT -> "a whole number of 0 or more";
            case TEXTS -> "a list of texts";
            case NUMBERS -> "a map from names to numbers";
            case TEXT_MAP -> "a map from names to texts";
            case PROVENANCE -> "source_file, position, sig_hash and recorded_at";
            case RETRIEVED -> "a list of rag_id and score";
            case TIMESTAMP_SOURCE, STREAM_CLASS, ROLE, OBSERVER ->
                "one of " + String.join(", ", CHOICES.getOrDefault(type, List.of()));
        };
    }

    private static boolean fits(Type type, JsonNode value) {
        return switch (type) {
            case VERSION -> value.isIntegralNumber() && value.longValue() == VERSION;
            case NAME -> value.isString() && isName(value.stringValue());
            case TEXT -> value.isString();
            case TIME -> isTime(value);
            case HEX -> isHex(value);
            case NUMBER -> isFinite(value);
            case AMOUNT -> isFinite(value) && value.doubleValue() >= 0;
            case COUNT -> isCount(value);
            case TEXTS -> value.isArray() && value.valueStream().allMatch(JsonNode::isString);
            case NUMBERS -> value.isObject() && value.valueStream().allMatch(EvidenceSchema::isFinite);
            case TEXT_MAP -> value.isObject() && value.valueStream().allMatch(JsonNode::isString);
            case PROVENANCE ->
                value.isObject()
                        && value.size() == 4
                        && value.path("source_file").isString()
                        && isCount(value.path("position"))
                        && isHex(value.path("sig_hash"))
                        && isTime(value.path("recorded_at"));
            case RETRIEVED ->
                value.isArray()
                        && value.valueStream()
                                .allMatch(hit -> hit.isObject()
                                        && hit.size() == 2
                                        && hit.path("rag_id").isString()
                                        && isFinite(hit.path("score")));
            case TIMESTAMP_SOURCE, STREAM_CLASS, ROLE, OBSERVER ->
                value.isString() && CHOICES.getOrDefault(type, List.of()).contains(value.stringValue());
        };
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    private static boolean isCount(JsonNode value) {
        return value.isIntegralNumber() && value.longValue() >= 0;
    }

    private static boolean isHex(JsonNode value) {
        return value.isString() && isHex(value.stringValue());
    }

    private static boolean isHex(String text) {
        if (text.length() != HEX_DIGITS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /// Whether a node is a time in UTC.
    public static boolean isTime(JsonNode value) {
        return value.isString() && isTime(value.stringValue());
    }

    /// Whether a text is a time in UTC.
    public static boolean isTime(String text) {
        int length = text.length();
        if (length <= TIME_FORM.length() || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < TIME_FORM.length(); i++) {
            char c = text.charAt(i);
            boolean fits = TIME_FORM.charAt(i) == '0' ? c >= '0' && c <= '9' : c == TIME_FORM.charAt(i);
            if (!fits) {
                return false;
            }
        }
        int fraction = length - 1 - TIME_FORM.length();
        if (fraction > 0) {
            if (fraction < 2 || fraction > 10 || text.charAt(TIME_FORM.length()) != '.') {
                return false;
            }
            for (int i = TIME_FORM.length() + 1; i < length - 1; i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return false;
                }
            }
        }
        return within(text, 5, 1, 12)
                && within(text, 8, 1, 31)
                && within(text, 11, 0, 23)
                && within(text, 14, 0, 59)
                && within(text, 17, 0, 59);
    }

    /// Whether two digits are a number between others.
    private static boolean within(String text, int at, int least, int most) {
        int number = 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
        return least <= number && number <= most;
    }
}
