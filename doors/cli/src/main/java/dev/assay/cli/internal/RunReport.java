package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.receipt.DriftReport;
import dev.assay.receipt.ReceiptReader;
import dev.assay.report.ArtefactRow;
import dev.assay.report.ClaimRow;
import dev.assay.report.DistributionRow;
import dev.assay.report.DriftRow;
import dev.assay.report.DriftSummary;
import dev.assay.report.PlanRow;
import dev.assay.report.ReceiptRow;
import dev.assay.report.Report;
import dev.assay.report.RunStatus;
import dev.assay.report.SettingRow;
import dev.assay.report.StageSection;
import dev.assay.report.StageStatus;
import dev.assay.report.Verdict;
import dev.assay.study.Claim;
import dev.assay.study.Headline;
import dev.assay.study.Metric;
import dev.assay.study.RunView;
import dev.assay.study.Setting;
import dev.assay.study.StageDescription;
import dev.assay.study.StageRegistry;
import dev.assay.study.StageView;
import dev.assay.study.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A run as the page shows it.
final class RunReport {
    private RunReport() {}

    /// Seconds between two times, however far apart a record says that they are.
    static double seconds(Instant start, Instant end) {
        Duration took = Duration.between(start, end);
        return took.toSeconds() + took.toMillisPart() / 1000.0;
    }

    static Report of(RunView run, Workspace workspace) {
        Instant end = run.finishedAt().orElse(run.startedAt());
        return new Report(
                run.title(),
                run.about(),
                run.study(),
                run.id(),
                run.startedAt(),
                seconds(run.startedAt(), end),
                status(run),
                run.seed(),
                run.codeVersion(),
                run.stages().stream().map(RunReport::planned).toList(),
                run.claims().stream().map(RunReport::claimed).toList(),
                run.stages().stream().map(RunReport::section).toList(),
                run.drift().map(drift -> drift(drift, workspace.folder(run), earlier(drift, workspace))),
                receipts(workspace.folder(run)));
    }

    private static RunStatus status(RunView run) {
        return switch (run.status()) {
            case PASSED -> run.contradicted().isEmpty() ? RunStatus.PASSED : RunStatus.CONTRADICTED;
            case FAILED -> RunStatus.FAILED;
            case RUNNING, INTERRUPTED -> RunStatus.INTERRUPTED;
        };
    }

    private static PlanRow planned(StageView stage) {
        StageStatus status = switch (stage.status()) {
            case PASSED -> stage.reused() ? StageStatus.REUSED : StageStatus.PASSED;
            case FAILED -> StageStatus.FAILED;
            case SKIPPED -> StageStatus.SKIPPED;
            case WAITING, RUNNING, INTERRUPTED -> StageStatus.INTERRUPTED;
        };
        String reason = stage.failure()
                .map(StageView.Failure::sentence)
                .orElse(
                        stage.reused()
                                ? "nothing it follows from has changed"
                                        + stage.reusedFrom()
                                                .map(run -> "; run " + run + " did the work")
                                                .orElse("")
                                : stage.note());
        Set<String> upstream = new LinkedHashSet<>();
        stage.inputs().forEach(i -> {
            int dot = i.from().indexOf('.');
            if (dot > 0 && !i.from().contains("/")) {
                upstream.add(i.from().substring(0, dot));
            }
        });
        return new PlanRow(
                stage.name(),
                stage.kind(),
                StageRegistry.installed()
                        .find(stage.kind())
                        .map(StageDescription::summary)
                        .orElse(""),
                status,
                reason,
                stage.cost()
                        .map(c -> OptionalDouble.of(c.wallMillis() / 1000.0))
                        .orElse(OptionalDouble.empty()),
                stage.cost().map(c -> OptionalLong.of(c.peakMemoryBytes())).orElse(OptionalLong.empty()),
                count(stage, "records_in"),
                count(stage, "records_out"),
                List.copyOf(upstream));
    }

    private static OptionalLong count(StageView stage, String name) {
        Long rows = stage.counts().get(name);
        return rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
    }

