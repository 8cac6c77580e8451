package dev.assay.fault;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The nearest known name to one that is not known, for messages such as `did you mean 'trees'?`.
///
/// Distance is optimal string alignment (insert, delete, replace, swap of neighbours; Damerau 1964), ignoring
/// case.
public final class Nearest {
    private Nearest() {}

    /// The known name nearest to `given`, if any is near enough to be a likely slip (at most a third of its
    /// length, and at least one edit); ties go to the name that comes first in order.
    public static Optional<String> to(String given, Collection<String> known) {
        String wanted = given.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, (wanted.length() + 1) / 3 + 1);
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(k -> distance(wanted, k.toLowerCase(Locale.ROOT))))
                .filter(k -> distance(wanted, k.toLowerCase(Locale.ROOT)) <= limit);
    }

    /// The clause ` Did you mean 'x'?`, or an empty text if nothing is near.
    public static String clause(String given, Collection<String> known) {
        return to(given, known).map(k -> " Did you mean '" + k + "'?").orElse("");
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
