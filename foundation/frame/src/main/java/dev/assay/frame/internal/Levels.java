package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The levels of categories that must be known before the first row is read.
final class Levels {
    private static final int ROWS = 10_000;

    private Levels() {}

    /// The relation with each text column that may become categories decided: one pass for each,
    /// holding no more than its limit of distinct texts.
    static Relation settled(Database database, Relation relation) throws SQLException {
        List<Pick> picks = new ArrayList<>();
        for (Pick pick : relation.picks()) {
            picks.add(pick.encodeUpTo() == 0 ? pick : decided(pick, texts(database, relation.from(), pick)));
        }
        return new Relation(relation.from(), relation.rows(), picks);
    }

    private static String[] texts(Database database, String from, Pick pick) throws SQLException {
        String limit = pick.encodeUpTo() == Integer.MAX_VALUE ? "" : " LIMIT " + (pick.encodeUpTo() + 1L);
        String query = "SELECT * FROM (SELECT DISTINCT " + pick.expression() + " AS level FROM " + from
                + ") WHERE level IS NOT NULL";
        return database.ask(query + limit).stream().map(List::getFirst).toArray(String[]::new);
    }

    /// The picks of any table, decided in one pass over all of its rows.
    static List<Pick> settled(Database database, Table table) throws SQLException {
        Map<Integer, Set<String>> seen = new HashMap<>();
        List<Pick> asTexts = new ArrayList<>();
        for (int i = 0; i < table.picks().size(); i++) {
            if (table.picks().get(i).encodeUpTo() > 0) {
                seen.put(i, new HashSet<>());
            }
            asTexts.add(table.picks().get(i).encodedUpTo(0));
        }
        if (seen.isEmpty()) {
            return table.picks();
        }
        try (Table.Rows rows = table.with(asTexts).rows(database)) {
            while (rows.left() > 0) {
                Frame some = rows.next((int) Math.min(ROWS, rows.left()));
                seen.forEach((i, texts) -> {
                    Column column = some.columns().get(i);
                    int most = table.picks().get(i).encodeUpTo();
                    for (int row = 0; row < some.rows() && texts.size() <= most; row++) {
                        String text = column.text(row);
                        if (text != null) {
                            texts.add(text);
                        }
                    }
                });
            }
        }
        List<Pick> picks = new ArrayList<>(table.picks());
        seen.forEach((i, texts) -> picks.set(i, decided(picks.get(i), texts.toArray(String[]::new))));
        return picks;
    }

    /// Whether the texts can be levels. A statement ends at NUL, so no type of DuckDB's names one with it.
    static boolean canBeLevels(Collection<String> texts) {
        return texts.stream().noneMatch(text -> text.indexOf('\0') >= 0);
    }

    private static Pick decided(Pick pick, String[] texts) {
        List<String> levels = Column.Categories.of(texts).levels();
        boolean nameless = !canBeLevels(levels);
        if (nameless && pick.encodeUpTo() == Integer.MAX_VALUE) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "column '" + OneLine.of(pick.field().name())
                            + "' has texts with NUL, which cannot be categories; declare it text.");
        }
        return nameless || levels.size() > pick.encodeUpTo()
                ? pick.encodedUpTo(0)
                : Pick.ofLevels(pick.field().name(), pick.expression(), levels)
                        .withUnit(pick.field().unit())
                        .telling(pick.told());
    }
}
