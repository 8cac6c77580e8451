package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a Parquet file of ours says about its columns beyond Parquet's own types: units, and the levels
/// of categories in their order. Kept in the footer under [#KEY] as JSON:
///
/// ```json
/// {"version": 1, "fields": [{"name": "sex", "type": "CATEGORY", "unit": "", "levels": ["M", "F"]}]}
/// ```
///
/// A note may come from anybody, so it only ever adds to what the file itself says: a unit to a column
/// that exists, levels to a column of texts. What does not fit is passed over.
record SchemaNote(Map<String, Entry> entries) {
    /// The key in the footer.
    static final String KEY = "assay.schema";

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @param levels empty unless the column is a category
    record Entry(boolean category, String unit, List<String> levels) {}

    /// The note for a frame.
    static String write(Frame frame) {
        ObjectNode note = JSON.createObjectNode();
        note.put("version", VERSION);
        ArrayNode fields = note.putArray("fields");
        for (int i = 0; i < frame.columns().size(); i++) {
            Field field = frame.schema().fields().get(i);
            ObjectNode entry = fields.addObject();
            entry.put("name", field.name());
            entry.put("type", field.type().name());
            entry.put("unit", field.unit());
            if (frame.columns().get(i) instanceof Column.Categories categories) {
                ArrayNode levels = entry.putArray("levels");
                categories.levels().forEach(levels::add);
            }
        }
        return JSON.writeValueAsString(note);
    }

    /// The note in this text, without entries if it is none of ours.
    static SchemaNote parse(String text) {
        Map<String, Entry> entries = new HashMap<>();
        try {
            JsonNode note = JSON.readTree(text);
            if (note.path("version").asInt(0) == VERSION) {
                for (JsonNode entry : note.path("fields")) {
                    List<String> levels = new ArrayList<>();
                    entry.path("levels").forEach(level -> levels.add(level.asString("")));
                    boolean category = entry.path("type").asString("").equals(ColumnType.CATEGORY.name())
                            && new HashSet<>(levels).size() == levels.size();
                    entries.put(
                            entry.path("name").asString(""),
                            new Entry(category, entry.path("unit").asString(""), levels));
                }
            }
        } catch (JacksonException e) {
            return new SchemaNote(Map.of());
        }
        return new SchemaNote(entries);
    }

    /// The pick with what the note adds to it.
    Pick applied(Pick pick) {
        Entry entry = entries.get(pick.field().name());
        if (entry == null) {
            return pick;
        }
        Pick typed = entry.category() && pick.field().type() == ColumnType.TEXT
                ? Pick.ofLevels(pick.field().name(), pick.expression(), entry.levels())
                        .telling(pick.told())
                : pick;
        return typed.withUnit(entry.unit());
    }
}
