package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.Metric;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.ArtefactPart;
import dev.assay.study.StageDescription.InputPart;
import dev.assay.study.StageDescription.Shape;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageSpec.Wire;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds where the inputs of a study's stages come from: files or other stages.
final class InputBinder {
    /// What ends like a data file is taken for one, even if it begins like a stage.
    private static final Pattern FILE_NAME =
            Pattern.compile(".*\\.(csv|tsv|json|jsonl|ndjson|parquet|txt|gz|zst)", Pattern.CASE_INSENSITIVE);

    private final Path folder;
    private final Map<String, Optional<StageDescription>> stages;
    private final ConfidentialPaths confidential;
    private final Problems problems;

    /// What was written for one input.
    ///
    /// @param shown        the input with its label, for messages
    /// @param text         a path, a stage, or an artefact of one
    /// @param longForm     whether it stood there as `path`
    /// @param confidential whether it was said to be
    private record Written(
            InputPart part, String shown, String text, boolean longForm, boolean confidential, Place place) {}

    /// @param stages       all stages of the study by name; those of an unknown kind are empty, so that
    ///                     what refers to them is not told off as well
    /// @param confidential files that are confidential wherever they are used
    InputBinder(
            Path folder,
            Map<String, Optional<StageDescription>> stages,
            ConfidentialPaths confidential,
            Problems problems) {
        this.folder = folder;
        this.stages = stages;
        this.confidential = confidential;
        this.problems = problems;
    }

    /// Where an input comes from, a wire for each of its labels; what leads nowhere is noted and left out.
    List<Wire> bind(InputPart part, Given given) {
        if (!part.labelled()) {
            Source source = one(part, part.name(), given);
            return source == null ? List.of() : List.of(new Wire(part.name(), "", source));
        }
        Map<String, Given.Entry> labelled = new SettingBinder(problems).labelled(part.name(), given);
        if (labelled == null || labelled.isEmpty()) {
            // What was given is not repeated: it may be the path of a file that was to be confidential.
            add(
                    Fault.Kind.STUDY,
                    given.place(),
                    "'" + part.name() + "' must be a mapping from labels to files or stages, on a command line "
                            + "label=file,label=file");
            return List.of();
        }
        if (labelled.values().stream().anyMatch(e -> isFlag(e.value()))) {
            add(
                    Fault.Kind.STUDY,
                    given.place(),
                    "'" + part.name() + "' is a mapping from labels; say of each label's file whether it is "
                            + "confidential: { label: { path: file, confidential: true } }");
            return List.of();
        }
        checkLabels(part, labelled);
        List<Wire> wires = new ArrayList<>();
        labelled.forEach((label, entry) -> {
            Source source = one(part, part.name() + "[" + label + "]", entry.value());
            if (source != null) {
                wires.add(new Wire(part.name(), label, source));
            }
        });
        return wires;
    }

    /// What lies beside another input and was not given itself, if anything does. It is confidential
    /// where the other one is.
    Optional<Wire> beside(InputPart part, Source other) {
        return switch (other) {
            case Source.Output output ->
                Optional.ofNullable(stages.get(output.stage()))
                        .flatMap(stage -> stage)
                        .flatMap(stage -> stage.artefact(part.lies()))
                        .filter(artefact -> part.shape().takes(artefact.shape()))
                        .map(artefact -> new Wire(part.name(), "", new Source.Output(output.stage(), artefact.name())));
            case Source.UserFile file -> {
                Path path = file.path().resolveSibling(part.lies() + ".json");
                boolean hidden = file.confidential() || confidential.cover(path);
                yield Files.isRegularFile(path) && Files.isReadable(path)
                        ? Optional.of(new Wire(
                                part.name(),
                                "",
                                new Source.UserFile(sibling(file.given(), part.lies() + ".json"), path, hidden)))
                        : Optional.empty();
            }
        };
    }

    private static String sibling(String given, String name) {
        return given.substring(0, given.lastIndexOf('/') + 1) + name;
    }

