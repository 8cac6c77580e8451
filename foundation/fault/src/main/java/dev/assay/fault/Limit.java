package dev.assay.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One thing that a file, a condition or an answer can make large, and how large it may be unless somebody who
/// trusts the input says otherwise. Not a setting of studies: whoever wrote the study may be the one to guard
/// against.
public enum Limit {
    /// Bytes of the longest line, or CSV record, of a text file.
    LINE_BYTES("line-bytes", 64L << 20, 1 << 10, 1L << 31, "bytes of a line, or of a CSV record"),
    /// Columns of a table in a file.
    COLUMNS("columns", 100_000, 1, 10_000_000, "columns of a table"),
    /// Levels of YAML, JSON, SQL and expressions within each other.
    DEPTH("depth", 200, 10, 1_000, "levels of YAML, JSON, conditions and expressions within each other"),
    /// Steps of a compiled regular expression: about one for each character, class and repetition of it.
    PATTERN_STEPS("pattern-steps", 2_000, 10, 4_000, "steps of a compiled regular expression"),
    /// Bytes of a file of settings: a study, a mapping, rules.
    SETTINGS_BYTES("settings-bytes", 4L << 20, 1 << 10, 1L << 30, "bytes of a study, a mapping or a file of rules"),
    /// Bytes of a file that is hashed, or of all files of a folder together. A file with holes has any size.
    FILE_BYTES("file-bytes", 256L << 30, 1 << 10, 1L << 60, "bytes of a file, or of the files of a folder"),
    /// Bytes out of a compressed file for each byte in it; [Limits#FREE_BYTES] are always allowed.
    EXPANSION("expansion", 200, 1, 1_000_000, "bytes that a byte of a compressed file may become"),
    /// Seconds for the conditions of one list on one table.
    CONDITION_SECONDS("condition-seconds", 600, 1, 1_000_000, "seconds that conditions on a table may take"),
    /// Bytes of memory for evaluating conditions, outside the heap.
    CONDITION_BYTES("condition-bytes", 2L << 30, 1 << 24, 1L << 40, "bytes of memory that conditions may take"),
    /// Percent of the machine's memory that reading, writing and SQL may take outside the heap.
    DATABASE_PERCENT("database-percent", 50, 1, 95, "percent of the machine's memory for tables outside the heap"),
    /// Bytes of it where a folder for temporary files takes the rest.
    DATABASE_BYTES("database-bytes", 2L << 30, 1 << 27, 1L << 42, "bytes of memory of a step that can spill to files"),
    /// Bytes of an answer from an end point.
    ANSWER_BYTES("answer-bytes", 32L << 20, 1 << 10, 1L << 30, "bytes of an answer of a model server"),
    /// Seconds for an answer from an end point, from the first byte sent to the last one received.
    ANSWER_SECONDS("answer-seconds", 1_800, 1, 1_000_000, "seconds that an answer of a model server may take in all"),
    /// Seconds to wait for another process that works on the same results.
    WAIT_SECONDS("wait-seconds", 86_400, 1, 10_000_000, "seconds to wait for another run that makes the same results");

    private final String label;
    private final long standard;
    private final long least;
    private final long most;
    private final String about;

    Limit(String label, long standard, long least, long most, String about) {
        this.label = label;
        this.standard = standard;
        this.least = least;
        this.most = most;
        this.about = about;
    }

    /// Its name on the command line and in the user's configuration, such as `line-bytes`.
    public String label() {
        return label;
    }

    /// What it is unless set.
    public long standard() {
        return standard;
    }

    /// The least it can be set to.
    public long least() {
        return least;
    }

    /// The most it can be set to.
    public long most() {
        return most;
    }

    /// What it limits, a few words.
    public String about() {
        return about;
    }

    /// The limit of this name.
    public static Optional<Limit> named(String label) {
        return Arrays.stream(values()).filter(l -> l.label.equals(label)).findFirst();
    }

    /// All names.
    public static List<String> labels() {
        return Arrays.stream(values()).map(Limit::label).toList();
    }
}
