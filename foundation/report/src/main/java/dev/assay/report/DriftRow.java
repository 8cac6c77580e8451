package dev.assay.report;

/// One difference between this run and an earlier one.
///
/// @param check    name of the check: `deterministic_violation`, `counts`, `schema`, ...
/// @param subject  what differs: a stage, a count, a column
/// @param before   the earlier value; may be empty
/// @param now      the present value; may be empty
/// @param severity how much attention it asks for
/// @param text     what it means, one sentence; may be empty
public record DriftRow(
        String check, String subject, String before, String now, DriftSummary.Severity severity, String text) {}