    private static ClaimRow claimed(RunView.ClaimView view) {
        Claim claim = view.claim();
        Verdict verdict = switch (view.verdict()) {
            case HOLDS -> Verdict.HOLDS;
            case CONTRADICTED -> Verdict.CONTRADICTED;
            case UNDECIDED -> Verdict.UNDECIDED;
            case NOT_MEASURED -> Verdict.NOT_MEASURED;
        };
        return new ClaimRow(
                claim.id(),
                claim.says(),
                claim.stage() + "." + claim.metric(),
                claim.side().name().toLowerCase(Locale.ROOT) + " " + People.number(claim.bound()),
                verdict,
                view.measured(),
                "");
    }

    private static StageSection section(StageView stage) {
        Optional<StageDescription> description = StageRegistry.installed().find(stage.kind());
        List<SettingRow> settings = new ArrayList<>();
        stage.settings().forEach((name, value) -> {
            String text = String.valueOf(value);
            boolean isDefault = description.stream()
                    .flatMap(d -> d.settings().stream())
                    .filter(s -> s.name().equals(name))
                    .flatMap(s -> s.defaultText().stream())
                    .filter(d -> !d.equals(Setting.REQUIRED))
                    .anyMatch(d -> same(d, text));
            settings.add(new SettingRow(name, text, isDefault));
        });
        return new StageSection(
                stage.name(),
                stage.kind(),
                settings,
                stage.metrics(),
                headlines(description, stage.metrics()),
                stage.listings(),
                stage.figures(),
                stage.warnings(),
                notes(stage),
                stage.counts(),
                stage.inputs().stream()
                        .map(i -> new ArtefactRow(
                                i.name(), i.from(), i.digest(), OptionalLong.empty(), OptionalLong.empty()))
                        .toList(),
                stage.outputs().stream()
                        .map(o -> new ArtefactRow(
                                o.artefact(),
                                "outputs/" + stage.name() + "/" + o.file(),
                                o.sha256(),
                                o.rows().map(OptionalLong::of).orElse(OptionalLong.empty()),
                                OptionalLong.of(o.bytes())))
                        .toList());
    }

    /// What a reader must know about how far the stage's results can be traced and shown.
    static List<String> notes(StageView stage) {
        List<String> notes = new ArrayList<>();
        stage.outside()
                .ifPresent(outside -> notes.add("Depends on something outside: " + outside
                        + ". What is kept is what was answered then; asked again, it may answer otherwise."));
        if (stage.confidential()) {
            notes.add(
                    "Something that it read is confidential: tables, charts, warnings and exact numbers are withheld, "
                            + "counts are rounded to tens, estimates are coarse, and digests of files are keyed.");
        }
        return notes;
    }

