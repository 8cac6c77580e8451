/// Files and folders of the one who runs the program: the one place that makes, links, sweeps and deletes them.
///
/// Whoever hands somebody a folder must gain nothing by what lies in it. So nothing here follows a symbolic
/// link, makes anything that others may read, or goes into a folder in which others could exchange what lies
/// there.
@NullMarked
package dev.assay.files;

import org.jspecify.annotations.NullMarked;
