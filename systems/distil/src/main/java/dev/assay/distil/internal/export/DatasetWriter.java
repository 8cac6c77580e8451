package dev.assay.distil.internal.export;

import dev.assay.distil.ExportKind;
import dev.assay.distil.internal.LineView;
import dev.assay.distil.internal.SpillSort;
import dev.assay.distil.internal.Storage;
import dev.assay.engine.Engine;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Samples in the order of their ids, in the native form and in the shapes of training programs. Memory: a
/// batch, and [#PARQUET_ROWS] rows for Parquet.
final class DatasetWriter {
    /// Rows of a Parquet file.
    static final int PARQUET_ROWS = 50_000;

    private static final int BATCH_BYTES = 4 << 20;
    private static final int PARTS = 32;

    private final ExportPlan plan;
    private final Path folder;
    private final Engine engine;
    private final Map<Shape, OutputStream> shapes = new LinkedHashMap<>();
    private List<byte[]> batch = new ArrayList<>();
    private long batchBytes;
    private long rows;
    private List<JsonNode> table = new ArrayList<>();
    private int tables;

    DatasetWriter(ExportPlan plan, Path folder, Engine engine) {
        this.plan = plan;
        this.folder = folder;
        this.engine = engine;
    }

    /// The name of the file in Assay's own form.
    static String nativeFile(ExportKind kind) {
        return kind.text() + ".jsonl";
    }

    private static String shapeFile(ExportKind kind, Shape shape) {
        return kind.text() + "." + shape.text() + ".jsonl";
    }

    /// @return how many samples there were
    long write(SpillSort sorted) {
        for (Shape shape : plan.shapes()) {
            shapes.put(shape, Storage.create(folder.resolve(shapeFile(plan.kind(), shape))));
        }
        try (OutputStream own = Storage.create(folder.resolve(nativeFile(plan.kind())))) {
            sorted.forEach(row -> {
                batch.add(row.value());
                batchBytes += row.value().length;
                if (batchBytes > BATCH_BYTES) {
                    flush(own);
                }
            });
            flush(own);
            if (!table.isEmpty()) {
                writeTable();
            }
            for (OutputStream shape : shapes.values()) {
                shape.close();
            }
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
        if (!plan.shapes().isEmpty()) {
            Map<String, Object> info = new LinkedHashMap<>();
            for (Shape shape : plan.shapes()) {
                String file = shapeFile(plan.kind(), shape);
                info.put(plan.kind().text() + "_" + shape.text().replace('-', '_'), shape.info(plan.kind(), file));
            }
            try (OutputStream out = Storage.create(folder.resolve("dataset_info.json"))) {
                out.write((CanonicalJson.of(info) + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw Storage.fault(folder, e);
            }
        }
        return rows;
    }

    private record Derived(@Nullable JsonNode tree, List<byte[]> shapes) {}

    private void flush(OutputStream own) {
        List<byte[]> lines = batch;
        batch = new ArrayList<>();
        batchBytes = 0;
        if (lines.isEmpty()) {
            return;
        }
        rows += lines.size();
        int parts = Math.min(PARTS, lines.size());
        boolean derive = plan.parquet() || !plan.shapes().isEmpty();
        List<List<Derived>> derived = !derive
                ? List.of()
                : engine.map(parts, part -> {
                    List<Derived> made = new ArrayList<>();
                    int to = (int) ((part + 1L) * lines.size() / parts);
                    for (int i = (int) ((long) part * lines.size() / parts); i < to; i++) {
                        LineView sample = new LineView(lines.get(i));
                        List<byte[]> each = new ArrayList<>();
                        for (Shape shape : plan.shapes()) {
                            each.add((shape.line(plan.kind(), sample) + "\n").getBytes(StandardCharsets.UTF_8));
                        }
                        made.add(new Derived(plan.parquet() ? CanonicalJson.parse(lines.get(i)) : null, each));
                    }
                    return made;
                });
        try {
            for (byte[] line : lines) {
                own.write(line);
                own.write('\n');
            }
            List<OutputStream> outs = List.copyOf(shapes.values());
            for (List<Derived> part : derived) {
                for (Derived each : part) {
                    for (int s = 0; s < outs.size(); s++) {
                        outs.get(s).write(each.shapes().get(s));
                    }
                    if (each.tree() != null) {
                        table.add(each.tree());
                        if (table.size() == PARQUET_ROWS) {
                            writeTable();
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
    }

    private void writeTable() {
        TreeSet<String> names = new TreeSet<>();
        table.forEach(row -> names.addAll(row.propertyNames()));
        Frame frame = Frame.empty();
        for (String name : names) {
            @Nullable String[] cells = new @Nullable String[table.size()];
            for (int i = 0; i < cells.length; i++) {
                JsonNode value = table.get(i).get(name);
                cells[i] = value == null ? null : value.isString() ? value.stringValue() : CanonicalJson.of(value);
            }
            frame = frame.with(name, Column.Texts.of(cells));
        }
        Frames.write(
                frame, folder.resolve("%s-%05d.parquet".formatted(plan.kind().text(), tables++)));
        table = new ArrayList<>();
    }
}
