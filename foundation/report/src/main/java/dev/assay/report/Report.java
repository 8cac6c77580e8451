package dev.assay.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything the page of one run says. All texts are shown as they are; none is read as markup.
///
/// @param title          heading of the page, for people
/// @param about          what the study is for, some sentences; may be empty
/// @param studyName      name of the study as in its file
/// @param runId          identifier of the run, as the command line takes it
/// @param startedAt      when the run began; shown in UTC
/// @param seconds        wall time of the run
/// @param status         how the run ended
/// @param seed           the study's seed
/// @param programVersion version of the program that ran it
/// @param plan           the stages in the order in which they were planned
/// @param claims         what was claimed, and the verdicts
/// @param stages         what each stage was given, measured and showed, in plan order
/// @param drift          comparison with an earlier run, if one was made
/// @param files          receipts and other files of the run, with digests
public record Report(
        String title,
        String about,
        String studyName,
        String runId,
        Instant startedAt,
        double seconds,
        RunStatus status,
        long seed,
        String programVersion,
        List<PlanRow> plan,
        List<ClaimRow> claims,
        List<StageSection> stages,
        Optional<DriftSummary> drift,
        List<ReceiptRow> files) {
    public Report {
        plan = List.copyOf(plan);
        claims = List.copyOf(claims);
        stages = List.copyOf(stages);
        files = List.copyOf(files);
    }
}
