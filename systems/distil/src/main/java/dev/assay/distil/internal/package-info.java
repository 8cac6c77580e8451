/// Inside of distil.
@NullMarked
package dev.assay.distil.internal;

import org.jspecify.annotations.NullMarked;
