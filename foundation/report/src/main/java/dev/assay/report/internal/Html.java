package dev.assay.report.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/// Writes HTML. Texts and attribute values are escaped here and nowhere else; tag and attribute names are the
/// program's own and are checked, and elements must be closed in order, so that a page is well formed or not
/// written.
final class Html {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /// Opens an element.
    ///
    /// @param attributes names and values in turn
    /// @throws IllegalArgumentException if a name is none, or an attribute has no value
    Html open(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /// Closes the element opened last, which must be of this name.
    ///
    /// @throws IllegalStateException if it is another
    Html close(String tag) {
        String last = open.isEmpty() ? "nothing" : open.pop();
        if (!last.equals(tag)) {
            throw new IllegalStateException("the page would close " + tag + " while " + last + " is open");
        }
        out.append("</").append(tag).append('>');
        return this;
    }

    /// An element with nothing in it and no end tag (`meta`, `link`).
    Html empty(String tag, String... attributes) {
        start(tag, attributes);
        return this;
    }

    /// An element that holds one text.
    Html leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /// A text, escaped.
    Html text(String text) {
        escape(Shown.of(text));
        return this;
    }

    /// A line end in the source, for people who read it.
    Html line() {
        out.append('\n');
        return this;
    }

    /// The program's own scripts, styles and escaped data, as they are. Never for anything that was given.
    Html own(String markup) {
        out.append(markup);
        return this;
    }

    /// The page.
    ///
    /// @throws IllegalStateException if an element is still open
    String finish() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("the page ends while " + open.peek() + " is open");
        }
        return out.toString();
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(name(tag));
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("an attribute of " + tag + " has no value");
        }
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(name(attributes[i])).append("=\"");
            escape(Shown.of(attributes[i + 1]));
            out.append('"');
        }
        out.append('>');
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of HTML");
        }
        return name;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
