package dev.assay.microdata;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A stage's context that keeps what the stage says.
final class Workbench implements StageContext, AutoCloseable {
    final Map<String, Metric> metrics = new LinkedHashMap<>();
    final Map<String, Listing> tables = new LinkedHashMap<>();
    final List<Figure> figures = new ArrayList<>();
    final Map<String, Long> counts = new LinkedHashMap<>();
    final List<String> warnings = new ArrayList<>();
    private final Seed seed;
    private final Engine engine;
    private final Path folder;

    private Workbench(long seed, int threads, Path folder) {
        this.seed = Seed.of(seed);
        this.engine = LocalEngine.of(threads);
        this.folder = folder;
    }

    static Workbench of(long seed) {
        return new Workbench(seed, 2, Path.of("target"));
    }

    static Workbench of(long seed, int threads) {
        return new Workbench(seed, threads, Path.of("target"));
    }

    static Workbench in(Path folder) {
        return new Workbench(1, 2, folder);
    }

    double metric(String name) {
        Metric metric = metrics.get(name);
        if (metric == null) {
            throw new AssertionError("there is no metric '" + name + "' among " + metrics.keySet());
        }
        return metric.value().orElseThrow();
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
        return Progress.none();
    }

    @Override
    public void measured(Metric metric) {
        metrics.put(metric.name(), metric);
    }

    @Override
    public void figure(Figure figure) {
        figures.add(figure);
    }

    @Override
    public void table(Listing listing) {
        tables.put(listing.title(), listing);
    }

    @Override
    public void count(String name, long rows) {
        counts.merge(name, rows, Long::sum);
    }

    @Override
    public void warn(String sentence) {
        warnings.add(sentence);
    }

    @Override
    public void close() {
        engine.close();
    }
}
