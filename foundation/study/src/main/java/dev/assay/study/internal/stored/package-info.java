/// What runs and stages look like on disk, apart from the records that the program works with.
///
/// [dev.assay.study.RunView] may change with the program; a run that was stored must still be read. So
/// `run.json` and the manifests of results are written and read through the records of this package alone.
/// [dev.assay.study.internal.stored.StoredRun] says which layouts are read. A change of a layout is a new
/// version, and a stored run of each version lies frozen in the tests.
@NullMarked
package dev.assay.study.internal.stored;

import org.jspecify.annotations.NullMarked;
