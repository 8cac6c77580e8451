package dev.assay.microdata.internal;

import dev.assay.frame.FrameFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// SQL conditions from a study or a file, where one that does not work is told under its own name.
public final class NamedConditions {
    private NamedConditions() {}

    /// Takes a row and a condition's position.
    @FunctionalInterface
    public interface Found {
        void row(long row, int condition);
    }

    /// The rows that break each condition; one that a missing value leaves open is not broken.
    ///
    /// @param place  where a condition stands, by its position
    /// @param broken takes the rows of each condition in ascending order
    /// @throws Fault (BAD_DATA) at the place of the first condition that is not SQL or names a column that
    ///               does not exist
    public static void broken(FrameFile table, List<String> conditions, IntFunction<String> place, Found broken) {
        judged(table, conditions, place, (row, condition) -> {}, broken);
    }

    /// The rows for which each condition is true, and those for which it is false.
    ///
    /// @throws Fault as [#broken]
    public static void judged(
            FrameFile table, List<String> conditions, IntFunction<String> place, Found met, Found broken) {
        // Asked for as they are, too: `a) OR (b` is no condition, but `NOT (a) OR (b)` would be one.
        List<String> both = new ArrayList<>(conditions);
        conditions.forEach(condition -> both.add("NOT (" + condition + "\n)"));
        int n = conditions.size();
        table.conditions(both, i -> place.apply(i % n), List.of(), (chunk, first, rows, index) -> {
            Found found = index < n ? met : broken;
            rows.stream().forEach(row -> found.row(first + row, index % n));
        });
    }
}
