package dev.assay.report;

/// A file of the run that somebody can check.
///
/// @param path   where it lies, relative to the run's folder
/// @param what   what it is, a few words
/// @param digest digest of the file
/// @param bytes  size of the file
public record ReceiptRow(String path, String what, String digest, long bytes) {}
