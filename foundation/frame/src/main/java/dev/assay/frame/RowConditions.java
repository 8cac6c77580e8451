package dev.assay.frame;

import dev.assay.frame.internal.RowPlan;
import java.util.List;
import java.util.function.IntFunction;

/// Many SQL conditions made ready for one pass over a frame's rows, in any order: which of them hold for a
/// row.
///
/// A condition is taken apart at its top-level ANDs. DuckDB judges each part once for every distinct tuple of
/// the cells it looks at, not for every row, so that all of SQL's rules hold; rows that no part tells apart
/// are one class of a column. A row's classes then give the conditions that hold, by a table that fills as
/// tuples of classes occur. Memory is four bytes a row for each set of columns that some part looks at, and
/// nothing for each condition and row. Only a part that fails on some cell (such as a cast of a text) has its
/// condition judged row by row, one bit a row.
///
/// Not thread-safe.
public final class RowConditions {
    private final RowPlan plan;

    private RowConditions(RowPlan plan) {
        this.plan = plan;
    }

    /// Takes what holds for a row.
    @FunctionalInterface
    public interface Sink {
        /// @param conditions indices of the conditions that are true (not false, not null), in no order; the
        ///                   first `count` of a reused array
        void row(int row, int[] conditions, int count);
    }

    /// Readies conditions.
    ///
    /// @param place what a message calls a condition, by its index
    /// @throws dev.assay.fault.Fault (BAD_DATA) at the place of the first condition that is wrong: no SQL, an
    ///     unknown column, an aggregate, a window function, a subquery, or a function whose answer depends on
    ///     chance, the clock or the session; with DuckDB's reason but no cell values
    static RowConditions compile(Frame frame, List<String> conditions, IntFunction<String> place) {
        return new RowConditions(RowPlan.of(frame, conditions, place));
    }

    /// Tells, row after row, which conditions hold.
    ///
    /// @param from first row
    /// @param to   the row after the last
    public void matches(int from, int to, Sink sink) {
        plan.matches(from, to, sink);
    }

    /// Tells, row after row, which conditions are neither true nor false: null, as a cell that they look
    /// at is
    /// missing. Rows without such a condition are not told.
    ///
    /// @param from first row
    /// @param to   the row after the last
    public void undecided(int from, int to, Sink sink) {
        plan.undecided(from, to, sink);
    }

    /// The first condition that says the same as this one but for spacing, case of names and the order of
    /// its parts.
    public int sameAs(int condition) {
        return plan.sameAs(condition);
    }

    /// Conditions that are judged row by row, one bit a row each.
    public int rowByRow() {
        return plan.rowByRow();
    }
}
