package dev.assay.receipt.internal;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Files with secrets: for their owner alone, and never replaced.
public final class PrivateFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PrivateFile() {}

    /// Refuses a file that others than its owner may read or write, where the file system knows owners. A file
    /// that does not exist is not refused.
    ///
    /// @param what the secret in two words, such as `private key`
    /// @throws Fault (BAD_SETTING) if others may read or write it, (MISSING_FILE) if that cannot be told
    public static void refuseOpen(Path file, String what) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null || !Files.exists(file)) {
                return;
            }
            Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
            open.addAll(view.readAttributes().permissions());
            open.retainAll(OTHERS);
            if (!open.isEmpty()) {
                throw Fault.of(
                                Fault.Kind.BAD_SETTING,
                                "others may read or write this " + what + ", so it is not used; close it with"
                                        + " 'chmod 600', or make a new one if others could have read it")
                        .at(file.toString());
            }
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the permissions of the key cannot be read")
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    /// Writes a secret into a new file that only its owner may read or write.
    ///
    /// @throws Fault (STORAGE) if there is a file of that name already, or it cannot be written
    public static void write(Path file, byte[] bytes) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            boolean posix = folder != null
                    && Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class);
            FileAttribute<?>[] owner = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(
                                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
                    }
                    : new FileAttribute<?>[0];
            // Closed to others from its first moment on, not only once it is written.
            try (SeekableByteChannel channel = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
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
}
