@NullMarked
package dev.assay.distil.internal.personal;

import org.jspecify.annotations.NullMarked;
