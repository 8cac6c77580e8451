package dev.assay.weigh;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.weigh.internal.TargetRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Targets as people write them down: one a line, `table, variable, filter, value, tolerance`.
///
/// | column | meaning |
/// |---|---|
/// | `table` | the table that is counted or summed |
/// | `variable` | empty, `1` or `count` to count rows; else a numeric column to sum |
/// | `filter` | an SQL condition on the table's rows, empty for all |
/// | `value` | the total; a line without one is not used, and listed |
/// | `tolerance` | optional: relative error that still counts as met, empty for exact |
/// | `cost` | optional: what missing it costs, see [Target#cost()]; empty or `inf` for a target that must be met |
/// | `floor` | optional: least scale of the relative error, see [Target#floor()] |
/// | `batch` | optional, for the gradient and sparse back ends: in which order targets join, empty for 0 |
/// | `group` | optional, for the same: targets of one group share one target's say in the loss |
/// | `name` | optional; without one the target is called after table, variable and filter |
///
/// `entity` and `measure` are other names of `table` and `variable`. Columns `id`, `unit`, `geography`, `period`,
/// `source`, `source_row`, `as_of` and `note` are for people and ignored; any other column is an error.
///
/// @param rows   the targets, in the file's order
/// @param unused names of targets without a value
public record TargetTable(List<Row> rows, List<String> unused) {
    /// Copies the lists.
    public TargetTable {
        rows = List.copyOf(rows);
        unused = List.copyOf(unused);
    }

    /// One target.
    ///
    /// @param name      unique
    /// @param table     the table counted
    /// @param variable  the column summed, empty to count
    /// @param filter    an SQL condition, empty for all rows
    /// @param value     the total
    /// @param tolerance relative, 0 for exact
    /// @param cost      what missing it costs, infinity if it must be met
    /// @param floor     least scale of the relative error
    /// @param batch     in which order it joins, from 0
    /// @param group     with which it shares one target's say, empty for none
    /// @param line      where it stands: 2 is the first line after the header
    public record Row(
            String name,
            String table,
            String variable,
            String filter,
            double value,
            double tolerance,
            double cost,
            double floor,
            int batch,
            String group,
            int line) {
        /// `target 'x' (line 7)`.
        public String place() {
            return "target '" + name + "' (line " + line + ")";
        }
    }

    /// The columns of each batch in the order in which they join; empty if there is one batch.
    public List<List<Integer>> batches() {
        SortedMap<Integer, List<Integer>> batches = new TreeMap<>();
        for (int j = 0; j < rows.size(); j++) {
            batches.computeIfAbsent(rows.get(j).batch(), b -> new ArrayList<>()).add(j);
        }
        return batches.size() < 2 ? List.of() : List.copyOf(batches.values());
    }

    /// The group of each target, a target without one being its own; empty if no target has one.
    public List<Integer> groups() {
        if (rows.stream().allMatch(row -> row.group().isEmpty())) {
            return List.of();
        }
        Map<String, Integer> known = new HashMap<>();
        List<Integer> groups = new ArrayList<>();
        for (Row row : rows) {
            // A name with the line cannot be a group's, because texts are stripped.
            String of = row.group().isEmpty() ? " " + row.line() : row.group();
            groups.add(known.computeIfAbsent(of, g -> known.size()));
        }
        return groups;
    }

    /// The targets in a frame with the columns above.
    ///
    /// @throws Fault (BAD_DATA) naming target and line of everything wrong: a missing or unknown column, a
    ///     value or tolerance that is not a finite number, a negative tolerance, a name given twice, two
    ///     targets for the same table, variable and filter, or no target at all
    public static TargetTable of(Frame frame) {
        return TargetRows.read(frame);
    }
}
