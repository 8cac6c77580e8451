package dev.assay.distil.internal.export;

import dev.assay.distil.ExportKind;
import dev.assay.distil.internal.LineView;
import dev.assay.distil.internal.SpillSort;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.rows.Batches;
import dev.assay.engine.Engine;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Samples in the order of their ids, in the native form and in the shapes of training programs. Memory: three
/// batches, and [#PARQUET_ROWS] rows for Parquet.
final class DatasetWriter {
    /// Rows of a Parquet file.
    static final int PARQUET_ROWS = 50_000;

    private static final int BATCH_BYTES = 4 << 20;

    private final ExportPlan plan;
    private final Path folder;
    private final Engine engine;
    private final Map<Shape, OutputStream> shapes = new LinkedHashMap<>();
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
        long rows;
        try (SpillSort.Merge merge = sorted.merge();
                OutputStream own = Storage.create(folder.resolve(nativeFile(plan.kind())))) {
            rows = Batches.each(() -> batch(merge), engine, this::derived, all -> write(all, own));
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

    private static List<byte[]> batch(SpillSort.Merge merge) throws IOException {
        List<byte[]> batch = new ArrayList<>();
        long bytes = 0;
        while (bytes < BATCH_BYTES) {
            SpillSort.Row row = merge.next();
            if (row == null) {
                break;
            }
            batch.add(row.value());
            bytes += row.value().length;
        }
        return batch;
    }

    /// A sample in all its forms; lines with their line feeds, but for the native one.
    private record Derived(byte[] own, @Nullable JsonNode tree, List<byte[]> shapes) {}

    private Derived derived(byte[] line) {
        List<byte[]> lines = new ArrayList<>();
        if (!plan.shapes().isEmpty()) {
            LineView sample = new LineView(line);
            for (Shape shape : plan.shapes()) {
                lines.add(shape.line(plan.kind(), sample));
            }
        }
        return new Derived(line, plan.parquet() ? CanonicalJson.parse(line) : null, lines);
    }

    /// Writes samples to all files at once: one file alone does not keep a disk busy.
    private void write(List<Derived> samples, OutputStream own) {
        try (ExecutorService files = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> written = new ArrayList<>();
            written.add(files.submit(() -> {
                for (Derived each : samples) {
                    own.write(each.own());
                    own.write('\n');
                }
                return null;
            }));
            int next = 0;
            for (OutputStream out : shapes.values()) {
                int shape = next++;
                written.add(files.submit(() -> {
                    for (Derived each : samples) {
                        out.write(each.shapes().get(shape));
                    }
                    return null;
                }));
            }
            for (Derived each : samples) {
                if (each.tree() != null) {
                    table.add(each.tree());
                    if (table.size() == PARQUET_ROWS) {
                        writeTable();
                    }
                }
            }
            for (Future<?> each : written) {
                Batches.await(each);
            }
        } catch (UncheckedIOException e) {
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
        String name = String.format(Locale.ROOT, "%s-%05d.parquet", plan.kind().text(), tables++);
        Frames.write(frame, folder.resolve(name));
        table = new ArrayList<>();
    }
}
