package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// What one stage of a run did: version 1 of the record that its statement is made of.
///
/// @param runId           the run, 32 hexadecimal digits (see [RunIds])
/// @param stage           the stage's name, also that of its receipts
/// @param pipeline        the pipeline or study it belongs to
/// @param status          how it ended
/// @param upstream        the stages it directly depends on
/// @param codeVersion     the program, as [RunIds#isCodeVersion(String)] has it
/// @param configDigest    [RunIds#configDigest(Object)] of the configuration that it ran under
/// @param ruleDigests     digests of rule files by name
/// @param inputs          what it read
/// @param outputs         what it wrote; nothing unless it passed
/// @param byproducts      quarantined, skipped and filtered rows, logs
/// @param stats           rows by what became of them
/// @param byReason        rows by reason: `quarantine.<reason>`, `skip.<reason>`, `filter.<reason>`
/// @param columns         profiles of the columns of its outputs
/// @param validation      whether it passed, and by which tests
/// @param seed            the digits of its seed
/// @param recordedAt      the time that the caller pinned
/// @param startedAt       when it began (volatile)
/// @param finishedAt      when it ended (volatile)
/// @param durationMs      how long it took, in milliseconds (volatile)
/// @param invocationId    a random id of the invocation (volatile)
/// @param peakMemoryBytes the most memory it held
/// @param outside         what it depends on that no digest covers, such as a model server, in a few words
/// @param reusedFrom      the id of the earlier run that did the work, where its results were taken
/// @param confidential    whether what it made must not be told from its receipts: it states no columns, and
///                        the names of its files, which stand in receipts as they are, must tell nothing
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(value = "schema_version", allowGetters = true)
public record StageRecord(
        String runId,
        String stage,
        String pipeline,
        Status status,
        List<String> upstream,
        String codeVersion,
        Digest configDigest,
        Map<String, Digest> ruleDigests,
        List<FileRef> inputs,
        List<FileRef> outputs,
        List<FileRef> byproducts,
        Stats stats,
        Map<String, Long> byReason,
        Optional<Map<String, Profile>> columns,
        Validation validation,
        Optional<String> seed,
        Instant recordedAt,
        Instant startedAt,
        Instant finishedAt,
        long durationMs,
        String invocationId,
        Optional<Long> peakMemoryBytes,
        Optional<String> outside,
        Optional<String> reusedFrom,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean confidential) {

    private static final Pattern REASON = Pattern.compile("(quarantine|skip|filter)\\..+", Pattern.DOTALL);

    /// How a stage ended.
    public enum Status {
        /// It ended normally and everything it declared holds.
        @JsonProperty("passed")
        PASSED,
        /// It ended in an error, or something does not hold.
        @JsonProperty("failed")
        FAILED,
        /// It did not run because a stage it depends on failed.
        @JsonProperty("skipped")
        SKIPPED
    }

    /// @throws IllegalArgumentException in one sentence if the record breaks a rule of its layout
    public StageRecord {
        Rules.runId(runId, "run_id");
        Rules.stageName(stage, "stage");
        Rules.text(pipeline, "pipeline");
        Rules.present(status, "status");
        upstream = Rules.list(upstream, "upstream");
        upstream.forEach(name -> Rules.stageName(name, "upstream"));
        Rules.require(
                RunIds.isCodeVersion(Rules.present(codeVersion, "code_version")),
                "code_version must be a full git commit, one with '-dirty' or '-dirty+<12 hexadecimal digits>', or a SHA-256");
        Rules.present(configDigest, "config_digest");
        ruleDigests = Rules.map(ruleDigests, "rule_digests");
        inputs = Rules.list(inputs, "inputs");
        outputs = Rules.list(outputs, "outputs");
        byproducts = Rules.list(byproducts, "byproducts");
        distinctNames(inputs, "inputs");
        distinctNames(outputs, "outputs");
        distinctNames(byproducts, "byproducts");
        Rules.present(stats, "stats");
        byReason = Rules.map(byReason, "by_reason");
        byReason.forEach((reason, rows) -> {
            Rules.require(
                    REASON.matcher(reason).matches(),
                    "a reason must begin with 'quarantine.', 'skip.' or 'filter.': " + reason);
            Rules.count(rows, "rows of " + reason);
        });
        columns = columns.map(profiles -> Rules.map(profiles, "columns"));
        Rules.present(validation, "validation");
        Rules.require(
                validation.passed() == (status == Status.PASSED), "a stage passes exactly if its validation does");
        Rules.require(status == Status.PASSED || outputs.isEmpty(), "a stage that did not pass must not have outputs");
        Rules.require(
                status != Status.SKIPPED
                        || validation.errors().stream().anyMatch(error -> error.startsWith("upstream: ")),
                "a skipped stage must name what it waited for, as 'upstream: <stage>'");
        seed.ifPresent(digits -> Rules.integerText(digits, "seed"));
        Rules.present(recordedAt, "recorded_at");
        Rules.require(
                !Rules.present(finishedAt, "finished_at").isBefore(Rules.present(startedAt, "started_at")),
                "finished_at must not be before started_at");
        Rules.count(durationMs, "duration_ms");
        Rules.text(invocationId, "invocation_id");
        peakMemoryBytes.ifPresent(bytes -> Rules.count(bytes, "peak_memory_bytes"));
        outside.ifPresent(text -> Rules.text(text, "outside"));
        reusedFrom.ifPresent(text -> Rules.text(text, "reused_from"));
        Rules.require(!confidential || columns.isEmpty(), "a confidential stage must not state columns");
    }

    /// The version of this layout.
    @JsonProperty("schema_version")
    public int schemaVersion() {
        return Rules.SCHEMA_VERSION;
    }

    /// A record to be filled in, of a stage that passed without doing anything.
    ///
    /// @param run   what all stages of the run share
    /// @param stage the stage's name
    public static StageRecordBuilder of(RunIdentity run, String stage) {
        return new StageRecordBuilder(run, stage);
    }

    /// The time between start and end as the caller's clock saw it.
    public Duration duration() {
        return Duration.ofMillis(durationMs);
    }

    private static void distinctNames(List<FileRef> files, String where) {
        Set<String> names = new HashSet<>();
        for (FileRef file : files) {
            Rules.require(names.add(file.name()), "a name must not stand twice among " + where + ": " + file.name());
        }
    }
}
