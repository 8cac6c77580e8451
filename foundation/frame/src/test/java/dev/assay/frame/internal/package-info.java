/// Tests of what stands between frames and DuckDB.
@NullMarked
package dev.assay.frame.internal;

import org.jspecify.annotations.NullMarked;
