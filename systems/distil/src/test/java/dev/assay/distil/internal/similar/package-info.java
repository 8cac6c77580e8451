@NullMarked
package dev.assay.distil.internal.similar;

import org.jspecify.annotations.NullMarked;
