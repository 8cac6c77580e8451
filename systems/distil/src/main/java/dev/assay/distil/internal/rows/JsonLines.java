package dev.assay.distil.internal.rows;

import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Files of JSON lines, read one after another. Memory: a batch of lines.
public final class JsonLines {
    private JsonLines() {}

    /// All lines that are not blank.
    ///
    /// @throws IOException if the file cannot be read
    public static void each(Path file, Consumer<RawRow> taker) throws IOException {
        try (RowReader rows = ByteRows.lines(Files.newInputStream(file))) {
            for (List<RawRow> batch = rows.next(); !batch.isEmpty(); batch = rows.next()) {
                batch.forEach(taker);
            }
        }
    }

    /// What a line says.
    ///
    /// @param name of the file
    /// @throws Fault (MALFORMED_FILE) with the line if it is not JSON in UTF-8, or too long
    public static JsonNode value(RawRow line, String name) {
        String trouble = line.trouble();
        try {
            return CanonicalJson.parse(line.bytes());
        } catch (IllegalArgumentException e) {
            throw Fault.of(
                            Fault.Kind.MALFORMED_FILE,
                            trouble == null ? "the line is not JSON in UTF-8: write one JSON object a line" : trouble)
                    .at(place(line, name))
                    .causedBy(e);
        }
    }

    /// Where a line stands.
    public static String place(RawRow line, String name) {
        return name + ":" + (line.position() + 1);
    }
}
