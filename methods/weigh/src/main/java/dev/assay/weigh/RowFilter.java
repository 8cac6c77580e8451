package dev.assay.weigh;

import dev.assay.frame.Frame;
import java.util.BitSet;
import java.util.List;
import java.util.function.ObjIntConsumer;

/// Evaluates SQL conditions over the rows of a table.
@FunctionalInterface
public interface RowFilter {
    /// Tells, in order, the rows for which each condition is true (not false, not null).
    ///
    /// @param each takes the rows of a condition, and its index
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a condition is wrong
    void rows(Frame table, List<String> conditions, ObjIntConsumer<BitSet> each);
}
