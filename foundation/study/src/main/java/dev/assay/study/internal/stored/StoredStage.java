package dev.assay.study.internal.stored;

import dev.assay.fault.Fault;
import dev.assay.files.OwnFolder;
import dev.assay.study.StageView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A stage on disk: of a run, or in the manifest of its results.
///
/// @param code         since version 2; in version 1 that of the run
/// @param outside      since version 2
/// @param confidential since version 2
/// @param reusedFrom   added to version 2
public record StoredStage(
        String name,
        String kind,
        String status,
        boolean reused,
        String key,
        Optional<String> code,
        Map<String, Object> settings,
        List<StoredInput> inputs,
        List<StoredOutput> outputs,
        List<StoredMetric> metrics,
        List<StoredFigure> figures,
        List<StoredListing> listings,
        List<String> warnings,
        Map<String, Long> counts,
        Optional<StoredCost> cost,
        Optional<StoredFailure> failure,
        String note,
        List<StoredViolation> violations,
        Optional<String> outside,
        Optional<Boolean> confidential,
        Optional<String> reusedFrom) {

    record StoredInput(String name, String from, String digest) {}

    record StoredOutput(
            String artefact,
            String about,
            String form,
            String file,
            String sha256,
            String contentDigest,
            long bytes,
            Optional<Long> rows) {}

    record StoredCost(
            Instant startedAt,
            Instant finishedAt,
            long wallMillis,
            long cpuMillis,
            boolean shared,
            long peakMemoryBytes,
            String memoryMeasure) {}

    record StoredFailure(String kind, String sentence) {}

    record StoredViolation(String artefact, String then, String now) {}

    /// A stage as it is written.
    public static StoredStage of(StageView s) {
        return new StoredStage(
                s.name(),
                s.kind(),
                StoredText.of(s.status()),
                s.reused(),
                s.key(),
                Optional.of(s.code()),
                s.settings(),
                s.inputs().stream()
                        .map(i -> new StoredInput(i.name(), i.from(), i.digest()))
                        .toList(),
                s.outputs().stream().map(StoredStage::output).toList(),
                s.metrics().stream().map(StoredMetric::of).toList(),
                s.figures().stream().map(StoredFigure::of).toList(),
                s.listings().stream().map(StoredListing::of).toList(),
                s.warnings(),
                s.counts(),
                s.cost().map(StoredStage::cost),
                s.failure().map(f -> new StoredFailure(StoredText.of(f.kind()), f.sentence())),
                s.note(),
                s.violations().stream()
                        .map(v -> new StoredViolation(v.artefact(), v.then(), v.now()))
                        .toList(),
                s.outside(),
                Optional.of(s.confidential()),
                s.reusedFrom());
    }

    private static StoredOutput output(StageView.OutputView o) {
        return new StoredOutput(
                o.artefact(),
                o.about(),
                StoredText.of(o.form()),
                o.file(),
                o.sha256(),
                o.contentDigest(),
                o.bytes(),
                o.rows());
    }

    private static StoredCost cost(StageView.Cost c) {
        return new StoredCost(
                c.startedAt(),
                c.finishedAt(),
                c.wallMillis(),
                c.cpuMillis(),
                c.shared(),
                c.peakMemoryBytes(),
                c.memoryMeasure());
    }

    /// The stage that was written.
    ///
    /// @param codeOfRun the version of the program, for stages that were stored without their own
    /// @throws IllegalArgumentException if a text stands for nothing known, or something that names a file is no
    ///     name of one
    public StageView view(String codeOfRun) {
        plain(name, "a stage");
        outputs.forEach(o -> plain(o.file(), "an artefact's file"));
        return new StageView(
                name,
                kind,
                StoredText.read(StageView.Status.class, StoredText::of, status),
                reused,
                key,
                code.orElse(codeOfRun),
                new LinkedHashMap<>(settings),
                inputs.stream()
                        .map(i -> new StageView.InputView(i.name(), i.from(), i.digest()))
                        .toList(),
                outputs.stream().map(StoredStage::output).toList(),
                metrics.stream().map(StoredMetric::view).toList(),
                figures.stream().map(StoredFigure::view).toList(),
                listings.stream().map(StoredListing::view).toList(),
                warnings,
                counts,
                cost.map(StoredStage::cost),
                failure.map(f -> new StageView.Failure(
                        StoredText.read(Fault.Kind.class, StoredText::of, f.kind()), f.sentence())),
                note,
                violations.stream()
                        .map(v -> new StageView.Violation(v.artefact(), v.then(), v.now()))
                        .toList(),
                outside,
                confidential.orElse(false),
                reusedFrom);
    }

    private static void plain(String name, String of) {
        if (!OwnFolder.isPlainName(name)) {
            throw new IllegalArgumentException("the name of " + of + " is no name of a file");
        }
    }

    private static StageView.OutputView output(StoredOutput o) {
        return new StageView.OutputView(
                o.artefact(),
                o.about(),
                StoredText.read(StageView.Form.class, StoredText::of, o.form()),
                o.file(),
                o.sha256(),
                o.contentDigest(),
                o.bytes(),
                o.rows());
    }

    private static StageView.Cost cost(StoredCost c) {
        return new StageView.Cost(
                c.startedAt(),
                c.finishedAt(),
                c.wallMillis(),
                c.cpuMillis(),
                c.shared(),
                c.peakMemoryBytes(),
                c.memoryMeasure());
    }
}
