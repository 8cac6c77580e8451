package dev.assay.study;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.internal.bind.Describer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The kinds of stages there are, sorted by kind.
///
/// Looking one up describes that one only, so a registry of many kinds costs little at start.
public final class StageRegistry {
    private final Map<String, Stage<?, ?>> stages = new TreeMap<>(Comparator.naturalOrder());
    private final Map<String, StageDescription> described = new ConcurrentHashMap<>();

    private StageRegistry(Iterable<? extends Stage<?, ?>> stages) {
        for (Stage<?, ?> stage : stages) {
            Stage<?, ?> other = this.stages.put(stage.kind(), stage);
            if (other != null) {
                throw new IllegalStateException("two stages call themselves '" + stage.kind() + "': "
                        + other.getClass().getName() + " and "
                        + stage.getClass().getName());
            }
        }
    }

    /// The stages on the class path, found by [ServiceLoader]. Built once.
    ///
    /// @throws IllegalStateException if two stages have the same kind
    public static StageRegistry installed() {
        return Installed.REGISTRY;
    }

    /// A registry of these stages.
    ///
    /// @throws IllegalStateException if two stages have the same kind
    public static StageRegistry of(Collection<? extends Stage<?, ?>> stages) {
        return new StageRegistry(stages);
    }

    /// All kinds, sorted.
    public List<String> kinds() {
        return List.copyOf(stages.keySet());
    }

    /// All stages, sorted by kind.
    public List<Stage<?, ?>> stages() {
        return List.copyOf(stages.values());
    }

    /// The description of a kind, if there is such a kind.
    ///
    /// @throws IllegalStateException if the stage's records are not as [Stage] demands
    public Optional<StageDescription> find(String kind) {
        Stage<?, ?> stage = stages.get(kind);
        return stage == null
                ? Optional.empty()
                : Optional.of(described.computeIfAbsent(kind, k -> Describer.describe(stage)));
    }

    /// The description of a kind.
    ///
    /// @throws Fault (USAGE) if there is no such kind, with the nearest
    public StageDescription get(String kind) {
        return find(kind)
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.USAGE,
                        "there is no stage of kind '" + kind + "'." + Nearest.clause(kind, stages.keySet())));
    }

    private static final class Installed {
        @SuppressWarnings({"unchecked", "rawtypes"})
        static final StageRegistry REGISTRY = new StageRegistry((Iterable) ServiceLoader.load(Stage.class));
    }
}
