package dev.assay.study;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A kind of stage as its records describe it: what can be set, what goes in, what comes out.
///
/// Study files, command lines, the JSON Schema and the reference page are all derived from this.
///
/// @param stage     the stage itself
/// @param settings  in the order of the input record
/// @param inputs    in the order of the input record
/// @param artefacts in the order of the output record; the first is what a bare stage name means
/// @param removed   keys that there once were
public record StageDescription(
        Stage<?, ?> stage,
        List<SettingPart> settings,
        List<InputPart> inputs,
        List<ArtefactPart> artefacts,
        List<RemovedPart> removed) {
    public StageDescription {
        settings = List.copyOf(settings);
        inputs = List.copyOf(inputs);
        artefacts = List.copyOf(artefacts);
        removed = List.copyOf(removed);
    }

    /// A setting.
    ///
    /// @param component   the record component it fills
    /// @param name        in kebab case
    /// @param about       what it means, one line
    /// @param type        what can be given
    /// @param optional    whether it may be left out without having a default
    /// @param defaultText the default as it would be written, if there is one
    /// @param min         smallest number allowed
    /// @param max         largest number allowed
    public record SettingPart(
            String component,
            String name,
            String about,
            SettingType type,
            boolean optional,
            Optional<String> defaultText,
            double min,
            double max) {
        /// Whether one must be given. A group of settings is never required itself; its own parts may be.
        public boolean required() {
            return !optional && defaultText.isEmpty() && !(type instanceof SettingType.Group);
        }
    }

    /// An input.
    ///
    /// @param component the record component it fills
    /// @param name      in kebab case
    /// @param about     what it is, one line
    /// @param shape     what is expected
    /// @param optional  whether it may be left out
    /// @param labelled  whether a mapping from labels to files or stages is expected instead of one
    /// @param beside    the input beside which it lies if it is not given, empty for none
    /// @param lies      the name under which it lies there
    public record InputPart(
            String component,
            String name,
            String about,
            Shape shape,
            boolean optional,
            boolean labelled,
            String beside,
            String lies) {}

    /// An artefact that the stage makes.
    ///
    /// @param component the record component that carries it
    /// @param name      in kebab case
    /// @param about     what it is, one line
    /// @param shape     what it is made of
    public record ArtefactPart(String component, String name, String about, Shape shape) {}

    /// A setting or an input that is gone.
    ///
    /// @param name what its key was
    /// @param says the sentence for who still gives it
    public record RemovedPart(String name, String says) {}

    /// What passes between stages.
    public sealed interface Shape {
        /// Whether something of the other shape can be taken for one of this.
        default boolean takes(Shape other) {
            return equals(other) || this instanceof Table && other instanceof Table;
        }

        /// A table.
        ///
        /// @param held whether all of it is in the heap while the stage runs, else a part at a time
        record Table(boolean held) implements Shape {
            @Override
            public String toString() {
                return "a table";
            }
        }

        /// A file or folder, as it is.
        record FileOrFolder() implements Shape {
            @Override
            public String toString() {
                return "a file or folder";
            }
        }

        /// A record, kept as JSON.
        record Document(Class<? extends Record> type) implements Shape {
            @Override
            public String toString() {
                return "a JSON document of type " + type.getSimpleName();
            }
        }
    }

    /// The kind as it stands in study files.
    public String kind() {
        return stage.kind();
    }

    /// What the stage does, in one line.
    public String summary() {
        return stage.summary();
    }

    /// The input of this name, if there is one.
    public Optional<InputPart> input(String name) {
        return inputs.stream().filter(i -> i.name().equals(name)).findFirst();
    }

    /// The artefact of this name, if there is one.
    public Optional<ArtefactPart> artefact(String name) {
        return artefacts.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /// What is to be said to who gives this key, if it is one that there once was.
    public Optional<RemovedPart> removed(String name) {
        return removed.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    /// All keys that a study file may give to this stage besides `kind`.
    public List<String> keys() {
        return Stream.concat(
                        inputs.stream().map(InputPart::name), settings.stream().map(SettingPart::name))
                .toList();
    }
}
