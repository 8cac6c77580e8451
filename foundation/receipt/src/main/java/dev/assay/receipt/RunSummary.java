package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// A run in one page: version 1.
///
/// @param runId         the run
/// @param pipeline      the pipeline or study
/// @param priorRunId    the run it is compared with
/// @param stages        its stages with the digests of their records
/// @param totals        rows of all stages together
/// @param datasets      outputs that state their number of rows, by name
/// @param overallPassed whether all stages passed
/// @param runDigest     digest of what was made: equal for two runs that made the same at different times
/// @param recordedAt    the time that the caller pinned
/// @param generatedAt   when this was written (volatile)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(value = "schema_version", allowGetters = true)
public record RunSummary(
        String runId,
        String pipeline,
        Optional<String> priorRunId,
        List<StageLine> stages,
        Stats totals,
        Map<String, Dataset> datasets,
        boolean overallPassed,
        Digest runDigest,
        Instant recordedAt,
        Instant generatedAt) {

    /// A stage of the run.
    ///
    /// @param stage         its name
    /// @param status        how it ended
    /// @param recordSha256  digest of its record's bytes
    /// @param contentDigest content id of its record
    public record StageLine(
            String stage,
            StageRecord.Status status,
            @JsonProperty("record_sha256") Digest recordSha256,
            Digest contentDigest) {
        /// @throws IllegalArgumentException if the stage's name breaks the rule for names
        public StageLine {
            Rules.stageName(stage, "stage");
            Rules.present(status, "status");
            Rules.present(recordSha256, "record_sha256");
            Rules.present(contentDigest, "contentDigest");
        }
    }

    /// An output with rows.
    ///
    /// @param rows          how many
    /// @param sha256        digest of its bytes
    /// @param contentDigest digest of what it says
    /// @param keyed         whether both are keyed digests, see [DigestKey]; left out of JSON if not
    public record Dataset(
            long rows,
            Digest sha256,
            Digest contentDigest,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keyed) {}

    /// @throws IllegalArgumentException if a run passes with a stage that did not, or an id is none
    public RunSummary {
        Rules.runId(runId, "run_id");
        Rules.text(pipeline, "pipeline");
        priorRunId.ifPresent(id -> Rules.runId(id, "prior_run_id"));
        stages = Rules.list(stages, "stages");
        Rules.require(
                stages.stream().map(StageLine::stage).distinct().count() == stages.size(),
                "a stage must not stand twice in a summary");
        Rules.present(totals, "totals");
        datasets = Rules.map(datasets, "datasets");
        Rules.require(
                !overallPassed || stages.stream().allMatch(line -> line.status() == StageRecord.Status.PASSED),
                "a run with a stage that did not pass must not pass");
        Rules.present(runDigest, "run_digest");
        Rules.present(recordedAt, "recorded_at");
        Rules.present(generatedAt, "generated_at");
    }

    /// The summary of these stages, in their order.
    ///
    /// @param records    at least one, all of one run
    /// @param priorRunId the run it is compared with
    /// @param clock      says when this is
    /// @throws IllegalArgumentException if there is no stage, or they are of different runs
    public static RunSummary of(List<StageRecord> records, Optional<String> priorRunId, Clock clock) {
        return of(records, priorRunId, clock.instant());
    }

    static RunSummary of(List<StageRecord> records, Optional<String> priorRunId, Instant generatedAt) {
        Rules.require(!records.isEmpty(), "a run must have a stage");
        StageRecord first = records.getFirst();
        List<StageLine> lines = new ArrayList<>();
        List<Object> made = new ArrayList<>();
        Map<String, Dataset> datasets = new TreeMap<>();
        Stats totals = Stats.NONE;
        for (StageRecord record : records) {
            Rules.require(
                    record.runId().equals(first.runId())
                            && record.pipeline().equals(first.pipeline())
                            && record.recordedAt().equals(first.recordedAt()),
                    "all stages of a summary must be of one run: " + record.stage());
            lines.add(new StageLine(
                    record.stage(), record.status(), Digest.of(CanonicalJson.bytes(record)), ContentId.of(record)));
            made.add(List.of(
                    record.stage(),
                    CanonicalJson.parse(CanonicalJson.of(record.status())),
                    record.outputs().stream()
                            .map(file -> file.contentDigest().hex())
                            .sorted()
                            .toList()));
            totals = totals.plus(record.stats());
            for (FileRef file : record.outputs()) {
                if (file.rows().isPresent()) {
                    datasets.put(
                            file.name(),
                            new Dataset(file.rows().get(), file.sha256(), file.contentDigest(), file.keyed()));
                }
            }
        }
        boolean passed = lines.stream().allMatch(line -> line.status() == StageRecord.Status.PASSED);
        return new RunSummary(
                first.runId(),
                first.pipeline(),
                priorRunId,
                lines,
                totals,
                datasets,
                passed,
                ContentId.of(made),
                first.recordedAt(),
                generatedAt);
    }

    /// The same summary of a run that went on after a failure for diagnosis. It never passes.
    public RunSummary forDiagnosis() {
        return new RunSummary(
                runId, pipeline, priorRunId, stages, totals, datasets, false, runDigest, recordedAt, generatedAt);
    }

    /// The version of this layout.
    @JsonProperty("schema_version")
    public int schemaVersion() {
        return Rules.SCHEMA_VERSION;
    }

    /// A page in Markdown for people.
    public String markdown() {
        return SummaryPage.of(this);
    }
}
