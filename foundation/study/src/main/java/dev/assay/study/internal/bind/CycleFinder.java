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
    private final Map<String, Place> places;
    private final Problems problems;

    private CycleFinder(List<StageSpec> stages, Map<String, Place> places, Problems problems) {
        stages.forEach(s -> this.stages.put(s.name(), s));
        this.places = places;
        this.problems = problems;
    }

    /// Notes each cycle that a walk along the inputs closes, with the stages on it.
    ///
    /// @param places where each stage stands
    static void check(List<StageSpec> stages, Map<String, Place> places, Problems problems) {
        CycleFinder finder = new CycleFinder(stages, places, problems);
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
            problems.add(
                    Fault.Kind.STUDY,
                    places.getOrDefault(name, Place.of(stage.place())),
                    "these stages wait for each other: " + String.join(" <- ", cycle));
            return;
        }
        path.add(name);
        stage.upstream().forEach(this::walk);
        path.removeLast();
        cleared.add(name);
    }
}
