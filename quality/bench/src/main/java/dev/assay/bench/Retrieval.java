package dev.assay.bench;

import dev.assay.chance.Seed;
import dev.assay.distil.Hit;
import dev.assay.distil.IndexSettings;
import dev.assay.distil.Playbooks;
import dev.assay.distil.RetrievalIndex;
import dev.assay.distil.RetrievalMethod;
import dev.assay.distil.Retriever;
import dev.assay.distil.TextAnalysis;
import dev.assay.distil.VectorSource;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Rankings measured. See `retrieval.sh`.
///
/// Arguments: `quality`, documents, topics, judgements, then any number of files with queries that are off the
/// topic; or `speed` and a number of playbooks; or `graph` and a number of vectors.
final class Retrieval {
    private static final int DEPTH = 1000;
    private static final double[] FLOORS = {0.20, 0.25, 0.30};

    private Retrieval() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("assay-retrieval");
        try (LocalEngine engine = LocalEngine.ofAllCores()) {
            switch (args[0]) {
                case "quality" -> quality(List.of(args).subList(1, args.length), folder, engine);
                case "speed" -> RetrievalSpeed.words(Integer.parseInt(args[1]), folder.resolve("speed"), engine);
                case "graph" -> RetrievalSpeed.graph(Integer.parseInt(args[1]), folder.resolve("graph"), engine);
                default -> throw new IllegalArgumentException("quality, speed or graph, not " + args[0]);
            }
        } catch (Fault fault) {
            System.err.println("retrieval: " + fault.getMessage());
            delete(folder);
            System.exit(fault.kind().exitCode());
        } finally {
            delete(folder);
        }
    }

    private static void quality(List<String> files, Path folder, Engine engine) {
        if (files.size() < 3) {
            throw Fault.of(
                    Fault.Kind.USAGE,
                    "three files are needed: documents, topics and judgements; without any, speed is measured");
        }
        TestCollection collection =
                TestCollection.read(Path.of(files.get(0)), Path.of(files.get(1)), Path.of(files.get(2)));
        say(
                "%d documents, %d topics of which %d are measured: they have a relevant document",
                collection.documents().size(),
                collection.topics().size(),
                collection.judged().keySet().stream()
                        .filter(collection::measurable)
                        .count());
        if (collection.relevantButMissing() > 0) {
            say(
                    "%d relevant documents are not among the documents; they count as not found",
                    collection.relevantButMissing());
        }
        rankings(collection, folder, engine);
        Map<String, Map<String, String>> queries = new LinkedHashMap<>();
        Map<String, String> judged = new LinkedHashMap<>(collection.topics());
        judged.keySet().retainAll(collection.judged().keySet());
        queries.put("judged topics", judged);
        for (String file : files.subList(3, files.size())) {
            Path path = Path.of(file);
            queries.put(String.valueOf(path.getFileName()), TestCollection.topics(path));
        }
        scores(collection, queries, folder.resolve("plain"), engine);
    }

    private static void rankings(TestCollection collection, Path folder, Engine engine) {
        say("%-28s %-24s %8s %8s %8s %9s", "method", "MAP [95 % over topics]", "P@30", "nDCG@10", "R@1000", "index s");
        Path words = folder.resolve("words");
        double seconds = index(collection, words, IndexSettings.DEFAULT, engine);
        measure("BM25 0.9/0.4", collection, words, RetrievalMethod.DEFAULT, seconds, engine);
        measure("BM25 1.2/0.75", collection, words, new RetrievalMethod.Bm25(1.2, 0.75, false), seconds, engine);
        measure("BM25 0.9/0.4 exact", collection, words, new RetrievalMethod.Bm25(0.9, 0.4, true), seconds, engine);
        measure("BM25 1.2/0.75 exact", collection, words, new RetrievalMethod.Bm25(1.2, 0.75, true), seconds, engine);
        measure("Jaccard", collection, words, new RetrievalMethod.Jaccard(), seconds, engine);
        measure("TF-IDF cosine", collection, words, new RetrievalMethod.TfIdf(), seconds, engine);
        RetrievalMethod vectors = new RetrievalMethod.Vectors();
        double fused = 0;
        for (int dimensions : new int[] {64, 128, 256}) {
            Path latent = folder.resolve("latent" + dimensions);
            seconds = index(
                    collection, latent, IndexSettings.DEFAULT.withVectors(new VectorSource.Latent(dimensions)), engine);
            fused = dimensions == 128 ? seconds : fused;
            measure("TF-IDF + SVD " + dimensions, collection, latent, vectors, seconds, engine);
        }
        for (boolean exact : new boolean[] {false, true}) {
            measure(
                    "fusion BM25" + (exact ? " exact" : "") + " + SVD 128",
                    collection,
                    folder.resolve("latent128"),
                    RetrievalMethod.Fused.of(new RetrievalMethod.Bm25(0.9, 0.4, exact), vectors),
                    fused,
                    engine);
        }
    }

    static double index(TestCollection collection, Path folder, IndexSettings settings, Engine engine) {
        long start = System.nanoTime();
        RetrievalIndex.create(folder, settings, Playbooks.of(collection.documents()), Seed.of(1), engine);
        return (System.nanoTime() - start) / 1e9;
    }

    /// The measures of each topic that has a relevant document, in the order of topics.
    static List<RankingMeasures> measures(TestCollection collection, Path folder, RetrievalMethod method) {
        List<RankingMeasures> topics = new ArrayList<>();
        try (Retriever retriever = Retriever.open(folder, method)) {
            collection.judged().forEach((topic, judged) -> {
                String query = collection.topics().get(topic);
                if (query != null && collection.measurable(topic)) {
                    List<String> ids = retriever.search(query, DEPTH).stream()
                            .map(hit -> hit.playbook().id())
                            .toList();
                    topics.add(RankingMeasures.of(ids, judged));
                }
            });
        }
        return topics;
    }

    private static void measure(
            String name,
            TestCollection collection,
            Path folder,
            RetrievalMethod method,
            double seconds,
            Engine engine) {
        List<RankingMeasures> topics = measures(collection, folder, method);
        double[] precisions =
                topics.stream().mapToDouble(RankingMeasures::averagePrecision).toArray();
        Estimate map = Bootstrap.of(1)
                .means(Units.rows(precisions.length), new double[][] {precisions}, engine)
                .getFirst();
        say(
                "%-28s %.4f [%.4f, %.4f] %10.4f %8.4f %8.4f %9.2f",
                name,
                map.value().orElse(Double.NaN),
                map.low().orElse(Double.NaN),
                map.high().orElse(Double.NaN),
                mean(topics, RankingMeasures::precisionAt30),
                mean(topics, RankingMeasures::ndcgAt10),
                mean(topics, RankingMeasures::recallAt1000),
                seconds);
    }

    private static double mean(List<RankingMeasures> topics, java.util.function.ToDoubleFunction<RankingMeasures> of) {
        return topics.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    /// What the best document of a query scores, for queries on and off the topic.
    private static void scores(
            TestCollection collection, Map<String, Map<String, String>> queries, Path folder, Engine engine) {
        index(collection, folder, IndexSettings.DEFAULT.withAnalysis(TextAnalysis.PLAIN), engine);
        say("");
        say("best document of a query, median [5 %%, 95 %%]; plain tokens");
        try (Retriever bm25 = Retriever.open(folder, RetrievalMethod.DEFAULT);
                Retriever jaccard = Retriever.open(folder, new RetrievalMethod.Jaccard())) {
            queries.forEach((name, texts) -> {
                double[] first =
                        sorted(texts.values(), q -> top(bm25, q).map(Hit::score).orElse(0.0));
                double[] shared = sorted(
                        texts.values(), q -> top(jaccard, q).map(Hit::score).orElse(0.0));
                double[] covered = sorted(
                        texts.values(), q -> top(bm25, q).map(Hit::coverage).orElse(0.0));
                double[] most = sorted(
                        texts.values(),
                        q -> bm25.search(q, collection.documents().size()).stream()
                                .mapToDouble(Hit::coverage)
                                .max()
                                .orElse(0));
                say("%s (%d queries)", name, texts.size());
                say("  BM25 %s, Jaccard %s", spread(first), spread(shared));
                say("  coverage of BM25's first %s, greatest coverage %s", spread(covered), spread(most));
                StringBuilder kept = new StringBuilder();
                for (double floor : FLOORS) {
                    kept.append(String.format(
                            Locale.ROOT,
                            " %.2f: %.0f %% / %.0f %%",
                            floor,
                            100 * share(covered, floor),
                            100 * share(most, floor)));
                }
                say("  kept at floor (by BM25's first / by any document):%s", kept);
            });
        }
    }

    private static java.util.Optional<Hit> top(Retriever retriever, String query) {
        return retriever.search(query, 1).stream().findFirst();
    }

    private static double[] sorted(
            java.util.Collection<String> texts, java.util.function.ToDoubleFunction<String> score) {
        return texts.stream().mapToDouble(score).sorted().toArray();
    }

    private static double share(double[] sorted, double floor) {
        return (double) Arrays.stream(sorted).filter(x -> x >= floor).count() / sorted.length;
    }

    private static String spread(double[] sorted) {
        return String.format(
                Locale.ROOT,
                "%.3f [%.3f, %.3f]",
                quantile(sorted, 0.5),
                quantile(sorted, 0.05),
                quantile(sorted, 0.95));
    }

    private static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int low = (int) at;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @SuppressWarnings("AnnotateFormatMethod")
    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
