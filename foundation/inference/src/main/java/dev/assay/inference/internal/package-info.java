/// How intervals are computed; nothing outside the module uses it.
@NullMarked
package dev.assay.inference.internal;

import org.jspecify.annotations.NullMarked;
