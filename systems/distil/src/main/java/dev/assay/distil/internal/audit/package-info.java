/// Checks of evidence and exports, and the flow of rows.
@NullMarked
package dev.assay.distil.internal.audit;

import org.jspecify.annotations.NullMarked;
