package dev.assay.distil;

import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.distil.internal.EvidenceParquet;
import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.collect.Collector;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `distil.collect`: logs of model runs made into evidence by mappings.
@Headline("evidence")
public final class CollectStage implements Stage<CollectStage.Settings, CollectStage.Collected> {
    /// Sources and how to read them.
    public record Settings(
            @Input("the folder in which the sources lie") Path source,

            @Input("mappings by label: YAML or JSON files, one a stream")
            Map<String, Path> mappings,

            @Input("evidence of an earlier run: rows that it knows are counted, new ones are added")
            Optional<Path> earlier,

            @Setting("when this is recorded, RFC 3339 in UTC such as 2026-01-31T00:00:00Z; pinned, so that runs repeat")
            String recordedAt,

            @Setting(
                    value = "how many rows may be skipped before the stage fails; -1 for any number",
                    defaultsTo = "0",
                    min = -1,
                    max = 1e12)
            long maxSkipped,

            @Setting(value = "whether Parquet files are written too", defaultsTo = "false")
            boolean parquet) {}

    /// What comes out.
    public record Collected(
            @Artefact(
                    "evidence in folders by day, a JSON Lines file a stream, and what the streams are; by month, year or all in "
                            + "one where there would be more than 2000 files")
            Path evidence,

            @Artefact("rows that could not be used: source file, position, reason and detail, a line each")
            Path skips,

            @Artefact("a row for each stream: files, rows, evidence, skipped, deduped")
            Frame streams,

            @Artefact("the evidence as Parquet files, empty unless asked for")
            Path tables) {}

    @Override
    public String kind() {
        return "distil.collect";
    }

    @Override
    public String summary() {
        return "make evidence of logs of model runs, by mappings";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Collected> output() {
        return Collected.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Collected run(Settings input, StageContext context) {
        if (!EvidenceSchema.isTime(input.recordedAt())) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'recorded-at' is a time in UTC such as 2026-01-31T00:00:00Z, got '" + input.recordedAt() + "'");
        }
        List<Mapping> mappings =
                input.mappings().values().stream().map(Mapping::read).toList();
        Path evidence = context.folder().resolve("evidence");
        Path skips = context.folder().resolve("skips.jsonl");
        Collector.Result result = Collector.collect(
                input.source(),
                mappings,
                input.recordedAt(),
                input.earlier(),
                evidence,
                skips,
                context.folder(),
                context.engine(),
                context.progress("collecting"));
        Path tables = context.folder().resolve("tables");
        EvidenceParquet.write(evidence, tables, input.parquet());
        tell(context, result);
        long skipped = result.streams().stream().mapToLong(StreamInfo::skipped).sum();
        if (input.maxSkipped() >= 0 && skipped > input.maxSkipped()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    skipped + (skipped == 1 ? " row" : " rows") + " of the sources cannot be used ("
                            + counts(result.skips()) + "), at most " + input.maxSkipped()
                            + " may be; mend the sources or the mapping, or raise 'max-skipped'");
        }
        return new Collected(evidence, skips, streams(result.streams()), tables);
    }

    private static String counts(Map<String, Long> reasons) {
        List<String> parts = new ArrayList<>();
        reasons.forEach((reason, count) -> parts.add(reason + " " + count));
        return String.join(", ", parts);
    }

    private static void tell(StageContext context, Collector.Result result) {
        long rows = 0;
        long made = 0;
        long skipped = 0;
        long deduped = 0;
        List<List<Object>> shown = new ArrayList<>();
        for (StreamInfo each : result.streams()) {
            rows += each.rows();
            made += each.made();
            skipped += each.skipped();
            deduped += each.deduped();
            shown.add(List.of(
                    each.stream(),
                    each.streamClass(),
                    each.licence(),
                    each.files(),
                    each.rows(),
                    each.made(),
                    each.skipped(),
                    each.deduped()));
            if (each.files() == 0) {
                context.warn("stream '" + each.stream() + "' has no source file");
            }
        }
        for (String stream : result.otherwise()) {
            context.warn("Stream '" + stream
                    + "': its earlier evidence was made by another mapping and stays as that made it; "
                    + "collect without 'earlier' to have all of it made alike.");
        }
        if (!result.unmapped().isEmpty()) {
            context.warn("Streams of the earlier evidence that no mapping makes now stay as they are: '"
                    + String.join("', '", result.unmapped())
                    + "'. Rows of a stream that got another name stand under both.");
        }
        if (rows != made + skipped + deduped) {
            throw new IllegalStateException("rows got lost: " + rows + " in, " + made + " made, " + skipped
                    + " skipped, " + deduped + " known");
        }
        context.count("records_in", rows);
        context.count("records_out", made);
        context.count("skipped", skipped);
        context.count("deduped", deduped);
        result.skips().forEach((reason, count) -> context.count("skip." + reason, count));
        context.measured(Metric.exact("rows", rows, rows));
        context.measured(Metric.exact("evidence", made, rows));
        context.measured(Metric.exact("skipped", skipped, rows));
        context.measured(Metric.exact("known", deduped, rows));
        context.table(new Listing(
                "Streams",
                "Rows of the sources are evidence, skipped, or known already. Digest of all evidence ids: "
                        + result.evidenceDigest(),
                List.of("stream", "class", "licence", "files", "rows", "evidence", "skipped", "known"),
                shown));
        if (!result.skips().isEmpty()) {
            Map<String, Long> sorted = new TreeMap<>(result.skips());
            context.figure(new Figure.Bars(
                    "Rows that could not be used",
                    "Each of them stands in skips.jsonl with its place.",
                    "reason",
                    "rows",
                    List.copyOf(sorted.keySet()),
                    List.of(new Figure.Series(
                            "rows",
                            sorted.values().stream().map(Long::doubleValue).toList()))));
        }
    }

    private static Frame streams(List<StreamInfo> all) {
        return Frame.empty()
                .with(
                        "stream",
                        Column.Texts.of(all.stream().map(StreamInfo::stream).toArray(String[]::new)))
                .with(
                        "class",
                        Column.Texts.of(
                                all.stream().map(StreamInfo::streamClass).toArray(String[]::new)))
                .with(
                        "files",
                        Column.Longs.of(
                                all.stream().mapToLong(StreamInfo::files).toArray()))
                .with(
                        "rows",
                        Column.Longs.of(all.stream().mapToLong(StreamInfo::rows).toArray()))
                .with(
                        "evidence",
                        Column.Longs.of(all.stream().mapToLong(StreamInfo::made).toArray()))
                .with(
                        "skipped",
                        Column.Longs.of(
                                all.stream().mapToLong(StreamInfo::skipped).toArray()))
                .with(
                        "deduped",
                        Column.Longs.of(
                                all.stream().mapToLong(StreamInfo::deduped).toArray()));
    }
}
