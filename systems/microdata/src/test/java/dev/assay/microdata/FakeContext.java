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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Remembers what a stage says.
final class FakeContext implements StageContext, AutoCloseable {
    final List<Metric> metrics = new ArrayList<>();
    final List<Figure> figures = new ArrayList<>();
    final List<Listing> listings = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final Map<String, Long> counts = new TreeMap<>();
    private final Seed seed;
    private final Engine engine;
    private final Path folder;

    FakeContext(long seed, int threads, Path folder) {
        this.seed = Seed.of(seed);
        this.engine = LocalEngine.of(threads);
        this.folder = folder;
    }

    double value(String metric) {
        return metrics.stream()
                .filter(m -> m.name().equals(metric))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not measured: " + metric))
                .value()
                .orElseThrow();
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
        metrics.add(metric);
    }

    @Override
    public void figure(Figure figure) {
        figures.add(figure);
    }

    @Override
    public void table(Listing listing) {
        listings.add(listing);
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
