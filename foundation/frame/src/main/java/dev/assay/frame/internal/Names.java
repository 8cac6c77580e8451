package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The names of columns, as files have them. Any text is one but the empty one, and names are
/// compared exactly:
/// `a` and `A` are two columns.
final class Names {
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

    /// Names that DuckDB tells apart, which does not look at case: the same names where they are,
    /// else with an
    /// ending.
    static List<String> distinct(List<String> names) {
        Map<String, Integer> seen = new HashMap<>();
        names.forEach(name -> seen.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum));
        Map<String, Integer> used = new HashMap<>();
        return names.stream()
                .map(name -> {
                    String key = name.toLowerCase(Locale.ROOT);
                    if (used.merge(key, 1, Integer::sum) == 1) {
                        return name;
                    }
                    int n = 1;
                    while (seen.containsKey(key + "_" + n)) {
                        n++;
                    }
                    seen.put(key + "_" + n, 1);
                    return name + "_" + n;
                })
                .toList();
    }
}
