package dev.assay.distil.internal.collect;

import dev.assay.distil.LinearPattern;
import dev.assay.distil.SourceFormat;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Finds and opens the files of a mapping. Links are not followed.
final class SourceFiles {
    private static final String COMPRESSED = ".gz";

    /// A file.
    ///
    /// @param logical the path inside the source folder, `/` between parts, without `.gz`
    record SourceFile(Path path, String logical) {}

    private SourceFiles() {}

    /// All regular files below a folder, in byte order of their logical paths.
    static List<SourceFile> all(Path root) {
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .forEach(path -> files.add(new SourceFile(path, logical(root.relativize(path)))));
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the source folder cannot be read: check its path and permissions")
                    .at(root.toString())
                    .causedBy(e);
        }
        files.sort(Comparator.comparing(
                (SourceFile file) -> file.logical().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        return files;
    }

    private static String logical(Path relative) {
        List<String> parts = new ArrayList<>();
        relative.forEach(part -> parts.add(part.toString()));
        String joined = String.join("/", parts);
        return joined.endsWith(COMPRESSED) ? joined.substring(0, joined.length() - COMPRESSED.length()) : joined;
    }

    /// Those that a pattern names.
    ///
    /// @throws Fault (STUDY) if the pattern is wrong
    static List<SourceFile> matching(List<SourceFile> files, String glob) {
        LinearPattern matcher;
        try {
            matcher = Glob.of(glob);
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.STUDY, "the source is no pattern of files: " + e.getMessage())
                    .causedBy(e);
        }
        return files.stream().filter(file -> matcher.isFoundIn(file.logical())).toList();
    }

    /// Opens a file's rows. What cannot be read at all becomes one row that says so.
    static RowReader open(SourceFile file, SourceFormat format) {
        Limits limits = Limits.ofProcess();
        try {
            return switch (format) {
                case JSONL -> ByteRows.lines(bytes(file, limits), limits);
                case JSON_ARRAY -> ByteRows.elements(bytes(file, limits), limits);
                case YAML_SEQ -> {
                    try (InputStream in = bytes(file, limits)) {
                        yield TreeRows.yaml(in, limits);
                    }
                }
                case CSV -> TreeRows.csv(file.path());
                case PARQUET -> TreeRows.parquet(file.path());
            };
        } catch (IOException e) {
            return TreeRows.unreadable("the file cannot be opened or is not what its name says");
        }
    }

    private static InputStream bytes(SourceFile file, Limits limits) throws IOException {
        InputStream in = Files.newInputStream(file.path());
        if (!file.path().getFileName().toString().endsWith(COMPRESSED)) {
            return in;
        }
        try {
            return new Unpacked(in, file.path(), limits, Limits.FREE_BYTES);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
