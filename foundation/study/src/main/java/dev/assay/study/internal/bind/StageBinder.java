package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.ArtefactPart;
import dev.assay.study.StageDescription.InputPart;
import dev.assay.study.StageDescription.Shape;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageSpec.Wire;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Binds one stage of a study: its settings, and where its inputs come from.
final class StageBinder {
    /// What ends like a data file is taken for one, even if it begins like a stage.
    private static final Pattern FILE_NAME =
            Pattern.compile(".*\\.(csv|tsv|json|jsonl|ndjson|parquet|txt|gz|zst)", Pattern.CASE_INSENSITIVE);

    private static final String KIND = "kind";

    private final Path folder;
    private final Map<String, Optional<StageDescription>> stages;
    private final Problems problems;

    /// @param stages all stages of the study by name; those of an unknown kind are empty, so that what refers to
    /// them is not told off as well
    StageBinder(Path folder, Map<String, Optional<StageDescription>> stages, Problems problems) {
        this.folder = folder;
        this.stages = stages;
        this.problems = problems;
    }

    StageSpec bind(String name, StageDescription kind, Map<String, Given.Entry> entries, Place place) {
        List<String> keys = kind.keys();
        entries.forEach((key, entry) -> {
            if (!key.equals(KIND) && !keys.contains(key)) {
                add(
                        Fault.Kind.STUDY,
                        entry.keyPlace(),
                        "stage '" + name + "' (" + kind.kind() + ") has no key '" + key + "'." + suggestion(key, keys));
            }
        });
        SettingBinder.BoundSettings settings = new SettingBinder(problems).bindAll(kind.settings(), entries, place);
        List<Wire> wires = new ArrayList<>();
        for (InputPart part : kind.inputs()) {
            Given.Entry entry = entries.get(part.name());
            if (entry == null || entry.value().isNothing()) {
                if (!part.optional()) {
                    add(
                            Fault.Kind.STUDY,
                            entry == null ? place : entry.keyPlace(),
                            "stage '" + name + "' needs '" + part.name() + "': " + part.about());
                }
                continue;
            }
            wire(name, part, entry.value(), wires);
        }
        return new StageSpec(name, kind, place.toString(), settings.values(), settings.json(), wires);
    }

    private static String suggestion(String key, List<String> keys) {
        String nearest = Nearest.clause(key, keys);
        return nearest.isEmpty() ? " It knows " + String.join(", ", keys) + "." : nearest;
    }

    private void wire(String stage, InputPart part, Given given, List<Wire> wires) {
        if (part.labelled()) {
            Map<String, Given> labelled = new SettingBinder(problems).labelled(given);
            if (labelled == null || labelled.isEmpty()) {
                add(
                        Fault.Kind.STUDY,
                        given.place(),
                        "'" + part.name() + "' must be a mapping from labels to files or stages, got " + given.shown());
                return;
            }
            labelled.forEach((label, value) -> one(stage, part, label, value, wires));
            return;
        }
        one(stage, part, "", given, wires);
    }

    private void one(String stage, InputPart part, String label, Given given, List<Wire> wires) {
        String text = SettingBinder.scalar(given);
        if (text == null || text.isBlank()) {
            add(
                    Fault.Kind.STUDY,
                    given.place(),
                    "'" + part.name() + "' must be a file, a stage or stage.artefact, got " + given.shown());
            return;
        }
        Source source = source(part, text.strip(), given.place());
        if (source != null) {
            wires.add(new Wire(part.name(), label, source));
        }
    }

    private @Nullable Source source(InputPart part, String text, Place place) {
        int dot = text.indexOf('.');
        String name = dot < 0 ? text : text.substring(0, dot);
        Optional<StageDescription> known = stages.get(name);
        Path path = path(text);
        if (known != null) {
            if (known.isEmpty()) {
                return null;
            }
            StageDescription from = known.get();
            Optional<ArtefactPart> artefact =
                    dot < 0 ? from.artefacts().stream().findFirst() : from.artefact(text.substring(dot + 1));
            if (artefact.isPresent()) {
                checkShape(part, name, artefact.get(), place);
                return new Source.Output(name, artefact.get().name());
            }
            if (path == null || !Files.exists(path)) {
                List<String> names =
                        from.artefacts().stream().map(ArtefactPart::name).toList();
                boolean fileName = FILE_NAME.matcher(text).matches();
                add(
                        fileName ? Fault.Kind.MISSING_FILE : Fault.Kind.STUDY,
                        place,
                        "'" + part.name() + "': "
                                + (fileName ? "there is no file " + text + " in " + folder + ", and " : "") + "stage '"
                                + name + "' (" + from.kind() + ") makes "
                                + (names.isEmpty() ? "nothing" : String.join(", ", names)) + ", not '"
                                + text.substring(dot + 1) + "'."
                                + Nearest.clause(text.substring(dot + 1), names));
                return null;
            }
        }
        return file(part, text, name, path, place);
    }

    private @Nullable Path path(String text) {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private @Nullable Source file(InputPart part, String text, String name, @Nullable Path path, Place place) {
        if (path == null || !Files.exists(path)) {
            boolean likeStage = !text.contains("/");
            boolean slip = likeStage && Nearest.to(name, stages.keySet()).isPresent();
            add(
                    slip ? Fault.Kind.STUDY : Fault.Kind.MISSING_FILE,
                    place,
                    "'" + part.name() + "': there is no file " + text + " in " + folder
                            + (likeStage
                                    ? ", and no stage is called '" + name + "'." + Nearest.clause(name, stages.keySet())
                                    : "; check the path"));
            return null;
        }
        if (!(part.shape() instanceof Shape.FileOrFolder) && Files.isDirectory(path)) {
            add(
                    Fault.Kind.STUDY,
                    place,
                    "'" + part.name() + "': " + text + " is a folder; " + part.shape() + " is needed");
            return null;
        }
        if (!Files.isReadable(path)) {
            add(
                    Fault.Kind.MISSING_FILE,
                    place,
                    "'" + part.name() + "': " + text + " may not be read; check its permissions");
            return null;
        }
        return new Source.UserFile(text, path);
    }

    private void checkShape(InputPart part, String stage, ArtefactPart artefact, Place place) {
        if (!part.shape().equals(artefact.shape())) {
            add(
                    Fault.Kind.STUDY,
                    place,
                    "'" + part.name() + "' needs " + part.shape() + ", but " + stage + "." + artefact.name() + " is "
                            + artefact.shape());
        }
    }

    private void add(Fault.Kind kind, Place place, String sentence) {
        problems.add(kind, place, sentence);
    }
}
