package dev.assay.study.internal.run;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import dev.assay.frame.Reading;
import dev.assay.receipt.Digest;
import dev.assay.receipt.FileRef;
import dev.assay.study.StageDescription.InputPart;
import dev.assay.study.StageDescription.SettingPart;
import dev.assay.study.StageDescription.Shape;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageSpec.Wire;
import dev.assay.study.StageView;
import dev.assay.study.StageView.InputView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.internal.bind.SettingBinder;
import dev.assay.study.internal.store.ArtefactFiles;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.Stamp;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The inputs of a run's stages: their digests, and the things themselves.
///
/// A stage always gets what was read back from disk, never the object that an earlier stage made: so it
/// cannot matter whether that stage ran just now or was reused. What several stages use is read once, while
/// memory lasts.
final class InputFiles {
    private final Layout layout;
    private final Discretion discretion;
    private final UserFiles userFiles;
    private final Map<String, Made> made = new ConcurrentHashMap<>();
    private final Map<Kept, SoftReference<ArtefactFiles.Read>> kept = new ConcurrentHashMap<>();

    /// @param discretion gives confidential files the digests that may be told
    InputFiles(Layout layout, Discretion discretion, Clock clock) {
        this.layout = layout;
        this.discretion = discretion;
        this.userFiles = new UserFiles(clock);
    }

    /// An artefact as it was made or found whole.
    private record Made(OutputView output, Stamp stamp) {}

    /// Something that was read. The stamp is part of it, so that what was read while a file held other
    /// bytes is never taken for what it holds again.
    private record Kept(Shape shape, String name, String digest, Stamp stamp) {}

    /// A stage's inputs as they were when it began.
    ///
    /// @param views where they come from and their digests
    /// @param files the user's files by path
    /// @param made  the artefacts of earlier stages by path
    record Begun(List<InputView> views, Map<Path, UserFiles.Known> files, Map<Path, Stamp> made) {
        /// Before a stage has begun.
        static final Begun NOTHING = new Begun(List.of(), Map.of(), Map.of());

        /// A digest of what the file system says of all inputs: what an earlier attempt has made of
        /// them can be gone on with only if they have not been touched since.
        String digest() {
            SortedSet<String> all = new TreeSet<>();
            files.forEach((path, known) -> all.add(path + " " + known.stamp().digest(true)));
            made.values().forEach(stamp -> all.add(stamp.digest(false)));
            return Digest.of(String.join("\n", all)).hex();
        }
    }

    /// The values of an input record by component.
    ///
    /// @param notes what is to be told of tables in the user's files
    record Arguments(Map<String, Object> byComponent, List<String> notes) {
        <I extends Record> I into(Class<I> type) {
            return SettingBinder.construct(type, byComponent);
        }
    }

    /// The artefacts of a stage of the run have been made, or found whole.
    ///
    /// @param outputs with the digests of their bytes
    void made(String run, String stage, List<OutputView> outputs) {
        for (OutputView output : outputs) {
            Path path = layout.output(run, stage, output.file());
            made.put(stage + "." + output.artefact(), new Made(output, Stamp.of(path)));
        }
    }

    /// Where a stage's inputs come from and their digests.
    ///
    /// @throws Fault (MISSING_FILE) if a file has gone or cannot be read; (BAD_DATA) if it was changed
    ///     since the run began
    List<InputView> views(StageSpec stage, Map<String, StageView> upstream) {
        List<InputView> views = new ArrayList<>();
        for (Wire wire : stage.wires()) {
            String digest = switch (wire.from()) {
                case Source.UserFile file -> hashed(file).sha256().hex();
                case Source.Output output -> StageKey.digest(StageTask.artefact(output, upstream));
            };
            views.add(new InputView(wire.shown(), wire.from().toString(), digest));
        }
        return views;
    }

    /// A stage of the run begins.
    ///
    /// @throws Fault as [#views(StageSpec, Map)], and (BAD_DATA) if an artefact was changed since it was
    ///     made
    Begun begin(StageSpec stage, Map<String, StageView> upstream, String run) {
        List<InputView> views = views(stage, upstream);
        Map<Path, UserFiles.Known> files = new HashMap<>();
        Map<Path, Stamp> artefacts = new HashMap<>();
        for (Wire wire : stage.wires()) {
            switch (wire.from()) {
                case Source.UserFile file -> files.put(file.path(), userFiles.current(file));
                case Source.Output output -> {
                    Path path = path(output, upstream, run);
                    artefacts.put(path, unchanged(output, path));
                }
            }
        }
        return new Begun(views, files, artefacts);
    }

    /// The stamp of an artefact that is as it was made.
    private Stamp unchanged(Source.Output output, Path path) {
        Made before = made.get(output.toString());
        if (before == null) {
            throw new IllegalStateException(output + " was not made");
        }
        Stamp now = stamp(output, path);
        if (before.stamp().differenceButForLinks(now).isPresent()
                && !ArtefactFiles.digest(path).equals(before.output().sha256())) {
            throw changed(output);
        }
        return now;
    }

    private static Stamp stamp(Source.Output output, Path path) {
        try {
            return Stamp.of(path);
        } catch (UncheckedIOException gone) {
            throw changed(output);
        }
    }

    private static Fault changed(Source.Output output) {
        return Fault.of(
                        Fault.Kind.BAD_DATA,
                        "it was changed in the workspace since it was made; run again, it is then made anew")
                .at(output.toString());
    }

    /// The user's file as it was hashed, with what may be told of it.
    ///
    /// @throws Fault as [#views(StageSpec, Map)]
    FileRef hashed(Source.UserFile file) {
        return told(file, userFiles.current(file));
    }

    /// The same of a file that has been looked at before, without looking again.
    FileRef lastHashed(Source.UserFile file) {
        return told(file, userFiles.known(file));
    }

