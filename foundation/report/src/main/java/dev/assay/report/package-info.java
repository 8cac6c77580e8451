/// One page a run, that opens offline.
///
/// A [dev.assay.report.Report] is everything the page says, as plain data: the plan and how each stage ended,
/// the claims and their verdicts, what each stage measured and showed, and the digests that let somebody
/// check it. [dev.assay.report.ReportPage] turns it into one HTML file with its styles, scripts, charts and
/// data inside. The page fetches nothing, forbids itself to fetch anything, and treats every text it is given
/// as text.
///
/// Figures and tables come as [dev.assay.study.Figure] and [dev.assay.study.Listing]; nothing here knows the
/// runner.
@NullMarked
package dev.assay.report;

import org.jspecify.annotations.NullMarked;
