package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions.CategoryRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which columns a reader asked for, and which of them as categories.
final class Wanted {
    private static final int LISTED = 100;

    private Wanted() {}

    /// The names to read.
    ///
    /// @param wanted empty for all
    /// @throws Fault (BAD_DATA) if one does not exist or is asked for twice
    static List<String> of(List<String> names, List<String> wanted) {
        Set<String> seen = new HashSet<>();
        for (String name : wanted) {
            requireKnown(name, names);
            if (!seen.add(name)) {
                throw Fault.of(Fault.Kind.BAD_DATA, "column '" + name + "' is asked for twice; ask once.");
            }
        }
        return wanted.isEmpty() ? names : wanted;
    }

    /// The picks with the rule for text columns applied.
    ///
    /// @throws Fault (BAD_DATA) if the rule names a column that does not exist or holds no texts
    static List<Pick> categorised(List<Pick> picks, CategoryRule rule) {
        if (rule instanceof CategoryRule.Named(List<String> named)) {
            List<String> names = picks.stream().map(p -> p.field().name()).toList();
            named.forEach(name -> requireKnown(name, names));
        }
        List<Pick> result = new ArrayList<>();
        for (Pick pick : picks) {
            int upTo = switch (rule) {
                case CategoryRule.None() -> 0;
                case CategoryRule.AtMost(int levels) -> levels;
                case CategoryRule.Named(List<String> named) ->
                    named.contains(pick.field().name()) ? Integer.MAX_VALUE : 0;
            };
            ColumnType type = pick.field().type();
            if (upTo == Integer.MAX_VALUE && type != ColumnType.TEXT && type != ColumnType.CATEGORY) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + pick.field().name() + "' holds " + type
                                + ", not texts, and cannot be read as categories; read it as it is.");
            }
            // What is declared to be a category is one by any rule.
            result.add(type == ColumnType.TEXT ? pick.encodedUpTo(Math.max(upTo, pick.encodeUpTo())) : pick);
        }
        return result;
    }

    private static void requireKnown(String name, List<String> names) {
        if (!names.contains(name)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "there is no column '" + name + "'." + Nearest.clause(name, names) + " " + listed(names));
        }
    }

    /// A sentence that lists names, the first of them if they are very many.
    static String listed(List<String> names) {
        return names.size() <= LISTED
                ? "The columns are " + String.join(", ", names) + "."
                : "There are " + names.size() + " columns, the first " + String.join(", ", names.subList(0, LISTED))
                        + ".";
    }
}
