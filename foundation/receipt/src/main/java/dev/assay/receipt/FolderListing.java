package dev.assay.receipt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files below a folder in an order that no locale changes.
final class FolderListing {
    private static final Comparator<String> BYTE_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private FolderListing() {}

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
