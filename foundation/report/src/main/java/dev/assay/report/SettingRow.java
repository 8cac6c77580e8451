package dev.assay.report;

/// A setting of a stage as it was used.
///
/// @param name      name as in a study file
/// @param value     value as in a study file
/// @param isDefault whether the study left it out
public record SettingRow(String name, String value, boolean isDefault) {}
