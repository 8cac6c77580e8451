package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import dev.assay.receipt.internal.StrictJson;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Checks a run against its receipts, by itself and with all it can find.
///
/// Every subject, dependency and byproduct of every statement is hashed again; records must be those that the
/// summary states; statements, tests and summary must be those that follow from the records. The run's last
/// statement must be there: it names the run, its stages with how they ended, and every file of the run's
/// folder, so nothing else may lie there, and a run that was put in the place of another is found. All is
/// reported, not only the first.
///
/// A run that was stopped has no summary. Its last statement says so, and is checked with the receipts of the
/// stages that were over.
///
/// Receipts are not trusted: a name that is absolute, has `..` in it, or leads out of the run folder through
/// a link is refused and not followed, and so is anything that is neither a regular file nor a folder.
///
/// What agreement proves: that files and receipts were not changed apart from each other. Whoever can write
/// the folder can change both; against that there are signatures. With keys, each statement must be signed by
/// one of them; what counts is then the signed payload, which is read only once its signature holds.
public final class ReceiptVerifier {
    /// The folder below the run folder in which every file needs a receipt of a stage.
    public static final String OUTPUTS = "outputs";

    private static final String UNCOVERED = "run.json, report.html, events.jsonl and study.yaml are covered by"
            + " nothing: the run was stopped before its end, or made by an earlier version, or its last statement"
            + " was removed";

    private final Path runFolder;
    private final Findings findings = new Findings();
    private final CheckedReader reader;
    private final Signatures signatures;
    private final Inspector inspector;
    private final Map<String, StageRecord> records = new TreeMap<>();
    private final Set<String> receipted = new HashSet<>();
    private final Set<String> covered = new HashSet<>();

    private Optional<byte[]> driftTests = Optional.empty();
    /// Whether a statement was not read, so that it is not known what it names.
    private boolean unread;

    private ReceiptVerifier(
            Path runFolder, List<Path> inputRoots, List<VerifyingKey> keys, Optional<DigestKey> digestKey) {
        this.runFolder = runFolder;
        this.reader = new CheckedReader(runFolder, findings);
        this.signatures = new Signatures(runFolder, keys, reader, findings);
        this.inspector = new Inspector(runFolder, inputRoots, digestKey);
    }

    /// Checks a run without its signatures.
    ///
    /// @throws Fault if there is no such folder
    public static Verification verify(Path runFolder) {
        return verify(runFolder, List.of(), List.of());
    }

    /// Checks a run, and looks for what its stages read below these folders too. Keyed digests are not checked.
    ///
    /// @param inputRoots folders below which inputs have the names that receipts give them
    /// @param keys       who may have signed; empty to leave signatures unchecked
    /// @throws Fault if there is no such run folder
    public static Verification verify(Path runFolder, List<Path> inputRoots, List<VerifyingKey> keys) {
        return verify(runFolder, inputRoots, keys, Optional.empty());
    }