    private FileRef told(Source.UserFile file, UserFiles.Known known) {
        return file.confidential() ? discretion.disclosed(known.ref()) : known.ref();
    }

    /// Checks that a stage's inputs are those that it began with: results must not be filed under the
    /// digest of others.
    ///
    /// @throws Fault (BAD_DATA) with its name if one was changed meanwhile
    void checkUntouched(StageSpec stage, Begun begun, Map<String, StageView> upstream, String run) {
        for (Wire wire : stage.wires()) {
            switch (wire.from()) {
                case Source.UserFile file ->
                    userFiles.checkUntouched(
                            file, Objects.requireNonNull(begun.files().get(file.path())));
                case Source.Output output -> {
                    Path path = path(output, upstream, run);
                    Stamp before = Objects.requireNonNull(begun.made().get(path));
                    if (before.differenceButForLinks(stamp(output, path)).isPresent()) {
                        throw changed(output);
                    }
                }
            }
        }
    }

    private Path path(Source.Output output, Map<String, StageView> upstream, String run) {
        return layout.output(
                run, output.stage(), StageTask.artefact(output, upstream).file());
    }

    /// The input record's values.
    ///
    /// @param begun as the inputs were when the stage began
    /// @param run   the run whose outputs are read
    /// @param folder the stage's own, for tables that are not held and not Parquet yet
    /// @throws Fault if a file does not hold what the stage needs
    Arguments input(StageSpec stage, Begun begun, Map<String, StageView> upstream, String run, Path folder) {
        requireRoom(stage, upstream, run);
        Map<String, Object> byComponent = new HashMap<>();
        List<String> notes = new ArrayList<>();
        for (SettingPart part : stage.description().settings()) {
            byComponent.put(part.component(), SettingBinder.component(part, stage.values()));
        }
        for (InputPart part : stage.description().inputs()) {
            Map<String, Object> given = new LinkedHashMap<>();
            for (Wire wire : stage.wires()) {
                if (wire.input().equals(part.name())) {
                    ArtefactFiles.Read read = read(part.shape(), wire.from(), begun, upstream, run, folder);
                    given.put(wire.label(), read.value());
                    notes.addAll(told(wire.shown(), read.columns()));
                }
            }
            byComponent.put(part.component(), argument(part, given));
        }
        return new Arguments(byComponent, notes);
    }

    /// Checks that the tables that a stage holds fit into the heap, before the first of them is read.
    ///
    /// @throws Fault (BAD_DATA) if they do not
    private void requireRoom(StageSpec stage, Map<String, StageView> upstream, String run) {
        Map<Path, String> held = new LinkedHashMap<>();
        for (InputPart part : stage.description().inputs()) {
            if (part.shape() instanceof Shape.Table table && table.held()) {
                stage.wires().stream()
                        .filter(w -> w.input().equals(part.name()))
                        .forEach(w -> {
                            Path path = switch (w.from()) {
                                case Source.UserFile file -> file.path();
                                case Source.Output output -> path(output, upstream, run);
                            };
                            held.putIfAbsent(path, w.shown());
                        });
            }
        }
        HeldTables.require(held);
    }

    private static Object argument(InputPart part, Map<String, Object> given) {
        if (given.isEmpty() && part.optional()) {
            return Optional.empty();
        }
        Object value = part.labelled()
                ? Collections.unmodifiableMap(given)
                : given.values().iterator().next();
        return part.optional() ? Optional.of(value) : value;
    }

    private static List<String> told(String input, List<Reading.ColumnReading> columns) {
        return columns.stream()
                .filter(column -> !column.note().isEmpty())
                .map(column ->
                        "Input '" + input + "': column '" + OneLine.of(column.name()) + "' " + column.note() + ".")
                .toList();
    }

    private ArtefactFiles.Read read(
            Shape shape, Source from, Begun begun, Map<String, StageView> upstream, String run, Path folder) {
        return switch (from) {
            case Source.UserFile file -> {
                UserFiles.Known known = Objects.requireNonNull(begun.files().get(file.path()));
                yield read(shape, file.path(), known.ref().sha256().hex(), known.stamp(), folder, true);
            }
            case Source.Output output -> {
                OutputView artefact = StageTask.artefact(output, upstream);
                Path path = path(output, upstream, run);
                yield read(
                        shape,
                        path,
                        artefact.sha256(),
                        Objects.requireNonNull(begun.made().get(path)),
                        folder,
                        false);
            }
        };
    }

    /// @param foreign whether the file is the user's own
    private ArtefactFiles.Read read(Shape shape, Path file, String digest, Stamp stamp, Path folder, boolean foreign) {
        if (shape instanceof Shape.FileOrFolder) {
            // A walk through a folder does not follow the link that leads to it.
            Path path = Files.isSymbolicLink(file) && Files.isDirectory(file) ? UserFiles.real(file) : file;
            return new ArtefactFiles.Read(path, List.of());
        }
        if (shape instanceof Shape.Table table && !table.held()) {
            return readNow(shape, file, folder, foreign);
        }
        Kept key = new Kept(shape, String.valueOf(file.getFileName()), digest, stamp);
        SoftReference<ArtefactFiles.Read> reference = kept.get(key);
        ArtefactFiles.Read value = reference == null ? null : reference.get();
        if (value == null) {
            value = readNow(shape, file, folder, foreign);
            kept.put(key, new SoftReference<>(value));
        }
        return value;
    }

    private static ArtefactFiles.Read readNow(Shape shape, Path file, Path folder, boolean foreign) {
        return foreign
                ? ArtefactFiles.foreign(shape, file, folder)
                : new ArtefactFiles.Read(ArtefactFiles.read(shape, file), List.of());
    }
}
