package dev.assay.distil.internal.endpoint;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/// Time as it passes, so that tests need not wait for it.
public interface Pacing {
    /// The machine's own time.
    Pacing REAL = new Pacing() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("stopped while waiting for an end point");
            }
        }
    };

    /// Nanoseconds since some fixed moment.
    long nanos();

    /// Waits.
    ///
    /// @throws CancellationException if the thread is interrupted
    void pause(Duration duration);
}
