package dev.assay.distil;

import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.score.Scorer;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.Artefact;
import dev.assay.study.Figure;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `distil.score`: evidence given categories by rules.
@Headline("accepted")
public final class ScoreStage implements Stage<ScoreStage.Settings, ScoreStage.Scored> {
    /// Evidence and rules.
    public record Settings(
            @Input("a folder of evidence, such as distil.collect makes")
            Path evidence,

            @Input("rule files by the names that mappings use")
            Map<String, Path> rules,

            @Input("scores of an earlier run: rows of the same evidence and rules are taken from there")
            Optional<Path> earlier,

            @Setting("when this is scored, RFC 3339 in UTC such as 2026-01-31T00:00:00Z; pinned, so that runs repeat")
            String scoredAt) {}

    /// What comes out.
    public record Scored(
            @Artefact("scores in folders by day, a JSON Lines file a stream, in the order of the evidence")
            Path scored,

            @Artefact("a row for each stream and category: rows")
            Frame coverage,

            @Artefact("a row for each category and reason: rows")
            Frame reasons) {}

    @Override
    public String kind() {
        return "distil.score";
    }

    @Override
    public String summary() {
        return "give each piece of evidence a category by rules, without any model";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Scored> output() {
        return Scored.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Scored run(Settings input, StageContext context) {
        if (!EvidenceSchema.isTime(input.scoredAt())) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'scored-at' is a time in UTC such as 2026-01-31T00:00:00Z, got '" + input.scoredAt() + "'");
        }
        Map<String, RuleFile> rules = new TreeMap<>();
        input.rules().forEach((name, file) -> rules.put(name, RuleFile.read(file)));
        Path folder = context.folder().resolve("scored");
        Scorer.Result result = Scorer.score(
                input.evidence(),
                rules,
                input.scoredAt(),
                input.earlier(),
                folder,
                context.engine(),
                context.progress("scoring"));
        tell(context, result);
        return new Scored(folder, coverage(result), reasons(result));
    }

    private static void tell(StageContext context, Scorer.Result result) {
        long rows = result.rows();
        context.count("records_in", rows);
        context.count("records_out", rows);
        context.count("accepted", result.of(Category.ACCEPTED));
        context.count("partially_accepted", result.of(Category.PARTIALLY_ACCEPTED));
        context.count("rejected", result.of(Category.REJECTED));
        context.count("needs_human", result.of(Category.NEEDS_HUMAN_REVIEW));
        context.measured(Metric.exact("rows", rows, rows));
        for (Category category : Category.values()) {
            context.measured(Metric.exact(category.text().replace('_', '-'), result.of(category), rows));
        }
        context.measured(Metric.exact("reused", result.reused(), rows));
        List<String> streams = List.copyOf(result.byStream().keySet());
        List<Figure.Series> series = new ArrayList<>();
        for (Category category : Category.values()) {
            series.add(new Figure.Series(
                    category.text().replace('_', ' '),
                    streams.stream()
                            .map(stream -> percent(counts(result, stream), category))
                            .toList()));
        }
        context.figure(new Figure.Bars(
                "Categories by stream",
                "What rules said of each stream's rows, as parts of the stream, whose rows stand behind its name.",
                "stream",
                "% of the stream's rows",
                streams.stream()
                        .map(stream -> stream + " ("
                                + Arrays.stream(counts(result, stream)).sum() + ")")
                        .toList(),
                series));
        List<List<Object>> shown = new ArrayList<>();
        for (String stream : streams) {
            List<Object> row = new ArrayList<>(List.of(stream));
            long[] counts = counts(result, stream);
            Arrays.stream(counts).forEach(row::add);
            row.add(Arrays.stream(counts).sum());
            row.add(String.valueOf(result.versions().get(stream)));
            shown.add(row);
        }
        context.table(new Listing(
                "Coverage",
                "",
                List.of("stream", "accepted", "partially accepted", "rejected", "needs human review", "rows", "rules"),
                shown));
        List<List<Object>> why = new ArrayList<>();
        result.byReason()
                .forEach((reason, count) -> why.add(List.of(
                        reason.substring(0, reason.indexOf('/')).replace('_', ' '),
                        reason.substring(reason.indexOf('/') + 1),
                        count)));
        context.table(new Listing("Reasons", "", List.of("category", "reason", "rows"), why));
    }

    private static double percent(long[] counts, Category category) {
        long rows = Arrays.stream(counts).sum();
        return rows == 0 ? Double.NaN : 100.0 * counts[category.ordinal()] / rows;
    }

    private static long[] counts(Scorer.Result result, String stream) {
        return result.byStream().getOrDefault(stream, new long[Category.values().length]);
    }

    private static Frame coverage(Scorer.Result result) {
        List<String> streams = new ArrayList<>();
        List<String> categories = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        result.byStream().forEach((stream, counts) -> {
            for (Category category : Category.values()) {
                streams.add(stream);
                categories.add(category.text());
                rows.add(counts[category.ordinal()]);
            }
        });
        return Frame.empty()
                .with("stream", Column.Texts.of(streams.toArray(String[]::new)))
                .with("category", Column.Texts.of(categories.toArray(String[]::new)))
                .with(
                        "rows",
                        Column.Longs.of(rows.stream().mapToLong(Long::longValue).toArray()));
    }

    private static Frame reasons(Scorer.Result result) {
        List<String> keys = List.copyOf(result.byReason().keySet());
        return Frame.empty()
                .with(
                        "category",
                        Column.Texts.of(keys.stream()
                                .map(key -> key.substring(0, key.indexOf('/')))
                                .toArray(String[]::new)))
                .with(
                        "reason",
                        Column.Texts.of(keys.stream()
                                .map(key -> key.substring(key.indexOf('/') + 1))
                                .toArray(String[]::new)))
                .with(
                        "rows",
                        Column.Longs.of(result.byReason().values().stream()
                                .mapToLong(Long::longValue)
                                .toArray()));
    }
}
