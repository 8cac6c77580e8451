package dev.assay.study.internal.bind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The paths of a study's confidential files: which files they are, and texts in which they cannot be read.
final class ConfidentialPaths {
    /// What stands in place of a path.
    static final String HIDDEN = "(confidential)";

    /// Shorter names are looked for as whole words, since they are parts of many others.
    private static final int LEAST_LENGTH = 5;

    private static final String WORD = "[\\p{L}\\p{N}_-]";

    private final Path folder;
    private final List<String> written;
    private final List<String> more;
    private final Set<Path> files = new LinkedHashSet<>();
    private final Pattern pattern;
    private final boolean none;

    /// @param folder  what paths are relative to
    /// @param written the paths of confidential files as they were written, none of them blank
    /// @param more    other paths that texts must not give, though the files are not confidential
    ConfidentialPaths(Path folder, Collection<String> written, Collection<String> more) {
        this.folder = folder;
        this.written = List.copyOf(written);
        this.more = List.copyOf(more);
        Set<String> names = new LinkedHashSet<>();
        for (String text : Stream.concat(written.stream(), more.stream()).toList()) {
            names.add(text);
            try {
                Path given = Path.of(text);
                Path file = folder.resolve(given).normalize();
                if (written.contains(text)) {
                    files.add(real(file));
                }
                names.add(given.normalize().toString());
                names.add(file.toString());
                names.add(String.valueOf(file.getFileName()));
            } catch (InvalidPathException e) {
                // No file can be meant; the text itself stays hidden.
            }
        }
        names.remove("");
        none = names.isEmpty();
        Set<String> forms = new LinkedHashSet<>(names);
        for (String name : names) {
            // Keyboards, file systems and archives disagree about which of the two a name is stored in.
            forms.add(Normalizer.normalize(name, Normalizer.Form.NFC));
            forms.add(Normalizer.normalize(name, Normalizer.Form.NFD));
        }
        pattern = Pattern.compile(
                forms.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(name -> "(" + occurrence(name) + ")")
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /// The same files, hidden under these spellings of their paths as well: a link, or a detour through a
    /// folder.
    ConfidentialPaths with(Collection<String> spellings) {
        return new ConfidentialPaths(
                folder,
                written,
                Stream.concat(more.stream(), spellings.stream()).toList());
    }

    /// Whether a file is one of them, by whatever path, or lies in a folder that is.
    boolean cover(Path file) {
        return !files.isEmpty() && files.stream().anyMatch(real(file)::startsWith);
    }

    /// A text with [#HIDDEN] for every path and file name. Letters may be in either case, percent-encoded or
    /// escaped as in YAML.
    String hiddenIn(String text) {
        return none ? text : pattern.matcher(text).replaceAll(HIDDEN);
    }

    /// As [#hiddenIn], for a text that is YAML: also of what is broken over lines or escaped otherwise.
    String hiddenInYaml(String yaml) {
        if (none) {
            return yaml;
        }
        List<YamlScalar> broken = YamlScalar.of(yaml).stream()
                .filter(s -> !names(s.value()).equals(names(yaml.substring(s.start(), s.end()))))
                .toList();
        StringBuilder hidden = new StringBuilder();
        int from = 0;
        for (YamlScalar scalar : broken) {
            hidden.append(hiddenIn(yaml.substring(from, scalar.start()))).append(quoted(hiddenIn(scalar.value())));
            from = scalar.end();
        }
        return hidden.append(hiddenIn(yaml.substring(from))).toString();
    }

    /// Which of the names stand in a text, in order, by their number.
    private List<Integer> names(String text) {
        return pattern.matcher(text).results().map(ConfidentialPaths::name).toList();
    }

    private static int name(MatchResult match) {
        int name = 1;
        while (match.start(name) < 0) {
            name++;
        }
        return name;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            // It does not exist, which is told elsewhere.
            return file;
        }
    }

    private static String occurrence(String name) {
        String letters = name.codePoints().mapToObj(ConfidentialPaths::letter).collect(Collectors.joining());
        boolean partOfOthers = name.length() < LEAST_LENGTH || !(name.contains(".") || name.contains("/"));
        return partOfOthers ? "(?<!" + WORD + ")" + letters + "(?!" + WORD + ")" : letters;
    }

    /// The ways in which a letter of a path can be written in a study file or in a web address.
    private static String letter(int letter) {
        String plain = Character.toString(letter);
        StringBuilder percent = new StringBuilder();
        for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
            percent.append(String.format(Locale.ROOT, "%%%02X", b));
        }
        StringBuilder ways = new StringBuilder("(?:")
                .append(Pattern.quote(plain))
                .append('|')
                .append(percent)
                .append(String.format(Locale.ROOT, "|\\\\U%08X", letter));
        if (letter <= 0xFFFF) {
            ways.append(String.format(Locale.ROOT, "|\\\\u%04X", letter));
        }
        if (letter <= 0xFF) {
            ways.append(String.format(Locale.ROOT, "|\\\\x%02X", letter));
        }
        switch (letter) {
            case '/' -> ways.append("|\\\\{1,2}/?");
            case ' ' -> ways.append("|\\+");
            case '\'' -> ways.append("|''");
            case '"' -> ways.append("|\\\\\"");
            case '\\' -> ways.append("|\\\\\\\\|/");
            default -> {}
        }
        return ways.append(')').toString();
    }
}
