package dev.assay.study.internal.run;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.study.Event;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.Permissions;
import dev.assay.study.StageContext;
import dev.assay.study.StageView;
import dev.assay.study.internal.store.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What a stage says while it runs: told at once, and kept for its manifest. Once closed, nothing more is
/// heard from threads that an interrupted stage left behind.
final class Recording implements StageContext {
    private static final double NANOS = 1e9;
    private static final int TRIES = 5;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    private final String stage;
    private final Optional<Seed> seed;
    private final Engine engine;
    private final Path folder;
    private final Map<String, Path> files;
    private final Supplier<Path> resumable;
    private final Permissions permissions;
    private final EventStream events;
    private final Observations said;
    private boolean closed;

    /// @param seed        nothing for a stage that says that it draws nothing
    /// @param permissions asked before anything is sent
    /// @param claimed     metrics that claims ask for, which are kept in any case
    /// @param folder    where the stage's files go; there already
    /// @param files     the user's files that inputs are read from, by the input's name
    /// @param resumable makes the folder where the stage may keep what it resumes from
    Recording(
            String stage,
            Optional<Seed> seed,
            Engine engine,
            Path folder,
            Map<String, Path> files,
            Supplier<Path> resumable,
            Permissions permissions,
            EventStream events,
            Predicate<String> claimed) {
        this.said = new Observations(claimed);
        this.permissions = permissions;
        this.stage = stage;
        this.seed = seed;
        this.engine = engine;
        this.folder = folder;
        this.files = files;
        this.resumable = resumable;
        this.events = events;
    }

    /// The stage with all that was said, and nothing said from now on.
    synchronized StageView close(StageView view) {
        closed = true;
        return Views.said(view, said.metrics(), said.figures(), said.listings(), said.warnings(), said.counts());
    }

    /// Tells again what an earlier run's stage said.
    static void repeat(StageView stage, EventStream events) {
        String name = stage.name();
        stage.metrics().forEach(m -> events.tell(at -> new Event.Measured(at, name, m)));
        stage.figures().forEach(f -> events.tell(at -> new Event.FigureShown(at, name, f)));
        stage.listings().forEach(l -> events.tell(at -> new Event.ListingShown(at, name, l)));
        stage.counts().forEach((count, n) -> events.tell(at -> new Event.Counted(at, name, count, n)));
        stage.warnings().forEach(w -> events.tell(at -> new Event.Warned(at, name, w)));
    }

    @Override
    public Seed seed() {
        return seed.orElseThrow(() -> new IllegalStateException("stage '" + stage + "' is of a kind that says that it"
                + " draws nothing with these settings, and asks for a seed"));
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Optional<Path> file(String input) {
        return Optional.ofNullable(files.get(input));
    }

    /// @throws CancellationException if the stage is over: a thread that it left behind must not make the
    ///     folder anew
    @Override
    public synchronized Path resumable() {
        if (closed) {
            throw new CancellationException("the stage is over");
        }
        return resumable.get();
    }

    @Override
    public Permissions permissions() {
        return permissions;
    }

    @Override
    public Progress progress(String what) {
        return new Bar(what);
    }

    @Override
    public void announce(String work, List<Piece> pieces) {
        double seconds = 0;
        for (Piece piece : pieces) {
            seconds += seconds(piece.work()) * piece.times();
        }
        OptionalDouble all = pieces.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(seconds);
        synchronized (this) {
            if (!closed) {
                events.tell(at -> new Event.Announced(at, stage, work, all));
            }
        }
    }

    /// The shortest of a few times: code that runs for the first time is many times slower than it will be.
    private double seconds(Runnable work) {
        Instant first = events.now();
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIES && Duration.between(first, events.now()).compareTo(LONG_ENOUGH) < 0; i++) {
            Instant begin = events.now();
            work.run();
            shortest = Math.min(shortest, Duration.between(begin, events.now()).toNanos() / NANOS);
        }
        return shortest;
    }

    @Override
    public synchronized void measured(Metric metric) {
        if (!closed) {
            if (said.add(metric)) {
                events.tell(at -> new Event.Measured(at, stage, metric));
            }
        }
    }

    @Override
    public synchronized void measuredWithin(Metric metric) {
        if (!closed) {
            if (said.add(metric)) {
                events.tellMeasuredWithin(stage, metric);
            }
        }
    }

    @Override
    public synchronized void figure(Figure figure) {
        if (!closed) {
            Figure kept = said.add(figure);
            events.tell(at -> new Event.FigureShown(at, stage, kept));
        }
    }

    @Override
    public synchronized void table(Listing listing) {
        if (!closed) {
            Listing kept = said.add(listing);
            events.tell(at -> new Event.ListingShown(at, stage, kept));
        }
    }

    @Override
    public synchronized void count(String name, long rows) {
        if (!closed) {
            long total = said.count(name, rows);
            events.tell(at -> new Event.Counted(at, stage, name, total));
        }
    }

    @Override
    public synchronized void warn(String sentence) {
        if (!closed) {
            if (said.warn(sentence)) {
                events.tell(at -> new Event.Warned(at, stage, sentence));
            }
        }
    }

    /// Passes on a few of the many calls.
    private final class Bar implements Progress {
        private final String what;
        private long lastNanos;
        private long lastDone = -1;

        Bar(String what) {
            this.what = what;
        }

        @Override
        public void at(long done, long total) {
            long now = System.nanoTime();
            synchronized (this) {
                boolean due = lastDone < 0
                        || now - lastNanos >= TimeUnit.MILLISECONDS.toNanos(Event.PROGRESS_MILLIS)
                        || done >= total;
                if (!due || done <= lastDone) {
                    return;
                }
                lastDone = done;
                lastNanos = now;
            }
            synchronized (Recording.this) {
                if (!closed) {
                    events.tell(at -> new Event.Progress(at, stage, what, done, total));
                }
            }
        }
    }
}
