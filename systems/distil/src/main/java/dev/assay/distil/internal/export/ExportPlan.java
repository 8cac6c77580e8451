package dev.assay.distil.internal.export;

import dev.assay.distil.Decontamination;
import dev.assay.distil.ExportKind;
import dev.assay.distil.NearDuplicateSettings;
import dev.assay.distil.PersonalData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What to export and what to keep out.
///
/// @param kind            what samples are for
/// @param includeReview   whether what nobody judged may be retrieved
/// @param includePartial  whether what is right in part may be learnt
/// @param maxPairsPerTask most pairs of a task
/// @param createdAt       written into samples
/// @param files           the folder below which files that rows speak of must exist
/// @param benchmark       questions that must not be trained on
/// @param textOnly        whether they are looked for in answers only
/// @param nearDuplicates  whether texts that are nearly the same are removed, and how they are found
/// @param personal        what is done about personal data
/// @param licences        licences that may be exported
/// @param shapes          which shapes are written beside the native file
/// @param parquet         whether Parquet files are written too
public record ExportPlan(
        ExportKind kind,
        boolean includeReview,
        boolean includePartial,
        int maxPairsPerTask,
        String createdAt,
        Optional<Path> files,
        Optional<Decontamination> benchmark,
        boolean textOnly,
        Optional<NearDuplicateSettings> nearDuplicates,
        PersonalData.Policy personal,
        Set<String> licences,
        List<Shape> shapes,
        boolean parquet) {
    public ExportPlan {
        licences = Set.copyOf(licences);
        shapes = List.copyOf(shapes);
    }
}
