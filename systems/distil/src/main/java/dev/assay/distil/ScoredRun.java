package dev.assay.distil;

import dev.assay.distil.internal.JsonLine;
import dev.assay.distil.internal.LineView;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What rules said of a piece of evidence, version 1.
///
/// @param evidenceId    id of the evidence
/// @param runId         its run
/// @param taskId        its task
/// @param category      what it may be used for
/// @param reasons       why, not empty
/// @param scoredAt      given by the caller, RFC 3339 UTC
/// @param scorerVersion of the rules, see [RuleFile#version()]
/// @param subScores     numbers, texts and truths by name
/// @param provenance    where the source row stands
public record ScoredRun(
        String evidenceId,
        String runId,
        String taskId,
        Category category,
        List<String> reasons,
        String scoredAt,
        String scorerVersion,
        SortedMap<String, Object> subScores,
        RowProvenance provenance) {

    /// @throws IllegalArgumentException if there is no reason
    public ScoredRun {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a category needs a reason");
        }
    }

    /// The line of a file of scores, canonical, in UTF-8, without line feed.
    public byte[] line() {
        JsonLine line = new JsonLine()
                .text("category", category.text())
                .text("evidence_id", evidenceId)
                .text("evidence_run_id", runId)
                .text("evidence_task_id", taskId)
                .provenance("provenance", provenance)
                .texts("reasons", reasons)
                .whole("schema_version", 1)
                .text("scored_at", scoredAt)
                .text("scorer_version", scorerVersion);
        return (subScores.isEmpty() ? line : line.values("sub_scores", subScores)).end();
    }

    /// The run on a line.
    ///
    /// @throws IllegalArgumentException in one sentence if there is none
    public static ScoredRun parse(String line) {
        return read(line.getBytes(StandardCharsets.UTF_8));
    }

    /// The run on a line, as bytes.
    ///
    /// @throws IllegalArgumentException as [#parse(String)]
    public static ScoredRun read(byte[] line) {
        LineView view = new LineView(line);
        if (!"1".equals(view.raw("schema_version"))) {
            throw new IllegalArgumentException("the line is no scored run of version 1");
        }
        SortedMap<String, Object> scores = new TreeMap<>();
        JsonNode given = view.tree("sub_scores");
        if (given != null) {
            for (Map.Entry<String, JsonNode> score : given.properties()) {
                JsonNode value = score.getValue();
                Object plain = value.isNumber()
                        ? BigDecimal.valueOf(value.doubleValue())
                        : value.isBoolean() ? (Object) value.booleanValue() : value.asString();
                scores.put(score.getKey(), plain);
            }
        }
        JsonNode reasons = view.tree("reasons");
        return new ScoredRun(
                view.needed("evidence_id"),
                view.needed("evidence_run_id"),
                view.needed("evidence_task_id"),
                Category.of(view.needed("category"))
                        .orElseThrow(() -> new IllegalArgumentException("there is no such category")),
                reasons == null
                        ? List.of()
                        : reasons.valueStream().map(JsonNode::asString).toList(),
                view.needed("scored_at"),
                view.needed("scorer_version"),
                scores,
                RowProvenance.of(view.there("provenance")));
    }
}
