/// Tests of how files are cut into rows.
@NullMarked
package dev.assay.distil.internal.rows;

import org.jspecify.annotations.NullMarked;
