package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.SettingType;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.SettingPart;
import dev.assay.study.StageRegistry;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `assay reference`: every kind of stage with its inputs, settings and artefacts, from the same records that
/// make the study files, the options and the schema.
@Command(
        mixinStandardHelpOptions = true,
        description = "Print the reference page of all kinds of stages, or of one, as Markdown.")
final class ReferenceCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "KIND", description = "One kind, such as weigh.calibrate.")
    private @Nullable String kind;

    @Override
    public Integer call() {
        List<StageDescription> stages = descriptions();
        if (kind != null) {
            String wanted = kind;
            List<String> kinds = stages.stream().map(StageDescription::kind).toList();
            stages = stages.stream().filter(s -> s.kind().equals(wanted)).toList();
            if (stages.isEmpty()) {
                throw Fault.of(
                        Fault.Kind.USAGE,
                        "There is no kind of stage '" + wanted + "'." + Nearest.clause(wanted, kinds)
                                + " 'assay stages' lists them.");
            }
        }
        Console.print(page(stages).stripTrailing());
        return 0;
    }

    private static List<StageDescription> descriptions() {
        StageRegistry registry = StageRegistry.installed();
        return registry.kinds().stream().map(registry::get).toList();
    }

    private static String page(List<StageDescription> stages) {
        StringBuilder page = new StringBuilder("""
                # Stages

                Every kind of stage: what goes in, what can be set, what comes out. In a study file the names below are keys
                of the stage; on the command line `weigh.calibrate` is `./assay weigh calibrate` and its keys are options.

                An input is a file, a stage, or an artefact as `stage.artefact`. A file can also be written as
                `{ path: people.csv, confidential: true }`: then its path and name are neither shown nor kept. On the command
                line `--confidential` names such inputs.

                A table that is *held in memory* must fit into the heap, and a stage is refused before it reads one that does
                not; one that is *read a part at a time* has any number of rows. [Memory](../explanation/memory.md) has the rule.
                """);
        stages.forEach(stage -> stage(page, stage));
        return page.toString();
    }

    private static void stage(StringBuilder page, StageDescription stage) {
        page.append("\n## ")
                .append(stage.kind())
                .append("\n\n")
                .append(sentence(stage.summary()))
                .append("\n");
        if (!stage.inputs().isEmpty()) {
            page.append("\n| input | what it is |\n|---|---|\n");
            stage.inputs()
                    .forEach(input -> row(
                            page,
                            input.name(),
                            input.about()
                                    + (input.optional() ? " (optional)" : "")
                                    + StageOptions.held(input)
                                    + (input.labelled() ? " (a label and a table or file each)" : "")));
        }
        if (!stage.settings().isEmpty()) {
            page.append("\n| setting | what it means | given as | default |\n|---|---|---|---|\n");
            stage.settings().forEach(setting -> setting(page, "", setting));
        }
        page.append("\n| artefact | what it is |\n|---|---|\n");
        stage.artefacts().forEach(artefact -> row(page, artefact.name(), artefact.about()));
    }

    private static void setting(StringBuilder page, String prefix, SettingPart setting) {
        if (setting.type() instanceof SettingType.Group group) {
            group.parts().forEach(part -> setting(page, prefix + setting.name() + ".", part));
            return;
        }
        row(
                page,
                prefix + setting.name(),
                setting.about(),
                given(setting),
                setting.defaultText().map(text -> "`" + text + "`").orElse(setting.required() ? "required" : "none"));
    }

    private static String given(SettingPart setting) {
        String type = type(setting.type());
        boolean least = setting.min() > Double.NEGATIVE_INFINITY;
        boolean most = setting.max() < Double.POSITIVE_INFINITY;
        return type
                + (least ? ", at least " + People.number(setting.min()) : "")
                + (most ? ", at most " + People.number(setting.max()) : "");
    }

    private static String type(SettingType type) {
        return switch (type) {
            case SettingType.Whole w -> "whole number";
            case SettingType.Decimal d -> "number";
            case SettingType.Flag f -> "true or false";
            case SettingType.Text t -> "text";
            case SettingType.Choice c ->
                c.names().stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
            case SettingType.Several s -> "list of " + type(s.item());
            case SettingType.Pairs p -> "texts by name";
            case SettingType.Group g -> "group";
        };
    }

    private static void row(StringBuilder page, String name, String... cells) {
        page.append("| `").append(name).append('`');
        for (String cell : cells) {
            page.append(" | ").append(cell.replace("|", "\\|"));
        }
        page.append(" |\n");
    }

    private static String sentence(String summary) {
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
    }
}
