package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes the receipts of a run below its folder, in `receipts/`, and the last statement of the run beside them.
/// Each file appears whole or not at all; the bytes of JSON are canonical.
///
/// | file | what |
/// |---|---|
/// | `<stage>.record.json` | [StageRecord] |
/// | `<stage>.intoto.json` | [Statement] with [Provenance] |
/// | `<stage>.tests.intoto.json` | [Statement] with [TestResults] |
/// | `summary.json`, `summary.md` | [RunSummary], and the same for people |
/// | `drift.json` | [DriftReport] |
/// | `drift.tests.intoto.json` | [Statement] with [TestResults] about drift |
/// | `../run.intoto.json` | [Statement] with [RunOutcome] about all files of the run's folder |
///
/// A writer with a key puts the [Envelope] of each statement beside it: `<stage>.dsse.json`,
/// `<stage>.tests.dsse.json`, `drift.tests.dsse.json`, `../run.dsse.json`.
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

    /// Writes the last statement of the run, about every file that lies below its folder: nothing may be changed
    /// there afterwards. Outputs and byproducts have the digests of their stages' records, all else is hashed.
    ///
    /// No subjects are the statement itself, envelopes (further signers may add to them, and each carries its own
    /// signature), and an empty `.lock`. What no statement can name, a link or a name with a control character or a
    /// backslash, is left out, and [ReceiptVerifier] will report it.
    ///
    /// The records of the stages that are over must have been written before, and the summary unless the run was
    /// interrupted.
    ///
    /// @return this
    /// @throws IllegalArgumentException if the outcome does not say what records, summary or the name of the run's
    ///     folder say
    /// @throws Fault if a file of the run cannot be read, a receipt is missing or malformed, the folder cannot be
    ///     written, or there are more files than a statement can name
    public ReceiptWriter outcome(RunOutcome outcome) {
        ReceiptReader reader = ReceiptReader.at(runFolder);
        Map<String, StageRecord> records = new TreeMap<>();
        outcome.over().forEach(stage -> records.put(stage, reader.stage(stage)));
        Optional<RunSummary> summary = outcome.status() == RunOutcome.Status.INTERRUPTED
                ? reader.summaryIfPresent()
                : Optional.of(reader.summary());
        List<String> wrong = new ArrayList<>(RunStatement.contradictions(outcome, summary, records));
        RunStatement.otherRun(outcome, runFolder).ifPresent(wrong::add);
        Rules.require(wrong.isEmpty(), "the last statement of a run must not be wrong: " + String.join("; ", wrong));
        statement(ReceiptNames.RUN, RunStatement.of(runFolder, outcome, records.values()));
        return this;
    }

    private void statement(String name, Statement statement) {
        byte[] bytes = CanonicalJson.bytes(statement);
        Optional<byte[]> envelope = key.map(with -> Envelope.of(bytes, with).json());
        if (Math.max(bytes.length, envelope.map(json -> json.length).orElse(0)) > ReceiptReader.LARGEST_RECEIPT_BYTES) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "a receipt is at most 64 MiB, which is too little for this many files; write fewer, larger"
                                    + " ones")
                    .at(runFolder.resolve(name).toString());
        }
        AtomicFile.write(runFolder.resolve(name), bytes);
        envelope.ifPresent(json -> AtomicFile.write(runFolder.resolve(ReceiptNames.envelope(name)), json));
    }

    private void json(String name, Object value) {
        AtomicFile.write(runFolder.resolve(name), CanonicalJson.bytes(value));
    }
}
