package dev.assay.study.internal.run;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.study.Event;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import dev.assay.study.StageView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What a stage says while it runs: told at once, and kept for its manifest. Once closed, nothing more is
/// heard from threads that an interrupted stage left behind.
final class Recording implements StageContext {
    private final String stage;
    private final Seed seed;
    private final Engine engine;
    private final Path folder;
    private final EventStream events;

    private final List<Metric> metrics = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Listing> listings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private boolean closed;

    Recording(String stage, Seed seed, Engine engine, Path folder, EventStream events) {
        this.stage = stage;
        this.seed = seed;
        this.engine = engine;
        this.folder = folder;
        this.events = events;
    }

    /// The stage with all that was said, and nothing said from now on.
    synchronized StageView close(StageView view) {
        closed = true;
        return new StageView(
                view.name(),
                view.kind(),
                view.status(),
                view.reused(),
                view.key(),
                view.settings(),
                view.inputs(),
                view.outputs(),
                metrics,
                figures,
                listings,
                warnings,
                counts,
                view.cost(),
                view.failure(),
                view.note(),
                view.violations());
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
        return seed;
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
    public Progress progress(String what) {
        return new Bar(what);
    }

    @Override
    public synchronized void measured(Metric metric) {
        if (closed) {
            return;
        }
        if (metrics.stream().anyMatch(m -> m.name().equals(metric.name()))) {
            throw new IllegalStateException("the metric '" + metric.name() + "' was stated twice");
        }
        metrics.add(metric);
        events.tell(at -> new Event.Measured(at, stage, metric));
    }

    @Override
    public synchronized void figure(Figure figure) {
        if (!closed) {
            figures.add(figure);
            events.tell(at -> new Event.FigureShown(at, stage, figure));
        }
    }

    @Override
    public synchronized void table(Listing listing) {
        if (!closed) {
            listings.add(listing);
            events.tell(at -> new Event.ListingShown(at, stage, listing));
        }
    }

    @Override
    public synchronized void count(String name, long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows counted under '" + name + "' must not be negative, got " + rows);
        }
        if (!closed) {
            long total = counts.merge(name, rows, Math::addExact);
            events.tell(at -> new Event.Counted(at, stage, name, total));
        }
    }

    @Override
    public synchronized void warn(String sentence) {
        if (!closed) {
            warnings.add(sentence);
            events.tell(at -> new Event.Warned(at, stage, sentence));
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
