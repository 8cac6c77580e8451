package dev.assay.receipt;

import dev.assay.receipt.internal.Shares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The files below a folder in an order that no locale changes.
final class FolderListing {
    static final Comparator<String> BYTE_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final int FILES_AT_ONCE = 4;

    private FolderListing() {}

    /// What is found out about each file of [#of(Path)], in the same order. A few files are read at a time.
    ///
    /// @throws UncheckedIOException if the folder cannot be read, or a file as `read` says
    static <T> SortedMap<String, T> each(Path folder, BiFunction<String, Path, T> read) {
        return each(of(folder), read);
    }

    /// What is found out about each of these files, by their names in byte order. A few files are read at a time.
    ///
    /// @throws UncheckedIOException if a file cannot be read, as `read` says
    static <T> SortedMap<String, T> each(Map<String, Path> files, BiFunction<String, Path, T> read) {
        Map<String, T> found = new ConcurrentHashMap<>();
        List<Shares.Job> jobs = new ArrayList<>();
        files.forEach((path, file) -> jobs.add(() -> found.put(path, read.apply(path, file))));
        try {
            Shares.run(jobs, FILES_AT_ONCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SortedMap<String, T> sorted = new TreeMap<>(BYTE_ORDER);
        sorted.putAll(found);
        return sorted;
    }

    /// Regular files by their relative path with `/` between parts, in byte order. Links are not followed.
    static SortedMap<String, Path> of(Path folder) {
        return walk(folder, false);
    }

    /// Everything that is not a folder: regular files, and links and others too.
    static SortedMap<String, Path> ofAll(Path folder) {
        return walk(folder, true);
    }

    /// The path of `file` below `folder`, with `/` between parts.
    static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace(folder.getFileSystem().getSeparator(), "/");
    }

    private static SortedMap<String, Path> walk(Path folder, boolean others) {
        SortedMap<String, Path> files = new TreeMap<>(BYTE_ORDER);
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Iterator<Path> i = paths.iterator(); i.hasNext(); ) {
                Path path = i.next();
                boolean counts = others
                        ? !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        : Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                if (counts) {
                    files.put(relative(folder, path), path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
