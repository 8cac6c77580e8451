package dev.assay.distil.internal.personal;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Telephone numbers as people write them (ITU-T E.123, the North American Numbering Plan): with a plus
/// sign and 8 to 15 digits; `(212) 555-0123`; `212-555-0123` with an area and an exchange that can be;
/// and 7 to 15 digits in groups where a word just before, or `phone` just behind, says what they are.
public final class PhoneScanner {
    private static final int MOST = 15;
    private static final int FEWEST_ABROAD = 8;
    /// With a plus sign and nothing between, fewer are a number with its sign.
    private static final int FEWEST_TOGETHER = 10;

    private static final int FEWEST = 7;
    private static final int REACH = 28;
    private static final int REACH_AFTER = 24;
    private static final List<String> WORDS = List.of(
            "phone",
            "telephone",
            "phone_number",
            "phonenumber",
            "tel",
            "telefon",
            "telefonnummer",
            "tél",
            "teléfono",
            "telefono",
            "mobile",
            "mobil",
            "cell",
            "cellphone",
            "fax",
            "whatsapp",
            "handy",
            "hotline",
            "sms",
            "call me",
            "call us",
            "call him",
            "call her",
            "call",
            "text me",
            "reach me",
            "ring",
            "dial",
            "phone no");
    private static final List<String> WORDS_AFTER = List.of("phone", "phone only", "mobile", "cell", "fax");

    private static final Pattern DECIMAL = Pattern.compile("\\+d{1,3}\\.d+");
    /// Forms of a day, of four numbers with dots, of a decimal fraction and of a fraction.
    private static final Pattern OTHER =
            Pattern.compile("dddd-dd-dd.*|d{1,3}\\.d{1,3}\\.d{1,3}\\.d{1,3}|d+\\.d+|d+/d+");

    private PhoneScanner() {}

    /// Looks at every run of groups of digits.
    public static void scan(String text, Spans spans) {
        int n = text.length();
        int i = 0;
        while (i < n) {
            char c = text.charAt(i);
            boolean starts = c == '+' || c == '(' || Ascii.digit(c);
            if (!starts) {
                i++;
                continue;
            }
            Run run = starts(text, i) ? Run.at(text, i) : null;
            if (run != null && isNumber(text, run)) {
                spans.found(i, run.to);
                i = run.to;
            } else if (run == null || run.to <= i + 1) {
                i++;
            } else if (Ascii.digit(c)) {
                while (i < n && Ascii.digit(text.charAt(i))) {
                    i++;
                }
            } else {
                i++;
            }
        }
    }

    /// Groups of digits with what stands between.
    ///
    /// @param form `d` for a digit, other characters as they are
    private record Run(int from, int to, String form, int digits) {
        static @Nullable Run at(String text, int from) {
            StringBuilder form = new StringBuilder();
            int digits = 0;
            int to = from;
            int formTo = 0;
            for (int i = from; i < text.length() && digits <= MOST; i++) {
                char c = text.charAt(i);
                if (Ascii.digit(c)) {
                    digits++;
                    form.append('d');
                    to = i + 1;
                    formTo = form.length();
                } else if (c == '+' && i == from || " -./()".indexOf(c) >= 0 && separates(text, i, from)) {
                    form.append(c);
                } else {
                    break;
                }
            }
            return digits == 0 ? null : new Run(from, to, form.substring(0, formTo), digits);
        }

        /// One separator, or a bracket with one beside it, before the next digit.
        private static boolean separates(String text, int i, int from) {
            char c = text.charAt(i);
            boolean doubled = i > from && " -./".indexOf(c) >= 0 && " -./".indexOf(text.charAt(i - 1)) >= 0;
            return !doubled
                    && i + 1 < text.length()
                    && (Ascii.digit(text.charAt(i + 1)) || " -/()".indexOf(text.charAt(i + 1)) >= 0);
        }
    }

    private static boolean starts(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        boolean inside = Ascii.letterOrDigit(before) || "+_#$€£".indexOf(before) >= 0;
        boolean joined = ".-/,".indexOf(before) >= 0 && at > 1 && Ascii.letterOrDigit(text.charAt(at - 2));
        return !inside && !joined;
    }

    private static boolean isNumber(String text, Run run) {
        if (run.digits > MOST || !ends(text, run.to)) {
            return false;
        }
        String form = run.form;
        if (form.startsWith("+")) {
            return run.digits >= FEWEST_ABROAD
                    && text.charAt(run.from + 1) != '0'
                    && !DECIMAL.matcher(form).matches()
                    && (run.digits >= FEWEST_TOGETHER || form.length() > run.digits + 1);
        }
        if (form.equals("(ddd) ddd-dddd") || form.equals("(ddd)ddd-dddd")) {
            return true;
        }
        String digits = text.substring(run.from, run.to);
        if (form.equals("ddd-ddd-dddd") && digits.charAt(0) >= '2' && digits.charAt(4) >= '2') {
            return true;
        }
        boolean groups = run.digits >= FEWEST && !OTHER.matcher(form).matches();
        return groups && (saidBefore(text, run.from) || Context.after(text, run.to, REACH_AFTER, WORDS_AFTER));
    }

    /// A word with nothing but a few small words, quotes and signs up to the number.
    private static boolean saidBefore(String text, int at) {
        int word = Context.before(text, at, REACH, WORDS);
        if (word < 0) {
            return false;
        }
        for (int i = word; i < at; i++) {
            char c = text.charAt(i);
            if ("{[(;<>|".indexOf(c) >= 0 || Ascii.digit(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean ends(String text, int at) {
        if (at == text.length()) {
            return true;
        }
        char c = text.charAt(at);
        boolean joined = ".-/:".indexOf(c) >= 0 && at + 1 < text.length() && Ascii.letterOrDigit(text.charAt(at + 1));
        return !Ascii.letterOrDigit(c) && c != '_' && c != '%' && !joined;
    }
}
