package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.DistributionSettings;
import dev.assay.receipt.Drift;
import dev.assay.receipt.DriftReport;
import dev.assay.receipt.DriftReport.ColumnDrift;
import dev.assay.receipt.DriftReport.StageDrift;
import dev.assay.receipt.DriftSettings;
import dev.assay.receipt.ReceiptReader;
import dev.assay.study.OutputColumns;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `assay drift A B`.
@Command(
        mixinStandardHelpOptions = true,
        description = {
            "Compare two runs by rule: what changed, how much, and whether something changed that could not have.",
            "",
            "Thresholds and columns are those of run B's study, see 'drift' in study files."
        })
final class DriftCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "A",
            defaultValue = "latest~1",
            description = "The earlier run: id, beginning of an id, latest~1, or a run's folder (default: latest~1).")
    private String a = "latest~1";

    @Parameters(
            index = "1",
            paramLabel = "B",
            arity = "0..1",
            defaultValue = "latest",
            description = "The present run (default: latest).")
    private String b = "latest";

    @Option(
            names = "--column",
            paramLabel = "STAGE.ARTEFACT.COLUMN",
            description = "Compare the distribution of this column, too; repeatable.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "warn|alert",
            description = "End with exit code 3 if the drift is as severe as that.")
    private @Nullable FailOn failOn;

    @Option(names = "--json", description = "Print the report as it stands in receipts.")
    private boolean json;

    @Mixin
    private WorkspaceOption option = new WorkspaceOption();

    @Override
    public Integer call() {
        Path earlier = option.runFolder(a);
        Path present = option.runFolder(b);
        DriftReport report = Drift.compare(
                Optional.of(earlier), present, settings(present), OutputColumns.READER, Clock.systemUTC());
        if (json) {
            Console.json(CanonicalJson.of(report));
        } else {
            tell(report, earlier, present);
        }
        return failOn == null ? 0 : failOn.exitCode(report.severity());
    }

    /// The settings that the run itself was compared with, and the columns asked for besides.
    private DriftSettings settings(Path present) {
        DriftSettings settings;
        try {
            settings = ReceiptReader.at(present).drift().settings();
        } catch (Fault none) {
            // A run that was stopped has no drift report; it can be compared all the same.
            settings = DriftSettings.standard();
        }
        DistributionSettings rules = settings.distributions();
        Set<String> all = new LinkedHashSet<>(rules.columns());
        all.addAll(columns);
        try {
            return new DriftSettings(
                    settings.countThreshold(),
                    settings.minRows(),
                    settings.nullShare(),
                    rules.withColumns(List.copyOf(all)));
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.USAGE, "--column: " + e.getMessage() + ".")
                    .causedBy(e);
        }
    }

    private static void tell(DriftReport report, Path earlier, Path present) {
        Console.say("drift: " + word(report.severity())
                + report.priorRunId()
                        .map(id -> ", run " + present.getFileName() + " against " + earlier.getFileName())
                        .orElse(", nothing to compare with"));
        if (!report.flags().isEmpty()) {
            Console.say("");
            Console.say(People.table(
                    List.of("", "check", "what", ""),
                    report.flags().stream()
                            .map(flag -> List.of(
                                    word(report.severity(flag)),
                                    flag.check().name() + " " + flag.check().title(),
                                    flag.subject(),
                                    flag.text()))
                            .toList()));
        }
        if (report.priorRunId().isPresent()) {
            Console.say("");
            stages(report.stages());
            List<WhatChanged.Given> changed = WhatChanged.between(earlier, present);
            if (!changed.isEmpty()) {
                Console.say("");
                changed.forEach(given -> Console.say(given.text()));
            }
        }
        if (!report.columns().isEmpty()) {
            Console.say("");
            columns(report.columns());
        }
    }

    private static String word(DriftReport.Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static void stages(List<StageDrift> stages) {
        List<List<String>> rows = new ArrayList<>();
        for (StageDrift stage : stages) {
            rows.add(List.of(
                    stage.stage(),
                    match(stage.inputDigestMatch()),
                    match(stage.configMatch()),
                    match(stage.codeMatch()),
                    match(stage.outputDigestMatch()),
                    stage.deltas()
                            .map(d -> String.format(Locale.ROOT, "%+d", d.recordsOut()))
                            .orElse("")));
        }
        Console.say(People.table(List.of("stage", "inputs", "settings", "code", "outputs", "rows out"), rows));
    }

    /// What was not computed is never called the same.
    private static String match(Optional<Boolean> match) {
        return match.map(same -> same ? "same" : "differ").orElse("unknown");
    }

    private static void columns(List<ColumnDrift> columns) {
        List<List<String>> rows = new ArrayList<>();
        for (ColumnDrift column : columns) {
            rows.add(List.of(
                    column.name(),
                    column.drift().map(drift -> drift ? "drifted" : "ok").orElse("not judged"),
                    column.method().title(),
                    People.number(column.statistic()),
                    column.pAdjusted().or(column::p).map(People::number).orElse(""),
                    People.number(column.threshold()),
                    column.effect()
                            .map(e -> e.measure().title() + " " + People.number(e.value()) + " of "
                                    + People.number(e.atLeast()))
                            .orElse(""),
                    column.psi().map(People::number).orElse(""),
                    Long.toString(column.nRef()),
                    Long.toString(column.nCur())));
        }
        Console.say(People.table(
                List.of("column", "", "statistic", "value", "p", "threshold", "far apart", "psi", "n before", "n now"),
                rows));
    }
}
