package dev.assay.distil.internal.personal;

/// Global unicast IPv6 addresses (RFC 4291, 2000::/3), in full or with `::`, with three groups or more of
/// which one has a digit. Times, hardware addresses, fingerprints and names of C++ are none by that;
/// loopback, link-local, unique local and multicast addresses identify nobody. Addresses of documentation
/// count: real ones are masked into them halfway.
public final class Ipv6Scanner {
    private static final int LONGEST = 39;
    private static final int GROUPS = 8;
    private static final int FEWEST = 3;

    private Ipv6Scanner() {}

    /// Looks at every longest run of hexadecimal digits and colons.
    public static void scan(String text, Spans spans) {
        int n = text.length();
        int end = 0;
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', end)) {
            int from = colon;
            while (from > end && part(text.charAt(from - 1))) {
                from--;
            }
            end = colon;
            while (end < n && part(text.charAt(end))) {
                end++;
            }
            int to = end;
            // A word with a colon before ("IPv6:2001:...", "addr:2001:..."), and the colon of a clause behind.
            if (from > 0 && joins(text.charAt(from - 1))) {
                from = text.indexOf(':', from) + 1;
            } else if (text.charAt(from) == ':' && !text.startsWith("::", from)) {
                from++;
            }
            if (to - from > 2 && text.charAt(to - 1) == ':' && text.charAt(to - 2) != ':') {
                to--;
            }
            boolean apart = !text.startsWith(":", from) || text.startsWith("::", from);
            apart &= to < end || to == n || !joins(text.charAt(to));
            if (apart && to - from <= LONGEST && isGlobal(text, from, to)) {
                spans.found(from, to);
            }
        }
    }

    private static boolean isGlobal(String text, int from, int to) {
        int groups = 0;
        int digits = 0;
        int gaps = 0;
        boolean number = false;
        int first = 0;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : ':';
            if (c != ':') {
                digits++;
                number |= Ascii.digit(c);
                first = groups == 0 ? first << 4 | Character.digit(c, 16) : first;
                if (digits > 4) {
                    return false;
                }
                continue;
            }
            if (digits > 0) {
                groups++;
            } else if (i < to || to - from < 2) {
                gaps++;
            }
            digits = 0;
        }
        boolean shortened = text.substring(from, to).contains("::");
        if (!shortened && gaps > 0
                || shortened && gaps > 1
                || text.substring(from, to).contains(":::")) {
            return false;
        }
        boolean complete = shortened ? groups < GROUPS : groups == GROUPS;
        return complete && groups >= FEWEST && number && first >>> 13 == 1;
    }

    private static boolean part(char c) {
        return c == ':' || Ascii.digit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean joins(char c) {
        return Ascii.letterOrDigit(c) || c == '_';
    }
}
