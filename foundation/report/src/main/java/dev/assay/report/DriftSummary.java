package dev.assay.report;

import java.util.List;

/// What changed since an earlier run of the same study.
///
/// @param priorRunId the earlier run; empty if there was none to compare with
/// @param severity   the highest severity of the rows
/// @param rows       what was found
/// @param columns    the columns whose distributions were compared
public record DriftSummary(String priorRunId, Severity severity, List<DriftRow> rows, List<DistributionRow> columns) {
    public DriftSummary {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
    }

    /// How much attention a difference asks for.
    public enum Severity {
        /// Nothing, or a difference that was meant.
        OK,
        /// Look at it.
        WARN,
        /// Something is wrong until it is explained.
        ALERT
    }
}
