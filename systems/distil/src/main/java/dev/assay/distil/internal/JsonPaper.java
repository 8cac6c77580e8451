package dev.assay.distil.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small JSON file that says what is in the folder around it.
public final class JsonPaper {
    private JsonPaper() {}

    /// Its bytes.
    ///
    /// @throws Fault (MALFORMED_FILE) if it has more than [Limit#SETTINGS_BYTES]
    /// @throws IOException if it cannot be read
    public static byte[] read(Path file) throws IOException {
        Limits limits = Limits.ofProcess();
        int most = limits.intOf(Limit.SETTINGS_BYTES);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw limits.exceeded(
                                Fault.Kind.MALFORMED_FILE,
                                Limit.SETTINGS_BYTES,
                                "the file has more than " + most + " bytes")
                        .at(file.toString());
            }
            return bytes;
        }
    }
}
