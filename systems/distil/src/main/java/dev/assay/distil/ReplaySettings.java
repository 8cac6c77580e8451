package dev.assay.distil;

import dev.assay.distil.internal.EvidenceSchema;
import java.util.List;

/// How tasks are replayed.
///
/// @param responders      who answers, and who is asked next when the gate fails an answer or there is none; not
///                        empty
/// @param k               playbooks retrieved at most, at least 1
/// @param floor           least coverage of a playbook, in [0, 1]
/// @param ownRuns         what becomes of earlier runs of the very task that is replayed
/// @param gate            what answers must have
/// @param allowEscalation whether the next responder is asked at all
/// @param localOnly       whether nothing may leave this machine and its private network: the first responder
///                        must be local (see [EndPoint#isLocal()]) and no other is ever asked
/// @param recordedAt      when this is recorded, RFC 3339 in UTC, given by the caller
public record ReplaySettings(
        List<Responder> responders,
        int k,
        double floor,
        OwnRuns ownRuns,
        GateSettings gate,
        boolean allowEscalation,
        boolean localOnly,
        String recordedAt) {
    /// Playbooks retrieved unless said otherwise.
    public static final int DEFAULT_K = 8;

    /// @throws IllegalArgumentException if a component is out of range, or the first responder is not local
    ///     though it must be
    public ReplaySettings {
        responders = List.copyOf(responders);
        if (responders.isEmpty()) {
            throw new IllegalArgumentException("somebody has to answer");
        }
        if (k < 1 || !(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException("k must be at least 1 and the floor between 0 and 1");
        }
        if (!EvidenceSchema.isTime(recordedAt)) {
            throw new IllegalArgumentException("recorded-at must be a time in UTC such as 2026-01-31T00:00:00Z");
        }
        if (localOnly
                && responders.getFirst() instanceof Responder.Chat chat
                && !chat.endPoint().isLocal()) {
            throw new IllegalArgumentException(
                    "nothing may leave this machine, but the end point is elsewhere: give a local one, or allow it");
        }
    }

    /// Eight playbooks above the default floor, a task's own among them, the default gate, no escalation.
    public static ReplaySettings of(Responder responder, String recordedAt) {
        return new ReplaySettings(
                List.of(responder),
                DEFAULT_K,
                Retriever.DEFAULT_FLOOR,
                OwnRuns.KEEP,
                GateSettings.DEFAULT,
                false,
                false,
                recordedAt);
    }

    /// The same with another responder to turn to.
    public ReplaySettings escalatingTo(Responder next) {
        return new ReplaySettings(
                List.of(responders.getFirst(), next), k, floor, ownRuns, gate, true, localOnly, recordedAt);
    }

    /// The same, kept to this machine.
    public ReplaySettings onlyLocal() {
        return new ReplaySettings(responders, k, floor, ownRuns, gate, allowEscalation, true, recordedAt);
    }

    /// The same with another gate.
    public ReplaySettings withGate(GateSettings newGate) {
        return new ReplaySettings(responders, k, floor, ownRuns, newGate, allowEscalation, localOnly, recordedAt);
    }

    /// The same with another floor.
    public ReplaySettings withFloor(double newFloor) {
        return new ReplaySettings(responders, k, newFloor, ownRuns, gate, allowEscalation, localOnly, recordedAt);
    }

    /// The same with another choice about runs of the very task.
    public ReplaySettings withOwnRuns(OwnRuns newOwnRuns) {
        return new ReplaySettings(responders, k, floor, newOwnRuns, gate, allowEscalation, localOnly, recordedAt);
    }
}
