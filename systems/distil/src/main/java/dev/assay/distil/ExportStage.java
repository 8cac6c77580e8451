package dev.assay.distil;

import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.export.ExportPlan;
import dev.assay.distil.internal.export.Exporter;
import dev.assay.distil.internal.export.Questions;
import dev.assay.distil.internal.export.Shape;
import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// `distil.export`: scored evidence made into samples, through a firewall of two layers.
@Headline("exported")
public final class ExportStage implements Stage<ExportStage.Settings, ExportStage.Exported> {
    /// What to export and what to keep out.
    public record Settings(
            @Input("a folder of evidence, such as distil.collect makes")
            Path evidence,

            @Input("its scores, such as distil.score makes") Path scored,

            @Input("the folder in which files that rows speak of must exist")
            Optional<Path> files,

            @Input("questions that must not be trained on: CSV, JSON Lines or Parquet with a column question")
            Optional<Path> benchmark,

            @Setting("what the samples are for") ExportKind to,

            @Setting("when this is made, RFC 3339 in UTC such as 2026-01-31T00:00:00Z; pinned, so that runs repeat")
            String createdAt,

            @Setting(value = "whether rag takes what nobody judged", defaultsTo = "false")
            boolean includeReview,

            @Setting(value = "whether sft takes what is right in part", defaultsTo = "false")
            boolean includePartial,

            @Setting(value = "most pairs of a task", defaultsTo = "5", min = 1, max = 1_000_000)
            int maxPairsPerTask,

            @Setting(value = "whether benchmark questions are looked for in answers only", defaultsTo = "false")
            boolean textOnly,

            @Setting(
                    value =
                            "similarity of 5-token shingles from which a sample is left out as a near duplicate, if each of its parts (prompt, context, answers; of rag title and text) has it; without one none is",
                    min = 0,
                    max = 1)
            Optional<Double> nearDuplicates,

            @Setting(
                    value =
                            "what is done about secrets and personal data: keys, tokens, passwords, e-mail and network addresses, telephone, account, card and social security numbers",
                    defaultsTo = "replace")
            PersonalData.Policy personalData,

            @Setting(
                    value = "the rules by which they are found; those of another version are refused",
                    defaultsTo = PersonalData.RULE_SET)
            String personalDataRules,

            @Setting(
                    value = "licences of streams that may be exported",
                    defaultsTo = "[Apache-2.0, MIT, BSD-2-Clause, BSD-3-Clause, CC0-1.0, CC-BY-4.0]")
            List<String> licences,

            @Setting(
                    value =
                            "shapes written beside the native file: openai-chat, prompt-completion, alpaca, sharegpt, dpo, trl; or all, or none",
                    defaultsTo = "[all]")
            List<String> shapes,

            @Setting(value = "whether Parquet files are written too", defaultsTo = "false")
            boolean parquet) {}

    /// What comes out.
    public record Exported(
            @Artefact("the samples in their native form and other shapes, with a card")
            Path dataset,

            @Artefact("rows and pairs that the firewall kept out, with reasons, a line each")
            Path quarantine,

            @Artefact("sound rows that a policy kept out, a line each")
            Path filtered) {}

    @Override
    public String kind() {
        return "distil.export";
    }

