package dev.assay.report;

import java.util.OptionalLong;

/// Something that a stage read or wrote.
///
/// @param name   name within the stage
/// @param where  the file, or `stage.artefact`
/// @param digest digest of its content
/// @param rows   number of rows, if it has rows
/// @param bytes  size, if known
public record ArtefactRow(String name, String where, String digest, OptionalLong rows, OptionalLong bytes) {}
