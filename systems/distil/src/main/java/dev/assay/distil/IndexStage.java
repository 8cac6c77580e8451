package dev.assay.distil;

import dev.assay.chance.Seed;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.endpoint.Sent;
import dev.assay.fault.Fault;
import dev.assay.study.Artefact;
import dev.assay.study.Destination;
import dev.assay.study.Figure;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `distil.index`: samples of a RAG export made searchable.
@Headline({})
public final class IndexStage implements Stage<IndexStage.Settings, IndexStage.Indexed> {
    /// Where vectors come from.
    public enum VectorChoice {
        /// There are none.
        NONE,
        /// From the samples' own words.
        LATENT,
        /// From an end point.
        END_POINT
    }

    /// Which samples and how.
    public record Settings(
            @Input("samples for retrieval: the dataset folder of distil.export to rag, or its rag.jsonl")
            Path rag,

            @Input("an index of an earlier run: samples that it does not hold are added")
            Optional<Path> earlier,

            @Setting(
                    value =
                            "how texts become words: english (stop words left out, stems) or plain (stop words left out)",
                    defaultsTo = "english")
            TextAnalysis analysis,

            @Setting(
                    value =
                            "vectors besides words: none, latent (truncated singular value decomposition of the words' weights) or end-point",
                    defaultsTo = "none")
            VectorChoice vectors,

            @Setting(value = "length of latent vectors", defaultsTo = "128", min = 1, max = 4096)
            int dimensions,

            @Setting(
                    value =
                            "the end point that makes vectors, what stands before /embeddings: http://localhost:11434/v1",
                    form = Setting.Form.BASE_URL)
            Optional<String> baseUrl,

            @Setting("the model that makes vectors, as the end point knows it")
            Optional<String> model,

            @Setting(
                    value = "the environment variable that holds the key of the end point, ASSAY_KEY_ and more",
                    form = Setting.Form.KEY_VARIABLE)
            Optional<String> keyVariable,

            @Setting(value = "texts in one request to the end point", defaultsTo = "32", min = 1, max = 2048)
            int batch,

            @Setting(
                    value = "whether texts may be sent only to end points on this machine or in a private network",
                    defaultsTo = "false")
            boolean localOnly,

            @Setting(
                    value = "with fewer vectors all are compared, from this number on a graph is searched",
                    defaultsTo = "50000",
                    min = 1,
                    max = 2_000_000_000)
            int exactBelow) {}

    /// What comes out.
    public record Indexed(
            @Artefact("the index: a manifest, Lucene's files, and the space of latent vectors")
            Path index) {}

    @Override
    public String kind() {
        return "distil.index";
    }

