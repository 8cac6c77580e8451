package dev.assay.study.internal.run;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.receipt.FileRef;
import dev.assay.receipt.Profile;
import dev.assay.study.Event;
import dev.assay.study.Stage;
import dev.assay.study.StageDescription.ArtefactPart;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageView;
import dev.assay.study.StageView.Cost;
import dev.assay.study.StageView.InputView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.StageView.Violation;
import dev.assay.study.internal.store.ArtefactFiles;
import dev.assay.study.internal.store.FileLocks;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.Profiles;
import dev.assay.study.internal.store.Storage;
import dev.assay.study.internal.store.Store;
import dev.assay.study.internal.store.Views;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// One stage of a run: takes its earlier results if they are whole, else runs it and keeps what it makes.
final class StageTask {
    /// What all stages of a run share.
    ///
    /// @param run         the run's id
    /// @param seed        the study's seed
    /// @param codeVersion the version of the program
    /// @param fresh       whether earlier results do not count
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
            String codeVersion,
            boolean fresh) {}

    private final StageSpec spec;
    private final Shared shared;
    private final Map<String, StageView> upstream;

    /// @param upstream the stages it depends on, all passed
    StageTask(StageSpec spec, Shared shared, Map<String, StageView> upstream) {
        this.spec = spec;
        this.shared = shared;
        this.upstream = upstream;
    }

    /// Does it. Never throws what the stage threw; that is in the result.
    ///
    /// @throws Fault (STORAGE) if the workspace cannot be written
    StageView run() {
        StageView view = Views.waiting(spec);
        try {
            List<InputView> inputs = shared.files().views(spec, upstream);
            String key = StageKey.of(spec, shared.codeVersion(), inputs, shared.seed());
            view = Views.running(view, key, inputs);
            FileLocks.Held lock = FileLocks.acquire(shared.layout().entryLock(key));
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
                            Storage.fault(e, shared.layout().root()));
        } catch (Fault fault) {
            return failed(view, Optional.empty(), fault);
        }
    }

    private StageView locked(StageView view) throws IOException {
        Optional<StageView> before = Optional.empty();
        switch (shared.store().find(view.key())) {
            case Store.Found.Absent absent -> {}
            case Store.Found.Whole whole -> {
                if (!shared.fresh()) {
                    return reused(Views.reused(whole.manifest(), view));
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

    private StageView reused(StageView view) throws IOException {
        shared.store().show(view.key(), view.outputs(), outputs());
        shared.events().tell(at -> new Event.StageReused(at, view.name(), view.kind(), view.key()));
        Recording.repeat(view, shared.events());
        return view;
    }

    private StageView worked(StageView view, Optional<StageView> before) throws IOException {
        Path place = shared.layout().temporary(shared.run()).resolve(spec.name());
        Storage.delete(place);
        Path folder = Files.createDirectories(place.resolve("folder"));
        Path entry = Files.createDirectories(place.resolve("entry"));
        Seed seed = Seed.of(shared.seed()).child(spec.name());
        Recording recording =
                new Recording(spec.name(), seed, shared.engine(), folder, place.resolve("resumable"), shared.events());
        shared.events().tell(at -> new Event.StageStarted(at, spec.name(), view.kind()));
        CostMeter.Running cost = shared.costs().begin();
        Optional<Cost> spent = Optional.empty();
        try {
            List<OutputView> outputs = made(recording, folder, entry);
            Cost whole = cost.end();
            spent = Optional.of(whole);
            shared.files().checkUnchanged(spec);
            List<Violation> violations = violations(before, outputs);
            StageView done = recording.close(Views.passed(view, outputs, whole, violations));
            synchronized (shared.stop()) {
                if (shared.stop().requested()) {
                    return interrupted(recording.close(view));
                }
            }
            shared.store().publish(view.key(), entry, done);
            shared.store().show(view.key(), outputs, outputs());
            violations.forEach(v -> shared.events().tell(at -> new Event.ResultChanged(at, spec.name(), v)));
            shared.events().tell(at -> new Event.StageFinished(at, spec.name(), whole));
            return done;
        } catch (Throwable failure) {
            Cost whole = spent.isPresent() ? spent.get() : cost.end();
            StageView silent = recording.close(view);
            if (shared.stop().requested() || stoppedBy(failure)) {
                return interrupted(silent);
            }
            return failed(silent, Optional.of(whole), failure);
        } finally {
            Storage.delete(place);
        }
    }

    /// Whether a failure comes from an interrupt of the stage's thread.
    private static boolean stoppedBy(Throwable failure) {
        return failure instanceof InterruptedException
                || (failure instanceof CancellationException
                        && Thread.currentThread().isInterrupted());
    }

    private List<OutputView> made(Recording recording, Path folder, Path entry) throws IOException {
        Record output = call(spec.description().stage(), shared.files().input(spec, upstream, shared.run()), recording);
        List<OutputView> outputs = new ArrayList<>();
        Map<String, Map<String, Profile>> profiles = new LinkedHashMap<>();
        Map<String, List<FileRef>> files = new LinkedHashMap<>();
        for (ArtefactPart part : spec.description().artefacts()) {
            Object value = component(output, part);
            ArtefactFiles.Written written = ArtefactFiles.write(part, value, folder, entry);
            outputs.add(written.view());
            if (!written.files().isEmpty()) {
                files.put(part.name(), written.files());
            }
            if (value instanceof Frame frame) {
                profiles.put(part.name(), Profiles.of(frame, shared.engine()));
            }
        }
        shared.store().keepProfiles(entry, profiles);
        shared.store().keepFiles(entry, files);
        return outputs;
    }

    private static <I extends Record, O extends Record> Record call(
            Stage<I, O> stage, InputFiles.Arguments arguments, Recording recording) {
        return stage.run(arguments.into(stage.input()), recording);
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
        Path trace = shared.layout().trace(shared.run(), spec.name());
        Fault fault = Failures.fault(failure, trace);
        Failures.keepTrace(failure, shared.layout(), shared.run(), spec.name());
        String sentence = String.valueOf(fault.getMessage());
        shared.events().tell(at -> new Event.StageFailed(at, spec.name(), fault.kind(), sentence));
        return Views.failed(view, cost, new StageView.Failure(fault.kind(), sentence));
    }

    private StageView interrupted(StageView view) {
        shared.events().tell(at -> new Event.StageInterrupted(at, spec.name()));
        return Views.withStatus(view, StageView.Status.INTERRUPTED);
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
