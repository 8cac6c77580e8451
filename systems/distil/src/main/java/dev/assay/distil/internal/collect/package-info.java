/// Rows of source files made into evidence.
@NullMarked
package dev.assay.distil.internal.collect;

import org.jspecify.annotations.NullMarked;
