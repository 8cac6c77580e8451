package dev.assay.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One stage of the plan and how it ended.
///
/// @param stage           name of the stage
/// @param kind            kind of the stage, `system.verb`
/// @param summary         what it does, in one line
/// @param status          how it ended
/// @param reason          why it ended so, one sentence; empty if there is nothing to say
/// @param seconds         wall time, if it ran
/// @param peakMemoryBytes most memory in use while it ran, if known
/// @param rowsIn          rows read, if counted
/// @param rowsOut         rows written, if counted
/// @param dependsOn       names of the stages whose outputs it uses
public record PlanRow(
        String stage,
        String kind,
        String summary,
        StageStatus status,
        String reason,
        OptionalDouble seconds,
        OptionalLong peakMemoryBytes,
        OptionalLong rowsIn,
        OptionalLong rowsOut,
        List<String> dependsOn) {
    public PlanRow {
        dependsOn = List.copyOf(dependsOn);
    }
}