    /// Checks a run, keyed digests too.
    ///
    /// @param inputRoots folders below which inputs have the names that receipts give them
    /// @param keys       who may have signed; empty to leave signatures unchecked
    /// @param digestKey  the key of the digests of confidential files; nothing to leave those unchecked
    /// @throws Fault if there is no such run folder
    public static Verification verify(
            Path runFolder, List<Path> inputRoots, List<VerifyingKey> keys, Optional<DigestKey> digestKey) {
        if (!Files.isDirectory(runFolder)) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the run folder does not exist: check its path")
                    .at(runFolder.toString());
        }
        return new ReceiptVerifier(runFolder, inputRoots, keys, digestKey).run();
    }

    private Verification run() {
        Optional<Statement> last = lastStatement();
        Optional<RunOutcome> outcome = last.flatMap(this::outcome);
        Optional<RunOutcome> stopped = outcome.filter(found -> found.status() == RunOutcome.Status.INTERRUPTED);
        boolean bare = stopped.isPresent() && stopped.get().over().isEmpty();
        Set<String> present = bare && !exists(ReceiptNames.FOLDER) ? Set.of() : receiptsPresent();
        Optional<RunSummary> summary = stopped.isPresent() && !exists(ReceiptNames.SUMMARY)
                ? Optional.empty()
                : reader.record(ReceiptNames.SUMMARY, RunSummary.class);
        Optional<List<String>> stages = summary.map(this::summarised).or(() -> stopped.map(this::finished));
        outcome.ifPresent(found -> agrees(last.orElseThrow(), found, summary));
        present.stream().filter(ReceiptNames::isStatement).forEach(this::statement);
        StrayFiles strays = new StrayFiles(runFolder, findings);
        stages.ifPresent(names -> {
            missingStatements(names);
            summary.ifPresent(this::drift);
            strays.receipts(names, summary.isPresent(), present);
        });
        if (!unread) {
            strays.outputs(receipted);
        }
        if (last.isPresent()) {
            strays.uncovered(covered);
        }
        strays.emptyFolders();
        Map<String, String> outside = new TreeMap<>();
        records.forEach((stage, record) -> record.outside().ifPresent(text -> outside.put(stage, text)));
        Map<String, String> reused = new TreeMap<>();
        records.forEach((stage, record) -> record.reusedFrom().ifPresent(run -> reused.put(stage, run)));
        return new Verification(findings.all(), outcome, outside, reused);
    }

    private boolean exists(String name) {
        return Files.exists(runFolder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /// The receipts by their path below the run folder.
    private Set<String> receiptsPresent() {
        Set<String> present = new TreeSet<>();
        Path folder = runFolder.resolve(ReceiptNames.FOLDER);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            findings.receipt(
                    ReceiptNames.FOLDER,
                    exists(ReceiptNames.FOLDER) ? Outcome.REFUSED : Outcome.ABSENT,
                    "there is no such folder");
            return present;
        }
        try {
            FolderListing.ofAll(folder).keySet().forEach(name -> present.add(ReceiptNames.FOLDER + "/" + name));
        } catch (UncheckedIOException e) {
            findings.receipt(ReceiptNames.FOLDER, Outcome.REFUSED, "it cannot be listed");
        }
        return present;
    }

    private Optional<Statement> lastStatement() {
        return reader.bytes(ReceiptNames.RUN, Optional.of(UNCOVERED))
                .flatMap(file -> signatures.vouched(ReceiptNames.RUN, file))
                .flatMap(bytes -> inspected(ReceiptNames.RUN, bytes, covered));
    }

    private Optional<RunOutcome> outcome(Statement last) {
        return switch (last.predicate()) {
            case RunOutcome outcome -> Optional.of(outcome);
            case Provenance provenance -> noOutcome();
            case TestResults results -> noOutcome();
        };
    }

    private Optional<RunOutcome> noOutcome() {
        findings.receipt(ReceiptNames.RUN, Outcome.CONTRADICTION, "it is no statement of a run");
        return Optional.empty();
    }

    private void agrees(Statement last, RunOutcome outcome, Optional<RunSummary> summary) {
        List<String> contradictions = new ArrayList<>();
        RunStatement.otherRun(outcome, runFolder).ifPresent(contradictions::add);
        contradictions.addAll(RunStatement.contradictions(outcome, summary, records));
        contradictions.addAll(RunStatement.otherSubjects(last.subject(), records.values()));
        contradictions.forEach(note -> findings.receipt(ReceiptNames.RUN, Outcome.CONTRADICTION, note));
    }

    /// Reads the records that the summary states, and returns the names of its stages.
    private List<String> summarised(RunSummary summary) {
        List<StageRecord> inOrder = new ArrayList<>();
        for (RunSummary.StageLine line : summary.stages()) {
            record(line.stage(), Optional.of(line.recordSha256())).ifPresent(inOrder::add);
        }
        if (inOrder.size() == summary.stages().size()) {
            agrees(summary, inOrder);
        }
        return summary.stages().stream().map(RunSummary.StageLine::stage).toList();
    }

    /// Reads the records of the stages that were over when the run was stopped, and returns their names.
    private List<String> finished(RunOutcome stopped) {
        stopped.over().forEach(stage -> record(stage, Optional.empty()));
        return stopped.over();
    }

    private Optional<StageRecord> record(String stage, Optional<Digest> stated) {
        String name = ReceiptNames.record(stage);
        Optional<byte[]> bytes = reader.bytes(name);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        stated.ifPresent(
                digest -> findings.compared(ReceiptNames.SUMMARY, Role.RECEIPT, name, digest, Digest.of(bytes.get())));
        Optional<StageRecord> record = reader.record(name, bytes.get(), StageRecord.class);
        if (record.isPresent() && !record.get().stage().equals(stage)) {
            findings.receipt(name, Outcome.CONTRADICTION, "it is the record of another stage");
            return Optional.empty();
        }
        record.ifPresent(found -> records.put(stage, found));
        return record;
    }

    private void agrees(RunSummary summary, List<StageRecord> inOrder) {
        try {
            RunSummary follows = RunSummary.of(inOrder, summary.priorRunId(), summary.generatedAt());
            if (!follows.equals(summary) && !follows.forDiagnosis().equals(summary)) {
                findings.receipt(ReceiptNames.SUMMARY, Outcome.CONTRADICTION, "it is not the summary of the records");
            }
        } catch (IllegalArgumentException e) {
            findings.receipt(ReceiptNames.SUMMARY, Outcome.CONTRADICTION, String.valueOf(e.getMessage()));
        }
    }

    private void statement(String name) {
        Optional<byte[]> bytes = reader.bytes(name).flatMap(file -> signatures.vouched(name, file));
        if (bytes.isEmpty()) {
            unread = true;
            return;
        }
        if (name.equals(ReceiptNames.DRIFT_TESTS)) {
            driftTests = bytes;
        }
        inspected(name, bytes.get(), receipted)
                .ifPresent(statement -> Agreement.check(name, statement, records, findings));
    }

    /// Looks at everything that a statement names, also where the rest is not in the layout of a statement.
    ///
    /// @param names takes the names of what it says the run wrote
    private Optional<Statement> inspected(String name, byte[] bytes, Set<String> names) {
        try {
            JsonNode tree = reader.tree(name, bytes);
            names.addAll(inspector.inspect(name, tree, findings));
            return Optional.of(StrictJson.bind(tree, Statement.class));
        } catch (IllegalArgumentException e) {
            findings.receipt(name, Outcome.MALFORMED, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// Statements that must be there.
    private void missingStatements(List<String> stages) {
        for (String stage : stages) {
            for (String name : List.of(ReceiptNames.statement(stage), ReceiptNames.tests(stage))) {
                if (!findings.mention(name)) {
                    findings.receipt(name, Outcome.ABSENT, "the stage has no such statement");
                }
            }
        }
    }

    /// The drift report, if there is one.
    private void drift(RunSummary summary) {
        if (!exists(ReceiptNames.DRIFT)) {
            return;
        }
        String name = ReceiptNames.DRIFT;
        Optional<DriftReport> report = reader.record(name, DriftReport.class);
        if (report.isPresent() && !report.get().runId().equals(summary.runId())) {
            findings.receipt(name, Outcome.CONTRADICTION, "it is the report of another run");
        }
        if (!findings.mention(ReceiptNames.DRIFT_TESTS)) {
            findings.receipt(ReceiptNames.DRIFT_TESTS, Outcome.ABSENT, "the drift report has no statement");
        } else if (report.isPresent()) {
            driftTests.ifPresent(bytes -> Agreement.checkDrift(bytes, report.get(), records, findings));
        }
    }
}
