package dev.assay.study.internal.stored;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.assay.study.Claim;
import dev.assay.study.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `run.json` holds.
///
/// Version 2 is written, versions 1 and 2 are read. Version 1 had no `program`, and its stages no `code`,
/// `outside` and `confidential`. Members that are not known are passed over: what a later program adds
/// without a new version does no harm to what an earlier one reads.
///
/// @param schemaVersion the version
/// @param program       since version 2
public record StoredRun(
        int schemaVersion,
        String id,
        String receiptId,
        String study,
        String title,
        String about,
        @JsonFormat(shape = JsonFormat.Shape.STRING) long seed,
        String status,
        String codeVersion,
        Optional<Map<String, String>> program,
        Instant startedAt,
        Optional<Instant> finishedAt,
        List<StoredStage> stages,
        List<StoredClaim> claims,
        Optional<StoredDrift> drift) {
    /// The version that is written.
    public static final int VERSION = 2;

    /// The oldest version that is read.
    public static final int OLDEST = 1;

    record StoredClaim(ClaimText claim, String verdict, Optional<StoredMetric> measured) {}

    record ClaimText(String id, String says, String stage, String metric, String side, double bound) {}

    record StoredDrift(Optional<String> priorRun, String severity, List<StoredFlag> flags) {}

    record StoredFlag(String check, String subject, String text) {}

    /// A run as it is written.
    public static StoredRun of(RunView r) {
        return new StoredRun(
                VERSION,
                r.id(),
                r.receiptId(),
                r.study(),
                r.title(),
                r.about(),
                r.seed(),
                StoredText.of(r.status()),
                r.codeVersion(),
                Optional.of(r.program()),
                r.startedAt(),
                r.finishedAt(),
                r.stages().stream().map(StoredStage::of).toList(),
                r.claims().stream().map(StoredRun::claim).toList(),
                r.drift()
                        .map(d -> new StoredDrift(
                                d.priorRun(),
                                StoredText.of(d.severity()),
                                d.flags().stream()
                                        .map(f -> new StoredFlag(f.check(), f.subject(), f.text()))
                                        .toList())));
    }

    private static StoredClaim claim(RunView.ClaimView view) {
        Claim c = view.claim();
        return new StoredClaim(
                new ClaimText(c.id(), c.says(), c.stage(), c.metric(), StoredText.of(c.side()), c.bound()),
                StoredText.of(view.verdict()),
                view.measured().map(StoredMetric::of));
    }

    /// The run that was written.
    ///
    /// @throws IllegalArgumentException if a text stands for nothing known, or a part breaks a rule of its
    ///     own
    public RunView view() {
        return new RunView(
                id,
                receiptId,
                study,
                title,
                about,
                seed,
                StoredText.read(RunView.Status.class, StoredText::of, status),
                codeVersion,
                program.orElse(Map.of()),
                startedAt,
                finishedAt,
                stages.stream().map(s -> s.view(codeVersion)).toList(),
                claims.stream().map(StoredRun::claim).toList(),
                drift.map(d -> new RunView.DriftView(
                        d.priorRun(),
                        StoredText.read(RunView.Severity.class, StoredText::of, d.severity()),
                        d.flags().stream()
                                .map(f -> new RunView.Flag(f.check(), f.subject(), f.text()))
                                .toList())));
    }

    private static RunView.ClaimView claim(StoredClaim stored) {
        ClaimText c = stored.claim();
        return new RunView.ClaimView(
                new Claim(
                        c.id(),
                        c.says(),
                        c.stage(),
                        c.metric(),
                        StoredText.read(Claim.Side.class, StoredText::of, c.side()),
                        c.bound()),
                StoredText.read(Claim.Verdict.class, StoredText::of, stored.verdict()),
                stored.measured().map(StoredMetric::view));
    }
}
