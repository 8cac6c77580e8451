package dev.assay.study.internal.store;

import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.files.OwnFolder;
import dev.assay.files.Tree;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Reading;
import dev.assay.receipt.Digest;
import dev.assay.receipt.FileRef;
import dev.assay.receipt.Profile;
import dev.assay.study.StageDescription.ArtefactPart;
import dev.assay.study.StageDescription.Shape;
import dev.assay.study.StageView.Form;
import dev.assay.study.StageView.OutputView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Artefacts as files: tables as Parquet, records as JSON, files and folders as they are.
public final class ArtefactFiles {
    private static final String TABLE = ".parquet";

    private ArtefactFiles() {}

    /// An artefact as it was written.
    ///
    /// @param files    the files of a folder, named from the folder on; else empty
    /// @param profiles the profiles of a table's columns; else empty
    public record Written(OutputView view, List<FileRef> files, Map<String, Profile> profiles) {}

    /// Where a stage's artefacts come from and go to.
    ///
    /// @param folder the stage's own folder, in which paths must lie
    /// @param entry  where to put them
    /// @param spill  for what does not fit into memory, made if it is needed
    /// @param files  the workspace
    public record Places(Path folder, Path entry, Path spill, OwnFolder files) {}

    /// Writes what a stage made.
    ///
    /// @param part   what it is declared to be
    /// @param value  the component of the output record
    /// @param engine profiles tables
    public static Written write(ArtefactPart part, Object value, Places places, Engine engine) throws IOException {
        return switch (part.shape()) {
            case Shape.Table table ->
                table.held()
                        ? table(part, (Frame) value, places.entry(), engine)
                        : table(part, (FrameFile) value, places, engine);
            case Shape.Document document -> document(part, document, value, places.entry(), places.files());
            case Shape.FileOrFolder path -> path(part, (Path) value, places);
        };
    }

    private static Written table(ArtefactPart part, Frame frame, Path entry, Engine engine) {
        Path file = entry.resolve(part.name() + TABLE);
        Tables.write(frame, file);
        return table(part, file, frame.rows(), new Profiles.Looked(frame.digest(), Profiles.of(frame, engine)));
    }

    private static Written table(ArtefactPart part, FrameFile made, Places places, Engine engine) {
        Path file = places.entry().resolve(part.name() + TABLE);
        places.files().move(own(part, made.path(), places), file);
        FrameFile table = FrameFile.of(file);
        return table(part, file, table.rows(), Profiles.of(table, places.spill(), engine));
    }

    private static Written table(ArtefactPart part, Path file, long rows, Profiles.Looked looked) {
        FileRef ref = FileRef.named(String.valueOf(file.getFileName()), file);
        OutputView view = view(part, Form.TABLE, ref, looked.digest().hex(), Optional.of(rows));
        return new Written(view, List.of(), looked.profiles());
    }

    private static Written document(
            ArtefactPart part, Shape.Document shape, Object value, Path entry, OwnFolder files) {
        Path file = entry.resolve(part.name() + ".json");
        files.write(file, Json.page(value));
        try {
            Json.document(file, shape.type());
        } catch (Fault fault) {
            throw new IllegalStateException(
                    "artefact '" + part.name() + "' cannot be read back from its own JSON: "
                            + shape.type().getName(),
                    fault);
        }
        return file(part, Form.DOCUMENT, file);
    }

    private static Path own(ArtefactPart part, Path made, Places places) {
        Path path = made.toAbsolutePath().normalize();
        if (!path.startsWith(places.folder()) || !places.files().exists(path)) {
            throw new IllegalStateException(
                    "artefact '" + part.name() + "' must be a file or folder below the stage's own folder");
        }
        return path;
    }

    private static Written path(ArtefactPart part, Path made, Places places) {
        Path path = own(part, made, places);
        OwnFolder files = places.files();
        Path entry = places.entry();
        boolean isFolder = files.isFolder(path);
        if (!isFolder && !files.isFile(path)) {
            throw new IllegalStateException("artefact '" + part.name() + "' is neither a file nor a folder");
        }
        String name = String.valueOf(path.getFileName());
        int dot = name.indexOf('.');
        Path kept = entry.resolve(part.name() + (isFolder || dot < 0 ? "" : name.substring(dot)));
        files.move(path, kept);
        try (ExecutorService disk = Executors.newSingleThreadExecutor()) {
            // On its way to disk while it is hashed: publishing forces it, and then has less to wait for.
            disk.execute(() -> startForcing(kept));
            return isFolder ? folder(part, kept, entry) : file(part, Form.FILE, kept);
        }
    }

    private static void startForcing(Path path) {
        try {
            Tree.force(path);
        } catch (IOException e) {
            // Whoever forces it for good says so.
        }
    }

    private static Written folder(ArtefactPart part, Path folder, Path entry) {
        List<FileRef> files = List.of();
        FileRef ref;
        try {
            files = FileRef.below(entry, folder);
            ref = FileRef.folder(part.name(), files);
        } catch (IllegalArgumentException e) {
            // It holds a name that no receipt may have: the receipt will say so.
            files = List.of();
            ref = FileRef.named(part.name(), folder);
        }
        return new Written(view(part, Form.FOLDER, ref, "", Optional.empty()), files, Map.of());
    }

    private static Written file(ArtefactPart part, Form form, Path file) {
        FileRef ref = FileRef.named(String.valueOf(file.getFileName()), file);
        return new Written(view(part, form, ref, "", Optional.empty()), List.of(), Map.of());
    }

    private static OutputView view(ArtefactPart part, Form form, FileRef ref, String content, Optional<Long> rows) {
        return new OutputView(
                part.name(),
                part.about(),
                form,
                ref.name(),
                ref.sha256().hex(),
                content.isEmpty() ? ref.contentDigest().hex() : content,
                ref.bytes(),
                rows);
    }

    /// An input that was read.
    ///
    /// @param columns how the columns of a table that is not ours came to be what they are
    public record Read(Object value, List<Reading.ColumnReading> columns) {
        public Read {
            columns = List.copyOf(columns);
        }
    }

    /// Reads an artefact as an input of the given shape.
    ///
    /// @throws Fault if the file does not hold such a thing
    public static Object read(Shape shape, Path file) {
        return switch (shape) {
            case Shape.Table table -> table.held() ? Tables.read(file) : FrameFile.of(file);
            case Shape.Document document -> Json.document(file, document.type());
            case Shape.FileOrFolder path -> file;
        };
    }

    /// Reads a user's file as an input of the given shape.
    ///
    /// @param folder for tables that are not held
    /// @throws Fault if the file does not hold such a thing
    public static Read foreign(Shape shape, Path file, Path folder) {
        return switch (shape) {
            case Shape.Table table -> table.held() ? Tables.foreign(file) : Tables.foreign(file, folder);
            case Shape.Document document -> new Read(Json.document(file, document.type()), List.of());
            case Shape.FileOrFolder path -> new Read(file, List.of());
        };
    }

    /// The digest of a file's bytes, or of a folder.
    ///
    /// @throws UncheckedIOException if something cannot be read
    public static String digest(Path path) {
        return (Files.isDirectory(path) ? Digest.ofFolder(path) : Digest.ofFile(path)).hex();
    }

    /// Size of a file, or of all files below a folder.
    public static long bytes(Path path) {
        if (!Files.isDirectory(path)) {
            return path.toFile().length();
        }
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(p -> p.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
