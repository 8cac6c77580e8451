package dev.assay.distil.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How much of the calendar a file of evidence covers: a day, unless a folder would then have more than
/// [EvidenceFolder#MOST_FILES] files. All files of a folder cover the same, so that the file of a day
/// is known by its name.
public enum Grouping {
    /// `YYYY/MM/DD/<stream>.jsonl`
    DAY(10),
    /// `YYYY/MM/<stream>.jsonl`
    MONTH(7),
    /// `YYYY/<stream>.jsonl`
    YEAR(4),
    /// `all/<stream>.jsonl`
    ALL(0);

    private static final String WHOLE = "all";

    private final int digits;

    Grouping(int digits) {
        this.digits = digits;
    }

    /// As it stands in the description of a folder: `day`, `month`, `year`, `all`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of this label.
    public static Optional<Grouping> labelled(String label) {
        return Arrays.stream(values()).filter(g -> g.label().equals(label)).findFirst();
    }

    /// The next coarser one; nothing after all in one file.
    public Optional<Grouping> coarser() {
        return ordinal() + 1 < values().length ? Optional.of(values()[ordinal() + 1]) : Optional.empty();
    }

    /// The partition of this grouping that holds one of a grouping as fine or finer.
    public String of(String partition) {
        String stream = partition.substring(partition.lastIndexOf('/') + 1);
        String time = partition.substring(0, partition.lastIndexOf('/'));
        String kept = this == ALL || time.equals(WHOLE) ? WHOLE : time.substring(0, Math.min(digits, time.length()));
        return kept + "/" + stream;
    }
}
