package dev.assay.frame.internal;

import dev.assay.frame.Frame;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// Foreign SQL over frames, in a DuckDB that can touch nothing else.
public final class Queries {
    private static final String RESULT = "result of the query";

    private Queries() {}

    /// See [dev.assay.frame.Frames#sql(String, Map)].
    public static Frame sql(String query, Map<String, Frame> tables) {
        try (Database database = Database.open()) {
            int number = 0;
            for (Map.Entry<String, Frame> table : new TreeMap<>(tables).entrySet()) {
                FileWriter.requireDistinct(table.getValue());
                String select = FrameSource.register(
                        database, "frame_" + number++, table.getValue(), FrameSource.TimesAs.TYPED, true, f -> true);
                database.run("CREATE VIEW " + Sql.name(table.getKey()) + " AS " + select);
            }
            // Sums of doubles depend on the order of addition, and that on the number of threads.
            database.run("SET threads = 1");
            database.lock();
            // A table, because wide integers need a look at all rows, and because errors in it come
            // out at once.
            database.run("CREATE TEMP TABLE " + Sql.name(RESULT) + " AS (" + withoutEnd(query) + "\n)");
            String from = Sql.name(RESULT);
            long rows = Long.parseLong(
                    database.ask("SELECT count(*) FROM " + from).getFirst().getFirst());
            return new Relation(from, rows, Types.picks(database, from, Types.described(database, from), false))
                    .read(database);
        } catch (SQLException e) {
            throw Troubles.query(e);
        }
    }

    private static String withoutEnd(String query) {
        String stripped = query.strip();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}
