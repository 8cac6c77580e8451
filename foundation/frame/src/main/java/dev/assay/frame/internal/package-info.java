/// DuckDB's side of frames: opening it, handing columns in and out, and each file format's rules.
///
/// [dev.assay.frame.internal.Database] opens it, [dev.assay.frame.internal.FrameSource] hands a frame to it,
/// [dev.assay.frame.internal.Relation] takes columns from it. None of its types go further than this package.
@NullMarked
package dev.assay.frame.internal;

import org.jspecify.annotations.NullMarked;
