package dev.assay.receipt.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import dev.assay.files.GuardedPath;
import dev.assay.files.Tree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Files with secrets: for their owner alone, in folders in which nobody else could exchange them, and never
/// replaced. Where the file system does not know owners and permissions, these are not looked at.
public final class PrivateFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private PrivateFile() {}

    /// The bytes of a secret file.
    ///
    /// @param file  the file
    /// @param what  the secret in two words, such as `private key`
    /// @param most  the largest size
    /// @throws Fault (MISSING_FILE) if it cannot be read, (BAD_SETTING) if it is open to others, is a link, belongs
    ///     to somebody else, or lies where others could exchange it, (MALFORMED_FILE) if it is no file of that size
    public static byte[] read(Path file, String what, int most) {
        String place = file.toString();
        try {
            if (Files.isSymbolicLink(file)) {
                throw refused(
                        file,
                        "this " + what + " is a symbolic link, which somebody could turn elsewhere, so it"
                                + " is not used; give the path of the file itself");
            }
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw Fault.of(Fault.Kind.MISSING_FILE, "there is no such key file; check the path")
                        .at(place);
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw Fault.of(Fault.Kind.MALFORMED_FILE, "a key is a small text file, and this is not")
                        .at(place);
            }
            refuseOpen(file, what);
            GuardedPath.refuseOpen(file, what);
            return Bytes.read(file, most);
        } catch (Bytes.TooManyException e) {
            throw Fault.of(Fault.Kind.MALFORMED_FILE, "a key is a small text file, and this is not")
                    .at(place)
                    .causedBy(e);
        } catch (NoSuchFileException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "there is no such key file; check the path")
                    .at(place)
                    .causedBy(e);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the key cannot be read; check its permissions")
                    .at(place)
                    .causedBy(e);
        }
    }

    /// Refuses a file that others than its owner may do anything with.
    private static void refuseOpen(Path file, String what) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
        open.addAll(view.readAttributes().permissions());
        open.retainAll(OTHERS);
        if (!open.isEmpty()) {
            throw refused(
                    file,
                    "others may read, write or execute this " + what + ", so it is not used; close it with 'chmod 600 "
                            + OneLine.of(file.toString()) + "', or make a new one if others could have read it");
        }
        if (!GuardedPath.isTrusted(file)) {
            throw refused(
                    file,
                    "this " + what + " belongs to " + GuardedPath.owner(file)
                            + ", so it is not used; give one of your own");
        }
    }

    /// Writes a secret into a new file that only its owner may read or write, from its first moment on. Folders
    /// that are missing are made, and only their owner may write in them.
    ///
    /// @param what the secret in two words, such as `private key`
    /// @throws Fault (STORAGE) if there is something of that name already, or it cannot be written, (BAD_SETTING)
    ///     if others could exchange it there
    public static void write(Path file, String what, byte[] bytes) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Tree.makeGuardedFolders(folder);
                GuardedPath.refuseOpen(file, what);
            }
            dev.assay.files.AtomicFile.createOwn(file, bytes);
        } catch (FileAlreadyExistsException e) {
            throw Fault.of(
                            Fault.Kind.STORAGE,
                            "there is a file already, and keys are never replaced; choose another folder")
                    .at(file.toString())
                    .causedBy(e);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.STORAGE, "the key cannot be written; choose another folder")
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    private static Fault refused(Path file, String sentence) {
        return Fault.of(Fault.Kind.BAD_SETTING, sentence).at(file.toString());
    }
}
