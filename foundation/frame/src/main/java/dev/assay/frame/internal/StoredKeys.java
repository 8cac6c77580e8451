package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBPreparedStatement;

/// What has to compare all rows of stored tables with each other. DuckDB sorts and groups, and spills;
/// here are bit sets
/// alone.
public final class StoredKeys {
    /// The name of a function that tells which row or group is chosen.
    static final String PICKED = "picked";

    private StoredKeys() {}

    /// See [FrameFile#doubled(List, boolean, Path)].
    public static Optional<FrameFile.Doubled> doubled(
            StoredRows table, List<String> key, boolean missingAlike, Path spill) {
        return asked(table, spill, database -> {
            String keys = names(key.size());
            create(database, "every", table, key);
            database.run("CREATE VIEW cells AS SELECT * FROM every"
                    + IntStream.range(0, missingAlike ? 0 : key.size())
                            .mapToObj(i -> "k" + 2 * i + " IS NOT NULL")
                            .collect(Collectors.joining(" AND ", missingAlike ? "" : " WHERE ", "")));
            long doubled = database.number(
                    "SELECT coalesce(sum(n) - count(*), 0) FROM (SELECT count(*) AS n FROM cells GROUP BY " + keys
                            + ")");
            if (doubled == 0) {
                return Optional.empty();
            }
            String same = IntStream.range(0, width(key.size()))
                    .mapToObj(i -> "a.k" + i + " IS NOT DISTINCT FROM b.k" + i)
                    .collect(Collectors.joining(" AND "));
            List<String> rows = database.ask("SELECT a.first, b.row FROM (SELECT " + keys
                            + ", min(row) AS first FROM cells GROUP BY " + keys
                            + " HAVING count(*) > 1) a JOIN cells b ON " + same
                            + " WHERE b.row > a.first ORDER BY b.row LIMIT 1")
                    .getFirst();
            return Optional.of(
                    new FrameFile.Doubled(doubled, Long.parseLong(rows.getFirst()), Long.parseLong(rows.getLast())));
        });
    }

    /// See [FrameFile#orphans(String, FrameFile, Path)].
    public static BitSet orphans(StoredRows children, StoredRows parents, String column, Path spill) {
        Pick child = pick(children, column);
        Pick parent = pick(parents, column);
        return asked(children, spill, database -> {
            if (alike(child.field().type(), parent.field().type())) {
                create(database, "children", children, List.of(column));
                create(database, "parents", parents, List.of(column));
            } else {
                texts(database, "children", children, column);
                texts(database, "parents", parents, column);
            }
            return rows(
                    database,
                    "SELECT row FROM children c ANTI JOIN parents p ON c.k0 = p.k0 AND c.k1 IS NOT DISTINCT FROM p.k1");
        });
    }

    /// The rows of those groups that are chosen. Groups are rows with equal cells as [RowKeys] has it,
    /// counted from 0 by first appearance.
    ///
    /// @param choice the groups to choose, of so many
    public static BitSet groups(StoredRows table, List<String> columns, Path spill, LongFunction<IntPredicate> choice) {
        return asked(table, spill, database -> {
            create(database, "cells", table, columns);
            // Here -0 and 0 are one group.
            String grouped = IntStream.range(0, columns.size())
                    .mapToObj(i -> "k" + 2 * i)
                    .collect(Collectors.joining(", "));
            database.run(
                    "CREATE TABLE firsts AS SELECT " + grouped + ", min(row) AS first FROM cells GROUP BY " + grouped);
            long groups = database.number("SELECT count(*) FROM firsts");
            database.run(
                    "CREATE TABLE numbered AS SELECT *, row_number() OVER (ORDER BY first) - 1 AS number FROM firsts");
            register(database, choice.apply(groups));
            String same = IntStream.range(0, columns.size())
                    .mapToObj(i -> "a.k" + 2 * i + " IS NOT DISTINCT FROM b.k" + 2 * i)
                    .collect(Collectors.joining(" AND "));
            return rows(
                    database,
                    "SELECT b.row FROM (SELECT * FROM numbered WHERE " + PICKED + "(number)) a JOIN cells b ON "
                            + same);
        });
    }

    /// The rows up to the place nearest to the row of this rank in the order of a column where its cells
    /// change, the earlier one if both are as near.
    ///
    /// @param column of numbers or instants, without missing cells
    /// @param rank   0 to the number of rows
    public static BitSet upTo(StoredRows table, String column, long rank, Path spill) {
        if (rank <= 0) {
            return new BitSet();
        }
        if (rank >= table.rows()) {
            BitSet all = new BitSet();
            all.set(0, Math.toIntExact(table.rows()));
            return all;
        }
        return asked(table, spill, database -> {
            create(database, "cells", table, List.of(column));
            database.run("CREATE TABLE cut AS SELECT k0 AS k FROM cells ORDER BY k0 LIMIT 1 OFFSET " + rank);
            long earlier = database.number("SELECT count(*) FROM cells, cut WHERE k0 < k");
            long later = database.number("SELECT count(*) FROM cells, cut WHERE k0 <= k");
            String chosen = rank - earlier <= later - rank ? "<" : "<=";
            return rows(database, "SELECT row FROM cells, cut WHERE k0 " + chosen + " k");
        });
    }

