package dev.assay.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A stage of a study: a kind with everything it was given.
///
/// @param name        its name in the study
/// @param description what its kind expects
/// @param place       where it stands: `study.yaml:4`, or `command line`
/// @param values      the settings as Java values by name, defaults filled in; optional ones that were left
///                    out are missing
/// @param settings    the same as JSON values: numbers, texts, booleans, lists and maps
/// @param wires       where its inputs come from
public record StageSpec(
        String name,
        StageDescription description,
        String place,
        Map<String, Object> values,
        Map<String, Object> settings,
        List<Wire> wires) {
    public StageSpec {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        wires = List.copyOf(wires);
    }

    /// Where one input comes from.
    ///
    /// @param input the input's name
    /// @param label its label where an input takes several, else empty
    /// @param from  its source
    public record Wire(String input, String label, Source from) {
        /// The input with its label: `real`, `synthetic[cart]`.
        public String shown() {
            return label.isEmpty() ? input : input + "[" + label + "]";
        }
    }

    /// Where an input comes from. `toString` gives it as it would be written in a study file, a confidential file
    /// as `(confidential)`.
    public sealed interface Source {
        /// A file or folder of the user's.
        ///
        /// @param given        as it was written
        /// @param path         absolute
        /// @param confidential whether neither of the two may be shown or kept
        record UserFile(String given, java.nio.file.Path path, boolean confidential) implements Source {
            @Override
            public String toString() {
                return confidential ? "(confidential)" : given;
            }
        }

        /// An artefact of another stage.
        record Output(String stage, String artefact) implements Source {
            @Override
            public String toString() {
                return stage + "." + artefact;
            }
        }
    }

    /// Whether a confidential file goes into this stage itself. What stages before it were given does not count.
    public boolean confidential() {
        return wires.stream().anyMatch(w -> w.from() instanceof Source.UserFile file && file.confidential());
    }

    /// Whether the stage draws at random with these settings.
    public boolean draws() {
        return description.stage().draws(values);
    }

    /// The names of the stages whose artefacts this one uses, in order of use, each once.
    public List<String> upstream() {
        return wires.stream()
                .filter(w -> w.from() instanceof Source.Output)
                .map(w -> ((Source.Output) w.from()).stage())
                .distinct()
                .toList();
    }
}
