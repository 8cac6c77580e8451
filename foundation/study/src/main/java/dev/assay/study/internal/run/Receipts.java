package dev.assay.study.internal.run;

import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.receipt.Drift;
import dev.assay.receipt.DriftReport;
import dev.assay.receipt.DriftSettings;
import dev.assay.receipt.FileRef;
import dev.assay.receipt.Profile;
import dev.assay.receipt.ReceiptReader;
import dev.assay.receipt.ReceiptSigner;
import dev.assay.receipt.ReceiptWriter;
import dev.assay.receipt.RunIdentity;
import dev.assay.receipt.RunIds;
import dev.assay.receipt.RunOutcome;
import dev.assay.receipt.RunOutcome.StageOutcome;
import dev.assay.receipt.RunSummary;
import dev.assay.receipt.SigningKey;
import dev.assay.receipt.StageRecord;
import dev.assay.receipt.StageRecordBuilder;
import dev.assay.receipt.Stats;
import dev.assay.receipt.Validation;
import dev.assay.study.OutputColumns;
import dev.assay.study.RunView;
import dev.assay.study.RunView.DriftView;
import dev.assay.study.RunView.Flag;
import dev.assay.study.RunView.Severity;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageSpec.Wire;
import dev.assay.study.StageView;
import dev.assay.study.StageView.Form;
import dev.assay.study.StageView.InputView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.StudyFile;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes the receipts of a run: one a stage as soon as it is over, summary and drift at the end.
final class Receipts {
    private static final Pattern REASON = Pattern.compile("(quarantine|skip|filter)\\..+");
    private static final String PARQUET = "application/vnd.apache.parquet";

    private final Layout layout;
    private final String run;
    private final RunIdentity identity;
    private final long seed;
    private final Clock clock;
    private final ReceiptWriter writer;
    private final Store store;
    private final DriftSettings drift;
    private final InputFiles files;
    private final Discretion discretion;
    private final Map<String, StageRecord> records = new LinkedHashMap<>();

    /// @throws Fault (STORAGE) if the public key of the signer cannot be left beside the runs
    Receipts(
            Layout layout,
            Store store,
            String run,
            RunIdentity identity,
            StudyFile study,
            InputFiles files,
            Discretion discretion,
            Optional<SigningKey> signer,
            Clock clock) {
        this.layout = layout;
        this.run = run;
        this.identity = identity;
        this.files = files;
        this.discretion = discretion;
        this.seed = study.seed();
        this.drift = study.drift();
        this.store = store;
        this.clock = clock;
        ReceiptWriter unsigned = ReceiptWriter.at(layout.run(run));
        this.writer = signer.map(unsigned::signing).orElse(unsigned);
        signer.ifPresent(key -> ReceiptSigner.leaveKey(layout.runs(), key.verifyingKey()));
    }

    /// A stage's configuration: all that can be set about it, and which file or artefact serves as which
    /// input.
    static Map<String, Object> configuration(StageSpec stage) {
        Map<String, Object> inputs = new TreeMap<>();
        for (Wire wire : stage.wires()) {
            inputs.put(
                    wire.shown(),
                    wire.from() instanceof Source.UserFile file
                            ? name(wire, file)
                            : wire.from().toString());
        }
        return Map.of("kind", stage.description().kind(), "settings", stage.settings(), "inputs", inputs);
    }

    /// Writes the receipt of a stage that is over.
    ///
    /// @param ran the stages before it, for the names of its inputs
    /// @throws IllegalArgumentException if what the stage says of itself breaks a rule of receipts
    void stage(StageSpec spec, StageView view, Map<String, StageView> ran) {
        Map<String, Object> configuration = configuration(spec);
        Instant now = clock.instant();
        StageRecordBuilder record = StageRecord.of(withCode(view), spec.name())
                .confidential(view.confidential())
                .upstream(spec.upstream())
                .config(RunIds.configDigest(configuration))
                .inputs(inputs(spec, view, ran))
                .outputs(outputs(view))
                .rows(stats(view), reasons(view))
                .seed(seed);
        view.cost()
                .ifPresentOrElse(
                        c -> record.times(c.startedAt(), c.finishedAt(), Duration.ofMillis(c.wallMillis()))
                                .peakMemory(c.peakMemoryBytes()),
                        () -> record.times(now, now, Duration.ZERO));
        view.outside().ifPresent(record::outside);
        view.reusedFrom().ifPresent(record::reusedFrom);
        Map<String, Profile> columns = view.confidential() ? Map.of() : columns(view);
        if (!columns.isEmpty()) {
            record.columns(columns);
        }
        switch (view.status()) {
            case PASSED -> record.validation(new Validation(true, List.of(), view.warnings(), tests(view)));
            case SKIPPED -> record.skippedBecauseOf(view.note().substring("upstream: ".length()));
            case FAILED ->
                record.validation(new Validation(
                        false,
                        List.of(view.failure().map(StageView.Failure::sentence).orElse("failed")),
                        view.warnings(),
                        List.of(Validation.Test.of("ended normally", Validation.Result.FAILED))));
            case WAITING, RUNNING, INTERRUPTED ->
                throw new IllegalStateException("stage '" + spec.name() + "' is not over");
        }
        StageRecord built = record.build();
        writer.stage(built, configuration, ProgramVersions.current());
        records.put(spec.name(), built);
    }

