package dev.assay.distil.internal.collect;

import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.fault.Fault;
import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows of formats that are not JSON, as trees.
final class TreeRows implements RowReader {
    /// Largest YAML file, in characters: it is read as a whole.
    private static final int MAX_YAML = 64 << 20;

    private static final int CHUNK_ROWS = 2_000;

    private final Iterator<List<RawRow>> batches;
    private final AutoCloseable source;

    private TreeRows(Iterator<List<RawRow>> batches, AutoCloseable source) {
        this.batches = batches;
        this.source = source;
    }

    @Override
    public List<RawRow> next() {
        while (batches.hasNext()) {
            List<RawRow> batch = batches.next();
            if (!batch.isEmpty()) {
                return batch;
            }
        }
        return List.of();
    }

    @Override
    public void close() throws IOException {
        try {
            source.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /// One row that says why nothing else of the file was read.
    static TreeRows unreadable(String sentence) {
        return new TreeRows(List.of(List.of(RawRow.unreadable(0, sentence))).iterator(), () -> {});
    }

    /// Elements of a YAML sequence, every scalar as the text that stands there.
    static TreeRows yaml(InputStream in) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema())
                .setCodePointLimit(MAX_YAML)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .build();
        @Nullable Object root;
        try {
            root = new Load(settings).loadFromInputStream(in);
        } catch (MarkedYamlEngineException e) {
            return unreadable("the file is not YAML"
                    + e.getProblemMark()
                            .map(m -> " at line " + (m.getLine() + 1))
                            .orElse(""));
        } catch (YamlEngineException | StackOverflowError e) {
            return unreadable("the file is not YAML that can be read, or larger than 64 MiB");
        } catch (NullPointerException e) {
            // The loader has nothing to make of an empty document in this schema.
            root = null;
        }
        if (!(root instanceof List<?> items)) {
            return unreadable("the file holds no YAML sequence");
        }
        List<RawRow> rows = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonNode node = tree(items.get(i), 0);
            rows.add(
                    node == null
                            ? RawRow.unreadable(i, "the element nests too deep, or has keys that are not texts")
                            : RawRow.tree(i, node));
        }
        return new TreeRows(List.of(rows).iterator(), in);
    }

    private static @Nullable JsonNode tree(@Nullable Object value, int depth) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (depth > 200) {
            return null;
        }
        return switch (value) {
            case null -> make.stringNode("");
            case List<?> list -> {
                ArrayNode array = make.arrayNode();
                for (Object item : list) {
                    JsonNode node = tree(item, depth + 1);
                    if (node == null) {
                        yield null;
                    }
                    array.add(node);
                }
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = make.objectNode();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    JsonNode node = tree(entry.getValue(), depth + 1);
                    if (node == null || !(entry.getKey() instanceof String key)) {
                        yield null;
                    }
                    object.set(key, node);
                }
                yield object;
            }
            default -> make.stringNode(value.toString());
        };
    }

    /// Rows of a CSV file, every cell a text; an empty cell is left out.
    static TreeRows csv(Path file) {
        return table(file, ReadOptions.DEFAULTS.asText(), (column) -> row -> {
            String text = column.text(row);
            return text == null ? null : JsonNodeFactory.instance.stringNode(text);
        });
    }

    /// Rows of a Parquet table.
    static TreeRows parquet(Path file) {
        return table(file, ReadOptions.DEFAULTS, column -> row -> {
            if (column.text(row) == null) {
                return null;
            }
            JsonNodeFactory make = JsonNodeFactory.instance;
            return switch (column.type()) {
                case DOUBLE -> {
                    double value = column.number(row);
                    yield Double.isFinite(value) ? make.numberNode(value) : null;
                }
                case LONG -> {
                    double value = column.number(row);
                    yield Math.abs(value) <= (double) (1L << 53)
                            ? make.numberNode((long) value)
                            : make.stringNode(String.valueOf(column.text(row)));
                }
                case BOOLEAN -> make.booleanNode("true".equals(column.text(row)));
                case TEXT, CATEGORY, INSTANT -> make.stringNode(String.valueOf(column.text(row)));
            };
        });
    }

    private interface Cell {
        @Nullable
        JsonNode at(int row);
    }

    private static TreeRows table(Path file, ReadOptions options, Function<Column, Cell> reader) {
        Chunks chunks;
        try {
            chunks = Frames.scan(file, options, CHUNK_ROWS);
        } catch (Fault e) {
            return unreadable("the table cannot be read: " + e.sentence());
        }
        Iterator<List<RawRow>> batches = new Iterator<>() {
            private long done;
            private boolean broken;

            @Override
            public boolean hasNext() {
                return !broken && chunks.hasNext();
            }

            @Override
            public List<RawRow> next() {
                Frame frame;
                try {
                    frame = chunks.next();
                } catch (Fault e) {
                    broken = true;
                    return List.of(RawRow.unreadable(done, "the rest of the table cannot be read: " + e.sentence()));
                }
                List<String> names = frame.schema().names();
                List<Cell> cells = names.stream()
                        .map(name -> reader.apply(frame.column(name)))
                        .toList();
                List<RawRow> rows = new ArrayList<>(frame.rows());
                for (int row = 0; row < frame.rows(); row++) {
                    ObjectNode object = JsonNodeFactory.instance.objectNode();
                    for (int c = 0; c < cells.size(); c++) {
                        JsonNode cell = cells.get(c).at(row);
                        if (cell != null) {
                            object.set(names.get(c), cell);
                        }
                    }
                    rows.add(RawRow.tree(done++, object));
                }
                return rows;
            }
        };
        return new TreeRows(batches, chunks::close);
    }
}