    private static boolean isFlag(Given given) {
        String text = SettingBinder.scalar(given);
        return "true".equals(text) || "false".equals(text);
    }

    private void checkLabels(InputPart part, Map<String, Given.Entry> labelled) {
        Map<String, String> taken = new HashMap<>();
        labelled.forEach((label, entry) -> {
            String metric = Metric.part(label);
            String other = taken.putIfAbsent(metric, label);
            if (label.isBlank()) {
                add(
                        Fault.Kind.STUDY,
                        entry.keyPlace(),
                        "a label of '" + part.name() + "' is empty, and the names of metrics begin with it; give it a "
                                + "name");
            } else if (other != null) {
                add(
                        Fault.Kind.STUDY,
                        entry.keyPlace(),
                        "the labels '" + other + "' and '" + label + "' of '" + part.name() + "' both become '" + metric
                                + "' in the names of metrics; rename one");
            }
        });
    }

    private @Nullable Source one(InputPart part, String shown, Given given) {
        if (given instanceof Given.Entries form) {
            Written written = longForm(part, shown, form);
            return written == null ? null : source(written);
        }
        String text = SettingBinder.scalar(given);
        if (text == null || text.isBlank()) {
            add(
                    Fault.Kind.STUDY,
                    given.place(),
                    "'" + part.name() + "' must be a file, a stage or stage.artefact, got " + given.shown());
            return null;
        }
        return source(new Written(part, shown, text.strip(), false, false, given.place()));
    }

    /// Nothing is said of the file while it is not certain whether it is confidential.
    private @Nullable Written longForm(InputPart part, String shown, Given.Entries form) {
        int before = problems.size();
        form.entries().forEach((key, entry) -> {
            if (!LongForm.KEYS.contains(key)) {
                String nearest = Nearest.clause(key, LongForm.KEYS);
                add(
                        Fault.Kind.STUDY,
                        entry.keyPlace(),
                        "'" + shown + "' has no key '" + key + "'."
                                + (nearest.isEmpty()
                                        ? " It knows " + String.join(", ", LongForm.KEYS) + "."
                                        : nearest));
            }
        });
        Given.Entry flag = form.entries().get(LongForm.CONFIDENTIAL);
        if (flag != null && !isFlag(flag.value())) {
            add(Fault.Kind.STUDY, flag.keyPlace(), "'" + shown + ".confidential' must be true or false");
        }
        Given.Entry path = form.entries().get(LongForm.PATH);
        String text = path == null ? null : SettingBinder.scalar(path.value());
        if (path == null || text == null || text.isBlank()) {
            add(
                    Fault.Kind.STUDY,
                    path == null ? form.place() : path.keyPlace(),
                    "'" + shown + "' needs 'path', a file: " + part.about());
            return null;
        }
        boolean marked = flag != null && "true".equals(SettingBinder.scalar(flag.value()));
        return problems.size() > before
                ? null
                : new Written(
                        part, shown, text.strip(), true, marked, path.value().place());
    }

    private @Nullable Source source(Written written) {
        String text = written.text();
        InputPart part = written.part();
        int dot = text.indexOf('.');
        String name = dot < 0 ? text : text.substring(0, dot);
        Optional<StageDescription> known = stages.get(name);
        Path path = path(text);
        boolean hidden = written.confidential() || path != null && confidential.cover(path);
        if (known != null) {
            if (known.isEmpty()) {
                return null;
            }
            StageDescription from = known.get();
            Optional<ArtefactPart> artefact =
                    dot < 0 ? from.artefacts().stream().findFirst() : from.artefact(text.substring(dot + 1));
            if (artefact.isPresent()) {
                return written.longForm() ? notAFile(written) : output(part, name, artefact.get(), written.place());
            }
            if (!hidden && (path == null || !Files.exists(path))) {
                List<String> names =
                        from.artefacts().stream().map(ArtefactPart::name).toList();
                boolean fileName = FILE_NAME.matcher(text).matches();
                add(
                        fileName ? Fault.Kind.MISSING_FILE : Fault.Kind.STUDY,
                        written.place(),
                        "'" + part.name() + "': "
                                + (fileName ? "there is no file " + text + " in " + folder + ", and " : "") + "stage '"
                                + name + "' (" + from.kind() + ") makes "
                                + (names.isEmpty() ? "nothing" : String.join(", ", names)) + ", not '"
                                + text.substring(dot + 1) + "'."
                                + Nearest.clause(text.substring(dot + 1), names));
                return null;
            }
        }
        return hidden ? confidentialFile(written, path) : file(written, name, path);
    }

