package dev.assay.study.internal.run;

import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.receipt.DigestKey;
import dev.assay.receipt.FileRef;
import dev.assay.study.Event;
import dev.assay.study.Metric;
import dev.assay.study.Plan;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.StageView.Violation;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.Views;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a run may tell of stages that read confidential files, directly or through the artefacts of other
/// stages.
///
/// What such a stage says is withheld unless it is known to disclose no row, no category and no small
/// count: its tables, charts and warnings, and the sentence of its failure, are left out; so are
/// numbers without an interval, which say exactly what is in a file, and metrics named after a value;
/// estimates are told coarsely and counts in tens; digests of files are keyed, and the files of a
/// folder are not named. The stage itself, its manifest in the store and the judgement of claims know
/// everything.
final class Discretion {
    /// Progress is told in hundredths: its total may be a number of rows.
    private static final long HUNDRED = 100;

    /// What stands in the place of a sentence.
    static final String WITHHELD = "withheld, since what it read is confidential";

    private final Set<String> stages;
    private final @Nullable DigestKey key;
    private final Map<String, Set<String>> afterData = new ConcurrentHashMap<>();
    private final Map<String, Long> rows = new ConcurrentHashMap<>();
    private final Map<String, Predicate<String>> named = new ConcurrentHashMap<>();
    private final Map<String, StageView> whole = new ConcurrentHashMap<>();

    private Discretion(Set<String> stages, @Nullable DigestKey key) {
        this.stages = Set.copyOf(stages);
        this.key = key;
    }

    /// The names of a plan's stages that read something confidential, or something that follows from it.
    private static Set<String> stages(Plan plan) {
        Set<String> confidential = new HashSet<>();
        for (StageSpec stage : plan.stages()) {
            if (stage.confidential() || stage.upstream().stream().anyMatch(confidential::contains)) {
                confidential.add(stage.name());
            }
        }
        return confidential;
    }

    /// What a run of a plan in a workspace may tell. The key of its digests is made if there is none.
    ///
    /// @throws Fault if the key cannot be made or read, or others can read it
    static Discretion of(Plan plan, Layout layout) {
        Set<String> stages = stages(plan);
        if (stages.isEmpty()) {
            return new Discretion(stages, null);
        }
        Path file = layout.digestKey();
        if (!layout.files().isFile(file)) {
            layout.files().folder(layout.confidential());
            try {
                DigestKey.generate().write(file);
            } catch (Fault notWritten) {
                // Another process may have made it meanwhile.
                if (!layout.files().isFile(file)) {
                    throw notWritten;
                }
            }
        }
        return new Discretion(stages, DigestKey.read(file));
    }

    /// The same, without writing anything: where there is no key yet, there is nothing that was keyed.
    static Discretion forReading(Plan plan, Layout layout) {
        Set<String> stages = stages(plan);
        boolean known = stages.isEmpty() || layout.files().isFile(layout.digestKey());
        return known ? of(plan, layout) : new Discretion(stages, DigestKey.generate());
    }

    /// Whether a stage is confidential.
    boolean about(String stage) {
        return stages.contains(stage);
    }

    /// The digest that may be told instead of this one.
    String keyed(String sha256) {
        return key().keyed(new Digest(sha256)).hex();
    }

    private DigestKey key() {
        if (key == null) {
            throw new IllegalStateException("there is nothing confidential in this run");
        }
        return key;
    }

    /// What may be told of a confidential file: neither its name nor its size, and keyed digests.
    FileRef disclosed(FileRef file) {
        FileRef keyed = file.keyedBy(key());
        return new FileRef(
                "confidential", keyed.sha256(), keyed.contentDigest(), 0, Optional.empty(), Optional.empty(), true);
    }

    /// The name of a user's file, or of a confidential one something that stands for it.
    String name(Source.UserFile file) {
        String name = String.valueOf(file.path().getFileName());
        return file.confidential() ? keyed(Digest.of(name).hex()) : name;
    }

    /// What may be told of a file that a stage made: of a confidential one keyed digests, and its rows in
    /// tens.
    FileRef told(String stage, FileRef file) {
        if (!about(stage)) {
            return file;
        }
        FileRef keyed = file.keyedBy(key());
        return new FileRef(
                keyed.name(),
                keyed.sha256(),
                keyed.contentDigest(),
                CoarseNumbers.size(keyed.bytes()),
                keyed.rows().map(CoarseNumbers::count),
                keyed.mediaType(),
                true);
    }

    /// A stage has read its inputs: names of metrics must not be those of values in its tables.
    void read(String stage, Map<String, Object> byComponent) {
        if (about(stage)) {
            DataWords words = DataWords.of(byComponent);
            named.put(stage, words::in);
            rows.put(stage, words.rows());
        }
    }

