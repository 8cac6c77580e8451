package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.InputPart;
import dev.assay.study.StageDescription.RemovedPart;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds one stage of a study: its settings, and where its inputs come from.
final class StageBinder {
    private static final String KIND = "kind";

    private final InputBinder inputs;
    private final Problems problems;

    StageBinder(InputBinder inputs, Problems problems) {
        this.inputs = inputs;
        this.problems = problems;
    }

    StageSpec bind(String name, StageDescription kind, Map<String, Given.Entry> entries, Place place) {
        List<String> keys = kind.keys();
        entries.forEach((key, entry) -> {
            if (!key.equals(KIND) && !keys.contains(key)) {
                Optional<RemovedPart> removed = kind.removed(key);
                problems.add(
                        Fault.Kind.STUDY,
                        entry.keyPlace(),
                        removed.isPresent()
                                ? removed.get().says()
                                : "stage '" + name + "' (" + kind.kind() + ") has no key '" + key + "'."
                                        + suggestion(key, keys));
            }
        });
        SettingBinder.BoundSettings settings = new SettingBinder(problems).bindAll(kind.settings(), entries, place);
        List<Wire> wires = new ArrayList<>();
        for (InputPart part : kind.inputs()) {
            Given.Entry entry = entries.get(part.name());
            if (entry == null || entry.value().isNothing()) {
                if (!part.optional()) {
                    problems.add(
                            Fault.Kind.STUDY,
                            entry == null ? place : entry.keyPlace(),
                            "stage '" + name + "' needs '" + part.name() + "': " + part.about());
                }
                continue;
            }
            wires.addAll(inputs.bind(part, entry.value()));
        }
        for (InputPart part : kind.inputs()) {
            if (!part.beside().isEmpty()
                    && wires.stream().noneMatch(w -> w.input().equals(part.name()))) {
                wires.stream()
                        .filter(w -> w.input().equals(part.beside()))
                        .findFirst()
                        .flatMap(w -> inputs.beside(part, w.from()))
                        .ifPresent(wires::add);
            }
        }
        return new StageSpec(name, kind, place.toString(), settings.values(), settings.json(), wires);
    }

    private static String suggestion(String key, List<String> keys) {
        String nearest = Nearest.clause(key, keys);
        return nearest.isEmpty() ? " It knows " + String.join(", ", keys) + "." : nearest;
    }
}
