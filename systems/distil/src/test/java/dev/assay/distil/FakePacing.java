package dev.assay.distil;

import dev.assay.distil.internal.endpoint.Pacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that passes only while somebody pauses.
final class FakePacing implements Pacing {
    final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void pause(Duration duration) {
        pauses.add(duration);
        pass(duration);
    }

    synchronized void pass(Duration duration) {
        nanos += duration.toNanos();
    }
}
