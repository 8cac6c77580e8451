package dev.assay.distil.internal.retrieve;

import dev.assay.distil.EndPoint;
import dev.assay.distil.Hit;
import dev.assay.distil.IndexManifest;
import dev.assay.distil.Playbook;
import dev.assay.distil.RetrievalMethod;
import dev.assay.distil.RetrievalMethod.Fused;
import dev.assay.distil.Retriever;
import dev.assay.distil.VectorSource;
import dev.assay.distil.internal.endpoint.Sent;
import dev.assay.fault.Fault;
import dev.assay.study.Permissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An open index and one way of ranking.
public final class Search implements AutoCloseable {
    /// A ranking, ready for queries.
    private interface Ranking {
        List<Ranked> best(String text, List<String> tokens, int k) throws IOException;
    }

    private final IndexManifest manifest;
    private final OpenIndex index;
    private final @Nullable Embedder embedder;
    private final Ranking ranking;

    private Search(IndexManifest manifest, OpenIndex index, @Nullable Embedder embedder, Ranking ranking) {
        this.manifest = manifest;
        this.index = index;
        this.embedder = embedder;
        this.ranking = ranking;
    }

    /// Opens an index.
    ///
    /// @param permissions asked before queries are sent to an end point
    public static Search open(
            Path folder, RetrievalMethod method, Optional<EndPoint> embeddings, Permissions permissions) {
        IndexManifest manifest = ManifestFile.read(folder);
        try {
            OpenIndex index = OpenIndex.in(folder.resolve(IndexFolder.SEGMENTS));
            try {
                if (index.documents() != manifest.documents()) {
                    throw ManifestFile.damaged(folder);
                }
                Embedder embedder = needsVectors(method) ? embedder(folder, manifest, embeddings, permissions) : null;
                return new Search(
                        manifest,
                        index,
                        embedder,
                        ranking(
                                index,
                                method,
                                embedder,
                                manifest.dimensions(),
                                manifest.settings().exactBelow()));
            } catch (IOException | RuntimeException e) {
                index.close();
                throw e;
            }
        } catch (Fault fault) {
            throw fault;
        } catch (IOException | RuntimeException e) {
            // Segments that somebody made up, or that are of other settings than the manifest says.
            throw ManifestFile.damaged(folder).causedBy(e);
        }
    }

    private static boolean needsVectors(RetrievalMethod method) {
        return switch (method) {
            case RetrievalMethod.Vectors vectors -> true;
            case Fused fused -> fused.parts().stream().anyMatch(Search::needsVectors);
            case RetrievalMethod.Bm25 bm25 -> false;
            case RetrievalMethod.Jaccard jaccard -> false;
            case RetrievalMethod.TfIdf tfIdf -> false;
        };
    }

    private static Embedder embedder(
            Path folder, IndexManifest manifest, Optional<EndPoint> embeddings, Permissions permissions)
            throws IOException {
        VectorSource source = manifest.settings().vectors();
        if (source instanceof VectorSource.Embedded embedded && embeddings.isPresent()) {
            source = new VectorSource.Embedded(embeddings.get(), embedded.batch());
        }
        Embedder embedder = IndexFolder.embedder(folder, manifest, source, Sent.QUERIES, permissions);
        if (embedder == null) {
            throw Fault.of(
                            Fault.Kind.BAD_SETTING,
                            "the index holds no vectors: rank by words, or make it anew with vectors")
                    .at(folder.toString());
        }
        return embedder;
    }

