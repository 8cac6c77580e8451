package dev.assay.receipt;

import dev.assay.receipt.internal.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the receipts of a run below its folder, in `receipts/`. Each file appears whole or not at all; the
/// bytes of JSON are canonical.
///
/// | file | what |
/// |---|---|
/// | `<stage>.record.json` | [StageRecord] |
/// | `<stage>.intoto.json` | [Statement] with [Provenance] |
/// | `<stage>.tests.intoto.json` | [Statement] with [TestResults] |
/// | `summary.json`, `summary.md` | [RunSummary], and the same for people |
/// | `drift.json` | [DriftReport] |
/// | `drift.tests.intoto.json` | [Statement] with [TestResults] about drift |
///
/// A writer with a key puts the [Envelope] of each statement beside it: `<stage>.dsse.json`,
/// `<stage>.tests.dsse.json`, `drift.tests.dsse.json`.
public final class ReceiptWriter {
    private final Path runFolder;
    private final Optional<SigningKey> key;

    private ReceiptWriter(Path runFolder, Optional<SigningKey> key) {
        this.runFolder = runFolder;
        this.key = key;
    }

    /// A writer of unsigned receipts below a run folder, which need not exist yet.
    public static ReceiptWriter at(Path runFolder) {
        return new ReceiptWriter(runFolder, Optional.empty());
    }

    /// A writer that signs each statement as it is written.
    public ReceiptWriter signing(SigningKey with) {
        return new ReceiptWriter(runFolder, Optional.of(with));
    }

    /// Writes the record of a stage and its two statements.
    ///
    /// @param configuration the configuration whose digest the record states, with defaults filled in
    /// @return this
    /// @throws IllegalArgumentException if the record states the digest of another configuration
    /// @throws Fault if the folder cannot be written
    public ReceiptWriter stage(StageRecord record, Object configuration, BuilderVersions versions) {
        Statement provenance = Statement.provenance(record, configuration, versions);
        json(ReceiptNames.record(record.stage()), record);
        statement(ReceiptNames.statement(record.stage()), provenance);
        statement(ReceiptNames.tests(record.stage()), Statement.tests(record));
        return this;
    }

    /// Writes the summary, for programs and for people.
    ///
    /// @return this
    /// @throws Fault if the folder cannot be written
    public ReceiptWriter summary(RunSummary summary) {
        json(ReceiptNames.SUMMARY, summary);
        AtomicFile.write(
                runFolder.resolve(ReceiptNames.SUMMARY_TEXT), summary.markdown().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Writes the drift report and its statement. Subjects are the report, both forms of the summary, and all
    /// outputs of the run, whose stages and summary must have been written before.
    ///
    /// @return this
    /// @throws Fault if the folder cannot be written, or the run's receipts cannot be read
    public ReceiptWriter drift(DriftReport report) {
        ReceiptReader reader = ReceiptReader.at(runFolder);
        List<ResourceDescriptor> subjects = new ArrayList<>();
        subjects.add(ResourceDescriptor.of(ReceiptNames.DRIFT, Digest.of(CanonicalJson.bytes(report))));
        subjects.add(ResourceDescriptor.of(ReceiptNames.SUMMARY, Digest.of(reader.bytes(ReceiptNames.SUMMARY))));
        subjects.add(
                ResourceDescriptor.of(ReceiptNames.SUMMARY_TEXT, Digest.of(reader.bytes(ReceiptNames.SUMMARY_TEXT))));
        for (StageRecord record : reader.stages()) {
            record.outputs().forEach(file -> subjects.add(ResourceDescriptor.subject(file)));
        }
        json(ReceiptNames.DRIFT, report);
        statement(ReceiptNames.DRIFT_TESTS, new Statement(subjects, report.tests()));
        return this;
    }

    private void statement(String name, Statement statement) {
        byte[] bytes = CanonicalJson.bytes(statement);
        AtomicFile.write(runFolder.resolve(name), bytes);
        key.ifPresent(with -> AtomicFile.write(
                runFolder.resolve(ReceiptNames.envelope(name)),
                Envelope.of(bytes, with).json()));
    }

    private void json(String name, Object value) {
        AtomicFile.write(runFolder.resolve(name), CanonicalJson.bytes(value));
    }
}