    @Override
    public String summary() {
        return "make samples for retrieval searchable by words, by vectors or both";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Indexed> output() {
        return Indexed.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return settings.get("vectors") != VectorChoice.NONE;
    }

    /// The model that makes the vectors.
    @Override
    public Optional<String> outside(Settings input) {
        return input.vectors() == VectorChoice.END_POINT
                ? EndPointSettings.words("the vectors of", input.baseUrl(), input.model())
                : Optional.empty();
    }

    /// The end point that makes the vectors, unless it is elsewhere and nothing may leave.
    @Override
    public List<Destination> destinations(Map<String, Object> settings) {
        return VectorChoice.END_POINT.equals(settings.get("vectors"))
                ? EndPointSettings.destinations(settings, Sent.SAMPLES)
                : List.of();
    }

    @Override
    public Indexed run(Settings input, StageContext context) {
        Path folder = context.folder().resolve("index");
        IndexSettings settings = new IndexSettings(input.analysis(), vectors(input), input.exactBelow());
        Map<RagSample.Score, Long> scores = new EnumMap<>(RagSample.Score.class);
        Playbooks.in(input.rag()).each(playbook -> scores.merge(playbook.score(), 1L, Long::sum));
        RetrievalIndex.Change change;
        if (input.earlier().isPresent()) {
            IndexManifest before = RetrievalIndex.manifest(input.earlier().get());
            if (!before.settings().equals(settings)) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "the earlier index was made with other settings: give the same ones, or make a new index");
            }
            copy(input.earlier().get(), folder);
            change = RetrievalIndex.add(folder, Playbooks.in(input.rag()), context.permissions());
        } else {
            change = RetrievalIndex.create(
                    folder,
                    settings,
                    Playbooks.in(input.rag()),
                    // Words alone draw nothing, and such a stage has no seed.
                    input.vectors() == VectorChoice.NONE ? Seed.of(0) : context.seed(),
                    context.engine(),
                    context.permissions());
        }
        if (change.earlier() > 0) {
            context.warn(change.earlier() + " of " + change.documents()
                    + " samples of the index came with an earlier one and "
                    + "are not in this export: if they were withdrawn since, they are still shown; make a new index, without "
                    + "an earlier one, to be rid of them.");
        }
        tell(context, RetrievalIndex.manifest(folder), change, scores);
        return new Indexed(folder);
    }

    private static VectorSource vectors(Settings input) {
        return switch (input.vectors()) {
            case NONE -> new VectorSource.None();
            case LATENT -> new VectorSource.Latent(input.dimensions());
            case END_POINT -> {
                EndPoint endPoint = EndPointSettings.endPoint(
                        input.baseUrl(),
                        input.model(),
                        input.keyVariable(),
                        EndPoint.Patience.DEFAULT,
                        "there is nothing to make vectors with: set base-url and model to an OpenAI-compatible end "
                                + "point that embeds, such as http://localhost:11434/v1 of Ollama, or take "
                                + "vectors: latent");
                if (input.localOnly() && !endPoint.isLocal()) {
                    throw Fault.of(
                            Fault.Kind.BAD_SETTING,
                            "texts may not leave this machine, but the end point is elsewhere: give a local one, or "
                                    + "set local-only to false");
                }
                yield new VectorSource.Embedded(endPoint, input.batch());
            }
        };
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw Storage.fault(to, e);
        }
    }

    private static void tell(
            StageContext context,
            IndexManifest manifest,
            RetrievalIndex.Change change,
            Map<RagSample.Score, Long> scores) {
        long rows = (long) change.added() + change.present();
        context.count("records_in", rows);
        context.count("records_out", change.added());
        context.count("deduped", change.present());
        context.measured(Metric.exact("playbooks", change.documents(), change.documents()));
        context.measured(Metric.exact("added", change.added(), rows));
        context.measured(Metric.exact("present", change.present(), rows));
        context.measured(Metric.exact("dimensions", manifest.dimensions(), change.documents()));
        List<String> categories = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (RagSample.Score score : RagSample.Score.values()) {
            categories.add(score.text().replace('_', ' '));
            counts.add(scores.getOrDefault(score, 0L).doubleValue());
        }
        context.figure(new Figure.Bars(
                "Samples by category",
                "Accepted runs are shown as examples, partially accepted ones as warnings, others not at all.",
                "category",
                "samples",
                categories,
                List.of(new Figure.Series("samples", counts))));
        context.table(new Listing(
                "Index",
                "",
                List.of("what", "value"),
                List.of(
                        List.of("playbooks", change.documents()),
                        List.of("added by this run", change.added()),
                        List.of("in the earlier index", change.present()),
                        List.of("in the earlier index alone", change.earlier()),
                        List.of("words", manifest.settings().analysis().text()),
                        List.of("vectors", vectors(manifest)),
                        List.of("digest of all ids", manifest.idsDigest().hex()),
                        List.of("Lucene", manifest.lucene()))));
    }

    private static String vectors(IndexManifest manifest) {
        return switch (manifest.settings().vectors()) {
            case VectorSource.None none -> "none";
            case VectorSource.Latent latent -> "latent, " + manifest.dimensions() + " dimensions";
            case VectorSource.Embedded embedded ->
                embedded.endPoint().model() + " at " + embedded.endPoint().baseUrl() + ", " + manifest.dimensions()
                        + " dimensions";
        };
    }
}
