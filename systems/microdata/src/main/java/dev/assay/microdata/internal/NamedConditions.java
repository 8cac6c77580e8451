package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/// SQL conditions from a study or a file, where one that does not work is told under its own name.
public final class NamedConditions {
    private NamedConditions() {}

    /// The rows that meet each condition.
    ///
    /// @param place where a condition stands, by its position
    /// @throws Fault (BAD_DATA) at the place of the first condition that is not SQL or names a column that does
    ///               not exist
    public static List<BitSet> rows(Frame table, List<String> conditions, IntFunction<String> place) {
        return rows(table, conditions, UnaryOperator.identity(), place);
    }

    /// The rows that break each condition; one that a missing value leaves open is not broken.
    ///
    /// @param place where a condition stands, by its position
    /// @throws Fault (BAD_DATA) at the place of the first condition that is not SQL or names a column that does
    ///               not exist
    public static List<BitSet> broken(Frame table, List<String> conditions, IntFunction<String> place) {
        return rows(table, conditions, condition -> "NOT (" + condition + ")", place);
    }

    private static List<BitSet> rows(
            Frame table, List<String> conditions, UnaryOperator<String> asked, IntFunction<String> place) {
        try {
            return Frames.conditions(table, conditions.stream().map(asked).toList());
        } catch (Fault all) {
            // Once more one by one and as written, to say which it is.
            for (int i = 0; i < conditions.size(); i++) {
                try {
                    Frames.conditions(table, List.of(conditions.get(i)));
                } catch (Fault one) {
                    throw one.at(place.apply(i));
                }
            }
            throw all;
        }
    }
}
