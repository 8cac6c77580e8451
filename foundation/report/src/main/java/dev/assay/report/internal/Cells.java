package dev.assay.report.internal;

import dev.assay.study.Listing;
import java.util.ArrayList;
import java.util.List;

/// Writes tables: numbers to the right and to the same decimals in a column, long tables cut with a word
/// about it.
final class Cells {
    /// Rows shown of a long table.
    static final int SHOWN_ROWS = 200;

    /// Rows from which a table scrolls in a box of its own on a screen.
    private static final int LONG = 30;

    private Cells() {}

    /// A listing as a table in a box that scrolls sideways when it must.
    static void table(Html html, Listing listing) {
        int shown = Math.min(SHOWN_ROWS, listing.rows().size());
        html.open(
                "div",
                "class",
                shown > LONG ? "scroll long" : "scroll",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                listing.title());
        html.open("table").open("thead").open("tr");
        List<Integer> decimals = new ArrayList<>();
        for (int c = 0; c < listing.columns().size(); c++) {
            decimals.add(decimals(listing, c));
            html.leaf(
                    "th", listing.columns().get(c), "scope", "col", "class", decimals.get(c) >= 0 ? "number" : "text");
        }
        html.close("tr").close("thead").open("tbody");
        for (List<Object> row : listing.rows().subList(0, shown)) {
            html.open("tr");
            for (int c = 0; c < row.size(); c++) {
                String tag = c == 0 && decimals.get(c) < 0 ? "th" : "td";
                String kind = decimals.get(c) >= 0 ? "number" : "text";
                if (tag.equals("th")) {
                    html.leaf(tag, cell(row.get(c), decimals.get(c)), "scope", "row", "class", kind);
                } else {
                    html.leaf(tag, cell(row.get(c), decimals.get(c)), "class", kind);
                }
            }
            html.close("tr").line();
        }
        html.close("tbody").close("table").close("div");
        if (shown < listing.rows().size()) {
            html.leaf(
                    "p",
                    "The first " + Numbers.count(shown) + " of "
                            + Numbers.count(listing.rows().size()) + " rows are shown.",
                    "class",
                    "cut");
        }
    }

    private static String cell(Object cell, int decimals) {
        return switch (cell) {
            case Boolean b -> b ? "yes" : "no";
            case Long n -> Numbers.count(n); // beyond 2^53 a double would show another number
            case Integer n -> Numbers.count(n);
            case Number n when decimals >= 0 -> Numbers.inColumn(n.doubleValue(), decimals);
            case Number n -> Numbers.plain(n.doubleValue());
            default -> cell.toString();
        };
    }

    /// The decimals of a column of numbers, gaps allowed; -1 for a column of texts.
    private static int decimals(Listing listing, int column) {
        List<Double> numbers = new ArrayList<>();
        for (List<Object> row : listing.rows()) {
            switch (row.get(column)) {
                case Number n -> numbers.add(n.doubleValue());
                case String s when s.isEmpty() -> {}
                default -> {
                    return -1;
                }
            }
        }
        return numbers.isEmpty() ? -1 : Numbers.sharedDecimals(numbers);
    }
}
