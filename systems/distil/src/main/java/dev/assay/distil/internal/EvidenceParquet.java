package dev.assay.distil.internal;

import dev.assay.distil.internal.EvidenceSchema.Type;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Evidence as Parquet: a column a field, lists and maps as JSON texts, a file for every [#ROWS] rows of a
/// partition.
public final class EvidenceParquet {
    /// Rows a file, which is as much as is held.
    public static final int ROWS = 50_000;

    private EvidenceParquet() {}

    /// @param evidence a folder of evidence
    /// @param tables   where to write; made in any case
    /// @param wanted   whether to write anything
    public static void write(Path evidence, Path tables, boolean wanted) {
        try {
            Files.createDirectories(tables);
            if (!wanted) {
                return;
            }
            for (String partition : EvidenceFolder.partitions(evidence)) {
                String stem = partition.substring(0, partition.length() - ".jsonl".length());
                try (RowReader rows = ByteRows.lines(Files.newInputStream(evidence.resolve(partition)))) {
                    int part = 0;
                    List<JsonNode> open = new ArrayList<>();
                    for (List<RawRow> batch = rows.next(); !batch.isEmpty(); batch = rows.next()) {
                        for (RawRow raw : batch) {
                            open.add(CanonicalJson.parse(raw.bytes()));
                            if (open.size() == ROWS) {
                                write(open, tables.resolve(name(stem, part++)));
                                open = new ArrayList<>();
                            }
                        }
                    }
                    if (!open.isEmpty()) {
                        write(open, tables.resolve(name(stem, part)));
                    }
                }
            }
        } catch (IOException e) {
            throw Storage.fault(tables, e);
        }
    }

    private static String name(String stem, int part) {
        return String.format(Locale.ROOT, "%s-%05d.parquet", stem, part);
    }

    private static void write(List<JsonNode> rows, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Frame frame = Frame.empty();
        for (Map.Entry<String, Type> field : new TreeMap<>(EvidenceSchema.FIELDS).entrySet()) {
            String name = field.getKey();
            frame = switch (field.getValue()) {
                case NUMBER, AMOUNT, COUNT, VERSION ->
                    frame.with(
                            name,
                            Column.Doubles.of(rows.stream()
                                    .mapToDouble(
                                            row -> row.has(name) ? row.get(name).doubleValue() : Double.NaN)
                                    .toArray()));
                default -> frame.with(name, Column.Texts.of(texts(rows, name)));
            };
        }
        Frames.write(frame, file);
    }

    private static @Nullable String[] texts(List<JsonNode> rows, String name) {
        @Nullable String[] texts = new @Nullable String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            JsonNode value = rows.get(i).get(name);
            texts[i] = value == null ? null : value.isString() ? value.stringValue() : CanonicalJson.of(value);
        }
        return texts;
    }
}
