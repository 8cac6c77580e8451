package dev.assay.receipt;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Compares two runs by rule: what changed, how much, and whether something changed that could not have.
///
/// | check | rule | severity |
/// |---|---|---|
/// | D1 | inputs, configuration, rules and code are equal, and yet an output differs | alert |
/// | D2 | something could not be compared; what it concerns is null, never true | ok |
/// | D3 | a count changed by more than [DriftSettings#countThreshold()] | warn |
/// | D4 | a category or reason that was not there before | warn |
/// | D5 | a category or reason with enough rows before is gone | warn |
/// | D6 | a column came, went, changed its type or lost values | by change |
/// | D7 | the distribution of a declared column changed, see [DistributionSettings] | warn; alert if most did |
/// | D8 | a stage failed that passed before | alert |
/// | D9 | code, configuration or rules changed, with both values | ok |
///
/// Counts and outputs are compared only between stages that both passed: a failed stage has none to speak of.
public final class Drift {
    private Drift() {}

    /// Compares the run in `present` with the one in `earlier`.
    ///
    /// If there is no earlier run, or its summary is missing or unreadable, or it is of another pipeline, the
    /// report says so, names no prior run and leaves every match null. Records of the earlier run count only
    /// if they are the ones that its summary states.
    ///
    /// @param earlier  the folder of the run to compare with, see [#newestPassed(Path, Path)]
    /// @param present  the folder of the present run, with records and summary
    /// @param settings thresholds
    /// @param columns  reads the columns whose distributions the settings declare; not asked if they declare
    ///                 none
    /// @param clock    says when this is
    /// @throws Fault if a receipt of the present run is missing or malformed
    public static DriftReport compare(
            Optional<Path> earlier, Path present, DriftSettings settings, ColumnReader columns, Clock clock) {
        ReceiptReader reader = ReceiptReader.at(present);
        RunSummary now = reader.summary();
        Map<String, StageRecord> nowStages = new TreeMap<>();
        reader.stages().forEach(record -> nowStages.put(record.stage(), record));
        Comparison comparison = new Comparison(now, nowStages, settings);
        if (earlier.isEmpty()) {
            return comparison.withNothing("there is no earlier run to compare with", clock.instant());
        }
        Optional<RunSummary> then = readable(earlier.get());
        if (then.isEmpty()) {
            return comparison.withNothing("the earlier run has no readable summary", clock.instant());
        }
        if (!then.get().pipeline().equals(now.pipeline())) {
            return comparison.withNothing("the earlier run is of another pipeline", clock.instant());
        }
        return comparison.with(
                then.get(),
                vouchedFor(earlier.get(), then.get()),
                new ColumnComparison(earlier.get(), present, settings.distributions(), columns),
                clock.instant());
    }

    /// The newest run beside `present` that passed and is of the same pipeline: among the folders in `runs`
    /// other than `present` itself whose summary was written no later. Folders without a readable summary are
    /// passed over.
    ///
    /// @param runs    the folder that holds one folder a run
    /// @param present the folder of the present run, with its summary
    /// @throws Fault if the folder or the summary of the present run cannot be read
    public static Optional<Path> newestPassed(Path runs, Path present) {
        RunSummary now = ReceiptReader.at(present).summary();
        return newestPassed(runs, now.pipeline(), Optional.of(new Candidate(present, now)));
    }

    /// The newest run of a pipeline that passed, before there is a present one.
    ///
    /// @param runs     the folder that holds one folder a run; need not exist
    /// @param pipeline the pipeline or study
    /// @throws Fault if the folder cannot be read
    public static Optional<Path> newestPassed(Path runs, String pipeline) {
        return newestPassed(runs, pipeline, Optional.empty());
    }

    private record Candidate(Path folder, RunSummary summary) {}

    private static Optional<Path> newestPassed(Path runs, String pipeline, Optional<Candidate> before) {
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(Files::isDirectory)
                    .flatMap(folder -> readable(folder).map(summary -> new Candidate(folder, summary)).stream())
                    .filter(run -> run.summary().overallPassed())
                    .filter(run -> run.summary().pipeline().equals(pipeline))
                    .filter(run -> before.isEmpty()
                            || (!same(run.folder(), before.get().folder())
                                    && !run.summary()
                                            .generatedAt()
                                            .isAfter(before.get().summary().generatedAt())))
                    .max(Comparator.comparing((Candidate run) -> run.summary().generatedAt())
                            .thenComparing(run -> run.folder().getFileName().toString()))
                    .map(Candidate::folder);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the folder of runs cannot be read: check its permissions")
                    .at(runs.toString())
                    .causedBy(e);
        }
    }

    /// Folders are told apart, not run ids: the same run made twice is what shows a violation of determinism.
    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<RunSummary> readable(Path folder) {
        try {
            return ReceiptReader.at(folder).summaryIfPresent();
        } catch (Fault unreadable) {
            return Optional.empty();
        }
    }

    /// The records whose bytes are those that the summary states.
    private static Map<String, StageRecord> vouchedFor(Path folder, RunSummary summary) {
        ReceiptReader reader = ReceiptReader.at(folder);
        Map<String, StageRecord> records = new TreeMap<>();
        for (RunSummary.StageLine line : summary.stages()) {
            try {
                byte[] bytes = reader.bytes(ReceiptNames.record(line.stage()));
                if (Digest.of(bytes).equals(line.recordSha256())) {
                    records.put(line.stage(), ReceiptReader.record(bytes, StageRecord.class));
                }
            } catch (Fault | IllegalArgumentException unreadable) {
                // The stage is reported as one that could not be compared.
            }
        }
        return records;
    }
}
