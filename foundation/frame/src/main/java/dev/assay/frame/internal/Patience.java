package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Statements of one database, waited for no longer than a [Watch] has left.
///
/// DuckDB is asked to stop; it does so between a few thousand rows. Where one cell alone takes longer
/// than the grace, the database is left to itself on its daemon thread, so that the caller goes on in
/// any case.
final class Patience implements AutoCloseable {
    private static final long GRACE_SECONDS = 10;
    /// Plans of deep expressions recurse on the thread that asks for them.
    private static final long STACK_BYTES = 64L << 20;

    private final Database database;
    private final Watch watch;
    private final ExecutorService thread;
    private final Statement interrupter;

    Patience(Database database, Watch watch) throws SQLException {
        this.database = database;
        this.watch = watch;
        this.interrupter = database.connection().createStatement();
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(null, task, "conditions", STACK_BYTES);
            worker.setDaemon(true);
            return worker;
        });
    }

    /// What the work on the database gives.
    ///
    /// @throws Fault (BAD_SETTING) if it takes too long, (INTERRUPTED) if the waiting thread is
    ///     interrupted
    <T> T call(String condition, Callable<T> work) throws SQLException {
        Future<T> future = thread.submit(work);
        try {
            return future.get(watch.left(condition), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            stop(future);
            throw watch.over(condition).causedBy(e);
        } catch (InterruptedException e) {
            stop(future);
            Thread.currentThread().interrupt();
            throw Fault.of(Fault.Kind.INTERRUPTED, "stopped while conditions were judged; start again to go on.")
                    .causedBy(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException sql -> throw sql;
                case RuntimeException own -> throw own;
                case Error own -> throw own;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void stop(Future<?> future) throws SQLException {
        interrupter.cancel();
        try {
            future.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | InterruptedException e) {
            database.abandon();
        } catch (ExecutionException e) {
            // It stopped, which is all that was wanted.
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdown();
        if (!database.isAbandoned()) {
            interrupter.close();
        }
    }
}
