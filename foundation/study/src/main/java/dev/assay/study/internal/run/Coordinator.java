package dev.assay.study.internal.run;

import dev.assay.fault.Fault;
import dev.assay.study.Event;
import dev.assay.study.Plan;
import dev.assay.study.StageSpec;
import dev.assay.study.StageView;
import dev.assay.study.StageView.Status;
import dev.assay.study.internal.store.Views;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Starts each stage when all that it uses is there, a bounded number at once; skips what depends on a failure;
/// stops when asked.
final class Coordinator {
    /// How long stages may take to notice that they are to stop. Then they are left behind: their threads
    /// cannot make the process wait, and what they still do is neither kept nor told.
    private static final long GRACE_MILLIS = 10_000;

    private final Plan plan;
    private final StopSignal stop;
    private final int parallel;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final Runnable waker = () -> messages.add(new Message.Stop());
    private final Map<String, StageSpec> waiting = new LinkedHashMap<>();
    private final Map<String, StageSpec> running = new LinkedHashMap<>();
    private final Map<String, StageView> over = new HashMap<>();
    private boolean interrupted;

    Coordinator(Plan plan, StopSignal stop, int parallel) {
        this.plan = plan;
        this.stop = stop;
        this.parallel = parallel;
    }

    private sealed interface Message {
        record Over(StageSpec stage, StageView view) implements Message {}

        record Broken(StageSpec stage, Throwable failure) implements Message {}

        record Stop() implements Message {}
    }

    /// Wakes the coordinator to see that it is to stop.
    Runnable waker() {
        return waker;
    }

    /// Whether the run's thread was interrupted.
    boolean wasInterrupted() {
        return interrupted;
    }

    /// Runs all stages, or those it can until it is stopped.
    ///
    /// @throws Fault (STORAGE) if the workspace cannot be written
    void run(StageTask.Shared shared, RunBoard board, Receipts receipts) {
        plan.stages().forEach(s -> waiting.put(s.name(), s));
        AtomicInteger number = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(
                parallel,
                work -> Thread.ofPlatform()
                        .daemon()
                        .name("stage-" + number.incrementAndGet())
                        .unstarted(work));
        long deadline = Long.MAX_VALUE;
        try {
            while (true) {
                if (!stop.requested()) {
                    skip(shared, board, receipts);
                    start(pool, shared, board);
                }
                if (running.isEmpty()) {
                    return;
                }
                switch (next(deadline)) {
                    case Message.Over done -> over(done.stage(), done.view(), board, receipts);
                    case Message.Broken broken -> throw broken(broken.failure());
                    case Message.Stop stopped -> {
                        pool.shutdownNow();
                        deadline = Math.min(deadline, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS));
                    }
                    case null -> {
                        leaveBehind(board);
                        return;
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private @Nullable Message next(long deadline) {
        while (true) {
            try {
                return deadline == Long.MAX_VALUE
                        ? messages.take()
                        : messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // The flag stays down until the run has been written to its end; it is raised again on return.
                interrupted = true;
                stop.request();
            }
        }
    }

    private static RuntimeException broken(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private void start(ExecutorService pool, StageTask.Shared shared, RunBoard board) {
        for (StageSpec stage : List.copyOf(waiting.values())) {
            boolean ready = stage.upstream().stream()
                    .allMatch(s -> over.containsKey(s) && over.get(s).status() == Status.PASSED);
            if (!ready || running.size() >= parallel) {
                continue;
            }
            waiting.remove(stage.name());
            running.put(stage.name(), stage);
            board.put(Views.withStatus(Views.waiting(stage), Status.RUNNING));
            Map<String, StageView> upstream = new HashMap<>();
            stage.upstream().forEach(s -> upstream.put(s, view(s)));
            pool.execute(() -> {
                try {
                    messages.add(new Message.Over(stage, new StageTask(stage, shared, upstream).run()));
                } catch (Throwable failure) {
                    messages.add(new Message.Broken(stage, failure));
                }
            });
        }
    }

    private StageView view(String stage) {
        StageView view = over.get(stage);
        if (view == null) {
            throw new IllegalStateException("stage '" + stage + "' is not over");
        }
        return view;
    }

    private void over(StageSpec stage, StageView view, RunBoard board, Receipts receipts) {
        running.remove(stage.name());
        StageView kept = view;
        if (view.status() != Status.INTERRUPTED) {
            try {
                receipts.stage(stage, view, over);
            } catch (IllegalArgumentException e) {
                // A receipt that breaks its own rules fails the stage.
                kept = Views.failed(
                        view,
                        view.cost(),
                        new StageView.Failure(Fault.Kind.STAGE_FAILED, "its receipt breaks a rule: " + e.getMessage()));
                receipts.stage(stage, kept, over);
            }
        }
        over.put(stage.name(), kept);
        board.put(kept);
    }

    /// Skips what can never run. Walks along the plan, so that one pass reaches all that depends on a failure.
    private void skip(StageTask.Shared shared, RunBoard board, Receipts receipts) {
        for (StageSpec stage : List.copyOf(waiting.values())) {
            Optional<String> cause = stage.upstream().stream()
                    .filter(over::containsKey)
                    .map(this::view)
                    .flatMap(v -> cause(v).stream())
                    .findFirst();
            if (cause.isPresent()) {
                waiting.remove(stage.name());
                shared.events().tell(at -> new Event.StageSkipped(at, stage.name(), cause.get()));
                over(stage, Views.skipped(Views.waiting(stage), cause.get()), board, receipts);
            }
        }
    }

    /// The failed stage behind a stage that did not pass.
    private static Optional<String> cause(StageView view) {
        return switch (view.status()) {
            case FAILED -> Optional.of(view.name());
            case SKIPPED -> Optional.of(view.note().substring("upstream: ".length()));
            case PASSED, WAITING, RUNNING, INTERRUPTED -> Optional.empty();
        };
    }

    private void leaveBehind(RunBoard board) {
        for (StageSpec stage : running.values()) {
            board.put(Views.withStatus(Views.waiting(stage), Status.INTERRUPTED));
        }
    }
}