    /// Whether equal texts are equal keys without being made texts.
    static boolean alike(ColumnType one, ColumnType other) {
        return one == other || isText(one) && isText(other);
    }

    static boolean isText(ColumnType type) {
        return type == ColumnType.TEXT || type == ColumnType.CATEGORY;
    }

    static Pick pick(StoredRows table, String column) {
        return table.relation().picks().get(table.none().schema().indexOf(column));
    }

    private static int width(int columns) {
        return 2 * columns;
    }

    private static String names(int columns) {
        return IntStream.range(0, width(columns)).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    }

    /// Makes a view of the table's row numbers and keys: two columns for each, the second tells -0 from 0.
    static void create(Database database, String view, StoredRows table, List<String> columns) throws SQLException {
        List<String> selected = new ArrayList<>(List.of(table.rowNumber(database) + " AS row"));
        for (String column : columns) {
            Pick pick = pick(table, column);
            boolean real = pick.field().type() == ColumnType.DOUBLE;
            int i = selected.size() - 1;
            selected.add(key(table, column) + " AS k" + i);
            selected.add((real ? "signbit(" + pick.stored() + ")" : "NULL") + " AS k" + (i + 1));
        }
        database.run("CREATE VIEW " + view + " AS SELECT " + String.join(", ", selected) + " FROM "
                + table.numbered(database));
    }

    /// A cell as a key, where -0 is 0.
    static String key(StoredRows table, String column) {
        Pick pick = pick(table, column);
        return pick.field().type() == ColumnType.DOUBLE ? pick.stored() + " + 0" : pick.stored();
    }

    /// The same of one column as texts.
    private static void texts(Database database, String view, StoredRows table, String column) throws SQLException {
        long[] row = {0};
        database.run("CREATE TABLE " + view + " (row BIGINT, k0 VARCHAR, k1 BOOLEAN)");
        int most = StoredRows.rowsPerChunk(2, Integer.MAX_VALUE);
        try (Chunks chunks = table.chunks(most, List.of(column)).map(chunk -> asTexts(chunk, row))) {
            String select = new FrameSource(chunks.none(), () -> chunks, -1, FrameSource.TimesAs.TEXTS)
                    .register(database, view + "_source", false, f -> true);
            database.run("INSERT INTO " + view + " SELECT row, k0, NULL FROM (" + select + ")");
        }
    }

    private static Frame asTexts(Frame chunk, long[] row) {
        Column cells = chunk.columns().getFirst();
        String[] texts = new String[chunk.rows()];
        long[] numbers = new long[texts.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = cells.text(i);
            numbers[i] = row[0]++;
        }
        return Frame.empty().with("row", Column.Longs.of(numbers)).with("k0", Column.Texts.of(texts));
    }

    /// Makes the choice known as a function of a number.
    static void register(Database database, IntPredicate picked) throws SQLException {
        try (var builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(PICKED)
                    .withParameter(DuckDBColumnType.BIGINT)
                    .withReturnType(DuckDBColumnType.BOOLEAN)
                    .withVectorizedFunction((in, out) -> {
                        var number = in.vector(0);
                        int n = Math.toIntExact(in.rowCount());
                        for (int i = 0; i < n; i++) {
                            out.setBoolean(i, picked.test((int) number.getLong(i)));
                        }
                    })
                    .register(database.connection());
        }
    }

    /// The row numbers that a query gives, in any order.
    private static BitSet rows(Database database, String query) throws SQLException {
        BitSet rows = new BitSet();
        try (var statement = database.prepare(query);
                var result = statement.unwrap(DuckDBPreparedStatement.class).query()) {
            while (result.nextChunk()) {
                var chunk = result.chunk();
                var row = chunk.vector(0);
                int n = Math.toIntExact(chunk.rowCount());
                for (int i = 0; i < n; i++) {
                    rows.set(Math.toIntExact(row.getLong(i)));
                }
            }
        }
        return rows;
    }

    private interface Question<T> {
        T ask(Database database) throws SQLException;
    }

    private static <T> T asked(StoredRows table, Path spill, Question<T> question) {
        if (table.rows() > Integer.MAX_VALUE) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "there are " + table.rows() + " rows, more than the " + Integer.MAX_VALUE
                                    + " that can be chosen from; divide the file first")
                    .at(table.file().toString());
        }
        try (Database database = Database.spilling(spill, Limits.ofProcess())) {
            return question.ask(database);
        } catch (SQLException e) {
            throw Troubles.reading(e, table.file(), StoredRows.parquet(table.file()));
        }
    }
}
