package dev.assay.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Two runs side by side.
///
/// @param a      the first, usually the older
/// @param b      the second
/// @param run    what differs of the runs as a whole: study, seed, status, code
/// @param stages all stages of either, in the order of `b`, then those of `a` alone
/// @param claims claims whose verdicts differ
public record RunDiff(RunView a, RunView b, List<Change> run, List<StageDiff> stages, List<Change> claims) {
    public RunDiff {
        run = List.copyOf(run);
        stages = List.copyOf(stages);
        claims = List.copyOf(claims);
    }

    /// Something that differs.
    ///
    /// @param what what it is: a key, an input, an artefact, a claim
    /// @param a    in the first run; empty if it is not there
    /// @param b    in the second run; empty if it is not there
    public record Change(String what, String a, String b) {}

    /// A stage in both runs.
    ///
    /// @param name     its name
    /// @param a        in the first run
    /// @param b        in the second run
    /// @param settings settings that differ, as JSON texts
    /// @param inputs   inputs whose digests differ
    /// @param outputs  artefacts whose contents differ
    /// @param metrics  all metrics of either
    public record StageDiff(
            String name,
            Optional<StageView> a,
            Optional<StageView> b,
            List<Change> settings,
            List<Change> inputs,
            List<Change> outputs,
            List<MetricDiff> metrics) {
        public StageDiff {
            settings = List.copyOf(settings);
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            metrics = List.copyOf(metrics);
        }

        /// Whether settings, inputs, outputs and metrics are all the same.
        public boolean same() {
            return settings.isEmpty()
                    && inputs.isEmpty()
                    && outputs.isEmpty()
                    && a.map(StageView::status).equals(b.map(StageView::status))
                    && metrics.stream().allMatch(m -> m.a().equals(m.b()));
        }
    }

    /// A metric in both runs.
    public record MetricDiff(String name, Optional<Metric> a, Optional<Metric> b) {
        /// Second minus first, if both were measured.
        public Optional<Double> difference() {
            return a.flatMap(Metric::value)
                    .flatMap(x -> b.flatMap(Metric::value).map(y -> y - x));
        }

        /// Whether both have intervals and these do not overlap. Intervals that overlap do not show that the
        /// two are the same, and the two runs are rarely independent: a test of a difference has to be
        /// paired.
        public boolean apart() {
            if (a.isEmpty() || b.isEmpty()) {
                return false;
            }
            double aLow = a.get().low().orElse(Double.NaN);
            double aHigh = a.get().high().orElse(Double.NaN);
            double bLow = b.get().low().orElse(Double.NaN);
            double bHigh = b.get().high().orElse(Double.NaN);
            return aHigh < bLow || bHigh < aLow;
        }
    }

    /// Compares two runs.
    public static RunDiff of(RunView a, RunView b) {
        Set<String> names = new LinkedHashSet<>();
        b.stages().forEach(s -> names.add(s.name()));
        a.stages().forEach(s -> names.add(s.name()));
        List<Change> run = new ArrayList<>();
        change(run, "study", a.study(), b.study());
        change(run, "seed", Long.toString(a.seed()), Long.toString(b.seed()));
        change(run, "status", a.status().name(), b.status().name());
        change(run, "code", a.codeVersion(), b.codeVersion());
        return new RunDiff(
                a,
                b,
                run,
                names.stream().map(n -> stage(n, a.stage(n), b.stage(n))).toList(),
                changes(verdicts(a), verdicts(b)));
    }

    private static StageDiff stage(String name, Optional<StageView> a, Optional<StageView> b) {
        Set<String> metrics = new LinkedHashSet<>();
        b.ifPresent(s -> s.metrics().forEach(m -> metrics.add(m.name())));
        a.ifPresent(s -> s.metrics().forEach(m -> metrics.add(m.name())));
        return new StageDiff(
                name,
                a,
                b,
                changes(texts(a, StageView::settings), texts(b, StageView::settings)),
                changes(
                        texts(a, s -> byName(s.inputs(), StageView.InputView::name, StageView.InputView::digest)),
                        texts(b, s -> byName(s.inputs(), StageView.InputView::name, StageView.InputView::digest))),
                changes(
                        texts(
                                a,
                                s -> byName(
                                        s.outputs(),
                                        StageView.OutputView::artefact,
                                        StageView.OutputView::contentDigest)),
                        texts(
                                b,
                                s -> byName(
                                        s.outputs(),
                                        StageView.OutputView::artefact,
                                        StageView.OutputView::contentDigest))),
                metrics.stream()
                        .map(m -> new MetricDiff(m, a.flatMap(s -> s.metric(m)), b.flatMap(s -> s.metric(m))))
                        .toList());
    }

    private static Map<String, String> texts(Optional<StageView> stage, Function<StageView, Map<String, ?>> part) {
        Map<String, String> texts = new LinkedHashMap<>();
        stage.ifPresent(s -> part.apply(s).forEach((key, value) -> texts.put(key, shown(value))));
        return texts;
    }

    /// Numbers that read back as another Java type are still the same setting.
    private static String shown(Object value) {
        return switch (value) {
            case Double d when d == Math.rint(d) && Math.abs(d) < 1L << 53 -> Long.toString(d.longValue());
            default -> String.valueOf(value);
        };
    }

    private static <T> Map<String, String> byName(List<T> list, Function<T, String> name, Function<T, String> value) {
        return list.stream().collect(Collectors.toMap(name, value, (x, y) -> y, LinkedHashMap::new));
    }

    private static Map<String, String> verdicts(RunView run) {
        return byName(run.claims(), c -> c.claim().id(), c -> c.verdict().name());
    }

    private static List<Change> changes(Map<String, String> a, Map<String, String> b) {
        Set<String> keys = new LinkedHashSet<>(b.keySet());
        keys.addAll(a.keySet());
        List<Change> changes = new ArrayList<>();
        keys.forEach(key -> change(changes, key, a.getOrDefault(key, ""), b.getOrDefault(key, "")));
        return changes;
    }

    private static void change(List<Change> changes, String what, String a, String b) {
        if (!a.equals(b)) {
            changes.add(new Change(what, a, b));
        }
    }
}
