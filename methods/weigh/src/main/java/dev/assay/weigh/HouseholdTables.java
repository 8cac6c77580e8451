package dev.assay.weigh;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.weigh.internal.Membership;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A table of households, and tables of what belongs to them, joined by the household's id.
public final class HouseholdTables {
    private final String name;
    private final String key;
    private final Map<String, Membership> tables;

    private HouseholdTables(String name, String key, Map<String, Membership> tables) {
        this.name = name;
        this.key = key;
        this.tables = tables;
    }

    /// Households alone.
    ///
    /// @param name what targets call the table
    /// @param key  the column with the household's id
    /// @throws Fault (BAD_DATA) naming table and row if an id is missing or occurs twice, or if there are
    ///     no rows
    public static HouseholdTables of(String name, Frame households, String key) {
        return of(name, households, RowPlaces.ONE_LINE_EACH, key);
    }

    /// Households alone.
    ///
    /// @param places where its rows stand
    /// @throws Fault as [#of(String, Frame, String)]
    public static HouseholdTables of(String name, Frame households, RowPlaces places, String key) {
        Map<String, Membership> tables = new LinkedHashMap<>();
        tables.put(name, Membership.ofHouseholds(name, households, places, key));
        return new HouseholdTables(name, key, tables);
    }

    /// These tables with one above the households, such as regions: conditions on households and on what
    /// belongs to them may name its columns, where a table does not have a column of that name itself.
    /// Nothing is counted in it.
    ///
    /// @param above  what messages call the table
    /// @param rows   one row for each value that households have
    /// @param column the column of both tables that says where a household belongs
    /// @throws Fault (BAD_DATA) naming table and row if a value is missing, repeated above, or not there
    /// @throws IllegalArgumentException if tables below the households were added before
    public HouseholdTables over(String above, Frame rows, String column) {
        return over(above, rows, RowPlaces.ONE_LINE_EACH, column);
    }

    /// As [#over(String, Frame, String)].
    ///
    /// @param places where its rows stand
    public HouseholdTables over(String above, Frame rows, RowPlaces places, String column) {
        if (tables.size() > 1) {
            throw new IllegalArgumentException("tables above the households come before those below");
        }
        Map<String, Membership> more = new LinkedHashMap<>();
        more.put(name, households().under(above, rows, places, column));
        return new HouseholdTables(name, key, more);
    }

    /// These tables and one more, whose rows belong to households by a column named like the households' key.
    /// Its conditions may name the households' columns too, where it does not have a column of that name
    /// itself.
    ///
    /// @param member what targets call the table
    /// @throws Fault (BAD_DATA) naming table and row if an id is missing or no household has it
    /// @throws IllegalArgumentException if there already is a table of this name
    public HouseholdTables with(String member, Frame rows) {
        return with(member, rows, RowPlaces.ONE_LINE_EACH);
    }

    /// As [#with(String, Frame)].
    ///
    /// @param places where its rows stand
    public HouseholdTables with(String member, Frame rows, RowPlaces places) {
        return with(member, rows, places, name, key);
    }

    /// These tables and one more, whose rows belong to rows of one of them, such as jobs to persons.
    ///
    /// @param member what targets call the table
    /// @param parent the table its rows belong to
    /// @param column the column of both tables by which they do, unique in the parent
    /// @throws Fault (BAD_DATA) naming table and row if an id is missing, repeated in the parent, or not
    ///     there
    /// @throws IllegalArgumentException if there already is a table of this name, or no such parent
    public HouseholdTables with(String member, Frame rows, String parent, String column) {
        return with(member, rows, RowPlaces.ONE_LINE_EACH, parent, column);
    }

    private HouseholdTables with(String member, Frame rows, RowPlaces places, String parent, String column) {
        if (tables.containsKey(member)) {
            throw new IllegalArgumentException("there already is a table '" + member + "'");
        }
        Membership above = tables.get(parent);
        if (above == null) {
            throw new IllegalArgumentException("there is no table '" + parent + "'");
        }
        Map<String, Membership> more = new LinkedHashMap<>(tables);
        more.put(member, above.members(member, rows, places, column));
        return new HouseholdTables(name, key, more);
    }

    /// The households as a table among the others.
    Membership households() {
        Membership households = tables.get(name);
        if (households == null) {
            throw new IllegalStateException("the households are always there");
        }
        return households;
    }

    /// All tables by name.
    Map<String, Membership> tables() {
        return Collections.unmodifiableMap(tables);
    }
}
