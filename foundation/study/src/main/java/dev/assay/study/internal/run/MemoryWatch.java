package dev.assay.study.internal.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Looks at the process's memory now and then.
///
/// On Linux that is resident memory, which counts native libraries too; `/proc` also keeps the highest value
/// ever (`VmHWM`): when that rose during a stage, it is the stage's exact peak, however short. Elsewhere it is
/// the Java heap in use.
final class MemoryWatch implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long EVERY_MILLIS = 50;
    private static final long KIBIBYTE = 1024;

    private final List<Span> spans = new ArrayList<>();
    private final Thread thread;
    private final boolean resident;

    MemoryWatch() {
        resident = field("VmRSS:").isPresent();
        thread = Thread.ofPlatform().daemon().name("memory-watch").start(this::watch);
    }

    /// The memory of a stretch of time.
    final class Span {
        private final long highestBefore = field("VmHWM:").orElse(0);
        private long peak = now();

        /// Ends the stretch.
        ///
        /// @return the largest memory seen in it, in bytes
        long end() {
            synchronized (spans) {
                spans.remove(this);
            }
            long highest = field("VmHWM:").orElse(0);
            return highest > highestBefore ? highest : Math.max(peak, now());
        }
    }

    /// Begins a stretch of time.
    Span begin() {
        Span span = new Span();
        synchronized (spans) {
            spans.add(span);
        }
        return span;
    }

    /// What is measured: `resident` or `heap`.
    String measure() {
        return resident ? "resident" : "heap";
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(EVERY_MILLIS);
                long now = now();
                synchronized (spans) {
                    spans.forEach(s -> s.peak = Math.max(s.peak, now));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long now() {
        return resident
                ? field("VmRSS:").orElse(0)
                : ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static OptionalLong field(String name) {
        try {
            for (String line :
                    Files.readString(STATUS, StandardCharsets.ISO_8859_1).split("\n")) {
                if (line.startsWith(name)) {
                    String digits = line.replaceAll("\\D", "");
                    return OptionalLong.of(Long.parseLong(digits) * KIBIBYTE);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // not Linux, or a kernel that does not tell
        }
        return OptionalLong.empty();
    }
}
