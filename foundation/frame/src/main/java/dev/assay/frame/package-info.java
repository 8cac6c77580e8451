/// Columnar tables.
///
/// A [dev.assay.frame.Frame] is an immutable table of named [dev.assay.frame.Column]s of equal length.
/// Columns are sealed: doubles, longs, booleans, coded categories, texts and instants, each over one
/// primitive array and a mask of which cells are there. [dev.assay.frame.Frames] reads and writes files and
/// runs SQL.
@NullMarked
package dev.assay.frame;

import org.jspecify.annotations.NullMarked;
