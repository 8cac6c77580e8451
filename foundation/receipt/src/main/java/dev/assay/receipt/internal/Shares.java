package dev.assay.receipt.internal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Jobs that several threads take one after the other, the first ones first: so a long one among many short
/// ones is best put first.
public final class Shares {
    private final List<? extends Job> jobs;
    private final AtomicInteger next = new AtomicInteger();
    private int failedJob = Integer.MAX_VALUE;
    private @Nullable Exception failure;

    /// Something to do.
    @FunctionalInterface
    public interface Job {
        void run() throws IOException;
    }

    private Shares(List<? extends Job> jobs) {
        this.jobs = jobs;
    }

    /// Does the jobs, and returns when none is being done any more. After one has failed no other is begun.
    ///
    /// @param atOnce at most so many at a time
    /// @throws IOException (or what else a job threw) of the first job that failed
    public static void run(List<? extends Job> jobs, int atOnce) throws IOException {
        new Shares(jobs).run(atOnce);
    }

    private void run(int atOnce) throws IOException {
        int threads = Math.min(Math.min(jobs.size(), atOnce), ForkJoinPool.getCommonPoolParallelism() + 1);
        if (threads <= 1) {
            work();
        } else {
            IntStream.range(0, threads).parallel().forEach(thread -> work());
        }
        synchronized (this) {
            switch (failure) {
                case null -> {}
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Exception e -> throw new IllegalStateException(e);
            }
        }
    }

    private void work() {
        for (int number = next.getAndIncrement(); number < jobs.size(); number = next.getAndIncrement()) {
            try {
                jobs.get(number).run();
            } catch (IOException | RuntimeException e) {
                failed(number, e);
            }
        }
    }

    private synchronized void failed(int number, Exception e) {
        next.set(jobs.size());
        if (number < failedJob) {
            failedJob = number;
            failure = e;
        }
    }
}
