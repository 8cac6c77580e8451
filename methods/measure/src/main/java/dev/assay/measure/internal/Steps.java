package dev.assay.measure.internal;

import dev.assay.engine.Progress;

/// Counts finished units of work from any thread, so that progress never falls.
public final class Steps implements Runnable {
    private final Progress progress;
    private final long total;
    private long done;

    public Steps(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    @Override
    public synchronized void run() {
        progress.at(++done, total);
    }
}
