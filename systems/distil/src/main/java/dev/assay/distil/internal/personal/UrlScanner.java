package dev.assay.distil.internal.personal;

/// User and password in a URL (RFC 3986, 3.2.1): `scheme://user:password@host`. A user alone, as in
/// addresses of repositories, is none, nor is a variable or a placeholder where the password would stand.
public final class UrlScanner {
    private static final String START = "://";
    private static final int LONGEST = 300;

    private UrlScanner() {}

    /// Looks from every `://` up to 300 characters ahead.
    public static void scan(String text, Spans spans) {
        for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + 1)) {
            if (at == 0 || !Ascii.letterOrDigit(text.charAt(at - 1))) {
                continue;
            }
            int from = at + START.length();
            int colon = -1;
            int i = from;
            while (i < text.length() && i - from < LONGEST && inside(text.charAt(i)) && text.charAt(i) != '@') {
                colon = colon < 0 && text.charAt(i) == ':' ? i : colon;
                i++;
            }
            boolean user = i < text.length() && text.charAt(i) == '@' && colon >= 0 && colon + 1 < i;
            boolean host = user
                    && i + 1 < text.length()
                    && (Ascii.letterOrDigit(text.charAt(i + 1)) || text.charAt(i + 1) == '[');
            if (host && !Context.isPlaceholder(text.substring(colon + 1, i))) {
                spans.found(from, i);
            }
        }
    }

    private static boolean inside(char c) {
        return c > ' ' && c != '/' && c != '"' && c != '\'' && c != '<' && c != '>' && c != '`' && c < 0x7f;
    }
}
