package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How the fields of a CSV file are separated, told from its first lines.
///
/// @param delimiter between fields
/// @param skipped   lines before the header: 1 if the first is `sep=;` as spreadsheets write it, else 0
/// @param preface   bytes before the header: those of a byte order mark and of that line
record CsvDialect(char delimiter, int skipped, int preface) {
    /// Separators that are looked for, those that are most common first.
    private static final String CANDIDATES = ",;\t|";
    private static final int RECORDS = 200;
    /// The share of records that must agree where not all do.
    private static final double MOSTLY = 0.5;
    private static final String SEPARATOR_LINE = "sep=";

    /// What the file looks like. Its usual separator counts if the first records have the same number
    /// of fields by it, more than one; else the first other one for which that holds; else the usual
    /// one.
    ///
    /// @param start the first bytes of the file, `n` of them
    /// @param usual the separator that the file's name promises
    /// @param given the separator that is known, empty if it is to be told
    /// @throws Fault (MALFORMED_FILE) if the file is UTF-16
    static CsvDialect of(byte[] start, int n, boolean whole, char usual, String given) {
        int from = 0;
        if (n >= 2
                && ((start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xfe
                        || (start[0] & 0xff) == 0xfe && (start[1] & 0xff) == 0xff)) {
            throw FileFormat.malformed("the file is UTF-16, not UTF-8; convert it.");
        }
        if (n >= 3 && (start[0] & 0xff) == 0xef && (start[1] & 0xff) == 0xbb && (start[2] & 0xff) == 0xbf) {
            from = 3;
        }
        int end = from;
        while (end < n && end < from + SEPARATOR_LINE.length() + 3 && start[end] != '\n' && start[end] != '\r') {
            end++;
        }
        String line = new String(start, from, end - from, StandardCharsets.ISO_8859_1);
        if (line.length() == SEPARATOR_LINE.length() + 1 && line.startsWith(SEPARATOR_LINE) && end < n) {
            boolean pair = start[end] == '\r' && end + 1 < n && start[end + 1] == '\n';
            char said = line.charAt(line.length() - 1);
            return new CsvDialect(given.isEmpty() ? said : given.charAt(0), 1, end + (pair ? 2 : 1));
        }
        if (!given.isEmpty()) {
            return new CsvDialect(given.charAt(0), 0, from);
        }
        List<Integer> usually = fields(start, from, n, whole, usual);
        double best = agreement(usually);
        char found = usual;
        for (char candidate : CANDIDATES.toCharArray()) {
            double agreement = best == 1 ? 0 : agreement(fields(start, from, n, whole, candidate));
            if (agreement > best && (agreement == 1 || agreement >= MOSTLY)) {
                best = agreement;
                found = candidate;
            }
        }
        if (best == 0 && usually.stream().allMatch(count -> count == 1)) {
            requireNoTitle(start, from, n, whole, usual);
        }
        return new CsvDialect(found, 0, from);
    }

    /// @throws Fault (MALFORMED_FILE) if all records but the first have fields, as many each, by a
    ///     separator that is not the usual one: the first is no header then
    private static void requireNoTitle(byte[] start, int from, int n, boolean whole, char usual) {
        for (char candidate : CANDIDATES.toCharArray()) {
            List<Integer> counts = fields(start, from, n, whole, candidate);
            if (counts.size() > 2 && counts.getFirst() == 1 && agreement(counts.subList(1, counts.size())) == 1) {
                throw FileFormat.malformed("the first line has one field, and the lines below have " + counts.get(1)
                        + " with a " + spoken(candidate)
                        + " between them; take out what stands above the header, or give separator: '" + usual
                        + "' if all is one column.");
            }
        }
    }

    /// The share of the first records that have as many fields as the first one, 0 if that has one
    /// alone.
    private static double agreement(List<Integer> counts) {
        int first = counts.isEmpty() ? 1 : counts.getFirst();
        return first == 1 ? 0 : counts.stream().filter(count -> count == first).count() / (double) counts.size();
    }

    /// How many fields the first records have, nothing if quotes do not close where a field ends.
    private static List<Integer> fields(byte[] bytes, int from, int n, boolean whole, char delimiter) {
        List<Integer> counts = new ArrayList<>();
        int fields = 1;
        boolean quoted = false;
        boolean fieldStart = true;
        boolean closed = false;
        boolean filled = false;
        for (int i = from; i < n && counts.size() < RECORDS; i++) {
            byte b = bytes[i];
            if (quoted) {
                // A doubled quote closes and opens again, which counts the same.
                quoted = b != '"';
                closed = !quoted;
            } else if (b == '"' && (fieldStart || closed)) {
                quoted = true;
                fieldStart = false;
                filled = true;
            } else if (b == '\n' || b == '\r') {
                if (filled) {
                    counts.add(fields);
                }
                fields = 1;
                fieldStart = true;
                closed = false;
                filled = false;
            } else {
                fieldStart = b == delimiter;
                if (closed && !fieldStart) {
                    return List.of();
                }
                closed = false;
                filled = true;
                fields += fieldStart ? 1 : 0;
            }
        }
        if (filled && counts.size() < RECORDS && (whole || counts.isEmpty())) {
            counts.add(fields);
        }
        return counts;
    }

    /// What people call the separator.
    String spoken() {
        return spoken(delimiter);
    }

    private static String spoken(char delimiter) {
        return switch (delimiter) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            case '|' -> "bar";
            default -> "'" + delimiter + "'";
        };
    }
}
