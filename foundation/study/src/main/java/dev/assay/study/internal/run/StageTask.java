package dev.assay.study.internal.run;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.files.OwnFolder;
import dev.assay.files.Unwritable;
import dev.assay.receipt.FileRef;
import dev.assay.receipt.Profile;
import dev.assay.study.Claim;
import dev.assay.study.Event;
import dev.assay.study.Metric;
import dev.assay.study.Stage;
import dev.assay.study.StageDescription.ArtefactPart;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageView;
import dev.assay.study.StageView.Cost;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.StageView.Violation;
import dev.assay.study.internal.store.ArtefactFiles;
import dev.assay.study.internal.store.FileLocks;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.Store;
import dev.assay.study.internal.store.Views;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// One stage of a run: takes its earlier results if they are whole, else runs it and keeps what it makes.
final class StageTask {
    /// What all stages of a run share.
    ///
    /// @param run        the run's id
    /// @param seed       the study's seed
    /// @param code       the code that stages can reach
    /// @param discretion what may be told of stages that read confidential files
    /// @param consent    asked before anything is sent
    /// @param claims     what the study claims
    /// @param fresh      whether earlier results do not count
    record Shared(
            Layout layout,
            Store store,
            Engine engine,
            EventStream events,
            CostMeter costs,
            StopSignal stop,
            InputFiles files,
            String run,
            long seed,
            StageCode code,
            Discretion discretion,
            RunConsent consent,
            List<Claim> claims,
            boolean fresh) {}

    private final StageSpec spec;
    private final Shared shared;
    private final Map<String, StageView> upstream;
    private InputFiles.Begun begun = InputFiles.Begun.NOTHING;
    private Optional<String> outside = Optional.empty();

    /// @param upstream the stages it depends on, all passed
    StageTask(StageSpec spec, Shared shared, Map<String, StageView> upstream) {
        this.spec = spec;
        this.shared = shared;
        this.upstream = upstream;
    }

