package dev.assay.distil.internal.collect;

import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.study.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows of formats that are not JSON, as trees.
final class TreeRows implements RowReader {
    /// What stands before the number of a line.
    private static final String LINE = "line";

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

    /// Elements of a YAML sequence, every scalar as the text that stands there. The file is read as
    /// a whole and has
    /// [Limit#LINE_BYTES] at most, as what its aliases unfold into; memory about a hundred times
    /// that at worst.
    ///
    /// @throws IOException if it cannot be read, or is not UTF-8
    static TreeRows yaml(InputStream in, Limits limits) throws IOException {
        int most = (int) Math.min(limits.of(Limit.LINE_BYTES), Integer.MAX_VALUE - 9);
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
            return unreadable(
                    "the file has more than " + most + " bytes, and YAML is read as a whole; if you trust it, "
                            + "allow more with --limit " + Limit.LINE_BYTES.label() + "=N");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        Yaml root;
        try {
            root = Yaml.parse(text, LINE, Limit.LINE_BYTES, limits);
        } catch (Fault e) {
            // Without what the parser says of the very characters.
            String what = e.sentence().startsWith("this is not YAML") ? "it is not YAML" : e.sentence();
            return unreadable("the file cannot be read"
                    + e.place().map(place -> " at " + place.replace(':', ' ')).orElse("") + ": " + what);
        }
        if (!(root instanceof Yaml.Items items)) {
            return unreadable("the file holds no YAML sequence");
        }
        List<RawRow> rows = new ArrayList<>();
        for (Yaml item : items.items()) {
            rows.add(RawRow.tree(rows.size(), tree(item)));
        }
        return new TreeRows(List.of(rows).iterator(), in);
    }

    private static JsonNode tree(Yaml value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (value) {
            case Yaml.Text text -> make.stringNode(text.text());
            case Yaml.Items items -> {
                ArrayNode array = make.arrayNode();
                items.items().forEach(item -> array.add(tree(item)));
                yield array;
            }
            case Yaml.Entries entries -> {
                ObjectNode object = make.objectNode();
                entries.entries().forEach((key, each) -> object.set(key, tree(each)));
                yield object;
            }
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
                case TEXT, CATEGORY, DATE, DATE_TIME, INSTANT -> make.stringNode(String.valueOf(column.text(row)));
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
