package dev.assay.receipt;

import dev.assay.fault.Nearest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// Rows of a stage by what became of them. All are counts, 0 or more.
///
/// @param recordsIn         read
/// @param recordsOut        written
/// @param accepted          of category accepted
/// @param partiallyAccepted of category partially accepted
/// @param rejected          of category rejected
/// @param needsHuman        of category needs human review
/// @param quarantined       kept back because they break a rule
/// @param filtered          sound, but removed by policy
/// @param skipped           unreadable or incomplete
/// @param deduped           there already
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Stats(
        long recordsIn,
        long recordsOut,
        long accepted,
        long partiallyAccepted,
        long rejected,
        long needsHuman,
        long quarantined,
        long filtered,
        long skipped,
        long deduped) {

    /// No rows at all.
    public static final Stats NONE = new Stats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// The names under which stages count, in the order of the components.
    public static final List<String> NAMES = List.of(
            "records_in",
            "records_out",
            "accepted",
            "partially_accepted",
            "rejected",
            "needs_human",
            "quarantined",
            "filtered",
            "skipped",
            "deduped");

    /// @throws IllegalArgumentException if a count is negative
    public Stats {
        Rules.count(recordsIn, "records_in");
        Rules.count(recordsOut, "records_out");
        Rules.count(accepted, "accepted");
        Rules.count(partiallyAccepted, "partially_accepted");
        Rules.count(rejected, "rejected");
        Rules.count(needsHuman, "needs_human");
        Rules.count(quarantined, "quarantined");
        Rules.count(filtered, "filtered");
        Rules.count(skipped, "skipped");
        Rules.count(deduped, "deduped");
    }

    /// The counts under these names; names of [#NAMES] that are not there count 0.
    ///
    /// @throws IllegalArgumentException for a name that is none of [#NAMES]
    public static Stats of(Map<String, Long> counts) {
        for (String name : new TreeMap<>(counts).keySet()) {
            Rules.require(
                    NAMES.contains(name), "rows are not counted under '" + name + "'." + Nearest.clause(name, NAMES));
        }
        long[] n =
                NAMES.stream().mapToLong(name -> counts.getOrDefault(name, 0L)).toArray();
        return new Stats(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]);
    }

    /// The sums of both.
    public Stats plus(Stats other) {
        return new Stats(
                recordsIn + other.recordsIn,
                recordsOut + other.recordsOut,
                accepted + other.accepted,
                partiallyAccepted + other.partiallyAccepted,
                rejected + other.rejected,
                needsHuman + other.needsHuman,
                quarantined + other.quarantined,
                filtered + other.filtered,
                skipped + other.skipped,
                deduped + other.deduped);
    }
}
