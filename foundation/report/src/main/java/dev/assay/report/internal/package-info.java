/// How the page is put together.
///
/// One class writes one part of the page through [dev.assay.report.internal.Html], which escapes; charts are
/// data in the page ([dev.assay.report.internal.ChartData]) that the page's own script draws.
@NullMarked
package dev.assay.report.internal;

import org.jspecify.annotations.NullMarked;