    /// Does it. Never throws what the stage threw; that is in the result.
    ///
    /// @return what may be told of the stage
    /// @throws Fault (STORAGE) if the workspace cannot be written
    StageView run() {
        StageView view = Views.waiting(spec);
        try {
            begun = shared.files().begin(spec, upstream, shared.run());
            String code = shared.code().of(spec.description().stage());
            String key = StageKey.of(spec, code, begun.views(), shared.seed(), shared.discretion());
            view = Views.running(view, key, code, begun.views());
            FileLocks.Held lock = FileLocks.acquire(
                    shared.layout().files(),
                    shared.layout().entryLock(key),
                    new FileLocks.Owner(shared.run(), spec.name()),
                    Limits.ofProcess(),
                    who -> shared.events().tell(at -> new Event.StageWaiting(at, spec.name(), who)));
            try (lock) {
                return locked(view);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return interrupted(view);
        } catch (IOException e) {
            return shared.stop().requested()
                    ? interrupted(view)
                    : failed(
                            view,
                            Optional.empty(),
                            Unwritable.fault(e, shared.layout().root(), "workspace"));
        } catch (Fault fault) {
            // Reading that is interrupted looks like a file that cannot be read.
            return shared.stop().requested() ? interrupted(view) : failed(view, Optional.empty(), fault);
        }
    }

    private StageView locked(StageView view) throws IOException {
        Optional<StageView> before = Optional.empty();
        switch (shared.store().find(view.key())) {
            case Store.Found.Absent absent -> {}
            case Store.Found.Whole whole -> {
                if (!shared.fresh() && says(whole.manifest())) {
                    return shared.discretion().disclosed(reused(Views.reused(whole.manifest(), view, whole.run())));
                }
                before = Optional.of(whole.manifest());
            }
            case Store.Found.Damaged damaged -> {
                before = damaged.manifest();
                shared.events().tell(at -> new Event.EntryDamaged(at, spec.name(), view.key(), damaged.sentence()));
                shared.store().discard(view.key());
            }
        }
        return worked(view, before);
    }

    /// The stage's metrics that claims of this study are about.
    private Set<String> claimed() {
        return shared.claims().stream()
                .filter(c -> c.stage().equals(spec.name()))
                .map(Claim::metric)
                .collect(Collectors.toSet());
    }

    /// Whether earlier results say all that claims ask for. One of very many metrics may not have
    /// been kept when nobody had asked for it yet.
    private boolean says(StageView manifest) {
        return !manifest.counts().containsKey(Observations.METRICS_LEFT_OUT)
                || claimed().stream().allMatch(name -> manifest.metric(name).isPresent());
    }

    private StageView reused(StageView view) {
        if (shared.discretion().about(spec.name())) {
            Set<String> told = shared.store().disclosed(view.key()).stream()
                    .flatMap(s -> s.metrics().stream())
                    .map(Metric::name)
                    .collect(Collectors.toSet());
            shared.discretion().reuse(spec.name(), told);
        }
        show(view);
        shared.events().tell(at -> new Event.StageReused(at, view.name(), view.kind(), view.key()));
        Recording.repeat(view, shared.events());
        return view;
    }

    /// The results are there: in the run's folder, for the stages that use them, and for the claims.
    private void show(StageView view) {
        shared.store().show(view.key(), view.outputs(), outputs());
        shared.files().made(shared.run(), spec.name(), view.outputs());
        shared.discretion().remember(view);
    }

    private StageView worked(StageView view, Optional<StageView> before) throws IOException {
        OwnFolder files = shared.layout().files();
        Path place = files.fresh(shared.layout().temporary(shared.run(), spec.name()));
        Path folder = files.folder(place.resolve("folder"));
        Path entry = files.folder(place.resolve("entry"));
        Path tables = files.folder(place.resolve("tables"));
        // What an earlier attempt left counts only if nobody touched the inputs since that attempt
        // began: it may have been stopped before it could find that they were changed.
        shared.store().keepResumable(view.key(), begun.digest(), shared.fresh());
        Path left = shared.layout().resumable(view.key());
        String digest = begun.digest();
        Supplier<Path> resumable = () -> shared.store().resumable(view.key(), digest);
        Optional<Seed> seed = spec.draws() ? Optional.of(Seed.of(shared.seed()).child(spec.name())) : Optional.empty();
        Recording recording = new Recording(
                spec.name(),
                seed,
                shared.engine(),
                folder,
                userFiles(),
                resumable,
                shared.consent().of(spec),
                shared.events(),
                claimed()::contains);
        shared.events().tell(at -> new Event.StageStarted(at, spec.name(), view.kind()));
        CostMeter.Running cost = shared.costs().begin();
        Optional<Cost> spent = Optional.empty();
        try {
            List<OutputView> outputs =
                    made(recording, new ArtefactFiles.Places(folder, entry, tables.resolve("spill"), files), tables);
            Cost whole = cost.end();
            spent = Optional.of(whole);
            try {
                shared.files().checkUntouched(spec, begun, upstream, shared.run());
            } catch (Fault touched) {
                // What it left to go on from may have been made of what it should not have read.
                shared.store().forget(view.key());
                throw touched;
            }
            List<Violation> violations = outside.isPresent() ? List.of() : violations(before, outputs);
            StageView done = Views.outside(recording.close(Views.passed(view, outputs, whole, violations)), outside);
            synchronized (shared.stop()) {
                if (shared.stop().requested()) {
                    return interrupted(Views.outside(recording.close(view), outside));
                }
            }
            if (shared.discretion().about(spec.name())) {
                shared.store().keepDisclosed(entry, shared.discretion().disclosed(done));
            }
            shared.store().publish(view.key(), entry, done, shared.run());
            shared.store().forget(view.key());
            show(done);
            violations.forEach(v -> shared.events().tell(at -> new Event.ResultChanged(at, spec.name(), v)));
            shared.events().tell(at -> new Event.StageFinished(at, spec.name(), whole));
            return shared.discretion().disclosed(done);
        } catch (Throwable failure) {
            Cost whole = spent.isPresent() ? spent.get() : cost.end();
            StageView silent = Views.outside(recording.close(view), outside);
            if (shared.stop().requested() || stoppedBy(failure)) {
                return interrupted(silent);
            }
            return failed(silent, Optional.of(whole), touched(view, failure).orElse(failure));
        } finally {
            if (files.isFolder(left)) {
                // The stage wrote there as it writes anywhere.
                files.close(left);
            }
            files.delete(place);
        }
    }

    /// The user's files by the inputs that take one.
    private Map<String, Path> userFiles() {
        Map<String, Path> files = new LinkedHashMap<>();
        for (StageSpec.Wire wire : spec.wires()) {
            if (wire.from() instanceof Source.UserFile file && wire.label().isEmpty()) {
                files.put(wire.input(), file.path());
            }
        }
        return files;
    }

    /// What to say of a stage that failed if its inputs were changed while it ran: whatever it found
    /// wrong with them may have come of that.
    private Optional<Throwable> touched(StageView view, Throwable failure) {
        try {
            shared.files().checkUntouched(spec, begun, upstream, shared.run());
            return Optional.empty();
        } catch (Fault touched) {
            if (touched != failure) {
                touched.addSuppressed(failure);
            }
            shared.store().forget(view.key());
            return Optional.of(touched);
        }
    }

    /// Whether a failure comes from an interrupt of the stage's thread.
    private static boolean stoppedBy(Throwable failure) {
        return failure instanceof InterruptedException
                || (failure instanceof CancellationException
                        && Thread.currentThread().isInterrupted());
    }

    private List<OutputView> made(Recording recording, ArtefactFiles.Places places, Path tables) throws IOException {
        InputFiles.Arguments arguments = shared.files().input(spec, begun, upstream, shared.run(), tables);
        shared.discretion().read(spec.name(), arguments.byComponent());
        arguments.notes().forEach(recording::warn);
        Record output = call(spec.description().stage(), arguments, recording);
        List<OutputView> outputs = new ArrayList<>();
        Map<String, Map<String, Profile>> profiles = new LinkedHashMap<>();
        Map<String, List<FileRef>> files = new LinkedHashMap<>();
        for (ArtefactPart part : spec.description().artefacts()) {
            Object value = component(output, part);
            ArtefactFiles.Written written = ArtefactFiles.write(part, value, places, shared.engine());
            outputs.add(written.view());
            if (!written.files().isEmpty()) {
                files.put(part.name(), written.files());
            }
            if (!written.profiles().isEmpty()) {
                profiles.put(part.name(), written.profiles());
            }
        }
        shared.store().keepProfiles(places.entry(), profiles);
        shared.store().keepFiles(places.entry(), files);
        return outputs;
    }

    private <I extends Record, O extends Record> Record call(
            Stage<I, O> stage, InputFiles.Arguments arguments, Recording recording) {
        I input = arguments.into(stage.input());
        outside = stage.outside(input);
        return stage.run(input, recording);
    }

    private static Object component(Record output, ArtefactPart part) {
        for (RecordComponent component : output.getClass().getRecordComponents()) {
            if (component.getName().equals(part.component())) {
                try {
                    component.getAccessor().setAccessible(true);
                    Object value = component.getAccessor().invoke(output);
                    if (value != null) {
                        return value;
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("artefact '" + part.name() + "' cannot be read", e);
                }
            }
        }
        throw new IllegalStateException("artefact '" + part.name() + "' is missing from the stage's output");
    }

    /// Artefacts of the same key that say something else than before.
    private static List<Violation> violations(Optional<StageView> before, List<OutputView> outputs) {
        List<Violation> violations = new ArrayList<>();
        for (OutputView then : before.map(StageView::outputs).orElse(List.of())) {
            for (OutputView now : outputs) {
                if (now.artefact().equals(then.artefact())
                        && !now.contentDigest().equals(then.contentDigest())) {
                    violations.add(new Violation(now.artefact(), then.contentDigest(), now.contentDigest()));
                }
            }
        }
        return violations;
    }

    private StageView failed(StageView view, Optional<Cost> cost, Throwable failure) {
        boolean confidential = shared.discretion().about(spec.name());
        Path trace = confidential
                ? shared.layout().withheldTrace(shared.run(), spec.name())
                : shared.layout().trace(shared.run(), spec.name());
        Fault fault = Failures.fault(failure, trace);
        Failures.keepTrace(failure, trace, shared.layout().files());
        String sentence = String.valueOf(fault.getMessage());
        shared.events().tell(at -> new Event.StageFailed(at, spec.name(), fault.kind(), sentence));
        StageView failed = Views.failed(view, cost, new StageView.Failure(fault.kind(), sentence));
        shared.discretion().remember(failed);
        return shared.discretion().disclosed(failed);
    }

    private StageView interrupted(StageView view) {
        shared.events().tell(at -> new Event.StageInterrupted(at, spec.name()));
        return shared.discretion().disclosed(Views.withStatus(view, StageView.Status.INTERRUPTED));
    }

    private Path outputs() {
        return shared.layout().outputs(shared.run(), spec.name());
    }

    /// The artefact of an upstream stage that a source names.
    static OutputView artefact(Source.Output source, Map<String, StageView> upstream) {
        StageView stage = upstream.get(source.stage());
        if (stage == null) {
            throw new IllegalStateException("stage '" + source.stage() + "' has not run");
        }
        return stage.outputs().stream()
                .filter(o -> o.artefact().equals(source.artefact()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(source + " was not made"));
    }
}
