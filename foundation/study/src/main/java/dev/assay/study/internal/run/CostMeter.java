package dev.assay.study.internal.run;

import com.sun.management.OperatingSystemMXBean;
import dev.assay.study.StageView.Cost;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Measures what stages cost. All stages share threads, so CPU time can only be told of the whole process; a
/// stage during which another one ran is marked.
final class CostMeter implements AutoCloseable {
    private final Clock clock;
    private final MemoryWatch memory = new MemoryWatch();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong begun = new AtomicLong();

    CostMeter(Clock clock) {
        this.clock = clock;
    }

    /// A stage's costs so far.
    final class Running {
        private final Instant startedAt = clock.instant();
        private final long startNanos = System.nanoTime();
        private final long startCpu = cpuNanos();
        private final MemoryWatch.Span span = memory.begin();
        private final boolean sharedAtStart = running.getAndIncrement() > 0;
        private final long number = begun.incrementAndGet();

        /// The stage ended.
        Cost end() {
            boolean shared = sharedAtStart || begun.get() > number;
            running.decrementAndGet();
            long cpu = cpuNanos();
            return new Cost(
                    startedAt,
                    clock.instant(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos),
                    cpu < 0 || startCpu < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(cpu - startCpu),
                    shared,
                    span.end(),
                    memory.measure());
        }
    }

    /// A stage begins.
    Running begin() {
        return new Running();
    }

    @Override
    public void close() {
        memory.close();
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }
}
