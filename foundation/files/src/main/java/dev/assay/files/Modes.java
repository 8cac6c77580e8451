package dev.assay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may do what with a file, where the file system says so; elsewhere nothing is set and nothing refused.
final class Modes {
    /// Read and written by the owner alone.
    static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    /// Read by all, written by the owner alone.
    static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    /// A folder in which the owner alone may write.
    static final Set<PosixFilePermission> GUARDED = PosixFilePermissions.fromString("rwxr-xr-x");
    /// Read by the owner alone, written by nobody.
    static final Set<PosixFilePermission> KEPT = PosixFilePermissions.fromString("r--------");
    /// Entered, read and written by the owner alone.
    static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private Modes() {}

    /// What makes a file or folder with these permissions in this folder.
    static FileAttribute<?>[] of(Path folder, Set<PosixFilePermission> permissions) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /// Whether others than the owner may write.
    static boolean writtenByOthers(Path path) throws IOException {
        PosixFileAttributeView view = view(path);
        if (view == null) {
            return false;
        }
        return view.readAttributes().permissions().stream().anyMatch(WRITE_OF_OTHERS::contains);
    }

    /// Sets the permissions, if they are others.
    static void set(Path path, Set<PosixFilePermission> permissions) throws IOException {
        PosixFileAttributeView view = view(path);
        if (view != null && !view.readAttributes().permissions().equals(permissions)) {
            view.setPermissions(permissions);
        }
    }

    /// Takes all permissions away from others than the owner.
    static void close(Path path) throws IOException {
        PosixFileAttributeView view = view(path);
        if (view != null) {
            Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
            left.addAll(view.readAttributes().permissions());
            if (left.retainAll(FOLDER)) {
                view.setPermissions(left);
            }
        }
    }

    /// How many names a file has, hard links all; 1 where the file system does not say.
    static int names(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("unix")
                ? (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                : 1;
    }

    private static @Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
