/// Tests of the parts the page is put together from.
@NullMarked
package dev.assay.report.internal;

import org.jspecify.annotations.NullMarked;
