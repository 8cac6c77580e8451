package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.receipt.DriftSettings;
import dev.assay.study.Claim;
import dev.assay.study.StageDescription;
import dev.assay.study.StageRegistry;
import dev.assay.study.StageSpec;
import dev.assay.study.StudyFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads study files and single stages, and checks everything that can be checked before anything runs.
public final class StudyReader {
    /// What a folder's study file is called.
    public static final String DEFAULT_NAME = "study.yaml";

    /// The keys of a study file, in their usual order.
    public static final List<String> KEYS =
            List.of("study", "title", "about", "seed", "stages", "claims", DriftBinder.KEY);

    /// Taken by the receipts of a run.
    private static final String RESERVED = "drift";

    private static final Place COMMAND_LINE = Place.of("command line");

    private final StageRegistry registry;
    private final Path folder;
    private final Problems problems = new Problems();
    private final Map<String, Optional<StageDescription>> kinds = new LinkedHashMap<>();

    private StudyReader(StageRegistry registry, Path folder) {
        this.registry = registry;
        this.folder = folder;
    }

    /// See [StudyFile#parse].
    public static StudyFile read(Path given, List<String> overrides, StageRegistry registry) {
        Path file = Files.isDirectory(given) ? given.resolve(DEFAULT_NAME) : given;
        String text = text(file);
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IllegalStateException("a file has a folder: " + file);
        }
        StudyReader reader = new StudyReader(registry, folder);
        String name = file.toString();
        if (!(YamlReader.read(text, name, reader.problems) instanceof Given.Entries entries)) {
            throw Fault.of(Fault.Kind.STUDY, "a study file is a mapping with the keys study, seed and stages")
                    .at(name);
        }
        return reader.study(Overrides.apply(overrides, entries), text);
    }

    /// See [StudyFile#single].
    public static StudyFile single(
            String kind, Map<String, String> options, long seed, Path folder, StageRegistry registry) {
        StageDescription description = registry.get(kind);
        StudyReader reader = new StudyReader(registry, folder.toAbsolutePath().normalize());
        Given.Entries root = new Given.Entries(Map.of(), COMMAND_LINE);
        for (Map.Entry<String, String> option : options.entrySet()) {
            Place place = Place.of("--" + option.getKey());
            root = Overrides.put(
                    root, List.of(option.getKey().split("\\.", -1)), new Given.Loose(option.getValue(), place), place);
        }
        String name = kind.substring(kind.lastIndexOf('.') + 1);
        StageBinder binder = new StageBinder(reader.folder, Map.of(name, Optional.of(description)), reader.problems);
        StageSpec stage = binder.bind(name, description, root.entries(), COMMAND_LINE);
        reader.problems.raise(Fault.Kind.USAGE);
        return new StudyFile(
                kind.replace('.', '-'),
                description.summary(),
                "",
                seed,
                reader.folder,
                SingleStageText.of(kind, name, seed, options),
                List.of(stage),
                List.of(),
                DriftSettings.standard());
    }

    private static String text(Path file) {
        try {
            if (!Files.exists(file)) {
                throw Fault.of(Fault.Kind.MISSING_FILE, "there is no such study file; check the path")
                        .at(file.toString());
            }
            if (Files.size(file) > 4L * YamlReader.MAX_CHARACTERS) {
                throw Fault.of(
                                Fault.Kind.STUDY,
                                "the file is too large for a study file; keep data in files of their own")
                        .at(file.toString());
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Fault.of(Fault.Kind.MALFORMED_FILE, "the file is not text in UTF-8")
                    .at(file.toString())
                    .causedBy(e);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check its permissions")
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    private StudyFile study(Given.Entries root, String text) {
        root.entries().forEach((key, entry) -> {
            if (!KEYS.contains(key)) {
                problem(entry.keyPlace(), "a study has no key '" + key + "'." + Nearest.clause(key, KEYS));
            }
        });
        String name = name(root);
        long seed = seed(root);
        String title = words(root, "title", name);
        String about = words(root, "about", "");
        List<StageSpec> stages = stages(root);
        List<Claim> claims =
                new ClaimBinder(problems).bind(root, List.copyOf(places(root).keySet()));
        CycleFinder.check(stages, places(root), problems);
        DriftSettings drift = new DriftBinder(problems).bind(root, kinds);
        problems.raise(Fault.Kind.STUDY);
        return new StudyFile(name, title, about, seed, folder, text, stages, claims, drift);
    }

    private String name(Given.Entries root) {
        String name = words(root, "study", "");
        Given.Entry entry = root.entries().get("study");
        if (entry == null) {
            problem(root.place(), "'study' must be given: a short name such as my-study");
        } else if (!Names.allowed(name)) {
            problem(entry.keyPlace(), "'study' must be lower-case letters, digits and hyphens, such as my-study");
        }
        return name;
    }

    private String words(Given.Entries root, String key, String otherwise) {
        Given.Entry entry = root.entries().get(key);
        if (entry == null || entry.value().isNothing()) {
            return otherwise;
        }
        String text = SettingBinder.scalar(entry.value());
        if (text == null) {
            problem(
                    entry.keyPlace(),
                    "'" + key + "' must be a text, got " + entry.value().shown());
            return otherwise;
        }
        return text.strip();
    }

    private long seed(Given.Entries root) {
        Given.Entry entry = root.entries().get("seed");
        if (entry == null || entry.value().isNothing()) {
            problem(root.place(), "'seed' must be given: any whole number of 64 bits, such as 7");
            return 0;
        }
        try {
            String text = SettingBinder.scalar(entry.value());
            return Long.parseLong(text == null ? "" : text);
        } catch (NumberFormatException e) {
            problem(
                    entry.value().place(),
                    "'seed' must be a whole number of 64 bits, got "
                            + entry.value().shown());
            return 0;
        }
    }

    private static Map<String, Place> places(Given.Entries root) {
        Map<String, Place> places = new LinkedHashMap<>();
        Given.Entry entry = root.entries().get("stages");
        if (entry != null && entry.value() instanceof Given.Entries stages) {
            stages.entries().forEach((name, stage) -> places.put(name, stage.keyPlace()));
        }
        return places;
    }

    private List<StageSpec> stages(Given.Entries root) {
        Given.Entry entry = root.entries().get("stages");
        if (entry == null
                || !(entry.value() instanceof Given.Entries stages)
                || stages.entries().isEmpty()) {
            problem(
                    entry == null ? root.place() : entry.keyPlace(),
                    "'stages' must be given: a mapping from names to stages, each with its kind");
            return List.of();
        }
        stages.entries().forEach((name, stage) -> kinds.put(name, kind(name, stage)));
        StageBinder binder = new StageBinder(folder, kinds, problems);
        List<StageSpec> bound = new ArrayList<>();
        stages.entries().forEach((name, stage) -> {
            Optional<StageDescription> kind = kinds.getOrDefault(name, Optional.empty());
            if (kind.isPresent() && stage.value() instanceof Given.Entries keys) {
                bound.add(binder.bind(name, kind.get(), keys.entries(), stage.keyPlace()));
            }
        });
        return bound;
    }

    private Optional<StageDescription> kind(String name, Given.Entry stage) {
        if (!Names.allowed(name)) {
            problem(
                    stage.keyPlace(),
                    "a stage's name must be lower-case letters, digits and hyphens, starting with a letter, not '"
                            + name + "'");
        }
        if (name.equals(RESERVED)) {
            problem(stage.keyPlace(), "a stage must not be '" + RESERVED + "', the name of a receipt of the whole run");
        }
        if (!(stage.value() instanceof Given.Entries keys)) {
            problem(stage.keyPlace(), "stage '" + name + "' must be a mapping with its kind, settings and inputs");
            return Optional.empty();
        }
        Given.Entry entry = keys.entries().get("kind");
        String kind = entry == null ? null : SettingBinder.scalar(entry.value());
        if (entry == null || kind == null) {
            problem(stage.keyPlace(), "stage '" + name + "' needs a 'kind'");
            return Optional.empty();
        }
        Optional<StageDescription> description = registry.find(kind);
        if (description.isEmpty()) {
            problem(
                    entry.value().place(),
                    "there is no stage of kind '" + kind + "'." + Nearest.clause(kind, registry.kinds()));
        }
        return description;
    }

    private void problem(Place place, String sentence) {
        problems.add(Fault.Kind.STUDY, place, sentence);
    }
}
