package dev.assay.distil.internal.personal;

import java.util.ArrayList;
import java.util.List;

/// Keys of programming interfaces by the shapes that their providers publish: a prefix and so many
/// characters of an alphabet. What follows the prefix must look drawn by chance: a digit or letters of
/// both cases, and not a few characters only.
public final class KeyScanner {
    /// A shape.
    ///
    /// @param alphabet `w` letters and digits, `u` also `_` and `-`, `.` also dots and `=`, `x`
    ///     hexadecimal digits, `C` capitals and digits, `/` letters, digits and slashes
    private record Shape(String prefix, char alphabet, int least, int most) {}

    private static final List<Shape> SHAPES = new ArrayList<>();
    private static final List<List<Shape>> BY_FIRST = new ArrayList<>();
    private static final int FEWEST_DISTINCT = 6;

    static {
        shapes("ASIA ABIA ACCA", 'C', 16, 16);
        shapes("ghp_ gho_ ghu_ ghs_ ghr_", 'w', 36, 251);
        shapes("github_pat_", 'u', 60, 120);
        shapes("glpat- gldt- glrt- glcbt- glptt- glsoat-", 'u', 20, 64);
        shapes("sk-ant-", 'u', 40, 140);
        shapes("sk-proj- sk-svcacct- sk-admin- sk-or-v1-", 'u', 40, 220);
        shapes("sk-", 'w', 32, 64);
        shapes("xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xapp-", 'u', 20, 160);
        shapes("AIza", 'u', 35, 35);
        shapes("ya29.", 'u', 20, 400);
        shapes("GOCSPX-", 'u', 24, 40);
        shapes("sk_live_ sk_test_ rk_live_ rk_test_ whsec_", 'w', 16, 128);
        shapes("SG.", '.', 60, 75);
        shapes("npm_", 'w', 36, 36);
        shapes("hf_", 'w', 30, 40);
        shapes("dop_v1_ doo_v1_ dor_v1_", 'x', 64, 64);
        shapes("shpat_ shpca_ shppa_ shpss_", 'x', 32, 32);
        shapes("pypi-AgE", 'u', 60, 400);
        shapes("SK key- dapi", 'x', 32, 38);
        shapes("dckr_pat_ dckr_oat_", 'u', 20, 48);
        shapes("hvs. hvb.", 'u', 24, 140);
        shapes("glsa_", 'u', 32, 64);
        shapes("NRAK-", 'C', 27, 27);
        shapes("sbp_", 'x', 40, 40);
        shapes("gsk_ r8_", 'w', 36, 64);
        shapes("xai- pplx- nvapi- tvly-", 'u', 32, 100);
        shapes("lin_api_ ntn_ secret_", 'w', 40, 64);
        shapes("ATATT3", '.', 100, 260);
        shapes("sq0atp- sq0csp-", 'u', 22, 60);
        shapes("PMAK-", 'u', 40, 80);
        shapes("figd_", 'u', 40, 60);
        shapes("rubygems_", 'x', 48, 48);
        shapes("AGE-SECRET-KEY-1", 'C', 58, 58);
        shapes("https://hooks.slack.com/services/", '/', 40, 80);
        for (int c = 0; c < 128; c++) {
            List<Shape> of = new ArrayList<>();
            for (Shape each : SHAPES) {
                if (each.prefix().charAt(0) == c) {
                    of.add(each);
                }
            }
            BY_FIRST.add(List.copyOf(of));
        }
    }

    private KeyScanner() {}

    private static void shapes(String prefixes, char alphabet, int least, int most) {
        for (String prefix : prefixes.split(" ")) {
            SHAPES.add(new Shape(prefix, alphabet, least, most));
        }
    }

    /// Looks at every place that no letter, digit or underscore stands before; from each not further than
    /// the longest shape.
    public static void scan(String text, Spans spans) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = -1;
            if (c < 128
                    && !BY_FIRST.get(c).isEmpty()
                    && Context.begins(text, i)
                    && (i == 0 || text.charAt(i - 1) != '_')) {
                for (Shape shape : BY_FIRST.get(c)) {
                    end = Math.max(end, end(text, i, shape));
                }
            }
            if (end >= 0) {
                spans.found(i, end);
                i = end;
            } else {
                i++;
            }
        }
    }

    private static int end(String text, int from, Shape shape) {
        if (!text.startsWith(shape.prefix(), from)) {
            return -1;
        }
        int body = from + shape.prefix().length();
        int i = body;
        while (i < text.length() && i - body <= shape.most() && in(shape.alphabet(), text.charAt(i))) {
            i++;
        }
        boolean fits = i - body >= shape.least() && i - body <= shape.most() && Context.ends(text, i);
        return fits && byChance(text.substring(body, i)) ? i : -1;
    }

    private static boolean in(char alphabet, char c) {
        return switch (alphabet) {
            case 'w' -> Ascii.letterOrDigit(c);
            case 'u' -> Ascii.letterOrDigit(c) || c == '_' || c == '-';
            case '.' -> Ascii.letterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '=';
            case 'x' -> Ascii.digit(c) || c >= 'a' && c <= 'f';
            case 'C' -> Ascii.digit(c) || Ascii.capital(c);
            default -> Ascii.letterOrDigit(c) || c == '/';
        };
    }

    private static boolean byChance(String body) {
        boolean digit = body.chars().anyMatch(c -> c >= '0' && c <= '9');
        boolean capital = body.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
        boolean small = body.chars().anyMatch(c -> c >= 'a' && c <= 'z');
        return (digit || capital && small) && body.chars().distinct().count() >= FEWEST_DISTINCT;
    }
}
