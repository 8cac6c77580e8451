package dev.assay.frame.internal;

import dev.assay.frame.ColumnType;
import dev.assay.frame.internal.CellScan.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// What the values of one key of JSON objects are, and the type that follows. JSON says itself what is
/// a number: whole numbers of 64 bits are longs, others doubles if the nearest one gives each of them
/// back; strings that are all dates or times are these; values of several sorts are texts, which is
/// told.
final class JsonEvidence {
    private final CellScan scan = new CellScan();
    private final CellEvidence strings = new CellEvidence();
    private long whole;
    private long decimal;
    private long inexact;
    private @Nullable String firstInexact;
    private long texts;
    private long flags;
    private long nested;
    private long nulls;

    /// A value of this key.
    void add(JsonToken token, String text, long line) {
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(text, line);
            case VALUE_STRING -> {
                texts++;
                byte[] bytes = text.length() > CellScan.LONGEST ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
                Kind kind = scan.of(bytes, bytes.length);
                switch (kind) {
                    case DATE, DATE_TIME, ZONED -> strings.add(kind, scan, bytes, bytes.length, line);
                    default -> strings.add(Kind.OTHER, scan, bytes, Math.min(bytes.length, CellScan.LONGEST), line);
                }
            }
            case VALUE_TRUE, VALUE_FALSE -> flags++;
            case START_OBJECT, START_ARRAY -> nested++;
            default -> nulls++;
        }
    }

    private void number(String text, long line) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Kind kind = scan.of(bytes, bytes.length);
        boolean exact = bytes.length > CellScan.LONGEST ? CellScan.comesBack(text) : scan.isExact();
        if (kind == Kind.WHOLE) {
            whole++;
        } else {
            decimal++;
        }
        if (!exact && inexact++ == 0) {
            firstInexact = "'" + CellEvidence.shown(text) + "' in line " + line;
        }
    }

    /// The type of the key's column.
    CellEvidence.Decision decide() {
        long numbers = whole + decimal;
        long values = numbers + texts + flags + nested;
        if (values == 0) {
            return new CellEvidence.Decision(ColumnType.TEXT, false, 0, "");
        }
        if (numbers == values) {
            if (decimal == 0) {
                return new CellEvidence.Decision(ColumnType.LONG, false, 0, "");
            }
            return inexact == 0
                    ? new CellEvidence.Decision(ColumnType.DOUBLE, false, 0, "")
                    : new CellEvidence.Decision(
                            ColumnType.TEXT,
                            false,
                            numbers,
                            "holds " + CellEvidence.some(inexact, "number")
                                    + " that a double does not give back, such as "
                                    + firstInexact
                                    + ", so all cells are texts; declare it number under 'types' for the nearest ones");
        }
        if (flags == values) {
            return new CellEvidence.Decision(ColumnType.BOOLEAN, false, 0, "");
        }
        if (texts == values) {
            return strings.decide(false, false);
        }
        if (nested == values) {
            return new CellEvidence.Decision(
                    ColumnType.TEXT, false, nested, "holds lists or objects, which are texts of JSON here");
        }
        List<String> sorts = new ArrayList<>();
        sort(sorts, numbers, "number");
        sort(sorts, texts, "text");
        sort(sorts, flags, "boolean");
        sort(sorts, nested, "list or object");
        return new CellEvidence.Decision(
                ColumnType.TEXT,
                false,
                values - texts,
                "holds " + String.join(" and ", sorts) + ", so all cells are texts");
    }

    private static void sort(List<String> sorts, long n, String what) {
        if (n > 0) {
            sorts.add(n == 1 || !what.contains(" or ") ? CellEvidence.some(n, what) : n + " lists or objects");
        }
    }

    /// Numbers that a double does not give back.
    long inexact() {
        return inexact;
    }

    /// What was found, for a report.
    String summary(long rows) {
        List<String> parts = new ArrayList<>();
        CellEvidence.count(parts, whole, "whole");
        CellEvidence.count(parts, decimal, "decimal");
        CellEvidence.count(parts, texts, "strings");
        CellEvidence.count(parts, flags, "true or false");
        CellEvidence.count(parts, nested, "lists or objects");
        CellEvidence.count(parts, rows - whole - decimal - texts - flags - nested, "missing");
        return String.join(", ", parts);
    }
}
