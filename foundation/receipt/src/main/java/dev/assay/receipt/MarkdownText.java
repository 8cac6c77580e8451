package dev.assay.receipt;

/// Texts of data and of names inside a page of Markdown: what they say is shown, and nothing of it is markup, a link,
/// an
/// image or HTML, also where addresses become links by themselves.
public final class MarkdownText {
    private static final String MARKUP = "\\`*[]<>|~&:@$";

    private MarkdownText() {}

    /// A text that ends neither its line nor a cell of a table. Control and format characters become spaces.
    public static String of(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                escaped.append(' ');
                return;
            }
            if (MARKUP.indexOf(c) >= 0 || (c == '.' && endsWithWww(escaped))) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(c);
        });
        return escaped.toString().strip();
    }

    private static boolean endsWithWww(StringBuilder text) {
        int length = text.length();
        return length >= 3 && text.substring(length - 3).equalsIgnoreCase("www");
    }
}
