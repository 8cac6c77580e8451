package dev.assay.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fills in a [StageRecord]. Configuration digest and times must be given; all else has the value of a stage
/// that passed without doing anything. Not thread-safe.
public final class StageRecordBuilder {
    private final RunIdentity run;
    private final String stage;
    private StageRecord.Status status = StageRecord.Status.PASSED;
    private List<String> upstream = List.of();
    private @Nullable Digest configDigest;
    private Map<String, Digest> ruleDigests = Map.of();
    private List<FileRef> inputs = List.of();
    private List<FileRef> outputs = List.of();
    private List<FileRef> byproducts = List.of();
    private Stats stats = Stats.NONE;
    private Map<String, Long> byReason = Map.of();
    private Optional<Map<String, Profile>> columns = Optional.empty();
    private Validation validation = Validation.PASSED;
    private Optional<String> seed = Optional.empty();
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private long durationMs;
    private Optional<Long> peakMemoryBytes = Optional.empty();
    private Optional<String> outside = Optional.empty();
    private Optional<String> reusedFrom = Optional.empty();
    private boolean confidential;

    StageRecordBuilder(RunIdentity run, String stage) {
        this.run = run;
        this.stage = stage;
    }

    /// The stages it directly depends on.
    public StageRecordBuilder upstream(List<String> stages) {
        this.upstream = stages;
        return this;
    }

    /// The digest of the configuration, by [RunIds#configDigest(Object)].
    public StageRecordBuilder config(Digest digest) {
        this.configDigest = digest;
        return this;
    }

    /// Digests of rule files by name.
    public StageRecordBuilder rules(Map<String, Digest> digests) {
        this.ruleDigests = digests;
        return this;
    }

    /// What it read.
    public StageRecordBuilder inputs(List<FileRef> files) {
        this.inputs = files;
        return this;
    }

    /// What it wrote.
    public StageRecordBuilder outputs(List<FileRef> files) {
        this.outputs = files;
        return this;
    }

    /// What it wrote besides: quarantined, skipped and filtered rows.
    public StageRecordBuilder byproducts(List<FileRef> files) {
        this.byproducts = files;
        return this;
    }

    /// Rows by what became of them, and by reason.
    public StageRecordBuilder rows(Stats counts, Map<String, Long> reasons) {
        this.stats = counts;
        this.byReason = reasons;
        return this;
    }

    /// Profiles of the columns of its outputs.
    public StageRecordBuilder columns(Map<String, Profile> profiles) {
        this.columns = Optional.of(profiles);
        return this;
    }

    /// Whether it passed, and by which tests; the status follows.
    public StageRecordBuilder validation(Validation outcome) {
        this.validation = outcome;
        this.status = outcome.passed() ? StageRecord.Status.PASSED : StageRecord.Status.FAILED;
        return this;
    }

    /// It did not run, because this stage did not pass.
    public StageRecordBuilder skippedBecauseOf(String upstreamStage) {
        this.validation = Validation.failed("upstream: " + upstreamStage);
        this.status = StageRecord.Status.SKIPPED;
        return this;
    }

    /// Its seed.
    public StageRecordBuilder seed(long value) {
        this.seed = Optional.of(Long.toString(value));
        return this;
    }

    /// When it began and ended by the clock, and how long it took by a clock that is never set.
    public StageRecordBuilder times(Instant started, Instant finished, Duration took) {
        this.startedAt = started;
        this.finishedAt = finished;
        this.durationMs = took.toMillis();
        return this;
    }

    /// The most memory it held.
    public StageRecordBuilder peakMemory(long bytes) {
        this.peakMemoryBytes = Optional.of(bytes);
        return this;
    }

    /// What it depends on that no digest covers, such as a model server, in a few words. Its outputs may then
    /// differ between runs that are equal in all else.
    public StageRecordBuilder outside(String dependency) {
        this.outside = Optional.of(dependency);
        return this;
    }

    /// The earlier run that did the work, if its results were taken.
    ///
    /// @param earlier the run's id, which is the name of its folder
    public StageRecordBuilder reusedFrom(String earlier) {
        this.reusedFrom = Optional.of(earlier);
        return this;
    }

    /// Whether what it made must not be told from its receipts: the record must not state columns then, and names
    /// of files must tell nothing.
    public StageRecordBuilder confidential(boolean is) {
        this.confidential = is;
        return this;
    }

    /// The record.
    ///
    /// @throws IllegalArgumentException if it breaks a rule of its layout
    /// @throws NullPointerException     if configuration digest or times were not given
    public StageRecord build() {
        return new StageRecord(
                run.runId(),
                stage,
                run.pipeline(),
                status,
                upstream,
                run.codeVersion(),
                Rules.present(configDigest, "config_digest"),
                ruleDigests,
                inputs,
                outputs,
                byproducts,
                stats,
                byReason,
                columns,
                validation,
                seed,
                run.recordedAt(),
                Rules.present(startedAt, "started_at"),
                Rules.present(finishedAt, "finished_at"),
                durationMs,
                run.invocationId(),
                peakMemoryBytes,
                outside,
                reusedFrom,
                confidential);
    }
}
