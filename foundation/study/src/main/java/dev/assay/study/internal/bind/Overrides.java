package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.StageDescription.InputPart;
import dev.assay.study.StageRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `--set` changes before a study is bound.
final class Overrides {
    private Overrides() {}

    /// The study with the overrides in place.
    ///
    /// @param problems gets what is wrong with values that are YAML
    /// @throws Fault (USAGE) if one is not `stage.key=value`, `drift.key=value` or `seed=value`, or names a
    ///     stage that does not exist
    static Given.Entries apply(List<String> overrides, Given.Entries root, StageRegistry registry, Problems problems) {
        Given.Entries changed = root;
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                throw Fault.of(Fault.Kind.USAGE, "must be stage.key=value, drift.key=value or seed=value")
                        .at("--set " + override);
            }
            String target = override.substring(0, equals).strip();
            Place place = Place.of("--set " + target);
            Given.Loose value = new Given.Loose(override.substring(equals + 1), place);
            if (target.equals("seed")) {
                changed = put(changed, List.of(target), value, place);
                continue;
            }
            List<String> path = List.of(target.split("\\.", -1));
            Map<String, Given.Entry> stages = StudyReader.stages(root);
            if (path.size() < 2 || path.contains("")) {
                throw Fault.of(Fault.Kind.USAGE, "must be stage.key=value, drift.key=value or seed=value")
                        .at(place.toString());
            }
            if (path.getFirst().equals(DriftBinder.KEY)) {
                changed = put(changed, path, value, place);
                continue;
            }
            if (!stages.containsKey(path.getFirst())) {
                throw Fault.of(
                                Fault.Kind.USAGE,
                                "the study has no stage '" + path.getFirst() + "'."
                                        + Nearest.clause(path.getFirst(), stages.keySet()))
                        .at(place.toString());
            }
            changed = stage(changed, path, value, place, registry, problems);
        }
        return changed;
    }

    private static Given.Entries stage(
            Given.Entries root,
            List<String> path,
            Given value,
            Place place,
            StageRegistry registry,
            Problems problems) {
        Given.Entry stage = StudyReader.stages(root).get(path.getFirst());
        Map<String, Given.Entry> keys =
                stage != null && stage.value() instanceof Given.Entries given ? given.entries() : Map.of();
        String key = path.get(1);
        Optional<InputPart> input = StudyReader.kind(keys, registry).flatMap(kind -> kind.input(key));
        if (input.isEmpty()) {
            List<String> full = new ArrayList<>(List.of("stages"));
            full.addAll(path);
            return put(root, full, value, place);
        }
        Given.Entry old = keys.get(key);
        Given changed = LongForm.overridden(
                input.get(), old == null ? null : old.value(), path.subList(2, path.size()), value, place, problems);
        return put(root, List.of("stages", path.getFirst(), key), changed, place);
    }

    /// The mapping with a value put at a path of keys; mappings on the way are made where there are none.
    static Given.Entries put(Given.Entries into, List<String> path, Given value, Place place) {
        Map<String, Given.Entry> entries = new LinkedHashMap<>(into.entries());
        Given.Entry old = entries.get(path.getFirst());
        Given inner = value;
        Place keyPlace = place;
        if (path.size() > 1) {
            Given.Entries below = old != null && old.value() instanceof Given.Entries kept
                    ? kept
                    : new Given.Entries(Map.of(), place);
            inner = put(below, path.subList(1, path.size()), value, place);
            keyPlace = old == null ? place : old.keyPlace();
        }
        entries.put(path.getFirst(), new Given.Entry(keyPlace, inner));
        return new Given.Entries(entries, into.place());
    }
}
