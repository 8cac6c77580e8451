package dev.assay.cli.internal;

/// What becomes of a run that passed, and a claim of whose study is contradicted.
enum OnContradiction {
    /// It ends with an exit code of its own.
    FAIL,
    /// It is told.
    WARN
}
