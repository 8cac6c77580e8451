package dev.assay.weigh;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Where rows of a table stand, for messages about them.
@FunctionalInterface
public interface RowPlaces {
    /// Of a table of which nothing is known: as if it came from a file with a header and one line a row.
    RowPlaces ONE_LINE_EACH =
            rows -> lines(Arrays.stream(rows).mapToLong(r -> r + 2L).toArray()) + " of a file with one line a row";

    /// What stands in brackets behind the rows' numbers, such as `people.csv, lines 2 and 7`; empty for nothing.
    ///
    /// @param rows counted from 0, at least one
    String of(int... rows);

    /// `line 2`, `lines 2 and 7`.
    ///
    /// @param numbers counted from 1, at least one
    static String lines(long... numbers) {
        return (numbers.length == 1 ? "line " : "lines ")
                + Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(" and "));
    }

    /// ` (people.csv, line 2)`, or nothing.
    default String clause(int... rows) {
        String place = of(rows);
        return place.isEmpty() ? "" : " (" + place + ")";
    }
}
