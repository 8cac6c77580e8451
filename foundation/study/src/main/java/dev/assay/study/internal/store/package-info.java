/// What is on disk: runs for people, and results by key.
///
/// Everything is written in a place of its own, forced to disk and then renamed, so that a reader sees all of
/// it or nothing. [dev.assay.study.internal.store.Store] keeps results,
/// [dev.assay.study.internal.store.RunFiles] runs, [dev.assay.study.internal.store.FileLocks] keeps processes
/// out of each other's way.
@NullMarked
package dev.assay.study.internal.store;

import org.jspecify.annotations.NullMarked;
