package dev.assay.frame.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// DuckDB's library in the temporary folder. The driver unpacks 70 MB there and takes them away when the
/// process ends in order, so that each process that is killed leaves them behind.
final class NativeLibrary {
    /// A line of Linux's table of what a process has mapped, with the driver's name for its copy.
    private static final Pattern MAPPED = Pattern.compile("\\S+ \\S+ \\S+ \\S+ \\d+ +(/.*/libduckdb_java\\d+\\.so)");
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final AtomicBoolean DONE = new AtomicBoolean();

    private NativeLibrary() {}

    /// Deletes this process's copy once; the library stays mapped. Elsewhere than on Linux nothing is
    /// done.
    static void deleteCopy() {
        if (DONE.getAndSet(true)) {
            return;
        }
        try {
            Path temporary =
                    Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toRealPath();
            for (String line : Files.readAllLines(MAPS)) {
                Matcher mapped = MAPPED.matcher(line);
                if (mapped.matches()) {
                    Path copy = Path.of(mapped.group(1));
                    if (temporary.equals(copy.getParent())) {
                        Files.deleteIfExists(copy);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            // Then it lies there until somebody clears the folder, as it would have.
        }
    }
}
