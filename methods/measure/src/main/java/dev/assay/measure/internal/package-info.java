/// How the measures are computed; nothing outside the module uses it.
@NullMarked
package dev.assay.measure.internal;

import org.jspecify.annotations.NullMarked;
