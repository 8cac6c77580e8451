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
    /// @throws Fault (BAD_DATA) naming table and row if an id is missing or occurs twice, or if there are no rows
    public static HouseholdTables of(String name, Frame households, String key) {
        Map<String, Membership> tables = new LinkedHashMap<>();
        tables.put(name, Membership.ofHouseholds(name, households, key));
        return new HouseholdTables(name, key, tables);
    }

    /// These tables and one more, whose rows belong to households by a column named like the households' key.
    ///
    /// @param member what targets call the table
    /// @throws Fault (BAD_DATA) naming table and row if an id is missing or no household has it
    /// @throws IllegalArgumentException if there already is a table of this name
    public HouseholdTables with(String member, Frame rows) {
        if (tables.containsKey(member)) {
            throw new IllegalArgumentException("there already is a table '" + member + "'");
        }
        Map<String, Membership> more = new LinkedHashMap<>(tables);
        more.put(member, households().members(member, rows, key));
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
