package dev.assay.frame.internal;

import dev.assay.frame.ColumnType;
import dev.assay.frame.HeapRoom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What a table takes in the heap as a frame, by the rule of [HeapRoom]. Rows and types tell it of all
/// columns but those of texts; these are looked at only where it matters.
final class HeapNeed {
    /// What a text takes besides its bytes: the object, its array's header and what both are rounded up
    /// by.
    private static final long TEXT_BYTES = 44;

    /// Where texts of this many bytes would fit, nobody looks how long they are.
    private static final long LONG_TEXT_BYTES = 1 << 10;

    private static final long FIRST_HEAP_OF_WIDE_REFERENCES = 32L << 30;

    private HeapNeed() {}

    /// Bytes without what the texts say.
    static long least(long rows, List<Pick> picks) {
        double bytes = 0;
        for (Pick pick : picks) {
            bytes += switch (pick.field().type()) {
                case DOUBLE -> 8.0 * rows;
                case LONG, DATE_TIME, INSTANT -> 8.125 * rows;
                case DATE -> 4.125 * rows;
                case BOOLEAN -> 1.125 * rows;
                case CATEGORY -> 4.0 * rows + levels(pick);
                case TEXT -> (Runtime.getRuntime().maxMemory() < FIRST_HEAP_OF_WIDE_REFERENCES ? 4.0 : 8.0) * rows;
            };
        }
        return (long) Math.min(Long.MAX_VALUE, bytes);
    }

    private static double levels(Pick pick) {
        List<String> levels = pick.levels();
        return levels == null
                ? 0
                : levels.stream().mapToDouble(l -> TEXT_BYTES + l.length()).sum();
    }

    /// Bytes of everything: one pass over the columns of texts, if there are any.
    static long of(Database database, Relation relation) throws SQLException {
        return least(relation.rows(), relation.picks()) + texts(database, relation);
    }

    private static long texts(Database database, Relation relation) throws SQLException {
        List<String> asked = new ArrayList<>();
        for (Pick pick : relation.picks()) {
            if (pick.field().type() == ColumnType.TEXT) {
                String cell = pick.expression();
                asked.add("approx_count_distinct(" + cell + "), count(" + cell + "), coalesce(sum(strlen(" + cell
                        + ")), 0)");
            }
        }
        if (asked.isEmpty()) {
            return 0;
        }
        List<String> told = database.ask("SELECT " + String.join(", ", asked) + " FROM " + relation.from())
                .getFirst();
        double bytes = 0;
        for (int i = 0; i < told.size(); i += 3) {
            double distinct = Double.parseDouble(told.get(i));
            double cells = Double.parseDouble(told.get(i + 1));
            double length = cells == 0 ? 0 : Double.parseDouble(told.get(i + 2)) / cells;
            double kept = distinct <= ColumnBuffer.SHARED_TEXTS ? Math.min(distinct, cells) : cells;
            bytes += kept * (TEXT_BYTES + length);
        }
        return (long) bytes;
    }

    /// Checks that a table fits into the heap before room is made for it.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if it does not
    static void require(Database database, Table table, long rows) throws SQLException {
        long texts = table.picks().stream()
                .filter(p -> p.field().type() == ColumnType.TEXT)
                .count();
        long need = least(rows, table.picks());
        long room = HeapRoom.bytes();
        if (need <= room
                && need + (double) texts * rows * LONG_TEXT_BYTES > room
                && table instanceof Relation relation) {
            need += texts(database, relation);
        }
        if (need > room) {
            throw HeapRoom.tooSmall(
                    "the table must be held", rows, table.picks().size(), need);
        }
    }
}
