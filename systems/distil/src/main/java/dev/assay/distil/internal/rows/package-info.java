/// Rows of files, cut, handed to many threads, and put back in order.
@NullMarked
package dev.assay.distil.internal.rows;

import org.jspecify.annotations.NullMarked;
