package dev.assay.frame.internal;

import dev.assay.frame.RowLines;

/// A file that was looked at.
///
/// @param lines where its rows stand
record Opened(Table table, RowLines lines) {}
