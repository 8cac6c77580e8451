package dev.assay.distil.internal.personal;

/// Payment card numbers: 13 to 19 digits with single spaces or hyphens between, not preceded by a letter,
/// a digit or a dot (the tail of a decimal fraction is no card), not followed by a letter or a digit,
/// with the check digit of Luhn, in a range that an issuer of cards has.
///
/// A card may have other numbers beside it ("2027-05-01 4111 1111 1111 1111 12/29"), so first whole groups of
/// such a run are tried, from the left and the longest first, if each has 3 digits or more; then the longest
/// run as a whole, whatever its groups. Any grouping anywhere would find cards in rows of tables, of which
/// one in ten passes by chance.
public final class CardScanner {
    private static final int FEWEST = 13;
    private static final int MOST = 19;
    private static final int LEAST_GROUP = 3;
    private static final int ISSUER = 4;

    private CardScanner() {}

    /// Looks at every run of groups of digits; from any place at most 19 digits ahead.
    ///
    /// @param text see [Ascii#bytes(String)]
    public static void scan(byte[] text, Spans spans) {
        int n = text.length;
        int i = Ascii.nextDigit(text, 0);
        while (i < n) {
            int end = begins(text, i) ? longest(text, i) : -1;
            if (end >= 0) {
                int after = groups(text, i, end, spans);
                if (after < 0 && isCard(text, i, end)) {
                    spans.found(i, end);
                }
                i = Math.max(after, end);
            } else {
                while (i < n && Ascii.digit(text[i])) {
                    i++;
                }
            }
            i = Ascii.nextDigit(text, i);
        }
    }

    /// Tries whole groups that start in a run.
    ///
    /// @return the end of the first that fit, or -1
    private static int groups(byte[] text, int from, int to, Spans spans) {
        for (int start = from; start < to; start++) {
            if (!begins(text, start) || !Ascii.digit(text[start])) {
                continue;
            }
            int fitting = -1;
            int digits = 0;
            int group = 0;
            for (int i = start; i < text.length && digits <= MOST; i++) {
                byte c = text[i];
                if (Ascii.digit(c)) {
                    digits++;
                    group++;
                    boolean ends = i + 1 == text.length || !Ascii.letterOrDigit(text[i + 1]);
                    if (ends && group < LEAST_GROUP) {
                        break;
                    }
                    if (ends && digits >= FEWEST && digits <= MOST && isCard(text, start, i + 1)) {
                        fitting = i + 1;
                    }
                } else if (separates(text, i)) {
                    group = 0;
                } else {
                    break;
                }
            }
            if (fitting >= 0) {
                spans.found(start, fitting);
                return fitting;
            }
        }
        return -1;
    }

    /// The end of the longest run from here, or -1 if there is none.
    private static int longest(byte[] text, int from) {
        int end = -1;
        int digits = 0;
        for (int i = from; i < text.length && digits <= MOST; i++) {
            byte c = text[i];
            if (Ascii.digit(c)) {
                digits++;
                boolean ends = i + 1 == text.length || !Ascii.letterOrDigit(text[i + 1]);
                if (ends && digits >= FEWEST && digits <= MOST) {
                    end = i + 1;
                }
            } else if (!separates(text, i)) {
                break;
            }
        }
        return end;
    }

    private static boolean begins(byte[] text, int at) {
        if (at == 0) {
            return true;
        }
        byte before = text[at - 1];
        return !Ascii.letterOrDigit(before) && before != '.';
    }

    /// A single space or hyphen between digits.
    private static boolean separates(byte[] text, int at) {
        byte c = text[at];
        return (c == ' ' || c == '-') && at + 1 < text.length && Ascii.digit(text[at + 1]);
    }

    /// Whether an issuer numbers its cards like this and the check digit fits: of other numbers of the
    /// length, such as times in milliseconds, one in ten passes Luhn.
    private static boolean isCard(byte[] text, int from, int to) {
        int first = 0;
        int digits = 0;
        for (int i = from; i < to; i++) {
            if (Ascii.digit(text[i])) {
                first = digits < ISSUER ? 10 * first + text[i] - '0' : first;
                digits++;
            }
        }
        return issued(first, digits) && luhn(text, from, to);
    }

    /// By the ranges that networks publish (ISO/IEC 7812): Visa; Mastercard; American Express; Discover,
    /// Diners Club, JCB; UnionPay; Maestro and others from 50 and 56 to 69; Mir; Troy and Verve by 65 and
    /// 50.
    private static boolean issued(int first, int digits) {
        int one = first / 1000;
        int two = first / 100;
        return one == 4 && (digits == 13 || digits == 16 || digits == 19)
                || two >= 51 && two <= 55 && digits == 16
                || first >= 2200 && first <= 2720 && digits == 16
                || (two == 34 || two == 37) && digits == 15
                || first >= 3528 && first <= 3589 && digits >= 16
                || (two == 30 || two == 36 || two == 38 || two == 39) && digits >= 14
                || (two == 50 || two >= 56 && two <= 69) && digits >= 13;
    }

    private static boolean luhn(byte[] text, int from, int to) {
        int sum = 0;
        boolean doubled = false;
        for (int i = to - 1; i >= from; i--) {
            if (Ascii.digit(text[i])) {
                int digit = text[i] - '0';
                int twice = 2 * digit > 9 ? 2 * digit - 9 : 2 * digit;
                sum += doubled ? twice : digit;
                doubled = !doubled;
            }
        }
        return sum % 10 == 0;
    }
}
