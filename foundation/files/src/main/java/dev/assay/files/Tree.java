package dev.assay.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder with all that is in it. Links in it are things of their own: deleted, and never followed.
public final class Tree {
    private Tree() {}

    /// Deletes a file, a link, or a folder with all that is in it, if it is there.
    ///
    /// @throws IOException if something cannot be deleted
    public static void delete(Path top) throws IOException {
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Makes a folder that the user named, and those above it, for everybody whom the process lets read. Links on
    /// the way are the user's own and are followed.
    ///
    /// @throws IOException if it cannot be made
    public static void makeFolders(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /// The same, where nobody but the owner may write in what is made.
    ///
    /// @throws IOException if it cannot be made
    public static void makeGuardedFolders(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        Files.createDirectories(folder, there == null ? new FileAttribute<?>[0] : Modes.of(there, Modes.GUARDED));
    }

    /// Everything from a file or folder on, folders before what is in them.
    ///
    /// @throws IOException if a folder cannot be read
    public static List<Path> all(Path top) throws IOException {
        try (Stream<Path> paths = Files.walk(top)) {
            return new ArrayList<>(paths.toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Copies a file, or a folder with the regular files and folders in it. Files that are there already are
    /// replaced; links and whatever else is no file are left out.
    ///
    /// @param to what the copy is called; the folder that holds it must be there
    /// @throws IOException if something cannot be read or written
    public static void copy(Path from, Path to) throws IOException {
        for (Path each : all(from)) {
            Path place =
                    each.equals(from) ? to : to.resolve(from.relativize(each).toString());
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(place);
            } else if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                // By a stream: a copy of the file would have its permissions, too, and could be read by nobody else.
                try (InputStream in = Files.newInputStream(each, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(in, place, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /// Forces all files below a folder, and the folders, to disk.
    ///
    /// @throws IOException if a file cannot be forced
    public static void force(Path top) throws IOException {
        for (Path each : all(top)) {
            AtomicFile.force(each);
        }
    }
}
