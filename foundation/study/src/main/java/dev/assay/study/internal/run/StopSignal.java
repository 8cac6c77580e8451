package dev.assay.study.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The wish that runs stop, and news of their end.
public final class StopSignal {
    private final List<Runnable> wake = new ArrayList<>();
    private volatile boolean requested;

    /// Whether somebody asked.
    public boolean requested() {
        return requested;
    }

    /// Asks, and wakes all runs.
    public synchronized void request() {
        requested = true;
        wake.forEach(Runnable::run);
    }

    /// A run begins; `waker` is called when somebody asks, at once if somebody has.
    synchronized void begin(Runnable waker) {
        wake.add(waker);
        if (requested) {
            waker.run();
        }
    }

    /// The run has ended.
    synchronized void end(Runnable waker) {
        wake.remove(waker);
        notifyAll();
    }

    /// Waits until no run is left.
    ///
    /// @return whether that was so in time
    public synchronized boolean awaitEnd(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (!wake.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
