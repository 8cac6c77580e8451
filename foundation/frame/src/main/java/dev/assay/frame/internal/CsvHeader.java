package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The names in the first record of CSV, which DuckDB would have to be told the number of.
final class CsvHeader {
    private CsvHeader() {}

    /// @param record the bytes of the record, without the line break behind it
    /// @throws Fault (MALFORMED_FILE) if there is none, a name is missing or stands twice, or it is not
    ///     well-formed
    static List<String> names(byte[] record, char delimiter) {
        List<String> names = fields(text(record), delimiter);
        Names.require(names);
        return names;
    }

    private static String text(byte[] record) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(record))
                    .toString();
        } catch (CharacterCodingException e) {
            throw FileFormat.malformed("the file is not UTF-8; convert it.").causedBy(e);
        }
        if (text.indexOf('\0') >= 0) {
            throw FileFormat.malformed("the header has NUL bytes, so the file is not UTF-8; convert it.");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static List<String> fields(String text, char delimiter) {
        if (text.isEmpty()) {
            throw FileFormat.malformed("there is no header; the first line must name the columns.");
        }
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            if (at < text.length() && text.charAt(at) == '"') {
                StringBuilder field = new StringBuilder();
                int quote = text.indexOf('"', at + 1);
                while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
                    field.append(text, at + 1, quote + 1);
                    at = quote + 1;
                    quote = text.indexOf('"', at + 1);
                }
                if (quote < 0 || (quote + 1 < text.length() && text.charAt(quote + 1) != delimiter)) {
                    throw FileFormat.malformed("a quoted field does not end where it should; close the quote, and "
                            + "double the quotes inside it.");
                }
                fields.add(field.append(text, at + 1, quote).toString());
                at = quote + 2;
            } else {
                int end = text.indexOf(delimiter, at);
                end = end < 0 ? text.length() : end;
                fields.add(text.substring(at, end));
                at = end + 1;
            }
        }
        return fields;
    }
}
