package dev.assay.receipt.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads files of a bounded size, whatever their size is said to be.
public final class Bytes {
    private Bytes() {}

    /// There is more.
    public static final class TooManyException extends IOException {
        private static final long serialVersionUID = 1L;

        TooManyException(int most) {
            super("more than " + most + " bytes");
        }
    }

    /// All bytes of a file.
    ///
    /// @param most how many there may be
    /// @throws TooManyException if there are more
    public static byte[] read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most);
            if (bytes.length == most && in.read() >= 0) {
                throw new TooManyException(most);
            }
            return bytes;
        }
    }
}
