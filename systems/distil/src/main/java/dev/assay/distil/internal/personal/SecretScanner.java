package dev.assay.distil.internal.personal;

/// Key material: private keys in PEM form and access key ids of AWS.
///
/// A private key begins with `-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----`. The key follows, so the place
/// found reaches to the end of its `-----END ...PRIVATE KEY-----`, or, where there is none before the
/// next begins, over all whole lines of Base64.
public final class SecretScanner {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String NAME = "PRIVATE KEY";
    /// What OpenPGP says behind (RFC 4880, 6.2).
    private static final String BLOCK = " BLOCK";

    private static final String DASHES = "-----";
    private static final String AWS = "AKIA";
    private static final int AWS_LENGTH = 20;

    private SecretScanner() {}

    /// Finds private keys, from `-----BEGIN` to `-----BEGIN`.
    public static void privateKeys(String text, Spans spans) {
        int free = 0;
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int after = text.indexOf(BEGIN, begin + 1);
            int body = begin < free ? -1 : labelEnd(text, begin + BEGIN.length());
            if (body >= 0) {
                int end = end(text, body, after < 0 ? text.length() : after);
                spans.found(begin, end);
                free = end;
            }
            begin = after;
        }
    }

    /// Finds access key ids: `AKIA[0-9A-Z]{16}`.
    public static void accessKeys(String text, Spans spans) {
        int at = text.indexOf(AWS);
        while (at >= 0) {
            int i = at;
            while (i < text.length()
                    && i < at + AWS_LENGTH
                    && (Ascii.digit(text.charAt(i)) || Ascii.capital(text.charAt(i)))) {
                i++;
            }
            boolean whole = i == at + AWS_LENGTH;
            if (whole) {
                spans.found(at, i);
            }
            at = text.indexOf(AWS, whole ? i : at + 1);
        }
    }

    /// Behind `[A-Z ]*PRIVATE KEY-----`, or -1.
    private static int labelEnd(String text, int from) {
        int i = from;
        while (i < text.length() && (Ascii.capital(text.charAt(i)) || text.charAt(i) == ' ')) {
            i++;
        }
        int name = i - (text.startsWith(BLOCK, i - BLOCK.length()) ? BLOCK.length() : 0);
        boolean key = name - from >= NAME.length() && text.startsWith(NAME, name - NAME.length());
        return key && text.startsWith(DASHES, i) ? i + DASHES.length() : -1;
    }

    private static int end(String text, int body, int limit) {
        for (int at = text.indexOf(END, body, limit); at >= 0; at = text.indexOf(END, at + 1, limit)) {
            int end = labelEnd(text, at + END.length());
            if (end >= 0) {
                return end;
            }
        }
        int end = body;
        int line = lineEnd(text, body, limit);
        while (line < limit) {
            int from = line + 1;
            line = lineEnd(text, from, limit);
            int to = line > from && text.charAt(line - 1) == '\r' ? line - 1 : line;
            if (to == from || !base64(text, from, to)) {
                break;
            }
            end = to;
        }
        return end;
    }

    private static int lineEnd(String text, int from, int limit) {
        int at = text.indexOf('\n', from, limit);
        return at < 0 ? limit : at;
    }

    private static boolean base64(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Ascii.letterOrDigit(c) && c != '+' && c != '/' && c != '=') {
                return false;
            }
        }
        return true;
    }
}
