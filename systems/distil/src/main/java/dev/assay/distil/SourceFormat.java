package dev.assay.distil;

/// How a source file holds rows. Each may be compressed (`.gz`), which is seen from its name.
public enum SourceFormat {
    /// One JSON object a line. The position of a row is its physical line, from 0.
    JSONL("jsonl"),
    /// One JSON array of objects. The position is the element, from 0.
    JSON_ARRAY("json-array"),
    /// One YAML sequence of mappings, all scalars read as text. The position is the element, from 0.
    YAML_SEQ("yaml-seq"),
    /// Comma-separated values with a header line, all cells read as text. The position is the data row, from 0.
    CSV("csv"),
    /// A Parquet table with columns of texts, numbers and booleans. The position is the row, from 0.
    PARQUET("parquet");

    private final String text;

    SourceFormat(String text) {
        this.text = text;
    }

    /// As it stands in mappings.
    public String text() {
        return text;
    }
}
