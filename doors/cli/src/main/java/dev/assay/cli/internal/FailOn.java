package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.receipt.DriftReport.Severity;
import dev.assay.study.RunView;

/// From which severity of drift on a command fails.
enum FailOn {
    WARN,
    ALERT;

    /// The exit code for drift of this severity.
    int exitCode(Severity severity) {
        boolean fails = switch (this) {
            case WARN -> severity != Severity.OK;
            case ALERT -> severity == Severity.ALERT;
        };
        return fails ? Fault.Kind.DRIFT_ALERT.exitCode() : 0;
    }

    /// The exit code for a run with drift of this severity.
    int exitCode(RunView.Severity severity) {
        return exitCode(Severity.valueOf(severity.name()));
    }
}