    @Override
    public String summary() {
        return "make samples of scored evidence, and prove that nothing forbidden is among them";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Exported> output() {
        return Exported.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Exported run(Settings input, StageContext context) {
        if (!EvidenceSchema.isTime(input.createdAt())) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'created-at' is a time in UTC such as 2026-01-31T00:00:00Z, got '" + input.createdAt() + "'");
        }
        if (!input.personalDataRules().equals(PersonalData.RULE_SET)) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'personal-data-rules' asks for '" + input.personalDataRules() + "', and this program has '"
                            + PersonalData.RULE_SET
                            + "' alone: leave the setting out, or use the program that has them");
        }
        ExportPlan plan = new ExportPlan(
                input.to(),
                input.includeReview(),
                input.includePartial(),
                input.maxPairsPerTask(),
                input.createdAt(),
                input.files(),
                input.benchmark().map(Questions::read),
                input.textOnly(),
                input.nearDuplicates().map(NearDuplicateSettings.defaults()::withThreshold),
                input.personalData(),
                new TreeSet<>(input.licences()),
                shapes(input.to(), input.shapes()),
                input.parquet());
        Exporter.Result result =
                Exporter.export(plan, input.evidence(), input.scored(), context.folder(), context.engine());
        tell(context, plan, result);
        return new Exported(
                context.folder().resolve("dataset"),
                context.folder().resolve("quarantine.jsonl"),
                context.folder().resolve("filtered.jsonl"));
    }

    private static List<Shape> shapes(ExportKind kind, List<String> names) {
        if (names.equals(List.of("all"))) {
            return Shape.of(kind);
        }
        List<Shape> shapes = new ArrayList<>();
        for (String name : names) {
            if (name.equals("none")) {
                continue;
            }
            List<String> known = Arrays.stream(Shape.values()).map(Shape::text).toList();
            Shape.of(kind).stream()
                    .filter(shape -> shape.text().equals(name))
                    .findFirst()
                    .ifPresentOrElse(shapes::add, () -> {
                        throw Fault.of(
                                Fault.Kind.BAD_SETTING,
                                "'" + name + "' is no shape of samples for " + kind.text() + "; there are "
                                        + String.join(
                                                ", ",
                                                Shape.of(kind).stream()
                                                        .map(Shape::text)
                                                        .toList())
                                        + "." + Nearest.clause(name, known));
                    });
        }
        return shapes;
    }

    private static void tell(StageContext context, ExportPlan plan, Exporter.Result result) {
        long rows = result.rows();
        if (plan.kind() != ExportKind.PREFERENCE
                && rows != result.exported() + result.quarantinedRows() + result.filteredRows()) {
            throw new IllegalStateException("rows got lost: " + rows + " in, " + result.exported() + " exported, "
                    + result.quarantinedRows() + " quarantined, " + result.filteredRows() + " filtered");
        }
        plan.benchmark().ifPresent(benchmark -> blindSpots(context, benchmark));
        context.count("records_in", rows);
        context.count("records_out", result.exported());
        context.count("quarantined", result.quarantinedRows());
        context.count("filtered", result.filteredRows());
        result.quarantined().forEach((reason, count) -> context.count("quarantine." + reason, count));
        result.filtered().forEach((filter, count) -> context.count("filter." + filter, count));
        context.measured(Metric.exact("rows", rows, rows));
        context.measured(Metric.exact("exported", result.exported(), rows));
        context.measured(Metric.exact("quarantined", result.quarantinedRows(), rows));
        context.measured(Metric.exact("filtered", result.filteredRows(), rows));
        context.measured(Metric.exact("with-personal-data", result.found().samples(), rows));
        result.found().places().forEach((kind, count) -> context.count("personal-data." + kind.text(), count));
        result.pairs().ifPresent(pairs -> {
            long tasks = pairs.withContrast() + pairs.withoutContrast();
            context.measured(Metric.exact("tasks-with-contrast", pairs.withContrast(), tasks));
            context.measured(Metric.exact("tasks-without-contrast", pairs.withoutContrast(), tasks));
            context.measured(Metric.exact("tasks-using-fallback", pairs.fallback(), tasks));
        });
        if (rows != result.ways().rows()) {
            throw new IllegalStateException("rows got lost on their way: " + rows + " in, "
                    + result.ways().rows() + " at an end");
        }
        if (rows > 0) {
            context.figure(result.ways()
                    .figure(
                            "Every row on its way to "
                                    + (plan.kind() == ExportKind.PREFERENCE
                                            ? "pairs"
                                            : plan.kind().text()),
                            result.streams().values()));
        }
        List<KeptOut> out = keptOut(result);
        String what = plan.kind() == ExportKind.PREFERENCE ? "rows and pairs" : "rows";
        if (!out.isEmpty()) {
            context.figure(new Figure.Bars(
                    "Kept out, and why",
                    "Each of them stands in quarantine.jsonl or filtered.jsonl with its source.",
                    "reason",
                    what,
                    out.stream().map(KeptOut::name).toList(),
                    List.of(new Figure.Series(
                            what,
                            out.stream().map(each -> (double) each.count()).toList()))));
        }
        List<List<Object>> shown = new ArrayList<>();
        shown.add(List.of("exported", result.exported(), "samples, read again and held against the scores"));
        out.forEach(each -> shown.add(List.of(each.name(), each.count(), each.meaning())));
        result.found()
                .places()
                .forEach((kind, count) -> shown.add(List.of(
                        "personal data: " + kind.text(),
                        count,
                        (plan.personal() == PersonalData.Policy.KEEP ? "places, left as they are" : "places, treated")
                                + ", by " + PersonalData.RULE_SET)));
        context.table(new Listing(
                "Samples for " + plan.kind().text(), "", List.of("what", "how many", "what it means"), shown));
    }

    /// What cannot be found, or not everywhere, is said with how many it is.
    private static void blindSpots(StageContext context, Decontamination benchmark) {
        context.count("benchmark.questions", benchmark.questions());
        context.count("benchmark.only-alone", benchmark.onlyAlone().size());
        context.count("benchmark.unfindable", benchmark.unfindable().size());
        if (!benchmark.unfindable().isEmpty()) {
            context.warn(benchmark.unfindable().size() + " of the benchmark's " + benchmark.questions()
                    + " questions are empty or hold no letter or digit and cannot be found: samples may hold what belongs to "
                    + "them.");
        }
        if (!benchmark.onlyAlone().isEmpty()) {
            context.warn(
                    benchmark.onlyAlone().size() + " of the benchmark's " + benchmark.questions()
                            + " questions have fewer than " + Decontamination.LEAST_INSIDE
                            + " words: they are found where a text or a line says nothing else, and not inside other sentences.");
        }
    }

    private record KeptOut(String name, long count, String meaning) {}

    /// Reasons and filters, the most frequent first.
    private static List<KeptOut> keptOut(Exporter.Result result) {
        List<KeptOut> out = new ArrayList<>();
        result.quarantined()
                .forEach((reason, count) -> out.add(new KeptOut(
                        reason,
                        count,
                        QuarantineReason.valueOf(reason.toUpperCase(Locale.ROOT))
                                .meaning())));
        result.filtered()
                .forEach((filter, count) -> out.add(new KeptOut(
                        "filter: " + filter,
                        count,
                        switch (filter) {
                            case "contaminated" -> "a question of the benchmark stands in it";
                            case "near_duplicate" -> "nearly the same sample is exported already";
                            case "pii" -> "personal data were found, and the policy drops such samples";
                            case "licence" -> "the licence of its stream is not among those allowed";
                            default -> "";
                        })));
        out.sort(Comparator.comparingLong(KeptOut::count).reversed().thenComparing(KeptOut::name));
        return out;
    }
}
