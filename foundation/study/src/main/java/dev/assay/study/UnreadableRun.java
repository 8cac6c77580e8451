package dev.assay.study;

/// A folder among the runs of a workspace that holds no run that this program can read.
///
/// @param id     the folder's name
/// @param reason why it cannot be read, one sentence without a full stop
public record UnreadableRun(String id, String reason) {}
