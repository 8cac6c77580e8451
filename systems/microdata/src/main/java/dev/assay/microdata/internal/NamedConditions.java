package dev.assay.microdata.internal;

import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/// SQL conditions from a study or a file, where one that does not work is told under its own name.
public final class NamedConditions {
    private NamedConditions() {}

    /// The rows that meet each condition.
    ///
    /// @param place where a condition stands, by its position
    /// @throws Fault (BAD_DATA) at the place of the first condition that is not SQL or names a column that
    ///               does not exist
    public static List<BitSet> rows(Frame table, List<String> conditions, IntFunction<String> place) {
        return Frames.conditions(table, conditions, place);
    }

    /// The rows that break each condition; one that a missing value leaves open is not broken.
    ///
    /// @param place where a condition stands, by its position
    /// @throws Fault (BAD_DATA) at the place of the first condition that is not SQL or names a column that
    ///               does not exist
    public static List<BitSet> broken(Frame table, List<String> conditions, IntFunction<String> place) {
        // Asked for as they are, too: `a) OR (b` is no condition, but `NOT (a) OR (b)` would be one.
        List<String> both = new ArrayList<>(conditions);
        conditions.forEach(condition -> both.add("NOT (" + condition + ")"));
        int n = conditions.size();
        return rows(table, both, i -> place.apply(i % n)).subList(n, 2 * n);
    }
}
