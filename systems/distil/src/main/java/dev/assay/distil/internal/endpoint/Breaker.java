package dev.assay.distil.internal.endpoint;

import java.time.Duration;

/// Stops requests to an end point that keeps failing (Nygard, Release It!, circuit breaker). After a rest one
/// request is let through; its success closes the circuit, its failure begins another rest. Thread-safe.
final class Breaker {
    private final int failures;
    private final Duration rest;
    private final Pacing pacing;
    private int inARow;
    private long openedAt;
    private boolean trying;

    Breaker(int failures, Duration rest, Pacing pacing) {
        this.failures = failures;
        this.rest = rest;
        this.pacing = pacing;
    }

    /// @throws EndPointFailure (RESTING) if no request may be sent now
    synchronized void enter() {
        if (inARow < failures) {
            return;
        }
        if (trying || pacing.nanos() - openedAt < rest.toNanos()) {
            throw new EndPointFailure(
                    EndPointFailure.Kind.RESTING,
                    "not sent: the last " + inARow + " requests to this end point failed, so it is left alone for "
                            + rest.toMillis() / 1000.0 + " s");
        }
        trying = true;
    }

    synchronized void succeeded() {
        inARow = 0;
        trying = false;
    }

    synchronized void failed() {
        inARow++;
        trying = false;
        openedAt = pacing.nanos();
    }

    /// A request that says nothing about the end point.
    synchronized void left() {
        trying = false;
    }
}
