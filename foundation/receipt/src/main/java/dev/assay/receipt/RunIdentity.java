package dev.assay.receipt;

import java.time.Instant;

/// What all receipts of a run share.
///
/// @param runId        see [RunIds#runId]
/// @param pipeline     the pipeline or study
/// @param codeVersion  the program
/// @param recordedAt   the time that the caller pinned
/// @param invocationId a random id of this invocation, informative only
public record RunIdentity(String runId, String pipeline, String codeVersion, Instant recordedAt, String invocationId) {}
