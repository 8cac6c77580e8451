package dev.assay.distil.internal.personal;

import java.util.Locale;
import java.util.Set;

/// E-mail addresses: `[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`, leftmost and longest.
public final class EmailScanner {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;
    private static final Set<String> REPOSITORIES = Set.of("git", "hg", "svn", "gitlab", "gitolite", "gitea", "aur");
    private static final Set<String> NO_DOMAINS = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "json", "py", "service", "socket", "timer",
            "target", "mount", "slice");

    private EmailScanner() {}

    /// Goes from `@` to `@`: what comes before is looked at once from behind, what comes after once from the
    /// front.
    public static void scan(String text, Spans spans) {
        int free = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int from = at;
            while (from > free && local(text.charAt(from - 1))) {
                from--;
            }
            int end = from == at ? -1 : domainEnd(text, at + 1);
            if (end >= 0) {
                if (!isOther(text, from, at, end)) {
                    spans.found(from, end);
                }
                free = end;
            } else {
                free = at + 1;
            }
        }
    }

    /// Finds addresses in which the signs are written out: `jane.doe (at) example (dot) org`, in round,
    /// square or curly brackets. Looks no further than 64 characters back and 255 ahead.
    public static void scanWritten(String text, Spans spans) {
        int free = 0;
        for (int at = text.indexOf("at", 1); at >= 0; at = text.indexOf("at", at + 1)) {
            if (at < free || !bracketed(text, at, at + 2)) {
                continue;
            }
            int to = at - 1;
            to -= to > 0 && text.charAt(to - 1) == ' ' ? 1 : 0;
            int from = to;
            while (from > free && to - from < LONGEST_LOCAL && local(text.charAt(from - 1))) {
                from--;
            }
            int label = at + 3;
            label += label < text.length() && text.charAt(label) == ' ' ? 1 : 0;
            int end = from == to ? -1 : writtenDomain(text, label);
            if (end >= 0) {
                spans.found(from, end);
                free = end;
            }
        }
    }

    private static boolean bracketed(String text, int from, int to) {
        int open = "([{".indexOf(text.charAt(from - 1));
        return open >= 0 && to < text.length() && text.charAt(to) == ")]}".charAt(open);
    }

    private static int writtenDomain(String text, int from) {
        int end = -1;
        int i = from;
        boolean first = true;
        while (i < text.length() && i - from < LONGEST_DOMAIN) {
            int label = i;
            while (i < text.length() && i - from < LONGEST_DOMAIN && label(text.charAt(i))) {
                i++;
            }
            int letters = label;
            while (letters < i && Ascii.letter(text.charAt(letters))) {
                letters++;
            }
            if (i == label) {
                return end;
            }
            end = !first && letters == i && i - label >= 2 ? i : end;
            first = false;
            int dot = i + (i < text.length() && text.charAt(i) == ' ' ? 1 : 0);
            if (text.startsWith("dot", dot + 1) && dot < text.length() && bracketed(text, dot + 1, dot + 4)) {
                i = dot + 5;
                i += i < text.length() && text.charAt(i) == ' ' ? 1 : 0;
            } else if (i < text.length() && text.charAt(i) == '.') {
                i++;
            } else {
                return end;
            }
        }
        return end;
    }

    /// Whether what looks like an address is another thing: that of a repository or of a file on another
    /// machine, a name of a file or of a unit.
    private static boolean isOther(String text, int from, int at, int end) {
        String user = text.substring(from, at);
        boolean repository = REPOSITORIES.contains(user);
        boolean schemed =
                from >= 3 && text.startsWith("://", from - 3) && !text.startsWith("mailto", Math.max(0, from - 9));
        boolean file =
                end < text.length() && text.charAt(end) == ':' && end + 1 < text.length() && pathAt(text, end + 1);
        String last = text.substring(text.lastIndexOf('.', end - 1) + 1, end);
        return repository || schemed || file || NO_DOMAINS.contains(last.toLowerCase(Locale.ROOT));
    }

    private static boolean pathAt(String text, int from) {
        int i = from;
        boolean slash = false;
        while (i < text.length()
                && i - from < LONGEST_DOMAIN
                && (label(text.charAt(i)) || "/._~".indexOf(text.charAt(i)) >= 0)) {
            slash |= text.charAt(i) == '/';
            i++;
        }
        return slash;
    }

    /// The end of the last label that can be a top-level domain, or -1.
    private static int domainEnd(String text, int from) {
        int end = -1;
        int label = from;
        boolean first = true;
        while (true) {
            int i = label;
            int letters = label;
            while (i < text.length() && label(text.charAt(i))) {
                if (letters == i && Ascii.letter(text.charAt(i))) {
                    letters++;
                }
                i++;
            }
            if (i == label) {
                return end;
            }
            if (!first && letters - label >= 2) {
                end = letters;
            }
            if (i == text.length() || text.charAt(i) != '.') {
                return end;
            }
            first = false;
            label = i + 1;
        }
    }

    private static boolean local(char c) {
        return Ascii.letterOrDigit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
    }

    private static boolean label(char c) {
        return Ascii.letterOrDigit(c) || c == '-';
    }
}
