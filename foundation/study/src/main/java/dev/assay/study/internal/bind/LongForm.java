package dev.assay.study.internal.bind;

import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.InputPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The long form of an input, `{ path: people.csv, confidential: true }` in place of `people.csv`.
final class LongForm {
    static final String PATH = "path";
    static final String CONFIDENTIAL = "confidential";
    static final List<String> KEYS = List.of(PATH, CONFIDENTIAL);

    private LongForm() {}

    /// What a command line gives for an input, taken apart: labels, and long forms that are written as YAML.
    static Given structured(InputPart part, Given given, Problems problems) {
        SettingBinder binder = new SettingBinder(problems);
        if (!part.labelled()) {
            return mapping(binder, given);
        }
        Map<String, Given.Entry> labelled = binder.labelled(part.name(), given);
        if (labelled == null) {
            return given;
        }
        Map<String, Given.Entry> entries = new LinkedHashMap<>();
        labelled.forEach((label, entry) ->
                entries.put(label, new Given.Entry(entry.keyPlace(), mapping(binder, entry.value()))));
        return new Given.Entries(entries, given.place());
    }

    private static Given mapping(SettingBinder binder, Given given) {
        // A file may be called `{x}.csv`.
        boolean closed =
                given instanceof Given.Loose loose && loose.text().strip().endsWith("}");
        return closed ? binder.structure(given, '{') : given;
    }

    /// An input after an override. What was confidential stays so when only a path is given.
    ///
    /// @param old  what stood there, if anything
    /// @param keys what follows the input's name: a label, `path`, `confidential`, a label with one of these, or
    ///             nothing
    static Given overridden(
            InputPart part, @Nullable Given old, List<String> keys, Given value, Place place, Problems problems) {
        if (!part.labelled()) {
            return one(old, keys, keys.isEmpty() ? structured(part, value, problems) : value, place);
        }
        Map<String, Given.Entry> labels =
                old instanceof Given.Entries(Map<String, Given.Entry> given, Place p) ? given : Map.of();
        Map<String, Given.Entry> changed = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            if (!(structured(part, value, problems) instanceof Given.Entries given)) {
                return value;
            }
            given.entries()
                    .forEach((label, entry) -> changed.put(
                            label, new Given.Entry(entry.keyPlace(), kept(value(labels.get(label)), entry.value()))));
        } else {
            changed.putAll(labels);
            Given.Entry before = labels.get(keys.getFirst());
            List<String> more = keys.subList(1, keys.size());
            Given given = more.isEmpty() ? mapping(new SettingBinder(problems), value) : value;
            changed.put(
                    keys.getFirst(),
                    new Given.Entry(
                            before == null ? place : before.keyPlace(), one(value(before), more, given, place)));
        }
        return new Given.Entries(changed, place);
    }

    private static @Nullable Given value(Given.@Nullable Entry entry) {
        return entry == null ? null : entry.value();
    }

    private static Given one(@Nullable Given old, List<String> keys, Given value, Place place) {
        return keys.isEmpty() ? kept(old, value) : Overrides.put(wrapped(old, place), keys, value, place);
    }

    /// Another value, with what else stood beside the path. A key that is misspelt stays, too, so that it is told:
    /// it may have been meant to say that the file is confidential.
    private static Given kept(@Nullable Given old, Given value) {
        if (!(old instanceof Given.Entries before)) {
            return value;
        }
        Map<String, Given.Entry> entries = new LinkedHashMap<>(before.entries());
        entries.remove(PATH);
        if (entries.isEmpty()) {
            return value;
        }
        if (value instanceof Given.Entries after) {
            entries.putAll(after.entries());
        } else {
            entries.put(PATH, new Given.Entry(value.place(), value));
        }
        return new Given.Entries(entries, value.place());
    }

    private static Given.Entries wrapped(@Nullable Given old, Place place) {
        if (old instanceof Given.Entries entries) {
            return entries;
        }
        return new Given.Entries(old == null ? Map.of() : Map.of(PATH, new Given.Entry(old.place(), old)), place);
    }

    /// An input with all its files said to be confidential.
    static Given marked(InputPart part, Given given, Place place) {
        if (!part.labelled()) {
            return one(given, List.of(CONFIDENTIAL), new Given.Loose("true", place), place);
        }
        if (!(given instanceof Given.Entries labels)) {
            return given;
        }
        Map<String, Given.Entry> entries = new LinkedHashMap<>();
        labels.entries()
                .forEach((label, entry) -> entries.put(
                        label,
                        new Given.Entry(
                                entry.keyPlace(),
                                one(entry.value(), List.of(CONFIDENTIAL), new Given.Loose("true", place), place))));
        return new Given.Entries(entries, given.place());
    }

    /// What was given for each file of a stage's inputs, by the input's name with its label.
    static Map<String, Given> files(StageDescription kind, Map<String, Given.Entry> stage) {
        Map<String, Given> files = new LinkedHashMap<>();
        for (InputPart part : kind.inputs()) {
            Given given = value(stage.get(part.name()));
            if (given instanceof Given.Entries labels && part.labelled()) {
                labels.entries().forEach((label, entry) -> files.put(part.name() + "[" + label + "]", entry.value()));
            } else if (given != null) {
                files.put(part.name(), given);
            }
        }
        return files;
    }

    /// The path of a file if it is said to be confidential, or may have been meant to.
    static Optional<String> confidential(Given file) {
        Given path = isMarked(file) ? path(file) : null;
        return Optional.ofNullable(path)
                .map(SettingBinder::scalar)
                .filter(text -> !text.isBlank())
                .map(String::strip);
    }

    /// The path that a long form gives, if it is one.
    static @Nullable Given path(Given given) {
        return given instanceof Given.Entries form ? value(form.entries().get(PATH)) : null;
    }

    /// Whether it is a long form that says that its file is confidential, or may have meant to.
    static boolean isMarked(Given given) {
        return given instanceof Given.Entries form
                && form.entries().entrySet().stream()
                        .anyMatch(e -> !e.getKey().equals(PATH)
                                && !(e.getKey().equals(CONFIDENTIAL)
                                        && "false"
                                                .equals(SettingBinder.scalar(
                                                        e.getValue().value()))));
    }
}
