package dev.assay.study;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a component of a stage's output record as an artefact that later stages can use and that is kept on
/// disk.
///
/// Types: [dev.assay.frame.Frame] (kept as Parquet), a record (kept as JSON), or a
/// [dev.assay.frame.FrameFile] or [java.nio.file.Path] that the stage wrote below [StageContext#folder()].
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Artefact {
    /// What it is, in one line.
    String value();
}
