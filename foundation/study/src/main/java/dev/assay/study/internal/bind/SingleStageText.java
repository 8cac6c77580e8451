package dev.assay.study.internal.bind;

import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.InputPart;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a command line as the study file that would do the same, so that its run keeps one too.
final class SingleStageText {
    private SingleStageText() {}

    /// The file's text.
    ///
    /// @param options texts by key, as given
    /// @param entries the same as they were understood; those of confidential files in their long form
    static String of(
            StageDescription kind,
            String name,
            long seed,
            Map<String, String> options,
            Map<String, Given.Entry> entries) {
        StringBuilder text = new StringBuilder("# from a command line\nstudy: ")
                .append(kind.kind().replace('.', '-'))
                .append("\nseed: ")
                .append(seed)
                .append("\nstages:\n  ")
                .append(name)
                .append(":\n    kind: ")
                .append(kind.kind())
                .append('\n');
        options.forEach((key, value) -> text.append("    ")
                .append(key)
                .append(": ")
                .append(value(kind.input(key), entries.get(key), value))
                .append('\n'));
        return text.toString();
    }

    private static String value(Optional<InputPart> input, Given.@Nullable Entry entry, String written) {
        if (input.isEmpty() || entry == null || !(entry.value() instanceof Given.Entries given)) {
            return quoted(written);
        }
        if (!input.get().labelled()) {
            return file(given);
        }
        return given.entries().entrySet().stream()
                .map(e -> quoted(e.getKey()) + ": " + file(e.getValue().value()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String file(Given given) {
        if (LongForm.isMarked(given)) {
            return "{ path: " + ConfidentialPaths.HIDDEN + ", confidential: true }";
        }
        Given path = LongForm.path(given);
        String text = SettingBinder.scalar(path == null ? given : path);
        return quoted(text == null ? "" : text);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