    /// A stage's earlier results are taken, and of its metrics those that were told then.
    void reuse(String stage, Set<String> told) {
        named.put(stage, name -> !told.contains(name));
    }

    /// Keeps what a stage really said, for the judgement of claims.
    void remember(StageView view) {
        if (about(view.name())) {
            whole.put(view.name(), view);
        }
    }

    /// What the stage of this view really said.
    StageView whole(StageView view) {
        return whole.getOrDefault(view.name(), view);
    }

    /// What may be told of a stage.
    StageView disclosed(StageView view) {
        if (!about(view.name())) {
            return view;
        }
        Map<String, Long> counts = new TreeMap<>();
        view.counts().forEach((name, count) -> counts.put(name, CoarseNumbers.count(count)));
        // That a reason is named at all would say that there were a few.
        counts.values().removeIf(count -> count == 0);
        return Views.disclosed(
                view,
                view.outputs().stream().map(this::disclosed).toList(),
                view.metrics().stream()
                        .flatMap(m -> disclosed(view.name(), m).stream())
                        .toList(),
                view.warnings().isEmpty()
                        ? List.of()
                        : List.of(
                                view.warnings().size() == 1
                                        ? "A warning is " + WITHHELD + "."
                                        : view.warnings().size() + " warnings are " + WITHHELD + "."),
                counts,
                view.failure().map(f -> new StageView.Failure(f.kind(), failed())),
                view.violations().stream().map(this::disclosed).toList());
    }

    /// What is told of a failure.
    private static String failed() {
        return "it failed; why is " + WITHHELD + ", and kept below 'confidential' in the workspace";
    }

    private OutputView disclosed(OutputView o) {
        return new OutputView(
                o.artefact(),
                o.about(),
                o.form(),
                o.file(),
                keyed(o.sha256()),
                keyed(o.contentDigest()),
                CoarseNumbers.size(o.bytes()),
                o.rows().map(CoarseNumbers::count));
    }

    private Violation disclosed(Violation v) {
        return new Violation(v.artefact(), keyed(v.then()), keyed(v.now()));
    }

    /// A stage names a metric after a value of the data.
    void namedAfterData(String stage, String metric) {
        afterData.computeIfAbsent(stage, s -> ConcurrentHashMap.newKeySet()).add(metric);
    }

    /// What may be told of a metric; nothing if it is named after a value.
    Optional<Metric> disclosed(String stage, Metric m) {
        if (!about(stage)) {
            return Optional.of(m);
        }
        return afterData.getOrDefault(stage, Set.of()).contains(m.name())
                        || named.getOrDefault(stage, name -> true).test(m.name())
                ? Optional.empty()
                : Optional.of(CoarseNumbers.metric(m, rows.getOrDefault(stage, 0L), WITHHELD));
    }

    /// What may be told of an event; nothing if it must not be told.
    Optional<Event> disclosed(Event event) {
        if (!(event instanceof Event.OfStage of) || !about(of.stage())) {
            return Optional.of(event);
        }
        return switch (of) {
            case Event.StageStarted e -> Optional.of(e);
            case Event.StageWaiting e -> Optional.of(e);
            case Event.StageReused e -> Optional.of(e);
            case Event.EntryDamaged e -> Optional.of(e);
            case Event.Progress e ->
                Optional.of(new Event.Progress(
                        e.at(), e.stage(), "working", e.total() <= 0 ? 0 : HUNDRED * e.done() / e.total(), HUNDRED));
            // The numbers of rows stand in it.
            case Event.Announced e -> Optional.of(new Event.Announced(e.at(), e.stage(), "working", e.seconds()));
            case Event.Measured e ->
                disclosed(e.stage(), e.metric()).map(m -> new Event.Measured(e.at(), e.stage(), m));
            case Event.FigureShown e -> Optional.empty();
            case Event.ListingShown e -> Optional.empty();
            case Event.Warned e -> Optional.of(new Event.Warned(e.at(), e.stage(), "A warning is " + WITHHELD + "."));
            case Event.Counted e ->
                CoarseNumbers.count(e.total()) == 0
                        ? Optional.empty()
                        : Optional.of(new Event.Counted(e.at(), e.stage(), e.name(), CoarseNumbers.count(e.total())));
            case Event.ResultChanged e ->
                Optional.of(new Event.ResultChanged(e.at(), e.stage(), disclosed(e.violation())));
            case Event.StageFinished e -> Optional.of(e);
            case Event.StageFailed e -> Optional.of(new Event.StageFailed(e.at(), e.stage(), e.kind(), failed()));
            case Event.StageSkipped e -> Optional.of(e);
            case Event.StageInterrupted e -> Optional.of(e);
        };
    }
}
