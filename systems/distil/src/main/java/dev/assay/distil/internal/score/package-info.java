/// Rules applied to evidence.
@NullMarked
package dev.assay.distil.internal.score;

import org.jspecify.annotations.NullMarked;
