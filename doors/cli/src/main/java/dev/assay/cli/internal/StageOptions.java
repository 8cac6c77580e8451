package dev.assay.cli.internal;

import dev.assay.study.Setting;
import dev.assay.study.SettingType;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.InputPart;
import dev.assay.study.StageDescription.SettingPart;
import dev.assay.study.StageDescription.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Command-line options from a stage's description.
final class StageOptions {
    /// Before the options that all stages have, whose order is -1.
    private static final int FIRST = -2;

    /// Columns of a line of a synopsis, after its heading.
    private static final int WIDTH = 72;

    private StageOptions() {}

    /// The lines of a synopsis: the command and the options that must be given.
    static String[] synopsis(StageDescription stage) {
        List<String> words = new ArrayList<>();
        stage.inputs().stream()
                .filter(input -> !input.optional())
                .forEach(input -> words.add("--" + input.name() + (input.labelled() ? "=LABEL=FILE[,...]" : "=FILE")));
        stage.settings().stream()
                .filter(SettingPart::required)
                .forEach(setting -> words.add("--" + setting.name() + "=" + label(setting.type())));
        words.add("[OPTION]...");
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("assay ").append(stage.kind().replace('.', ' '));
        for (String word : words) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("          ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines.toArray(String[]::new);
    }

    /// Whether a table is in memory as a whole, nothing for what is no table.
    static String held(InputPart input) {
        return input.shape() instanceof Shape.Table table
                ? table.held() ? ", held in memory" : ", read a part at a time"
                : "";
    }

    /// Adds an option for every input and setting. Whether what is given will do is the study module's
    /// business; here everything is a text.
    static void add(CommandSpec command, StageDescription stage) {
        for (InputPart input : stage.inputs()) {
            command.addOption(OptionSpec.builder("--" + input.name())
                    .paramLabel(input.labelled() ? "LABEL=FILE[,...]" : "FILE")
                    .type(String.class)
                    .order(FIRST)
                    .description(escaped(
                            input.about() + (input.optional() ? " (optional" : " (required") + held(input) + ")"))
                    .build());
        }
        stage.settings().forEach(setting -> add(command, "", setting));
        // Known so that who still gives one is told what became of it, and told of to nobody else.
        stage.removed()
                .forEach(removed -> command.addOption(OptionSpec.builder("--" + removed.name())
                        .type(String.class)
                        .arity("0..1")
                        .fallbackValue("")
                        .hidden(true)
                        .build()));
    }

    /// What was given of the stage's own options, by name without dashes.
    static Map<String, String> given(ParseResult parsed, StageDescription stage) {
        Map<String, String> given = new LinkedHashMap<>();
        Set<String> own = new HashSet<>();
        stage.inputs().forEach(input -> own.add(input.name()));
        stage.settings().forEach(setting -> names(own, "", setting));
        stage.removed().forEach(removed -> own.add(removed.name()));
        for (OptionSpec option : parsed.matchedOptions()) {
            String name = option.longestName().substring(2);
            if (own.contains(name) && option.getValue() instanceof String text) {
                given.put(name, text);
            }
        }
        return given;
    }

    private static void names(Set<String> names, String prefix, SettingPart setting) {
        if (setting.type() instanceof SettingType.Group group) {
            group.parts().forEach(part -> names(names, prefix + setting.name() + ".", part));
        } else {
            names.add(prefix + setting.name());
        }
    }

    private static void add(CommandSpec command, String prefix, SettingPart setting) {
        String name = prefix + setting.name();
        if (setting.type() instanceof SettingType.Group group) {
            group.parts().forEach(part -> add(command, name + ".", part));
            return;
        }
        OptionSpec.Builder option = OptionSpec.builder("--" + name)
                .type(String.class)
                .order(FIRST)
                .paramLabel(label(setting.type()))
                .description(escaped(setting.about() + suffix(setting)));
        if (setting.type() instanceof SettingType.Flag) {
            option.arity("0..1").fallbackValue("true");
        }
        command.addOption(option.build());
    }

    private static String suffix(SettingPart setting) {
        String range = "";
        if (setting.min() > Double.NEGATIVE_INFINITY && setting.max() < Double.POSITIVE_INFINITY) {
            range = ", " + People.number(setting.min()) + " to " + People.number(setting.max());
        } else if (setting.min() > Double.NEGATIVE_INFINITY) {
            range = ", at least " + People.number(setting.min());
        } else if (setting.max() < Double.POSITIVE_INFINITY) {
            range = ", at most " + People.number(setting.max());
        }
        String given = setting.defaultText()
                .filter(text -> !text.equals(Setting.REQUIRED))
                .map(text -> "default: " + text)
                .orElse(setting.required() ? "required" : "optional");
        return " (" + given + range + ")";
    }

    private static String label(SettingType type) {
        return switch (type) {
            case SettingType.Whole w -> "N";
            case SettingType.Decimal d -> "NUMBER";
            case SettingType.Flag f -> "true|false";
            case SettingType.Text t -> "TEXT";
            case SettingType.Choice c -> String.join("|", c.names());
            case SettingType.Several s -> "[A,B,...]";
            case SettingType.Pairs p -> "{A: B, ...}";
            case SettingType.Group g ->
                g.parts().stream().map(SettingPart::name).collect(Collectors.joining(","));
        };
    }

    /// picocli formats descriptions with `%` and expands `${...}`; ours are plain text.
    private static String[] escaped(String text) {
        return List.of(text.replace("%", "%%").replace("$", "$$")).toArray(String[]::new);
    }
}
