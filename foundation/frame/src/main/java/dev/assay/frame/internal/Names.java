package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The names of columns, as files have them. Any text is one but the empty one, and names are compared
/// exactly: `a` and `A` are two columns.
final class Names {
    private static final String OTHERS = "0123456789abcdefghijklmnopqrstuvwxyz!#$%&()*,-./:;<=>?@[]^_{|}~";

    private Names() {}

    /// One check for all formats.
    ///
    /// @throws Fault (MALFORMED_FILE) if a name is empty or stands twice
    static void require(List<String> names) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isEmpty()) {
                throw FileFormat.malformed(
                        "column " + (i + 1) + " of " + names.size() + " has no name; give it one in the file.");
            }
            Integer other = seen.put(name, i);
            if (other != null) {
                throw FileFormat.malformed("two columns are named '" + OneLine.of(name) + "', column " + (other + 1)
                        + " and column " + (i + 1) + "; rename one in the file.");
            }
        }
    }

    /// Names that DuckDB tells apart, which takes letters of ASCII for the same in both cases: the same
    /// names where they are, else others of as many bytes in UTF-8.
    ///
    /// @throws Fault (BAD_DATA) if there are no more names as short as that
    static List<String> apart(List<String> names) {
        Set<String> taken = new HashSet<>();
        names.forEach(name -> taken.add(folded(name)));
        Set<String> seen = new HashSet<>();
        List<String> apart = new ArrayList<>();
        for (String name : names) {
            // No statement can hold a NUL.
            apart.add(seen.add(folded(name)) && name.indexOf('\0') < 0 ? name : other(name, taken));
        }
        return apart;
    }

    private static String other(String name, Set<String> taken) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        char[] letters = new char[length];
        for (long n = 0; n < Math.pow(OTHERS.length(), Math.min(length, 4)); n++) {
            long rest = n;
            for (int i = length - 1; i >= 0; i--) {
                letters[i] = OTHERS.charAt((int) (rest % OTHERS.length()));
                rest /= OTHERS.length();
            }
            if (taken.add(new String(letters))) {
                return new String(letters);
            }
        }
        throw Fault.of(
                Fault.Kind.BAD_DATA,
                "too many columns have names as short as '" + OneLine.of(name)
                        + "' that differ in case alone; rename some.");
    }

    /// A name as DuckDB compares it.
    static String folded(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c - 'A' + 'a'));
            }
        }
        return folded.toString();
    }

    /// Names that are the same as an earlier one but for case, which SQL does not tell apart.
    static Set<String> alike(List<String> names) {
        Map<String, List<String>> byFolded = new LinkedHashMap<>();
        names.forEach(name ->
                byFolded.computeIfAbsent(folded(name), n -> new ArrayList<>()).add(name));
        Set<String> alike = new LinkedHashSet<>();
        byFolded.values().stream().filter(same -> same.size() > 1).forEach(alike::addAll);
        return alike;
    }

    /// What it means that SQL names one of them.
    static Fault ambiguous(Collection<String> alike) {
        return Fault.of(
                Fault.Kind.BAD_DATA,
                "columns " + alike.stream().map(n -> "'" + OneLine.of(n) + "'").collect(Collectors.joining(" and "))
                        + " differ in case alone, which SQL does not tell apart; rename one, or leave it out.");
    }
}
