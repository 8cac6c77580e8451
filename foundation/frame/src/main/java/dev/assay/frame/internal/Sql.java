package dev.assay.frame.internal;

import java.util.Collection;
import java.util.stream.Collectors;

/// Names and texts as SQL writes them. Nothing reaches a statement but through here.
final class Sql {
    private Sql() {}

    /// A quoted identifier.
    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /// A text literal.
    static String text(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }

    /// A list of text literals, `'a', 'b'`.
    static String texts(Collection<String> values) {
        return values.stream().map(Sql::text).collect(Collectors.joining(", "));
    }

    /// A literal for a file that is there, with the characters that would make it a pattern taken literally.
    static String path(java.nio.file.Path file) {
        String plain = file.toAbsolutePath().toString();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '*' || c == '?' || c == '[') {
                literal.append('[').append(c).append(']');
            } else {
                literal.append(c);
            }
        }
        return text(literal.toString());
    }
}
