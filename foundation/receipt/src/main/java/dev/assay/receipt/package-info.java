/// What went in, what came out, how, and whether it still matches.
///
/// Each stage of a run leaves a [dev.assay.receipt.StageRecord]. [dev.assay.receipt.ReceiptWriter]
/// writes it with two in-toto statements that tools can check which know nothing of this program, and the
/// [dev.assay.receipt.RunSummary] of all stages. [dev.assay.receipt.Drift] compares two runs by rule, and
/// [dev.assay.receipt.ReceiptVerifier] hashes everything again and says what does not match.
///
/// The last statement of a run, with a [dev.assay.receipt.RunOutcome], names every file of the run's
/// folder. Digests of confidential files are keyed with a [dev.assay.receipt.DigestKey].
///
/// Statements are signed as they are written ([dev.assay.receipt.ReceiptWriter#signing]) or afterwards
/// ([dev.assay.receipt.ReceiptSigner]): an [dev.assay.receipt.Envelope] beside each.
///
/// The statistics by which distributions are compared are there for anybody:
/// [dev.assay.receipt.KolmogorovSmirnov], [dev.assay.receipt.ChiSquareTest],
/// [dev.assay.receipt.TwoProportionTest], [dev.assay.receipt.CellsTest], [dev.assay.receipt.Wasserstein],
/// [dev.assay.receipt.StabilityIndex], [dev.assay.receipt.Holm], and
/// [dev.assay.receipt.DistributionDrift], which chooses among them.
///
/// All of it rests on [dev.assay.receipt.Digest], the SHA-256 of bytes, files and folders,
/// [dev.assay.receipt.CanonicalJson], the one form of JSON that is hashed, and
/// [dev.assay.receipt.ContentId], the digest of what JSON says without when it was said.
///
/// ```java
/// StageRecord record = StageRecord.of(run, "sample").config(digest).outputs(files).times(...).build();
/// ReceiptWriter writer = ReceiptWriter.at(runFolder).stage(record, configuration, versions);
/// writer.summary(RunSummary.of(List.of(record), Optional.empty(), clock));
/// writer.drift(Drift.compare(earlier, runFolder, settings, columns, clock));
/// writer.outcome(RunOutcome.of(runFolderName, run, RunOutcome.Status.PASSED,
/// List.of(StageOutcome.of(record)))); boolean sound = ReceiptVerifier.verify(runFolder).consistent();
/// ```
@NullMarked
package dev.assay.receipt;

import org.jspecify.annotations.NullMarked;
