package dev.assay.study;

import dev.assay.receipt.DriftSettings;
import dev.assay.study.internal.bind.StudyReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A study, read and checked: every setting bound, every input found, every connection of the right type.
///
/// @param name   the study's name
/// @param title  a heading for people; the name if none was given
/// @param about  what the study is for, may be empty
/// @param seed   the study's seed; each stage gets the child with its name
/// @param folder the folder that file inputs are relative to
/// @param text   the study as it was written
/// @param disclosed the same as it may be kept and shown: with `(confidential)` for every path and file name of a
///               confidential input, wherever it stands; the text itself if there is none
/// @param stages in the order of the file
/// @param claims in the order of the file
/// @param drift  from when on a difference to an earlier run is worth a word
public record StudyFile(
        String name,
        String title,
        String about,
        long seed,
        Path folder,
        String text,
        String disclosed,
        List<StageSpec> stages,
        List<Claim> claims,
        DriftSettings drift) {
    public StudyFile {
        stages = List.copyOf(stages);
        claims = List.copyOf(claims);
    }

    /// Reads a study file.
    ///
    /// @param file      a YAML file, or a folder with a `study.yaml`
    /// @param overrides `stage.key=value`, `drift.key=value` or `seed=value`, as after `--set`
    /// @param registry  the kinds that may be named
    /// @throws dev.assay.fault.Fault (MISSING_FILE) if it or an input does not exist; (STUDY, BAD_SETTING)
    /// naming every problem of the file, each with its line; (USAGE) if an override names nothing
    public static StudyFile parse(Path file, List<String> overrides, StageRegistry registry) {
        return StudyReader.read(file, overrides, registry);
    }

    /// Reads a study file, with the installed stages and no overrides.
    ///
    /// @throws dev.assay.fault.Fault as [#parse(Path, List, StageRegistry)]
    public static StudyFile parse(Path file) {
        return parse(file, List.of(), StageRegistry.installed());
    }

    /// A study of a single stage. The study is named after the kind (`weigh-calibrate`), the stage after its
    /// last word (`calibrate`).
    ///
    /// @param kind     the kind
    /// @param options  texts by key, as given on a command line; parts of a group as `group.key`; lists as
    ///                 `a,b` or `[a, b]`; labelled inputs as `label=file,label=file`
    /// @param seed     the seed
    /// @param folder   the folder that files are relative to
    /// @param registry the kinds there are
    /// @throws dev.assay.fault.Fault (USAGE, BAD_SETTING, MISSING_FILE) naming every option that will not do
    public static StudyFile single(
            String kind, Map<String, String> options, long seed, Path folder, StageRegistry registry) {
        return single(kind, options, List.of(), seed, folder, registry);
    }

    /// As [#single(String, Map, long, Path, StageRegistry)], with confidential inputs. Its [#text] does not give
    /// their paths either.
    ///
    /// @param confidential names of inputs that were given and whose files are confidential, with all their labels
    /// @throws dev.assay.fault.Fault also (USAGE) if one of the names is no input, or was not given
    public static StudyFile single(
            String kind,
            Map<String, String> options,
            List<String> confidential,
            long seed,
            Path folder,
            StageRegistry registry) {
        return StudyReader.single(kind, options, confidential, seed, folder, registry);
    }

    /// The stage of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public StageSpec stage(String stageName) {
        return stages.stream()
                .filter(s -> s.name().equals(stageName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stage is called '" + stageName + "'"));
    }
}
