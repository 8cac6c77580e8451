/// One page a run, that opens offline.
@NullMarked
package dev.assay.report;

import org.jspecify.annotations.NullMarked;
