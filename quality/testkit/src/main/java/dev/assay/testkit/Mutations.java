package dev.assay.testkit;

import java.util.List;
import java.util.random.RandomGenerator;

/// Texts that were right once, as somebody with bad intentions may leave them. The same generator makes the same text.
public final class Mutations {
    private static final List<String> PIECES = List.of(
            "\u0000",
            "\u001B[2J",
            "\t",
            "\r\n",
            "\n---\n",
            "...",
            "&a ",
            "*a",
            "!!java.lang.Runtime ",
            "!",
            "? ",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "|\n",
            ">\n",
            "#",
            "%YAML 9.9\n",
            "<<: *a",
            "null",
            "~",
            "1e999999999",
            "-0",
            ".nan",
            "9".repeat(400),
            "../../../../etc/passwd",
            "/dev/stdin",
            "\\",
            "$.",
            "$[",
            "first(",
            "(a*)*b",
            "(?=a)",
            "\\1",
            "\uD800",
            "\u202E",
            "\uFEFF",
            "\u0301",
            "",
            "\u2028");

    private Mutations() {}

    /// A text with some places changed: bytes flipped, parts cut, doubled, moved or nested, and things put in that
    /// parsers of settings trip over.
    public static String of(String text, RandomGenerator random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), from + random.nextInt(1 + random.nextInt(40)));
            String part = changed.substring(from, to);
            switch (random.nextInt(9)) {
                case 0 -> changed.delete(from, to);
                case 1 -> changed.insert(to, part);
                case 2 -> changed.insert(random.nextInt(changed.length() + 1), part);
                case 3 -> changed.insert(from, (char) random.nextInt(random.nextInt(8) == 0 ? 0x10000 : 0x80));
                case 4 ->
                    changed.insert(
                            from, PIECES.get(random.nextInt(PIECES.size())).repeat(1 + random.nextInt(3)));
                case 5 ->
                    changed.insert(
                            from, PIECES.get(random.nextInt(PIECES.size())).repeat(random.nextInt(600)));
                case 6 -> changed.setLength(from);
                case 7 -> changed.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
                default -> {
                    int end = changed.indexOf("\n", from);
                    if (end >= 0) {
                        changed.insert(end, changed.substring(from, end));
                    }
                }
            }
        }
        return changed.toString();
    }
}
