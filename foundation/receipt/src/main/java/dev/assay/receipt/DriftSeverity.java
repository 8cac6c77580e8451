package dev.assay.receipt;

import dev.assay.receipt.DriftReport.ColumnDrift;
import dev.assay.receipt.DriftReport.Flag;
import dev.assay.receipt.DriftReport.SchemaChange;
import dev.assay.receipt.DriftReport.Severity;
import java.util.Collections;
import java.util.List;

/// How much flags matter. It follows from the report itself, so that nobody can state another.
final class DriftSeverity {
    /// So many columns must have been tested before drift in most of them is an alert.
    private static final int COLUMNS_FOR_ALERT = 3;

    private DriftSeverity() {}

    static Severity highest(List<Flag> flags, List<SchemaChange> changes, List<ColumnDrift> columns) {
        Severity highest = Severity.OK;
        for (Flag flag : flags) {
            highest = Collections.max(List.of(highest, of(flag, changes, columns)));
        }
        return highest;
    }

    private static Severity of(Flag flag, List<SchemaChange> changes, List<ColumnDrift> columns) {
        return switch (flag.check()) {
            case D1, D8 -> Severity.ALERT;
            case D3, D4, D5 -> Severity.WARN;
            case D2, D9 -> Severity.OK;
            case D6 ->
                changes.stream()
                        .filter(change -> change.field().equals(flag.subject()))
                        .map(change -> change.change().severity())
                        .max(Severity::compareTo)
                        .orElse(Severity.OK);
            case D7 -> {
                long drifted = columns.stream()
                        .filter(column -> column.drift().orElse(false))
                        .count();
                yield columns.size() >= COLUMNS_FOR_ALERT && 2 * drifted > columns.size()
                        ? Severity.ALERT
                        : Severity.WARN;
            }
        };
    }
}
