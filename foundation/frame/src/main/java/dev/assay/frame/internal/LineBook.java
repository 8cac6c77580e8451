package dev.assay.frame.internal;

import dev.assay.frame.RowLines;
import java.util.ArrayList;
import java.util.List;

/// Remembers which rows of a text file run over several lines.
final class LineBook {
    /// Rows of several lines that are remembered: some 40 bytes each.
    private static final int MOST = 200_000;

    private final List<RowLines.Tall> tall = new ArrayList<>();
    private long first;
    private long next;
    private boolean tooMany;

    /// @param next the line on which the first row begins unless blank ones come before it
    LineBook(long next) {
        this.first = next;
        this.next = next;
    }

    /// The next row begins on this line. Lines that no row before it takes are blank, and count for the row
    /// before them.
    void row(long number, long line) {
        skip(number, line - next);
        next = line + 1;
    }

    private void skip(long number, long extra) {
        if (extra <= 0) {
            return;
        }
        if (number == 0) {
            first += extra;
        } else if (!tall.isEmpty() && tall.getLast().row() == number - 1) {
            RowLines.Tall last = tall.removeLast();
            tall.add(new RowLines.Tall(number - 1, last.extra() + extra));
        } else if (tall.size() == MOST) {
            tooMany = true;
        } else {
            tall.add(new RowLines.Tall(number - 1, extra));
        }
    }

    /// The rows of a later part.
    ///
    /// @param rows  before that part
    /// @param lines by which its lines are counted too low
    /// @param any   whether it has rows
    void addAll(LineBook later, long rows, long lines, boolean any) {
        if (!any) {
            return;
        }
        skip(rows, later.first + lines - next);
        for (RowLines.Tall each : later.tall) {
            skip(rows + each.row() + 1, each.extra());
        }
        next = later.next + lines;
        tooMany |= later.tooMany;
    }

    RowLines lines() {
        return tooMany ? RowLines.UNKNOWN : new RowLines(first, tall);
    }
}
