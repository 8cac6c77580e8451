package dev.assay.study;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The stages of a study in an order in which they can run: each after all that it uses, otherwise as in the
/// file.
///
/// @param study  the study
/// @param stages in order
public record Plan(StudyFile study, List<StageSpec> stages) {
    public Plan {
        stages = List.copyOf(stages);
    }

    /// The plan of a study. Reading the study has already found cycles and loose ends.
    public static Plan of(StudyFile study) {
        List<StageSpec> ordered = new ArrayList<>();
        Set<String> placed = new LinkedHashSet<>();
        List<StageSpec> waiting = new ArrayList<>(study.stages());
        while (!waiting.isEmpty()) {
            StageSpec next = waiting.stream()
                    .filter(s -> placed.containsAll(s.upstream()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a study with a cycle was not refused"));
            waiting.remove(next);
            ordered.add(next);
            placed.add(next.name());
        }
        return new Plan(study, ordered);
    }
}
