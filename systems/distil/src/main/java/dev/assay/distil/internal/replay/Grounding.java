package dev.assay.distil.internal.replay;

import java.util.LinkedHashSet;
import java.util.OptionalDouble;
import java.util.Set;

/// How much of what an answer names stands in the texts it was given. This catches invention, not wrong
/// reasoning.
///
/// Claims are distinct file paths (`[\w.-]+(?:/[\w.-]+)+`), identifiers (`[A-Za-z_]\w*` with an underscore
/// between letters or a change from lower to upper case), and numbers of two or more digits, which may hold
/// points and commas between digits. What is a part of a path or an identifier is no claim of its own, and
/// points at the end of a path end the sentence. A claim is found where it stands in the same spelling and
/// not inside a longer word or number.
///
/// Scanned by hand: patterns with repeated groups overflow the stack on long answers.
final class Grounding {
    private static final int MOST_CLAIMS = 10_000;

    private Grounding() {}

    /// The claims of an answer, in order; of an answer that names pages of them, the first ones.
    static Set<String> claims(String answer) {
        Set<String> claims = new LinkedHashSet<>();
        int at = 0;
        int end = 0;
        boolean path = false;
        while (at < answer.length() && claims.size() < MOST_CLAIMS) {
            if (!isPathCharacter(answer.charAt(at))) {
                at++;
                continue;
            }
            if (at >= end) {
                // A run of path characters ends in one place wherever in it one begins.
                end = pathEnd(answer, at);
                path = answer.indexOf('/', at, end) >= 0;
            }
            if (path) {
                claims.add(trimmed(answer.substring(at, end)));
                at = end;
            } else if (isWord(answer.charAt(at))) {
                at = word(answer, at, claims);
            } else {
                at++;
            }
        }
        return claims;
    }

    /// Where the run of path characters that begins here ends, parts behind single slashes included.
    private static int pathEnd(String text, int from) {
        int at = from;
        while (at < text.length()) {
            boolean onward = isPathCharacter(text.charAt(at))
                    || (text.charAt(at) == '/' && at + 1 < text.length() && isPathCharacter(text.charAt(at + 1)));
            if (!onward) {
                break;
            }
            at++;
        }
        return at;
    }

    private static String trimmed(String path) {
        int end = path.length();
        while (end > 0 && (path.charAt(end - 1) == '.' || path.charAt(end - 1) == '-')) {
            end--;
        }
        return path.substring(0, end);
    }

    /// Takes the identifier or number that begins here.
    ///
    /// @return where it ends
    private static int word(String text, int from, Set<String> claims) {
        int end = from;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        String word = text.substring(from, end);
        if (!isDigit(word.charAt(0))) {
            if (isJoined(word)) {
                claims.add(word);
            }
            return end;
        }
        int last = from;
        int digits = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                digits++;
                last = at + 1;
            } else if ((c != '.' && c != ',') || at != last) {
                break;
            }
        }
        // 3rd and 0x1f begin with digits and are no numbers.
        if (last < end) {
            return end;
        }
        if (digits >= 2) {
            claims.add(text.substring(from, last));
        }
        return last;
    }

    private static boolean isJoined(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (isLower(word.charAt(i - 1)) && isUpper(word.charAt(i))) {
                return true;
            }
            if (word.charAt(i) == '_' && isLetter(word.charAt(i - 1))) {
                int next = i;
                while (next < word.length() && word.charAt(next) == '_') {
                    next++;
                }
                if (next < word.length() && isLetter(word.charAt(next))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The part of the claims that are found; absent if there are none.
    static OptionalDouble fraction(String answer, Iterable<String> texts) {
        Set<String> claims = claims(answer);
        if (claims.isEmpty()) {
            return OptionalDouble.empty();
        }
        int found = 0;
        for (String claim : claims) {
            for (String text : texts) {
                if (stands(claim, text)) {
                    found++;
                    break;
                }
            }
        }
        return OptionalDouble.of((double) found / claims.size());
    }

    private static boolean stands(String claim, String text) {
        return Occurrences.any(text, claim, (from, to) -> {
            boolean opens = from == 0 || !isWord(text.charAt(from - 1)) || !isWord(claim.charAt(0));
            boolean closes =
                    to == text.length() || !isWord(text.charAt(to)) || !isWord(claim.charAt(claim.length() - 1));
            return opens && closes;
        });
    }

    private static boolean isPathCharacter(char c) {
        return isWord(c) || c == '.' || c == '-';
    }

    private static boolean isWord(char c) {
        return c == '_' || isDigit(c) || isLetter(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return isLower(c) || isUpper(c);
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