    /// What all stages share, with the code that this one can reach.
    private RunIdentity withCode(StageView view) {
        return view.code().isEmpty()
                ? identity
                : new RunIdentity(
                        identity.runId(),
                        identity.pipeline(),
                        view.code(),
                        identity.recordedAt(),
                        identity.invocationId());
    }

    private static List<Validation.Test> tests(StageView view) {
        List<Validation.Test> tests = new ArrayList<>();
        tests.add(Validation.Test.of("ended normally", Validation.Result.PASSED));
        if (view.outside().isPresent()) {
            // What depends on something outside may come out otherwise, and is not tested for it.
            return tests;
        }
        if (view.violations().isEmpty()) {
            tests.add(Validation.Test.of("same as before where nothing changed", Validation.Result.PASSED));
        } else {
            List<String> names = view.violations().stream()
                    .map(StageView.Violation::artefact)
                    .toList();
            tests.add(new Validation.Test(
                    "same as before where nothing changed",
                    Validation.Result.WARNED,
                    Optional.of("other than before: " + String.join(", ", names))));
        }
        return tests;
    }

    private static Stats stats(StageView view) {
        Map<String, Long> standard = new TreeMap<>(view.counts());
        standard.keySet().retainAll(Stats.NAMES);
        return Stats.of(standard);
    }

    private static Map<String, Long> reasons(StageView view) {
        Map<String, Long> reasons = new TreeMap<>(view.counts());
        reasons.keySet().removeIf(name -> !REASON.matcher(name).matches());
        return reasons;
    }

    private List<FileRef> inputs(StageSpec spec, StageView view, Map<String, StageView> ran) {
        Map<String, FileRef> refs = new LinkedHashMap<>();
        Map<String, String> digests = new LinkedHashMap<>();
        for (InputView input : view.inputs()) {
            digests.put(input.name(), input.digest());
        }
        for (Wire wire : spec.wires()) {
            String digest = digests.get(wire.shown());
            if (digest == null) {
                continue;
            }
            FileRef ref = switch (wire.from()) {
                case Source.UserFile file -> files.lastHashed(file).withName(name(wire, file));
                case Source.Output output -> artefact(output.stage(), made(output, ran));
            };
            refs.putIfAbsent(ref.name(), ref);
        }
        return List.copyOf(refs.values());
    }

    /// A user's file is named as in the study; one outside the study's folder by the input it serves and its
    /// own name; one that is confidential by the input alone.
    private static String name(Wire wire, Source.UserFile file) {
        String input = "inputs/" + wire.input() + (wire.label().isEmpty() ? "" : "." + wire.label());
        if (file.confidential()) {
            return input;
        }
        Path given = Path.of(file.given()).normalize();
        boolean outside =
                given.isAbsolute() || given.startsWith("..") || given.toString().isEmpty();
        return outside
                ? input + "/" + file.path().getFileName()
                : given.toString().replace('\\', '/');
    }

    private List<FileRef> outputs(StageView view) {
        List<FileRef> refs = new ArrayList<>();
        for (OutputView output : discretion.whole(view).outputs()) {
            // The files of a confidential folder are not named: their names may come from rows.
            if (output.form() == Form.FOLDER && !view.confidential()) {
                Path folder = layout.output(run, view.name(), output.file());
                for (FileRef file : store.files(view.key(), output, folder)) {
                    refs.add(file.withName(name(view.name(), file.name())));
                }
            } else {
                refs.add(artefact(view.name(), output));
            }
        }
        return refs;
    }

    /// Profiles of the columns of all tables, as `artefact.column`.
    private Map<String, Profile> columns(StageView view) {
        Map<String, Profile> columns = new TreeMap<>();
        for (OutputView output : view.outputs()) {
            if (output.form() == Form.TABLE) {
                Path file = layout.output(run, view.name(), output.file());
                store.profiles(view.key(), output, file)
                        .forEach((column, profile) -> columns.put(output.artefact() + "." + column, profile));
            }
        }
        return columns;
    }

