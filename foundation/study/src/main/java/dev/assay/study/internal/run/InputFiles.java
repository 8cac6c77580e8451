package dev.assay.study.internal.run;

import dev.assay.fault.Fault;
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
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The inputs of a run's stages: their digests, and the things themselves.
///
/// A stage always gets what was read back from disk, never the object that an earlier stage made: so it
/// cannot matter whether that stage ran just now or was reused. What several stages use is read once, while
/// memory lasts.
final class InputFiles {
    private final Layout layout;
    private final Map<Path, Stamp> stamps = new ConcurrentHashMap<>();
    private final Map<String, SoftReference<Object>> kept = new ConcurrentHashMap<>();

    InputFiles(Layout layout) {
        this.layout = layout;
    }

    /// A user's file as it was when it was hashed.
    private record Stamp(String digest, long bytes, long modified) {}

    /// The values of an input record by component.
    record Arguments(Map<String, Object> byComponent) {
        <I extends Record> I into(Class<I> type) {
            return SettingBinder.construct(type, byComponent);
        }
    }

    /// Where a stage's inputs come from and their digests.
    ///
    /// @throws Fault (MISSING_FILE) if a file has gone or cannot be read
    List<InputView> views(StageSpec stage, Map<String, StageView> upstream) {
        List<InputView> views = new ArrayList<>();
        for (Wire wire : stage.wires()) {
            String digest = switch (wire.from()) {
                case Source.UserFile file -> stamp(file).digest();
                case Source.Output output -> StageKey.digest(StageTask.artefact(output, upstream));
            };
            views.add(new InputView(wire.shown(), wire.from().toString(), digest));
        }
        return views;
    }

    /// The digest of a user's file, and from now on the one that it must keep.
    ///
    /// @throws Fault (MISSING_FILE) if it has gone or cannot be read
    String digest(Source.UserFile file) {
        return stamp(file).digest();
    }

    private Stamp stamp(Source.UserFile file) {
        return stamps.computeIfAbsent(file.path(), path -> {
            try {
                return new Stamp(
                        ArtefactFiles.digest(path),
                        ArtefactFiles.bytes(path),
                        path.toFile().lastModified());
            } catch (UncheckedIOException e) {
                throw unreadable(file, e);
            }
        });
    }

    /// Checks that the user's files are those that were hashed: results must not be filed under the digest of
    /// others.
    ///
    /// @throws Fault (BAD_DATA) if one was changed meanwhile
    void checkUnchanged(StageSpec stage) {
        for (Wire wire : stage.wires()) {
            if (wire.from() instanceof Source.UserFile file) {
                Stamp stamp = stamps.get(file.path());
                if (stamp != null
                        && (!Files.exists(file.path())
                                || stamp.bytes() != ArtefactFiles.bytes(file.path())
                                || stamp.modified() != file.path().toFile().lastModified())) {
                    throw Fault.of(
                                    Fault.Kind.BAD_DATA,
                                    "the file was changed while the stage ran; run again when it is at rest")
                            .at(file.given());
                }
            }
        }
    }

    /// The input record's values.
    ///
    /// @param run the run whose outputs are read
    /// @throws Fault if a file does not hold what the stage needs
    Arguments input(StageSpec stage, Map<String, StageView> upstream, String run) {
        Map<String, Object> byComponent = new HashMap<>();
        for (SettingPart part : stage.description().settings()) {
            byComponent.put(part.component(), SettingBinder.component(part, stage.values()));
        }
        for (InputPart part : stage.description().inputs()) {
            Map<String, Object> given = new LinkedHashMap<>();
            for (Wire wire : stage.wires()) {
                if (wire.input().equals(part.name())) {
                    given.put(wire.label(), read(part.shape(), wire.from(), upstream, run));
                }
            }
            byComponent.put(part.component(), argument(part, given));
        }
        return new Arguments(byComponent);
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

    private Object read(Shape shape, Source from, Map<String, StageView> upstream, String run) {
        return switch (from) {
            case Source.UserFile file -> {
                String digest =
                        shape instanceof Shape.FileOrFolder ? "" : stamp(file).digest();
                yield read(shape, file.path(), file.path().getFileName() + digest);
            }
            case Source.Output output -> {
                OutputView made = StageTask.artefact(output, upstream);
                yield read(shape, layout.outputs(run, output.stage()).resolve(made.file()), made.sha256());
            }
        };
    }

    private Object read(Shape shape, Path file, String identity) {
        if (shape instanceof Shape.FileOrFolder) {
            return file;
        }
        String key = shape + " " + identity;
        SoftReference<Object> reference = kept.get(key);
        Object value = reference == null ? null : reference.get();
        if (value == null) {
            value = ArtefactFiles.read(shape, file);
            kept.put(key, new SoftReference<>(value));
        }
        return value;
    }

    private static Fault unreadable(Source.UserFile file, Exception e) {
        return Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check that it exists and its permissions")
                .at(file.given())
                .causedBy(e);
    }
}
