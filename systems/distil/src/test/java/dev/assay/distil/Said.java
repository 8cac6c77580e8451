package dev.assay.distil;

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
import java.util.Objects;

/// A stage's context that keeps what a stage says.
final class Said implements StageContext, AutoCloseable {
    final Map<String, Metric> metrics = new LinkedHashMap<>();
    final Map<String, Listing> tables = new LinkedHashMap<>();
    final List<Figure> figures = new ArrayList<>();
    final Map<String, Long> counts = new LinkedHashMap<>();
    final List<String> warnings = new ArrayList<>();
    private final Engine engine = LocalEngine.of(2);
    private final Path folder;

    Said(Path folder) {
        this.folder = folder;
    }

    Metric metric(String name) {
        return Objects.requireNonNull(metrics.get(name), () -> name + " is not among " + metrics.keySet());
    }

    double value(String name) {
        return metric(name).value().orElseThrow();
    }

    @Override
    public Seed seed() {
        return Seed.of(1);
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
