package dev.assay.distil.internal.collect;

import dev.assay.distil.LinearPattern;

/// Patterns of files as [java.nio.file.FileSystem#getPathMatcher] knows them, matched in linear time: `*` and `?` stay
/// within a part of the path, `**` does not, `[a-z]`, `[!a-z]` and `{one,other}` are as usual, and a backslash takes
/// the
/// meaning from the next character.
public final class Glob {
    private final String glob;
    private final StringBuilder pattern = new StringBuilder("(?s)\\A");
    private int at;
    private boolean choice;

    private Glob(String glob) {
        this.glob = glob;
    }

    /// @throws IllegalArgumentException in one sentence if it is none
    public static LinearPattern of(String glob) {
        return LinearPattern.of(new Glob(glob).pattern());
    }

    private String pattern() {
        while (at < glob.length()) {
            char c = glob.charAt(at++);
            switch (c) {
                case '*' -> {
                    boolean across = at < glob.length() && glob.charAt(at) == '*';
                    at += across ? 1 : 0;
                    pattern.append(across ? ".*" : "[^/]*");
                }
                case '?' -> pattern.append("[^/]");
                case '[' -> characters();
                case '{' -> {
                    if (choice) {
                        throw new IllegalArgumentException("a '{' stands inside a '{'");
                    }
                    choice = true;
                    pattern.append("(?:(?:");
                }
                case '}' -> {
                    pattern.append(choice ? "))" : "\\}");
                    choice = false;
                }
                case ',' -> pattern.append(choice ? ")|(?:" : ",");
                case '\\' -> {
                    if (at == glob.length()) {
                        throw new IllegalArgumentException("a backslash at the end stands for nothing");
                    }
                    literal(glob.charAt(at++));
                }
                default -> literal(c);
            }
        }
        if (choice) {
            throw new IllegalArgumentException("a '{' is not closed");
        }
        return pattern.append("\\z").toString();
    }

    private void literal(char c) {
        if (c < 128 && !Character.isLetterOrDigit(c)) {
            pattern.append("\\x{").append(Integer.toHexString(c)).append('}');
        } else {
            pattern.append(c);
        }
    }

    private void characters() {
        boolean not = at < glob.length() && (glob.charAt(at) == '!');
        at += not ? 1 : 0;
        pattern.append(not ? "[^/" : "[");
        int begin = at;
        while (at < glob.length() && (glob.charAt(at) != ']' || at == begin)) {
            char from = glob.charAt(at++);
            char to = from;
            if (at + 1 < glob.length() && glob.charAt(at) == '-' && glob.charAt(at + 1) != ']') {
                to = glob.charAt(at + 1);
                at += 2;
            }
            if (to < from) {
                throw new IllegalArgumentException("a range of characters runs backwards");
            }
            if (from <= '/' && to >= '/') {
                throw new IllegalArgumentException("'/' stands between brackets");
            }
            pattern.append("\\x{")
                    .append(Integer.toHexString(from))
                    .append("}-\\x{")
                    .append(Integer.toHexString(to))
                    .append('}');
        }
        if (at >= glob.length()) {
            throw new IllegalArgumentException("a '[' is not closed");
        }
        at++;
        pattern.append(']');
    }
}