    private static Ranking ranking(
            OpenIndex index, RetrievalMethod method, @Nullable Embedder embedder, int dimensions, int exactBelow)
            throws IOException {
        return switch (method) {
            case RetrievalMethod.Bm25 bm25 -> {
                if (bm25.exactLengths()) {
                    WordRankings words = WordRankings.ofLengths(index);
                    yield (text, tokens, k) -> words.bm25(tokens, bm25.k1(), bm25.b(), k);
                }
                LuceneRanking lucene = new LuceneRanking(index, bm25.k1(), bm25.b());
                yield (text, tokens, k) -> lucene.best(tokens, k);
            }
            case RetrievalMethod.Jaccard jaccard -> {
                WordRankings words = WordRankings.ofSets(index);
                yield (text, tokens, k) -> words.jaccard(tokens, k);
            }
            case RetrievalMethod.TfIdf tfIdf -> {
                WordRankings words = WordRankings.ofVectors(index);
                yield (text, tokens, k) -> words.cosine(tokens, k);
            }
            case RetrievalMethod.Vectors vectors -> {
                VectorRanking nearest = new VectorRanking(index, exactBelow);
                yield (text, tokens, k) -> nearest(nearest, embedder, dimensions, text, k);
            }
            case Fused fused -> {
                List<Ranking> parts = new ArrayList<>();
                for (RetrievalMethod part : fused.parts()) {
                    parts.add(ranking(index, part, embedder, dimensions, exactBelow));
                }
                yield (text, tokens, k) -> {
                    List<List<Ranked>> rankings = new ArrayList<>();
                    for (Ranking part : parts) {
                        rankings.add(part.best(text, tokens, Fused.DEPTH));
                    }
                    return Fusion.of(rankings, k);
                };
            }
        };
    }

    private static List<Ranked> nearest(
            VectorRanking nearest, @Nullable Embedder embedder, int dimensions, String text, int k) throws IOException {
        if (embedder == null) {
            throw new IllegalStateException("vectors need something that makes them");
        }
        float[] vector = embedder.vectors(List.of(text)).getFirst();
        if (vector.length != dimensions) {
            throw Fault.of(
                    Fault.Kind.STAGE_FAILED,
                    "there are no vectors: the index has " + dimensions + " numbers in each, the query's has "
                            + vector.length + ": the model of the end point must not change; make the index anew");
        }
        for (float x : vector) {
            if (x != 0) {
                return nearest.best(vector, k);
            }
        }
        return List.of();
    }

    /// The best playbooks for a query.
    public List<Hit> best(String query, int k) {
        return relevant(query, k, 0);
    }

    /// The best playbooks that cover at least this much of a query.
    public List<Hit> relevant(String query, int k, double floor) {
        return relevant(query, k, floor, floor == 0 ? k : Math.max(k, Retriever.DEPTH), playbook -> true);
    }

    /// The best of those that may be shown.
    public List<Hit> relevant(String query, int k, double floor, Predicate<Playbook> shown) {
        return relevant(query, k, floor, Math.max(k, Retriever.DEPTH), shown);
    }

    /// @param most how deep the ranking is looked into
    private List<Hit> relevant(String query, int k, double floor, int most, Predicate<Playbook> shown) {
        if (k < 1 || !(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException(
                    "at least 1 playbook and a floor between 0 and 1 are asked for, got " + k + " and " + floor);
        }
        List<String> tokens = manifest.settings().analysis().tokens(query);
        try {
            Coverage coverage = new Coverage(index, tokens);
            int depth = k;
            while (true) {
                List<Ranked> ranked = ranking.best(query, tokens, depth);
                double[] covered = coverage.of(ranked);
                List<Hit> hits = new ArrayList<>(k);
                for (int i = 0; i < covered.length && hits.size() < k; i++) {
                    if (covered[i] >= floor) {
                        Playbook playbook = index.playbook(ranked.get(i).document());
                        if (shown.test(playbook)) {
                            hits.add(new Hit(i + 1, ranked.get(i).score(), covered[i], playbook));
                        }
                    }
                }
                if (hits.size() == k || ranked.size() < depth || depth == most) {
                    return List.copyOf(hits);
                }
                depth = most;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the index says of itself.
    public IndexManifest manifest() {
        return manifest;
    }

    /// Where queries are sent to be embedded, if they are.
    public Optional<EndPoint> endPoint() {
        return embedder instanceof EndPointEmbedder remote ? Optional.of(remote.endPoint()) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            index.close();
            if (embedder instanceof EndPointEmbedder open) {
                open.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
