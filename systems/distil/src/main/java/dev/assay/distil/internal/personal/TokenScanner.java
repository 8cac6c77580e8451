package dev.assay.distil.internal.personal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// JSON web tokens (RFC 7519): three or five parts of Base64url with dots between, of which the first is
/// a JSON object with an `alg`.
public final class TokenScanner {
    private static final String START = "eyJ";
    private static final int FEWEST = 3;

    private TokenScanner() {}

    /// Looks at every run of the characters of tokens that begins like one.
    public static void scan(String text, Spans spans) {
        int end = 0;
        for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, Math.max(end, at + 1))) {
            if (at > 0 && (Ascii.letterOrDigit(text.charAt(at - 1)) || text.charAt(at - 1) == '.')) {
                continue;
            }
            end = at;
            int parts = 1;
            int firstDot = -1;
            while (end < text.length() && (part(text.charAt(end)) || text.charAt(end) == '.')) {
                if (text.charAt(end) == '.') {
                    // A dot that ends the sentence is no part of it.
                    if (end + 1 == text.length() || !part(text.charAt(end + 1))) {
                        break;
                    }
                    firstDot = firstDot < 0 ? end : firstDot;
                    parts++;
                }
                end++;
            }
            if (parts >= FEWEST && header(text.substring(at, firstDot))) {
                spans.found(at, end);
            }
        }
    }

    private static boolean header(String part) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
            return json.strip().startsWith("{") && json.contains("\"alg\"");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean part(char c) {
        return Ascii.letterOrDigit(c) || c == '-' || c == '_';
    }
}
