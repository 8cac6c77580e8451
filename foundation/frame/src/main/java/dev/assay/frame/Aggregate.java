package dev.assay.frame;

/// What a group of rows is summed up into.
///
/// Missing cells do not count. A group in which every cell is missing has a sum of 0 and a missing mean,
/// minimum, maximum and first.
public sealed interface Aggregate {
    /// The name of the resulting column.
    String as();

    /// The number of rows, missing cells or not. A long.
    record Rows(String as) implements Aggregate {}

    /// The number of cells with a value. A long.
    record Count(String column, String as) implements Aggregate {}

    /// The sum of a number or boolean column, a double with Neumaier's compensation; of a long column a long.
    record Sum(String column, String as) implements Aggregate {}

    /// The mean of a number or boolean column, a double.
    record Mean(String column, String as) implements Aggregate {}

    /// The least cell, in the order that [Frame#sort] has; the column's own type.
    record Least(String column, String as) implements Aggregate {}

    /// The greatest cell, in the order that [Frame#sort] has; the column's own type.
    record Greatest(String column, String as) implements Aggregate {}

    /// The first cell with a value; the column's own type.
    record First(String column, String as) implements Aggregate {}
}
