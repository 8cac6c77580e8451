package dev.assay.study.internal.store;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.receipt.Digest;
import dev.assay.study.StageDescription.ArtefactPart;
import dev.assay.study.StageDescription.Shape;
import dev.assay.study.StageView.Form;
import dev.assay.study.StageView.OutputView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Artefacts as files: tables as Parquet, records as JSON, files and folders as they are.
public final class ArtefactFiles {
    private ArtefactFiles() {}

    /// Writes what a stage made.
    ///
    /// @param part   what it is declared to be
    /// @param value  the component of the output record
    /// @param folder the stage's own folder, in which paths must lie
    /// @param entry  where to put it
    public static OutputView write(ArtefactPart part, Object value, Path folder, Path entry) throws IOException {
        return switch (part.shape()) {
            case Shape.Table table -> table(part, (Frame) value, entry);
            case Shape.Document document -> document(part, document, value, entry);
            case Shape.FileOrFolder path -> path(part, (Path) value, folder, entry);
        };
    }

    private static OutputView table(ArtefactPart part, Frame frame, Path entry) {
        Path file = entry.resolve(part.name() + ".parquet");
        Tables.write(frame, file);
        return view(part, Form.TABLE, file, Tables.digest(frame, file), Optional.of((long) frame.rows()));
    }

    private static OutputView document(ArtefactPart part, Shape.Document shape, Object value, Path entry)
            throws IOException {
        Path file = entry.resolve(part.name() + ".json");
        Files.write(file, Json.page(value));
        try {
            Json.document(file, shape.type());
        } catch (Fault fault) {
            throw new IllegalStateException(
                    "artefact '" + part.name() + "' cannot be read back from its own JSON: " + shape.type().getName(),
                    fault);
        }
        return view(part, Form.DOCUMENT, file, "", Optional.empty());
    }

    private static OutputView path(ArtefactPart part, Path made, Path folder, Path entry) throws IOException {
        Path path = made.toAbsolutePath().normalize();
        if (!path.startsWith(folder) || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalStateException(
                    "artefact '" + part.name() + "' must be a file or folder below the stage's own folder");
        }
        boolean isFolder = Files.isDirectory(path);
        String name = String.valueOf(path.getFileName());
        int dot = name.indexOf('.');
        Path kept = entry.resolve(part.name() + (isFolder || dot < 0 ? "" : name.substring(dot)));
        Files.move(path, kept);
        return view(part, isFolder ? Form.FOLDER : Form.FILE, kept, "", Optional.empty());
    }

    private static OutputView view(ArtefactPart part, Form form, Path file, String content, Optional<Long> rows) {
        String sha256 = digest(file);
        return new OutputView(
                part.name(),
                part.about(),
                form,
                String.valueOf(file.getFileName()),
                sha256,
                content.isEmpty() ? sha256 : content,
                bytes(file),
                rows);
    }

    /// Reads an input of the given shape.
    ///
    /// @throws Fault if the file does not hold such a thing
    public static Object read(Shape shape, Path file) {
        return switch (shape) {
            case Shape.Table table -> Tables.read(file);
            case Shape.Document document -> Json.document(file, document.type());
            case Shape.FileOrFolder path -> file;
        };
    }

    /// The digest of a file's bytes, or of a folder: its files in byte order of their relative paths, each as
    /// `<sha256>  <path>` and a line feed, hashed.
    ///
    /// @throws UncheckedIOException if something cannot be read
    public static String digest(Path path) {
        if (!Files.isDirectory(path)) {
            return Digest.ofFile(path).hex();
        }
        MessageDigest sha = Digest.sha256();
        for (Path file : files(path)) {
            sha.update((Digest.ofFile(file).hex() + "  " + relative(path, file) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Digest.from(sha).hex();
    }

    /// Size of a file, or of all files below a folder.
    public static long bytes(Path path) {
        return (Files.isDirectory(path) ? files(path) : List.of(path))
                .stream().mapToLong(f -> f.toFile().length()).sum();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(
                            p -> relative(folder, p).getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace(folder.getFileSystem().getSeparator(), "/");
    }
}