    /// Whether two writings are of one value: `10` and `10.0`, quoted or not.
    private static boolean same(String written, String value) {
        if (written.equals(value) || written.replace("\"", "").equals(value)) {
            return true;
        }
        try {
            return new BigDecimal(written).compareTo(new BigDecimal(value)) == 0;
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    /// The metrics that a stage's kind calls its headlines; of a kind that calls none, its estimates or
    /// else its first number.
    static List<String> headlines(Optional<StageDescription> description, List<Metric> metrics) {
        Optional<Headline> mark = description.map(d -> d.stage().getClass().getAnnotation(Headline.class));
        if (mark.isPresent()) {
            return Arrays.stream(mark.get().value())
                    .map(name -> Pattern.compile(Pattern.quote(name).replace("*", "\\E.+\\Q")))
                    .flatMap(name -> metrics.stream()
                            .map(Metric::name)
                            .filter(metric -> name.matcher(metric).matches()))
                    .distinct()
                    .toList();
        }
        List<Metric> given = metrics.stream().filter(m -> m.value().isPresent()).toList();
        List<Metric> estimates = given.stream().filter(m -> m.low().isPresent()).toList();
        return (estimates.isEmpty() ? given.stream().limit(1) : estimates.stream())
                .map(Metric::name)
                .toList();
    }

    /// What changed: the flags of the run, with what the drift report among its receipts knows beyond
    /// them.
    private static DriftSummary drift(RunView.DriftView drift, Path folder, Optional<Path> earlier) {
        DriftSummary.Severity severity =
                DriftSummary.Severity.valueOf(drift.severity().name());
        Optional<DriftReport> report = driftReport(folder);
        List<DriftRow> rows = new ArrayList<>();
        for (RunView.Flag flag : drift.flags()) {
            Optional<DriftReport.Flag> told = report.stream()
                    .flatMap(r -> r.flags().stream())
                    .filter(f -> f.check().name().equals(flag.check())
                            && f.subject().equals(flag.subject())
                            && f.text().equals(flag.text()))
                    .findFirst();
            List<DriftReport.SchemaChange> changes = report.stream()
                    .flatMap(r -> r.schemaChanges().stream())
                    .filter(change ->
                            flag.check().equals("D6") && change.field().equals(flag.subject()))
                    .toList();
            Optional<DriftReport.SchemaChange> change =
                    changes.size() == 1 ? Optional.of(changes.getFirst()) : Optional.empty();
            rows.add(new DriftRow(
                    told.map(f -> f.check().name() + " " + f.check().title()).orElse(flag.check()),
                    flag.subject(),
                    change.flatMap(DriftReport.SchemaChange::before).orElse(""),
                    change.flatMap(DriftReport.SchemaChange::after).orElse(""),
                    report.flatMap(r -> told.map(r::severity))
                            .map(s -> DriftSummary.Severity.valueOf(s.name()))
                            .orElse(severity),
                    flag.text()));
        }
        earlier.ifPresent(before -> WhatChanged.between(before, folder)
                .forEach(given -> rows.add(new DriftRow(
                        "what was given",
                        given.stage() + " " + given.file(),
                        "",
                        "",
                        DriftSummary.Severity.OK,
                        given.text()))));
        return new DriftSummary(
                drift.priorRun().orElse(""),
                severity,
                rows,
                report.stream()
                        .flatMap(r -> r.columns().stream())
                        .map(RunReport::distribution)
                        .toList());
    }

    /// The folder of the run before, if it is still there.
    private static Optional<Path> earlier(RunView.DriftView drift, Workspace workspace) {
        return drift.priorRun()
                .flatMap(prior -> workspace.runs().stream()
                        .filter(run -> run.id().equals(prior))
                        .findFirst())
                .map(workspace::folder);
    }

    private static Optional<DriftReport> driftReport(Path folder) {
        try {
            return Optional.of(ReceiptReader.at(folder).drift());
        } catch (Fault unreadable) {
            // The page shows what the run itself knows; that a receipt is damaged is for verifying to
            // tell.
            return Optional.empty();
        }
    }

    private static DistributionRow distribution(DriftReport.ColumnDrift column) {
        return new DistributionRow(
                column.name(),
                column.kind().name().toLowerCase(Locale.ROOT),
                column.method().title()
                        + column.effect()
                                .map(e -> "; " + e.measure().title() + " " + People.number(e.value()) + " of "
                                        + People.number(e.atLeast()))
                                .orElse(""),
                column.statistic(),
                optional(column.pAdjusted().isPresent() ? column.pAdjusted() : column.p()),
                column.threshold(),
                optional(column.psi()),
                column.drift(),
                column.nRef(),
                column.nCur());
    }

    private static OptionalDouble optional(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static List<ReceiptRow> receipts(Path folder) {
        Path receipts = folder.resolve("receipts");
        if (!Files.isDirectory(receipts)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(receipts)) {
            List<ReceiptRow> rows = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                rows.add(new ReceiptRow(
                        "receipts/" + name, what(name), Digest.ofFile(file).hex(), Files.size(file)));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String what(String name) {
        if (name.endsWith(".dsse.json")) {
            return "signature of a statement, DSSE envelope";
        }
        if (name.endsWith(".tests.intoto.json")) {
            return "results of checks, in-toto statement";
        }
        if (name.endsWith(".intoto.json")) {
            return "provenance of a stage, in-toto statement";
        }
        if (name.endsWith(".record.json")) {
            return "record of a stage";
        }
        return name.startsWith("drift") ? "comparison with the run before" : "summary of the run";
    }
}
