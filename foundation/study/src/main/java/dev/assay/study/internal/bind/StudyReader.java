package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.fault.Nearest;
import dev.assay.receipt.DriftSettings;
import dev.assay.study.Claim;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.InputPart;
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
        Given.Entries changed = Overrides.apply(overrides, entries, registry, reader.problems);
        return reader.study(changed, text, confidential(folder, files(entries, registry), files(changed, registry)));
    }

    /// The files that are confidential after overrides. Those that were so before still are, unless an
    /// override says the contrary, and stay out of what is kept of the text in any case.
    private static ConfidentialPaths confidential(Path folder, Map<String, Given> before, Map<String, Given> after) {
        List<String> files = new ArrayList<>();
        List<String> lifted = new ArrayList<>();
        after.values().forEach(file -> LongForm.confidential(file).ifPresent(files::add));
        before.forEach((name, file) -> {
            Given now = after.get(name);
            boolean kept = now == null || LongForm.isMarked(now);
            LongForm.confidential(file).ifPresent((kept ? files : lifted)::add);
        });
        return new ConfidentialPaths(folder, files, lifted);
    }

    /// What was given for each file of a study, by stage and input.
    private static Map<String, Given> files(Given.Entries root, StageRegistry registry) {
        Map<String, Given> files = new LinkedHashMap<>();
        stages(root).forEach((name, stage) -> {
            if (stage.value() instanceof Given.Entries keys) {
                kind(keys.entries(), registry)
                        .ifPresent(kind -> LongForm.files(kind, keys.entries())
                                .forEach((input, file) -> files.put(name + "." + input, file)));
            }
        });
        return files;
    }

    /// The stages of a study by name, as they were written.
    static Map<String, Given.Entry> stages(Given.Entries root) {
        Given.Entry entry = root.entries().get("stages");
        return entry != null && entry.value() instanceof Given.Entries stages ? stages.entries() : Map.of();
    }

    /// What a stage says is its kind, if there is such a kind.
    static Optional<StageDescription> kind(Map<String, Given.Entry> stage, StageRegistry registry) {
        Given.Entry entry = stage.get("kind");
        return Optional.ofNullable(entry)
                .map(e -> SettingBinder.scalar(e.value()))
                .flatMap(registry::find);
    }

    /// See [StudyFile#single].
    public static StudyFile single(
            String kind,
            Map<String, String> options,
            List<String> confidential,
            long seed,
            Path folder,
            StageRegistry registry) {
        StageDescription description = registry.get(kind);
        StudyReader reader = new StudyReader(registry, folder.toAbsolutePath().normalize());
        Map<String, Given.Entry> entries =
                reader.marked(description, reader.options(description, options), confidential);
        String name = kind.substring(kind.lastIndexOf('.') + 1);
        Map<String, Given> files = LongForm.files(description, entries);
        ConfidentialPaths paths = confidential(reader.folder, files, files);
        StageSpec stage = reader.binder(Map.of(name, Optional.of(description)), paths)
                .bind(name, description, entries, COMMAND_LINE);
        reader.problems.raise(Fault.Kind.USAGE);
        String text = paths.hiddenIn(SingleStageText.of(description, name, seed, options, entries));
        return new StudyFile(
                kind.replace('.', '-'),
                description.summary(),
                "",
                seed,
                reader.folder,
                text,
                text,
                List.of(stage),
                List.of(),
                DriftSettings.standard());
    }

    private Map<String, Given.Entry> options(StageDescription kind, Map<String, String> options) {
        Given.Entries root = new Given.Entries(Map.of(), COMMAND_LINE);
        for (Map.Entry<String, String> option : options.entrySet()) {
            Place place = Place.of("--" + option.getKey());
            Given given = new Given.Loose(option.getValue(), place);
            Optional<InputPart> input = kind.input(option.getKey());
            root = Overrides.put(
                    root,
                    List.of(option.getKey().split("\\.", -1)),
                    input.isPresent() ? LongForm.structured(input.get(), given, problems) : given,
                    place);
        }
        return root.entries();
    }

    /// @throws Fault (USAGE) if one is no input or was not given, before anything is said of its file
    private Map<String, Given.Entry> marked(
            StageDescription kind, Map<String, Given.Entry> entries, List<String> confidential) {
        Place place = Place.of("--" + LongForm.CONFIDENTIAL);
        Map<String, Given.Entry> marked = new LinkedHashMap<>(entries);
        for (String name : confidential) {
            Optional<InputPart> input = kind.input(name);
            Given.Entry entry = entries.get(name);
            List<String> inputs = kind.inputs().stream().map(InputPart::name).toList();
            if (input.isEmpty()) {
                throw Fault.of(
                                Fault.Kind.USAGE,
                                "'" + kind.kind() + "' has no input '" + name + "', it has " + String.join(", ", inputs)
                                        + "." + Nearest.clause(name, inputs))
                        .at(place.toString());
            }
            if (entry == null) {
                throw Fault.of(Fault.Kind.USAGE, "the input '" + name + "' is not given; give it, or leave it out here")
                        .at(place.toString());
            }
            marked.put(name, new Given.Entry(entry.keyPlace(), LongForm.marked(input.get(), entry.value(), place)));
        }
        return marked;
    }

    private StageBinder binder(Map<String, Optional<StageDescription>> stages, ConfidentialPaths confidential) {
        return new StageBinder(new InputBinder(folder, stages, confidential, problems), problems);
    }

    private static String text(Path file) {
        try {
            if (!Files.exists(file)) {
                throw Fault.of(Fault.Kind.MISSING_FILE, "there is no such study file; check the path")
                        .at(file.toString());
            }
            Limits limits = Limits.ofProcess();
            if (Files.size(file) > limits.of(Limit.SETTINGS_BYTES)) {
                throw YamlParser.tooLarge(limits, Limit.SETTINGS_BYTES, "the file has more than")
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

    private StudyFile study(Given.Entries root, String text, ConfidentialPaths marked) {
        root.entries().forEach((key, entry) -> {
            if (!KEYS.contains(key)) {
                problem(entry.keyPlace(), "a study has no key '" + key + "'." + Nearest.clause(key, KEYS));
            }
        });
        String name = name(root);
        long seed = seed(root);
        String title = words(root, "title", name);
        String about = words(root, "about", "");
        List<StageSpec> stages = stages(root, marked);
        ConfidentialPaths confidential = marked.with(spellings(stages));
        List<Claim> claims = new ClaimBinder(problems)
                .bind(root, List.copyOf(places(root).keySet())).stream()
                        .map(c -> new Claim(
                                c.id(), confidential.hiddenIn(c.says()), c.stage(), c.metric(), c.side(), c.bound()))
                        .toList();
        CycleFinder.check(stages, places(root), problems);
        DriftSettings drift = new DriftBinder(problems).bind(root, kinds);
        problems.raise(Fault.Kind.STUDY);
        return new StudyFile(
                name,
                confidential.hiddenIn(title),
                confidential.hiddenIn(about),
                seed,
                folder,
                text,
                confidential.hiddenInYaml(text),
                stages,
                claims,
                drift);
    }

    /// The paths of confidential files as they are written in any stage.
    private static List<String> spellings(List<StageSpec> stages) {
        return stages.stream()
                .flatMap(s -> s.wires().stream())
                .filter(w -> w.from() instanceof StageSpec.Source.UserFile file && file.confidential())
                .map(w -> ((StageSpec.Source.UserFile) w.from()).given())
                .distinct()
                .toList();
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
        stages(root).forEach((name, stage) -> places.put(name, stage.keyPlace()));
        return places;
    }

    private List<StageSpec> stages(Given.Entries root, ConfidentialPaths confidential) {
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
        StageBinder binder = binder(kinds, confidential);
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
