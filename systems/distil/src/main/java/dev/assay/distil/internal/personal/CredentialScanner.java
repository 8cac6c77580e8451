package dev.assay.distil.internal.personal;

import java.util.List;
import java.util.Locale;

/// Values that are set or said under a name that says that they are secret: `password = "..."`,
/// `API_KEY=...`, `Bearer ...`, `my password is ...`. The value has 6 characters or more (16 where the
/// name only says token), is no code, variable, path, URL or placeholder, and has digits and letters, or
/// letters whose case changes as by chance.
public final class CredentialScanner {
    private static final List<String> NAMES = List.of(
            "password",
            "passwd",
            "passphrase",
            "passwort",
            "pwd",
            "secret",
            "secret_key",
            "secretkey",
            "api_key",
            "apikey",
            "access_key",
            "accesskey",
            "private_key",
            "auth_key",
            "encryption_key",
            "credential",
            "credentials",
            "account_key",
            "accountkey");
    private static final String IS = " is ";
    private static final String BEARER = "Bearer ";
    private static final int LONGEST = 200;
    private static final int LONGEST_NAME = 64;
    private static final int FEWEST = 6;
    private static final int FEWEST_TOKEN = 16;

    private CredentialScanner() {}

    /// Looks at every `=` and `:`, at every `is` and at every `Bearer`; from each no further than 200
    /// characters.
    public static void scan(String text, Spans spans) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = -1;
            int name = i;
            if (c == '=' || c == ':') {
                value = i + 1;
            } else if (c == ' ' && text.startsWith(IS, i)) {
                value = i + IS.length();
            } else if (c == 'B' && text.startsWith(BEARER, i) && Context.begins(text, i)) {
                value(text, i + BEARER.length(), FEWEST_TOKEN, spans);
                continue;
            }
            int least = value < 0 ? 0 : least(text, name);
            if (least > 0) {
                value(text, value, least, spans);
            }
        }
    }

    /// How many characters a value under the name before this place must have; 0 if the name says
    /// nothing.
    private static int least(String text, int at) {
        int to = at;
        while (to > 0
                && (text.charAt(to - 1) == ' ' || text.charAt(to - 1) == '"' || text.charAt(to - 1) == '\'')
                && at - to < 3) {
            to--;
        }
        int from = to;
        while (from > 0 && to - from < LONGEST_NAME && name(text.charAt(from - 1))) {
            from--;
        }
        String name = text.substring(from, to)
                .toLowerCase(Locale.ROOT)
                .replace('-', '_')
                .replace('.', '_');
        for (String each : NAMES) {
            if (name.equals(each)
                    || name.endsWith(each) && (name.endsWith("_" + each) || camel(text, to - each.length()))) {
                return FEWEST;
            }
        }
        return name.equals("token") || name.endsWith("_token") ? FEWEST_TOKEN : 0;
    }

    private static boolean camel(String text, int at) {
        return at > 0 && Ascii.capital(text.charAt(at)) && !Ascii.capital(text.charAt(at - 1));
    }

    private static void value(String text, int at, int least, Spans spans) {
        int from = at;
        while (from < text.length() && from - at < 2 && (text.charAt(from) == ' ' || text.charAt(from) == '=')) {
            from++;
        }
        if (from < text.length() && text.startsWith("\\\"", from)) {
            from++;
        }
        char quote = from < text.length() && "\"'`".indexOf(text.charAt(from)) >= 0 ? text.charAt(from) : 0;
        from += quote == 0 ? 0 : 1;
        int to = from;
        while (to < text.length() && to - from <= LONGEST && inside(text.charAt(to))) {
            to++;
        }
        while (quote == 0 && to > from && ".:!?".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        String value = text.substring(from, to);
        boolean called = to < text.length() && "([".indexOf(text.charAt(to)) >= 0;
        if (!called && value.length() >= least && value.length() <= LONGEST && isSecret(value)) {
            spans.found(from, to);
        }
    }

    private static boolean isSecret(String value) {
        if (Context.isPlaceholder(value)
                || "/.~\\".indexOf(value.charAt(0)) >= 0
                || value.contains("://")
                || value.contains("(")) {
            return false;
        }
        boolean digit = false;
        boolean letter = false;
        int changes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            digit |= Ascii.digit(c);
            letter |= Ascii.letter(c);
            changes += i > 0
                            && Ascii.letter(c)
                            && Ascii.letter(value.charAt(i - 1))
                            && Ascii.capital(c) != Ascii.capital(value.charAt(i - 1))
                    ? 1
                    : 0;
        }
        return letter && (digit || changes >= 3);
    }

    private static boolean inside(char c) {
        return c > ' ' && c < 0x7f && "\"'`,;)}]<>|\\".indexOf(c) < 0 && c != '(' && c != '[';
    }

    private static boolean name(char c) {
        return Ascii.letterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }
}
