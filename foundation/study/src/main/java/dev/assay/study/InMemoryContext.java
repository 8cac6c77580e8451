package dev.assay.study;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.files.OwnFolder;
import dev.assay.study.internal.run.Observations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// A context that keeps what a stage says, for whoever runs one stage without a study: tests, and programs
/// that use a stage as a function. It refuses what the runner refuses. Thread-safe.
///
/// ```java
/// try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, home)) {
///     O made = stage.run(input, context);
///     double share = context.value("share");
/// }
/// ```
///
/// A context is one attempt at one stage. Contexts with the same home are attempts at the same stage, one
/// after another: each has an empty folder, and they share what is kept for resuming. Nothing below the home
/// is deleted.
public final class InMemoryContext implements StageContext, AutoCloseable {
    private final Seed seed;
    private final Engine engine;
    private final Optional<LocalEngine> own;
    private final OwnFolder files;
    private final Permissions permissions;
    private final Observations said = new Observations();
    private final List<String> announced = new ArrayList<>();
    private Optional<Path> folder = Optional.empty();

    private InMemoryContext(Seed seed, Engine engine, Optional<LocalEngine> own, Path home, Consent consent) {
        this.permissions = Permissions.of("stage", List.of(), consent);
        this.seed = seed;
        this.engine = engine;
        this.own = own;
        this.files = OwnFolder.at(home, "folder");
    }

    /// A context with an engine of its own, which is closed with it.
    ///
    /// @param threads number of worker threads, at least 1
    /// @param home    where the stage's folders are made when they are asked for
    public static InMemoryContext of(Seed seed, int threads, Path home) {
        LocalEngine engine = LocalEngine.of(threads);
        return new InMemoryContext(seed, engine, Optional.of(engine), home, Consent.none());
    }

    /// A context with an engine that is the caller's to close.
    ///
    /// @param home where the stage's folders are made when they are asked for
    public static InMemoryContext of(Seed seed, Engine engine, Path home) {
        return of(seed, engine, home, Consent.none());
    }

    /// The same with somebody who is asked before anything leaves this machine; without, nothing does.
    public static InMemoryContext of(Seed seed, Engine engine, Path home, Consent consent) {
        return new InMemoryContext(seed, engine, Optional.empty(), home, consent);
    }

    @Override
    public Seed seed() {
        return seed;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    /// `attempt-1` below the home, or the first number that is free.
    ///
    /// @throws dev.assay.fault.Fault (STORAGE) if it cannot be made
    @Override
    public synchronized Path folder() {
        if (folder.isEmpty()) {
            folder = Optional.of(attempt());
        }
        return folder.get();
    }

    private Path attempt() {
        for (int i = 1; ; i++) {
            Path next = files.root().resolve("attempt-" + i);
            if (files.claimed(next)) {
                return next;
            }
        }
    }

    /// `resumable` below the home.
    ///
    /// @throws dev.assay.fault.Fault (STORAGE) if it cannot be made
    @Override
    public synchronized Path resumable() {
        return files.folder(files.root().resolve("resumable"));
    }

    @Override
    public Permissions permissions() {
        return permissions;
    }

    @Override
    public Progress progress(String what) {
        return Progress.none();
    }

    /// Does the pieces, whose time nobody takes.
    @Override
    public void announce(String work, List<Piece> pieces) {
        pieces.forEach(piece -> piece.work().run());
        synchronized (this) {
            announced.add(work);
        }
    }

    /// What was announced.
    public synchronized List<String> announced() {
        return List.copyOf(announced);
    }

    @Override
    public synchronized void measured(Metric metric) {
        said.add(metric);
    }

    @Override
    public void measuredWithin(Metric metric) {
        measured(metric);
    }

    @Override
    public synchronized void figure(Figure figure) {
        said.add(figure);
    }

    @Override
    public synchronized void table(Listing listing) {
        said.add(listing);
    }

    @Override
    public synchronized void count(String name, long rows) {
        said.count(name, rows);
    }

    @Override
    public synchronized void warn(String sentence) {
        said.warn(sentence);
    }

    /// The metrics in the order they were stated.
    public synchronized List<Metric> metrics() {
        return said.metrics();
    }

    /// The metric of a name.
    ///
    /// @throws NoSuchElementException naming those there are, if it was not stated
    public Metric metric(String name) {
        List<Metric> all = metrics();
        return all.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no metric '" + name + "' among "
                        + all.stream().map(Metric::name).toList()));
    }

    /// The value of the metric of a name.
    ///
    /// @throws NoSuchElementException if it was not stated, or could not be given
    public double value(String name) {
        Metric metric = metric(name);
        return metric.value()
                .orElseThrow(
                        () -> new NoSuchElementException("the metric '" + name + "' has no value: " + metric.reason()));
    }

    /// The charts in the order they were shown.
    public synchronized List<Figure> figures() {
        return said.figures();
    }

    /// The tables in the order they were shown.
    public synchronized List<Listing> listings() {
        return said.listings();
    }

    /// The first table of a title.
    ///
    /// @throws NoSuchElementException naming those there are, if it was not shown
    public Listing listing(String title) {
        List<Listing> all = listings();
        return all.stream()
                .filter(l -> l.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no table '" + title + "' among "
                        + all.stream().map(Listing::title).toList()));
    }

    /// Rows by name, sorted.
    public synchronized Map<String, Long> counts() {
        return said.counts();
    }

    /// The warnings in the order they were given.
    public synchronized List<String> warnings() {
        return said.warnings();
    }

    /// Closes the engine if it is the context's own. What was said can still be asked for.
    @Override
    public void close() {
        own.ifPresent(LocalEngine::close);
    }
}
