package dev.assay.study;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a component of a stage's input record as an input: a file of the study, or an artefact of an earlier
/// stage.
///
/// Types and what may be given:
///
/// | type | from a file | from a stage |
/// |---|---|---|
/// | [dev.assay.frame.Frame] | Parquet, CSV, JSON Lines (`.gz`, `.zst` too) | an artefact of type `Frame` or
/// `FrameFile` |
/// | [dev.assay.frame.FrameFile] | the same, and the table is not held in memory | the same |
/// | [java.nio.file.Path] | any file, passed as it is | an artefact of type `Path` |
/// | any record | a JSON file of that shape | an artefact of that record type |
/// | `Map<String, T>` of the above | a mapping from labels to files or stages, kept in order | |
/// | `Optional` of the above | may be left out | |
///
/// A file may be written as `{ path: people.csv, confidential: true }`. The stage gets it like any other. Labels must
/// stay different as [Metric#part], since stages name metrics after them.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Input {
    /// What it is, in one line.
    String value();

    /// For an optional record: the name of another input beside which it lies. If it is not given, it is
    /// the artefact of this input's name of the stage that makes the other one, or the file `NAME.json` in
    /// the other one's folder where there is one.
    String beside() default "";

    /// The name under which it lies beside the other input, if that is not its own: two inputs that one
    /// kind of stage makes have a record of one name each.
    String artefact() default "";
}
