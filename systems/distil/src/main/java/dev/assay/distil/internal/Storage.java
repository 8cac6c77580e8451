package dev.assay.distil.internal;

import dev.assay.fault.Fault;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writing files, and what to say when that fails.
public final class Storage {
    private static final int BUFFER_BYTES = 1 << 18;

    private Storage() {}

    /// A file that is written from its start; folders above it are made.
    public static OutputStream create(Path file) {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /// A file that is written on at its end.
    public static OutputStream append(Path file) {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static OutputStream open(Path file, StandardOpenOption... options) {
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return new BufferedOutputStream(Files.newOutputStream(file, options), BUFFER_BYTES);
        } catch (IOException e) {
            throw fault(file, e);
        }
    }

    /// What to say when a file cannot be read or written.
    public static Fault fault(Path file, Exception e) {
        return Fault.of(
                        Fault.Kind.STORAGE,
                        "the file cannot be read or written: free space, or check the folder's permissions")
                .at(file.toString())
                .causedBy(e);
    }
}
