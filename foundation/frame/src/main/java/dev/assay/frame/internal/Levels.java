package dev.assay.frame.internal;

import dev.assay.frame.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The levels of categories that must be known before the first row is read.
final class Levels {
    private Levels() {}

    /// The relation with each text column that may become categories decided: one pass for each, holding no more
    /// than its limit of distinct texts.
    static Relation settled(Database database, Relation relation) throws SQLException {
        List<Pick> picks = new ArrayList<>();
        for (Pick pick : relation.picks()) {
            picks.add(pick.encodeUpTo() == 0 ? pick : settled(database, relation.from(), pick));
        }
        return new Relation(relation.from(), relation.rows(), picks);
    }

    private static Pick settled(Database database, String from, Pick pick) throws SQLException {
        String limit = pick.encodeUpTo() == Integer.MAX_VALUE ? "" : " LIMIT " + (pick.encodeUpTo() + 1L);
        String query = "SELECT * FROM (SELECT DISTINCT " + pick.expression() + " AS level FROM " + from
                + ") WHERE level IS NOT NULL";
        String[] texts =
                database.ask(query + limit).stream().map(List::getFirst).toArray(String[]::new);
        List<String> levels = Column.Categories.of(texts).levels();
        return levels.size() > pick.encodeUpTo()
                ? pick.encodedUpTo(0)
                : Pick.ofLevels(pick.field().name(), pick.expression(), levels)
                        .withUnit(pick.field().unit());
    }
}
