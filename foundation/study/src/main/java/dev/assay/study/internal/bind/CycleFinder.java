package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.study.StageSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds stages that wait for each other.
final class CycleFinder {
    private final Map<String, StageSpec> stages = new LinkedHashMap<>();
    private final Set<String> cleared = new HashSet<>();
    private final List<String> path = new ArrayList<>();
    private final Problems problems;

    private CycleFinder(List<StageSpec> stages, Problems problems) {
        stages.forEach(s -> this.stages.put(s.name(), s));
        this.problems = problems;
    }

    /// Notes each cycle that a walk along the inputs closes, with the stages on it.
    static void check(List<StageSpec> stages, Problems problems) {
        CycleFinder finder = new CycleFinder(stages, problems);
        stages.forEach(s -> finder.walk(s.name()));
    }

    private void walk(String name) {
        StageSpec stage = stages.get(name);
        if (stage == null || cleared.contains(name)) {
            return;
        }
        int at = path.indexOf(name);
        if (at >= 0) {
            List<String> cycle = new ArrayList<>(path.subList(at, path.size()));
            cycle.add(name);
            int colon = stage.place().lastIndexOf(':');
            boolean hasLine =
                    colon > 0 && stage.place().substring(colon + 1).chars().allMatch(Character::isDigit);
            problems.add(
                    Fault.Kind.STUDY,
                    hasLine
                            ? new Place(
                                    stage.place().substring(0, colon),
                                    Integer.parseInt(stage.place().substring(colon + 1)))
                            : Place.of(stage.place()),
                    "these stages wait for each other: " + String.join(" <- ", cycle));
            return;
        }
        path.add(name);
        stage.upstream().forEach(this::walk);
        path.removeLast();
        cleared.add(name);
    }
}
