package dev.assay.study.internal.run;

import dev.assay.receipt.Digest;
import dev.assay.study.Plan;
import dev.assay.study.Stage;
import dev.assay.study.internal.store.CodeVersion;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The code that the stages of a run can reach.
final class StageCode {
    private final Optional<String> given;

    /// @param given a version that was said to be that of all stages
    StageCode(Optional<String> given) {
        this.given = given;
    }

    /// The version of what a stage can reach.
    String of(Stage<?, ?> stage) {
        return given.orElseGet(() -> CodeVersion.of(stage.getClass()).digest());
    }

    /// The version of what any stage of a plan can reach.
    String of(Plan plan) {
        SortedMap<String, String> kinds = new TreeMap<>();
        plan.stages()
                .forEach(s ->
                        kinds.put(s.description().kind(), of(s.description().stage())));
        return given.orElseGet(() -> Digest.of(kinds.toString()).hex());
    }

    /// What any stage of a plan can reach, by module and library, with digests.
    Map<String, String> parts(Plan plan) {
        SortedMap<String, String> parts = new TreeMap<>();
        plan.stages().forEach(s -> parts.putAll(parts(s.description().stage())));
        return parts;
    }

    /// What a stage can reach, by module and library, with digests; nothing if a version was given.
    Map<String, String> parts(Stage<?, ?> stage) {
        return given.isPresent() ? Map.of() : CodeVersion.of(stage.getClass()).parts();
    }
}
