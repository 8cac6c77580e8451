package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// JSON Lines and JSON arrays of objects as a table: the keys of all objects, in the order in which
/// they first appear, and the types that one pass over all values has told.
final class JsonFile {
    private JsonFile() {}

    static Opened open(Database database, Path file, FileFormat format, ReadOptions options, Limits limits)
            throws SQLException {
        boolean lines = format.layout() == FileFormat.Layout.JSON_LINES;
        Set<String> missing = Set.copyOf(options.missingTexts());
        Survey survey = new Survey(limits, missing);
        try (JsonObjects objects =
                new JsonObjects(TextBytes.guarded(database, file, format, limits, Limits.FREE_BYTES), lines, limits)) {
            while (survey.next(objects)) {
                // Each object adds to what is known of its keys.
            }
        } catch (IOException e) {
            throw TextBytes.unreadable(e);
        }
        List<String> names = List.copyOf(survey.keys.keySet());
        if (names.isEmpty()) {
            throw FileFormat.malformed("there is no object with a key; the file has no columns to tell.");
        }
        Names.require(names);
        DeclaredTypes.requireKnown(options.types().keySet(), names);
        List<String> wanted = Wanted.of(names, options.columns());
        List<Pick> picks = new ArrayList<>();
        for (String name : wanted) {
            picks.add(pick(name, survey.evidence(name), survey.rows, options));
        }
        TextTable.Source source = new TextTable.Source(
                wanted.size(),
                () -> new Records(bytes(database, file, format, limits), lines, limits, wanted, missing));
        int[] at = new int[wanted.size()];
        Arrays.setAll(at, i -> i);
        Table table = TextTable.declared(
                source,
                at,
                survey.rows,
                picks,
                options.allText() ? Map.of() : options.types(),
                false,
                options.missingTexts());
        return new Opened(table, survey.book.lines());
    }

    private static InputStream bytes(Database database, Path file, FileFormat format, Limits limits)
            throws IOException {
        try {
            return TextBytes.guarded(database, file, format, limits, Limits.FREE_BYTES);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Pick pick(String name, JsonEvidence evidence, long rows, ReadOptions options) {
        String summary = evidence.summary(rows);
        if (options.allText()) {
            return Pick.of(name, ColumnType.TEXT, TextTable.CELL).telling(new Pick.Told(summary, 0, ""));
        }
        CellEvidence.Decision decision = evidence.decide();
        return Pick.of(name, decision.type(), CellSql.of(decision.type(), TextTable.CELL, false))
                .telling(new Pick.Told(summary, decision.changed(), decision.note()));
    }

    /// What all objects hold.
    private static final class Survey {
        private final Limits limits;
        private final Set<String> missing;
        private final Map<String, Key> keys = new LinkedHashMap<>();
        private final LineBook book = new LineBook(1);
        private long rows;
        private long line;

        Survey(Limits limits, Set<String> missing) {
            this.limits = limits;
            this.missing = missing;
        }

        /// @param lastRow the last row that has it, to tell a key that stands twice
        private static final class Key {
            private final JsonEvidence evidence = new JsonEvidence();
            private long lastRow = -1;
        }

        JsonEvidence evidence(String name) {
            return Objects.requireNonNull(keys.get(name)).evidence;
        }

        boolean next(JsonObjects objects) throws IOException {
            line = 0;
            boolean one = objects.next((name, token, text) -> {
                line = line == 0 ? objects.line() : line;
                Key key = keys.computeIfAbsent(name, n -> new Key());
                if (key.lastRow == rows) {
                    throw FileFormat.malformed("an object has the same key twice; give each key once.");
                }
                if (keys.size() > limits.of(Limit.COLUMNS)) {
                    throw limits.exceeded(
                            Fault.Kind.MALFORMED_FILE,
                            Limit.COLUMNS,
                            "the objects have more than " + limits.of(Limit.COLUMNS) + " keys");
                }
                key.lastRow = rows;
                key.evidence.add(missing.contains(text) ? JsonToken.VALUE_NULL : token, text, objects.line());
            });
            if (one) {
                book.row(rows++, line);
            }
            return one;
        }
    }

    /// Objects as rows of texts.
    private static final class Records implements TextRecords {
        private final JsonObjects objects;
        private final Set<String> missing;
        private final Map<String, Integer> places = new HashMap<>();

        Records(InputStream in, boolean lines, Limits limits, List<String> names, Set<String> missing) {
            this.missing = missing;
            objects = new JsonObjects(in, lines, limits);
            for (int i = 0; i < names.size(); i++) {
                places.put(names.get(i), i);
            }
        }

        @Override
        public boolean next(@Nullable String[] cells) throws IOException {
            Arrays.fill(cells, null);
            return objects.next((name, token, text) -> {
                Integer place = places.get(name);
                if (place != null && token != JsonToken.VALUE_NULL && !missing.contains(text)) {
                    cells[place] = text;
                }
            });
        }

        @Override
        public void close() throws IOException {
            objects.close();
        }
    }
}
