package dev.assay.microdata.internal;

import dev.assay.microdata.Source;
import java.util.Arrays;
import java.util.Optional;

/// The places of a table's rows, found without going through all rows of several lines each time.
public final class Lines {
    private final Optional<Source> source;
    private final long[] tall;
    private final long[] extra;

    /// The places in a source; row numbers where there is none.
    public Lines(Optional<Source> source) {
        this.source = source;
        this.tall = source.map(
                        s -> s.tall().stream().mapToLong(Source.TallRow::row).toArray())
                .orElse(new long[0]);
        this.extra = source.map(
                        s -> s.tall().stream().mapToLong(Source.TallRow::extra).toArray())
                .orElse(new long[0]);
        Arrays.parallelPrefix(extra, Long::sum);
    }

    /// As [Source#line(long)].
    public long line(long row) {
        if (!known()) {
            return row + 1;
        }
        int at = Arrays.binarySearch(tall, row);
        int before = at < 0 ? -at - 1 : at;
        return source.orElseThrow().firstLine() + row + (before == 0 ? 0 : extra[before - 1]);
    }

    /// `line 7`, or `row 7` where lines are not known.
    public String place(long row) {
        return (known() ? "line " : "row ") + line(row);
    }

    /// The file's name, empty if it is not known.
    public String file() {
        return source.map(Source::file).orElse("");
    }

    private boolean known() {
        return source.map(s -> s.firstLine() > 0).orElse(false);
    }
}
