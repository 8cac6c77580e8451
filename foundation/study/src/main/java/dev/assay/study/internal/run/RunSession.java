package dev.assay.study.internal.run;

import dev.assay.engine.Engine;
import dev.assay.files.Unwritable;
import dev.assay.receipt.Digest;
import dev.assay.receipt.FileRef;
import dev.assay.receipt.RunIdentity;
import dev.assay.study.Claim;
import dev.assay.study.Event;
import dev.assay.study.EventListener;
import dev.assay.study.Metric;
import dev.assay.study.Plan;
import dev.assay.study.RunPage;
import dev.assay.study.RunSettings;
import dev.assay.study.RunView;
import dev.assay.study.RunView.ClaimView;
import dev.assay.study.RunView.DriftView;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageView;
import dev.assay.study.StudyFile;
import dev.assay.study.Workspace;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.RunFiles;
import dev.assay.study.internal.store.Store;
import dev.assay.study.internal.store.UserKey;
import dev.assay.study.internal.store.Views;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One run from beginning to end.
public final class RunSession {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int ID_DIGITS = 6;

    private final Workspace workspace;
    private final Layout layout;
    private final UserKey user;
    private final Engine engine;
    private final Clock clock;
    private final RunSettings settings;
    private final EventListener listener;
    private final RunPage page;
    private final StopSignal stop;
    private final Plan plan;

    public RunSession(
            Workspace workspace,
            Engine engine,
            Clock clock,
            RunSettings settings,
            EventListener listener,
            RunPage page,
            StopSignal stop,
            Plan plan) {
        this.workspace = workspace;
        this.layout = Layout.of(workspace.folder()).claimed();
        this.user = UserKey.ofProcess();
        this.engine = engine;
        this.clock = clock;
        this.settings = settings;
        this.listener = listener;
        this.page = page;
        this.stop = stop;
        this.plan = plan;
    }

    /// Carries the plan out.
    public RunView run() {
        StudyFile study = plan.study();
        RunConsent consent = new RunConsent(settings.consent(), plan);
        consent.begin(() -> new Forecaster(workspace, settings, clock).forecast(plan));
        StageCode code = new StageCode(settings.codeVersion());
        String codeVersion = code.of(plan);
        Discretion discretion = Discretion.of(plan, layout);
        InputFiles inputs = new InputFiles(layout, discretion, clock);
        Instant begin = clock.instant();
        String receiptId = Receipts.runId(study.name(), configuration(), codeVersion, userFiles(inputs), begin);
        RunFiles.sweep(layout);
        Coordinator coordinator = new Coordinator(plan, stop, settings.parallelStages());
        stop.begin(coordinator.waker());
        try (RunFiles files = RunFiles.open(
                layout, ID_TIME.format(begin) + "-" + receiptId.substring(0, ID_DIGITS), study.disclosed())) {
            RunBoard board = new RunBoard(
                    files,
                    new RunView(
                            files.id(),
                            receiptId,
                            study.name(),
                            study.title(),
                            study.about(),
                            study.seed(),
                            RunView.Status.RUNNING,
                            codeVersion,
                            code.parts(plan),
                            begin,
                            Optional.empty(),
                            plan.stages().stream().map(Views::waiting).toList(),
                            List.of(),
                            Optional.empty()));
            RunIdentity identity = new RunIdentity(
                    receiptId,
                    study.name(),
                    codeVersion,
                    begin,
                    UUID.randomUUID().toString());
            Store store = new Store(layout, user);
            Receipts receipts = new Receipts(
                    layout, store, files.id(), identity, study, inputs, discretion, settings.signer(), clock);
            RunView done;
            try (EventStream events = new EventStream(
                            layout.files(),
                            layout.run(files.id()).resolve("events.jsonl"),
                            listener,
                            clock,
                            discretion);
                    CostMeter costs = new CostMeter(clock)) {
                StageTask.Shared shared = new StageTask.Shared(
                        layout,
                        store,
                        engine,
                        events,
                        costs,
                        stop,
                        inputs,
                        files.id(),
                        study.seed(),
                        code,
                        discretion,
                        consent,
                        study.claims(),
                        settings.fresh());
                List<String> names = plan.stages().stream().map(StageSpec::name).toList();
                events.tell(at -> new Event.RunStarted(at, files.id(), study.name(), names));
                user.warning().ifPresent(sentence -> events.tell(at -> new Event.Noted(at, sentence)));
                coordinator.run(shared, board, receipts);
                done = finish(board, receipts, events, discretion);
            }
            try {
                page.write(done, layout.run(files.id()));
            } finally {
                receipts.close(done);
                // The page and the receipts are written as their readers outside a workspace need them.
                layout.files().close(layout.run(done.id()));
            }
            return done;
        } catch (IOException e) {
            throw Unwritable.fault(e, layout.root(), "workspace");
        } finally {
            stop.end(coordinator.waker());
            if (coordinator.wasInterrupted()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Map<String, Object> configuration() {
        Map<String, Object> stages = new LinkedHashMap<>();
        plan.stages().forEach(s -> stages.put(s.name(), Receipts.configuration(s)));
        return Map.of(
                "seed",
                Long.toString(plan.study().seed()),
                "stages",
                stages,
                "drift",
                plan.study().drift());
    }

    private List<FileRef> userFiles(InputFiles inputs) {
        Map<String, FileRef> refs = new LinkedHashMap<>();
        for (StageSpec stage : plan.stages()) {
            stage.wires().forEach(w -> {
                if (w.from() instanceof Source.UserFile file) {
                    Digest digest = inputs.hashed(file).sha256();
                    // Confidential files have no names to be told apart by.
                    String told = file.confidential() ? stage.name() + "/" + w.shown() : file.given();
                    String name = "f" + Digest.of(told).shorter();
                    refs.put(name, new FileRef(name, digest, digest, 0, Optional.empty(), Optional.empty()));
                }
            });
        }
        return List.copyOf(refs.values());
    }

    private RunView finish(RunBoard board, Receipts receipts, EventStream events, Discretion discretion) {
        RunView run = board.view();
        RunView.Status status = status(run);
        List<ClaimView> claims = new ArrayList<>();
        for (Claim claim : plan.study().claims()) {
            Optional<Metric> measured =
                    run.stage(claim.stage()).map(discretion::whole).flatMap(s -> s.metric(claim.metric()));
            ClaimView judged = new ClaimView(
                    claim,
                    measured.map(claim::judge).orElse(Claim.Verdict.NOT_MEASURED),
                    measured.flatMap(m -> discretion.disclosed(claim.stage(), m)));
            claims.add(judged);
            events.tell(at -> new Event.ClaimJudged(at, judged));
        }
        Optional<DriftView> drift =
                status == RunView.Status.INTERRUPTED ? Optional.empty() : Optional.of(receipts.finish(run.stages()));
        RunView done = board.finish(status, clock.instant(), claims, drift);
        events.tell(at -> new Event.RunFinished(at, done.id(), done.status(), done.exitCode()));
        return done;
    }

    private static RunView.Status status(RunView run) {
        boolean unfinished = run.stages().stream().anyMatch(s -> switch (s.status()) {
            case WAITING, RUNNING, INTERRUPTED -> true;
            case PASSED, FAILED, SKIPPED -> false;
        });
        if (unfinished) {
            return RunView.Status.INTERRUPTED;
        }
        return run.stages().stream().allMatch(s -> s.status() == StageView.Status.PASSED)
                ? RunView.Status.PASSED
                : RunView.Status.FAILED;
    }
}
