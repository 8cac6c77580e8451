package dev.assay.study.internal.bind;

import java.util.Map;

/// Writes a command line as the study file that would do the same, so that its run keeps one too.
final class SingleStageText {
    private SingleStageText() {}

    static String of(String kind, String name, long seed, Map<String, String> options) {
        StringBuilder text = new StringBuilder("# from a command line\nstudy: ")
                .append(kind.replace('.', '-'))
                .append("\nseed: ")
                .append(seed)
                .append("\nstages:\n  ")
                .append(name)
                .append(":\n    kind: ")
                .append(kind)
                .append('\n');
        options.forEach((key, value) -> text.append("    ")
                .append(key)
                .append(": '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        return text.toString();
    }
}