    private @Nullable Path path(String text) {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private @Nullable Source notAFile(Written written) {
        add(
                Fault.Kind.STUDY,
                written.place(),
                "'" + written.shown() + "': "
                        + (written.confidential()
                                ? "confidential is said of files; what follows from them is treated alike"
                                : "'path' is for files; write a stage without it"));
        return null;
    }

    private Source output(InputPart part, String stage, ArtefactPart artefact, Place place) {
        if (!part.shape().takes(artefact.shape())) {
            add(
                    Fault.Kind.STUDY,
                    place,
                    "'" + part.name() + "' needs " + part.shape() + ", but " + stage + "." + artefact.name() + " is "
                            + artefact.shape());
        }
        return new Source.Output(stage, artefact.name());
    }

    private @Nullable Source file(Written written, String name, @Nullable Path path) {
        String text = written.text();
        InputPart part = written.part();
        if (path == null || !Files.exists(path)) {
            boolean likeStage = !text.contains("/");
            boolean slip = likeStage && Nearest.to(name, stages.keySet()).isPresent();
            add(
                    slip ? Fault.Kind.STUDY : Fault.Kind.MISSING_FILE,
                    written.place(),
                    "'" + part.name() + "': there is no file " + text + " in " + folder
                            + (likeStage
                                    ? ", and no stage is called '" + name + "'." + Nearest.clause(name, stages.keySet())
                                    : "; check the path"));
            return null;
        }
        if (!(part.shape() instanceof Shape.FileOrFolder) && Files.isDirectory(path)) {
            add(
                    Fault.Kind.STUDY,
                    written.place(),
                    "'" + part.name() + "': " + text + " is a folder; " + part.shape() + " is needed");
            return null;
        }
        if (!Files.isReadable(path)) {
            add(
                    Fault.Kind.MISSING_FILE,
                    written.place(),
                    "'" + part.name() + "': " + text + " may not be read; check its permissions");
            return null;
        }
        if (ConfidentialOutputs.cover(path)) {
            add(
                    Fault.Kind.STUDY,
                    written.place(),
                    "'" + written.shown()
                            + "': this is what a confidential stage made, so it is confidential, too; write it "
                            + "long, { path: file, confidential: true }, or name the input with --confidential on a command line");
            return null;
        }
        return new Source.UserFile(text, path, false);
    }

    /// As [#file], with nothing said that tells the path.
    private @Nullable Source confidentialFile(Written written, @Nullable Path path) {
        String about = "'" + written.shown() + "': the confidential file ";
        if (path == null || !Files.exists(path)) {
            add(Fault.Kind.MISSING_FILE, written.place(), about + "does not exist; check its path");
            return null;
        }
        boolean isFolder = Files.isDirectory(path);
        if (isFolder && !(written.part().shape() instanceof Shape.FileOrFolder)) {
            add(
                    Fault.Kind.STUDY,
                    written.place(),
                    about + "is a folder; " + written.part().shape() + " is needed");
            return null;
        }
        if (!isFolder && !Files.isRegularFile(path)) {
            add(Fault.Kind.STUDY, written.place(), about + "is no regular file; copy what it gives into one");
            return null;
        }
        if (!Files.isReadable(path)) {
            add(Fault.Kind.MISSING_FILE, written.place(), about + "may not be read; check its permissions");
            return null;
        }
        return new Source.UserFile(written.text(), path, true);
    }

    private void add(Fault.Kind kind, Place place, String sentence) {
        problems.add(kind, place, sentence);
    }
}