    private static String name(String stage, String file) {
        return "outputs/" + stage + "/" + file;
    }

    /// The artefact that a stage really made.
    private OutputView made(Source.Output output, Map<String, StageView> ran) {
        StageView maker = Objects.requireNonNull(ran.get(output.stage()));
        return StageTask.artefact(output, Map.of(output.stage(), discretion.whole(maker)));
    }

    private FileRef artefact(String stage, OutputView output) {
        FileRef ref = new FileRef(
                name(stage, output.file()),
                new Digest(output.sha256()),
                new Digest(output.contentDigest()),
                output.bytes(),
                output.rows(),
                switch (output.form()) {
                    case TABLE -> Optional.of(PARQUET);
                    case DOCUMENT -> Optional.of(FileRef.JSON);
                    case FOLDER -> Optional.of(FileRef.FOLDER);
                    case FILE -> Optional.empty();
                });
        return discretion.told(stage, ref);
    }

    /// Writes summary and drift.
    ///
    /// @param stages in the order of the plan
    /// @return nothing if no stage has a receipt
    DriftView finish(List<StageView> stages) {
        List<StageRecord> ordered = stages.stream()
                .map(s -> records.get(s.name()))
                .filter(r -> r != null)
                .toList();
        Path present = layout.run(run);
        Optional<Path> prior = Drift.newestPassed(layout.runs(), identity.pipeline());
        Optional<String> priorId = prior.map(p -> ReceiptReader.at(p).summary().runId());
        writer.summary(RunSummary.of(ordered, priorId, clock));
        DriftReport report = Drift.compare(prior, present, drift, OutputColumns.READER, clock);
        writer.drift(report);
        return view(prior, report, stages);
    }

    /// The drift for people. A stage that came out other than the store remembers is told even if the run
    /// that made the earlier results is gone, and drift between runs cannot show it.
    private static DriftView view(Optional<Path> prior, DriftReport report, List<StageView> stages) {
        List<Flag> flags = new ArrayList<>();
        report.flags().forEach(f -> flags.add(new Flag(f.check().name(), f.subject(), f.text())));
        Severity severity = Severity.valueOf(report.severity().name());
        for (StageView stage : stages) {
            boolean told = flags.stream()
                    .anyMatch(f -> f.check().equals("D1") && f.subject().equals(stage.name()));
            if (!stage.violations().isEmpty() && !told) {
                flags.add(new Flag(
                        "D1",
                        stage.name(),
                        "deterministic violation: "
                                + stage.violations().getFirst().artefact()
                                + " came out other than before, though nothing it follows from had changed"));
                severity = Severity.ALERT;
            }
        }
        return new DriftView(prior.map(p -> String.valueOf(p.getFileName())), severity, flags);
    }

    /// Writes the last statement of the run, about everything in its folder. Nothing may be written there
    /// afterwards but signatures.
    void close(RunView done) {
        List<StageOutcome> stages = done.stages().stream()
                .map(s -> {
                    StageRecord record = records.get(s.name());
                    return record == null
                            ? StageOutcome.unfinished(s.name(), unfinished(s.status()))
                            : StageOutcome.of(record);
                })
                .toList();
        writer.outcome(RunOutcome.of(run, identity, status(done.status()), stages));
    }

    private static RunOutcome.Status status(RunView.Status status) {
        return switch (status) {
            case PASSED -> RunOutcome.Status.PASSED;
            case FAILED -> RunOutcome.Status.FAILED;
            case INTERRUPTED -> RunOutcome.Status.INTERRUPTED;
            case RUNNING -> throw new IllegalStateException("the run is not over");
        };
    }

    private static RunOutcome.StageStatus unfinished(StageView.Status status) {
        return switch (status) {
            case WAITING -> RunOutcome.StageStatus.WAITING;
            case RUNNING, INTERRUPTED -> RunOutcome.StageStatus.INTERRUPTED;
            case PASSED, FAILED, SKIPPED -> throw new IllegalStateException("a stage that is over has a receipt");
        };
    }

    /// The run's id for receipts.
    static String runId(String study, Object configuration, String codeVersion, List<FileRef> inputs, Instant at) {
        try {
            return RunIds.runId(study, RunIds.configDigest(configuration), codeVersion, RunIds.inputDigest(inputs), at);
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "the settings cannot be written down: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
