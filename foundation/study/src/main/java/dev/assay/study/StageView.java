package dev.assay.study;

import dev.assay.fault.Fault;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A stage of a run: what it was given, what it made, what it said and what it cost.
///
/// @param name       its name in the study
/// @param kind       its kind
/// @param status     how far it came
/// @param reused     whether an earlier run's results were taken, since nothing they follow from has changed
/// @param key        SHA-256 of everything the results follow from; empty before that is known
/// @param code       digest of the code that the stage can reach
/// @param settings   with defaults filled in
/// @param inputs     where they came from, and their digests; empty before they are known
/// @param outputs    the artefacts, in order; empty unless passed
/// @param metrics    in the order they were stated
/// @param figures    in the order they were shown
/// @param listings   in the order they were shown
/// @param warnings   in the order they were given
/// @param counts     rows by name, sorted
/// @param cost       what the work cost, when it was done
/// @param failure    why it failed
/// @param note       `upstream: <stage>` for a skipped stage, else empty
/// @param violations artefacts that came out other than before although nothing they follow from had changed
/// @param outside    what the results depend on besides inputs, settings, seed and code, such as a model
///                   server; empty for a function of these
/// @param confidential whether something that it read is confidential: then rows, charts, category names and
///                   exact numbers are left out here, and digests of files are keyed
/// @param reusedFrom the run that did the work, of a reused stage whose results say so
public record StageView(
        String name,
        String kind,
        Status status,
        boolean reused,
        String key,
        String code,
        Map<String, Object> settings,
        List<InputView> inputs,
        List<OutputView> outputs,
        List<Metric> metrics,
        List<Figure> figures,
        List<Listing> listings,
        List<String> warnings,
        Map<String, Long> counts,
        Optional<Cost> cost,
        Optional<Failure> failure,
        String note,
        List<Violation> violations,
        Optional<String> outside,
        boolean confidential,
        Optional<String> reusedFrom) {
    public StageView {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        metrics = List.copyOf(metrics);
        figures = List.copyOf(figures);
        listings = List.copyOf(listings);
        warnings = List.copyOf(warnings);
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        violations = List.copyOf(violations);
    }

    /// How far a stage came.
    public enum Status {
        /// Not begun.
        WAITING,
        /// At work, or waiting for another process that is at the same work.
        RUNNING,
        /// Done.
        PASSED,
        /// Ended in an error; nothing of it is kept.
        FAILED,
        /// Not run, because a stage it depends on failed.
        SKIPPED,
        /// Stopped from outside; nothing of it is kept.
        INTERRUPTED
    }

    /// An input as it was.
    ///
    /// @param name   the input's name, with its label in brackets where there are several
    /// @param from   a file as it was written, or `stage.artefact`
    /// @param digest SHA-256 of the file's bytes, or of the artefact's content
    public record InputView(String name, String from, String digest) {}

    /// An artefact as it was kept.
    ///
    /// @param artefact      its name
    /// @param about         what it is, one line
    /// @param form          what it is made of
    /// @param file          its file or folder below `outputs/<stage>`
    /// @param sha256        of the file's bytes; of the sorted list of files for a folder
    /// @param contentDigest of what it says: equal for the same table in another encoding
    /// @param bytes         size on disk
    /// @param rows          rows of a table
    public record OutputView(
            String artefact,
            String about,
            Form form,
            String file,
            String sha256,
            String contentDigest,
            long bytes,
            Optional<Long> rows) {}

    /// What an artefact is made of.
    public enum Form {
        TABLE,
        DOCUMENT,
        FILE,
        FOLDER
    }

    /// What a stage cost. Times of stages that ran at once overlap.
    ///
    /// @param startedAt       when the work began
    /// @param finishedAt      when it ended
    /// @param wallMillis      time passed
    /// @param cpuMillis       CPU time of the whole process meanwhile, on all cores; -1 if not known
    /// @param shared          whether other stages ran meanwhile, so that CPU time and memory are theirs too
    /// @param peakMemoryBytes largest memory of the process meanwhile
    /// @param memoryMeasure   what that is: `resident` memory as the operating system sees it, or Java `heap`
    public record Cost(
            Instant startedAt,
            Instant finishedAt,
            long wallMillis,
            long cpuMillis,
            boolean shared,
            long peakMemoryBytes,
            String memoryMeasure) {}

    /// Why a stage failed.
    ///
    /// @param kind     decides the exit code
    /// @param sentence for a person
    public record Failure(Fault.Kind kind, String sentence) {}

    /// An artefact that should have come out the same and did not.
    ///
    /// @param artefact its name
    /// @param then     its content digest before
    /// @param now      its content digest now
    public record Violation(String artefact, String then, String now) {}

    /// The metric of this name, if it was stated.
    public Optional<Metric> metric(String metricName) {
        return metrics.stream().filter(m -> m.name().equals(metricName)).findFirst();
    }
}
