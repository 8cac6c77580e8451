package dev.assay.frame.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the writers of Parquet files note about columns that Parquet has no type for: durations, which
/// Arrow's libraries store as whole numbers (the schema message of the Arrow columnar format,
/// Message.fbs and Schema.fbs, in base64 under [#ARROW]), and intervals by Spark (JSON under [#SPARK]).
/// A note may come from anybody, so it adds a unit and nothing else; what is no such note is passed
/// over.
final class ForeignSchema {
    /// The keys in the footer.
    static final String ARROW = "ARROW:schema";

    static final String SPARK = "org.apache.spark.sql.parquet.row.metadata";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CONTINUATION = -1;
    private static final int HEADER = 2;
    private static final int FIELDS = 1;
    private static final int TYPE_TYPE = 2;
    private static final int TYPE = 3;
    private static final int UNIT = 0;
    private static final int DURATION = 18;
    private static final int MILLISECONDS = 1;
    private static final String[] UNITS = {"s", "ms", "us", "ns"};

    private ForeignSchema() {}

    /// The units of columns that are durations, by their place in the file.
    ///
    /// @param notes the footer's notes by key
    static Map<Integer, String> durations(Map<String, String> notes) {
        Map<Integer, String> units = new HashMap<>();
        String arrow = notes.get(ARROW);
        if (arrow != null) {
            try {
                arrow(ByteBuffer.wrap(Base64.getMimeDecoder().decode(arrow)).order(ByteOrder.LITTLE_ENDIAN), units);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return Map.of();
            }
        }
        String spark = notes.get(SPARK);
        if (spark != null) {
            try {
                spark(JSON.readTree(spark), units);
            } catch (JacksonException e) {
                return Map.of();
            }
        }
        return units;
    }

    private static void spark(JsonNode schema, Map<Integer, String> units) {
        int place = 0;
        for (JsonNode field : schema.path("fields")) {
            String type = field.path("type").asString("");
            if (type.startsWith("interval ")) {
                units.put(place, type.endsWith("year") || type.endsWith("month") ? "month" : "us");
            }
            place++;
        }
    }

    private static void arrow(ByteBuffer bytes, Map<Integer, String> units) {
        int start = bytes.getInt(0) == CONTINUATION ? 2 * Integer.BYTES : Integer.BYTES;
        int message = start + bytes.getInt(start);
        int schema = target(bytes, message, HEADER);
        int fields = schema < 0 ? -1 : target(bytes, schema, FIELDS);
        int count = fields < 0 ? 0 : bytes.getInt(fields);
        for (int i = 0; i < count; i++) {
            int at = fields + Integer.BYTES * (i + 1);
            int field = at + bytes.getInt(at);
            int kind = slot(bytes, field, TYPE_TYPE);
            if (kind >= 0 && bytes.get(kind) == DURATION) {
                int type = target(bytes, field, TYPE);
                int unit = type < 0 ? -1 : slot(bytes, type, UNIT);
                units.put(i, UNITS[unit < 0 ? MILLISECONDS : bytes.getShort(unit)]);
            }
        }
    }

    /// Where a field of a table lies, -1 if it has its default.
    private static int slot(ByteBuffer bytes, int table, int field) {
        int virtual = table - bytes.getInt(table);
        int entry = virtual + 2 * Short.BYTES + Short.BYTES * field;
        if (entry + Short.BYTES > virtual + bytes.getShort(virtual)) {
            return -1;
        }
        int offset = bytes.getShort(entry);
        return offset == 0 ? -1 : table + offset;
    }

    private static int target(ByteBuffer bytes, int table, int field) {
        int slot = slot(bytes, table, field);
        return slot < 0 ? -1 : slot + bytes.getInt(slot);
    }
}
