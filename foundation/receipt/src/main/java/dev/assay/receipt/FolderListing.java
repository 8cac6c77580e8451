package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.fault.OneLine;
import dev.assay.receipt.internal.FileSizes;
import dev.assay.receipt.internal.Shares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
    /// @throws Fault (MALFORMED_FILE) if the files are too large together, see [FileSizes], or a name is no text
    static <T> SortedMap<String, T> each(Path folder, BiFunction<String, Path, T> read) {
        SortedMap<String, Path> files = of(folder);
        try {
            FileSizes.refuse(folder, files.values(), Limits.ofProcess());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return each(files, read);
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
    ///
    /// @throws Fault (MALFORMED_FILE) if the name of one is no text, so that no receipt could name it
    static SortedMap<String, Path> of(Path folder) {
        SortedMap<String, Path> files = walk(folder, false);
        files.forEach((name, file) -> {
            if (!isText(file)) {
                throw Fault.of(
                                Fault.Kind.MALFORMED_FILE,
                                "the name of the file " + OneLine.of(name)
                                        + " is no text in the encoding of file names, "
                                        + System.getProperty("sun.jnu.encoding") + "; rename it, or set LANG to a"
                                        + " language with UTF-8")
                        .at(folder.toString());
            }
        });
        return files;
    }

    /// Everything that is not a folder: regular files, and links and others too. A name that is no text is given
    /// with a `\x` and two digits for each byte that is none, so that no two are one; no receipt can name it.
    static SortedMap<String, Path> ofAll(Path folder) {
        return walk(folder, true);
    }

    /// Folders without anything in them, by their relative path.
    static SortedSet<String> empty(Path folder) {
        SortedSet<String> empty = new TreeSet<>(BYTE_ORDER);
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Iterator<Path> i = paths.iterator(); i.hasNext(); ) {
                Path path = i.next();
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !path.equals(folder)) {
                    empty.add(name(folder, path));
                }
                Path parent = path.getParent();
                if (parent != null && !path.equals(folder)) {
                    // Whatever has something in it is none.
                    empty.remove(name(folder, parent));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return empty;
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
                    files.put(name(folder, path), path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /// The path below a folder; where it is no text, with the bytes that it has.
    private static String name(Path folder, Path path) {
        String relative = relative(folder, path);
        if (isText(path)) {
            return relative;
        }
        String raw = folder.toUri().relativize(path.toUri()).getRawPath();
        return raw.replace("%", "\\x");
    }

    /// Whether a path is its text: bytes that are none are read as U+FFFD, and two names would be one.
    private static boolean isText(Path path) {
        String text = path.toString();
        if (text.indexOf('\uFFFD') < 0) {
            return true;
        }
        try {
            return path.getFileSystem().getPath(text).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
