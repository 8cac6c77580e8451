package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.Verification.Finding;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import dev.assay.receipt.internal.StrictJson;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Checks a run against its receipts, by itself and with all it can find.
///
/// Every subject, dependency and byproduct of every statement is hashed again; records must be those that the
/// summary states; statements, tests and summary must be those that follow from the records; and nothing may
/// lie among the outputs that no statement names. All is reported, not only the first.
///
/// Receipts are not trusted: a name that is absolute, has `..` in it, or leads out of the run folder through
/// a link is refused and not followed, and so is anything that is neither a regular file nor a folder.
///
/// What agreement proves: that files and receipts were not changed apart from each other. Whoever can write
/// the folder can change both; against that there are signatures. With keys, each statement must be signed by
/// one of them; what counts is then the signed payload, which is read only once its signature holds.
public final class ReceiptVerifier {
    /// The folder below the run folder in which every file needs a receipt.
    public static final String OUTPUTS = "outputs";

    private final Path runFolder;
    private final ReceiptReader reader;
    private final Inspector inspector;
    private final List<VerifyingKey> keys;
    private final Findings findings = new Findings();
    private final Map<String, StageRecord> records = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> receipted = new LinkedHashSet<>();

    private Optional<byte[]> driftTests = Optional.empty();
    /// Whether a statement was not read, so that it is not known what it names.
    private boolean unread;

    private ReceiptVerifier(Path runFolder, List<Path> inputRoots, List<VerifyingKey> keys) {
        this.runFolder = runFolder;
        this.keys = List.copyOf(keys);
        this.reader = ReceiptReader.at(runFolder);
        this.inspector = new Inspector(runFolder, inputRoots);
    }

    /// Checks a run without its signatures.
    ///
    /// @throws Fault if there is no such folder
    public static Verification verify(Path runFolder) {
        return verify(runFolder, List.of(), List.of());
    }

    /// Checks a run, and looks for what its stages read below these folders too.
    ///
    /// @param inputRoots folders below which inputs have the names that receipts give them
    /// @param keys       who may have signed; empty to leave signatures unchecked
    /// @throws Fault if there is no such run folder
    public static Verification verify(Path runFolder, List<Path> inputRoots, List<VerifyingKey> keys) {
        if (!Files.isDirectory(runFolder)) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the run folder does not exist: check its path")
                    .at(runFolder.toString());
        }
        ReceiptVerifier verifier = new ReceiptVerifier(runFolder, inputRoots, keys);
        verifier.run();
        return verifier.findings.asVerification();
    }

    private void run() {
        SortedMap<String, Path> present = receiptsPresent();
        Optional<RunSummary> summary = summary();
        summary.ifPresent(this::stages);
        known.addAll(
                List.of(ReceiptNames.SUMMARY, ReceiptNames.SUMMARY_TEXT, ReceiptNames.DRIFT, ReceiptNames.DRIFT_TESTS));
        Set<String> statements = new TreeSet<>(present.keySet());
        statements.removeIf(name -> !name.endsWith(ReceiptNames.STATEMENT_ENDING));
        statements.forEach(name -> statement(name, present));
        summary.ifPresent(this::missingStatements);
        summary.ifPresent(this::drift);
        if (summary.isPresent()) {
            for (String name : present.keySet()) {
                String statement = name.endsWith(ReceiptNames.ENVELOPE_ENDING)
                        ? name.substring(0, name.length() - ReceiptNames.ENVELOPE_ENDING.length())
                                + ReceiptNames.STATEMENT_ENDING
                        : name;
                if (!known.contains(statement)) {
                    findings.add(name, Role.STRAY, name, Outcome.UNRECEIPTED, "the summary knows no such receipt");
                }
            }
        }
        outputs();
    }

    /// The receipts by their path below the run folder.
    private SortedMap<String, Path> receiptsPresent() {
        SortedMap<String, Path> present = new TreeMap<>();
        Path folder = runFolder.resolve(ReceiptNames.FOLDER);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Outcome outcome = Files.exists(folder, LinkOption.NOFOLLOW_LINKS) ? Outcome.REFUSED : Outcome.ABSENT;
            findings.add(ReceiptNames.FOLDER, Role.RECEIPT, ReceiptNames.FOLDER, outcome, "there is no such folder");
            return present;
        }
        try {
            FolderListing.ofAll(folder).forEach((name, path) -> present.put(ReceiptNames.FOLDER + "/" + name, path));
        } catch (UncheckedIOException e) {
            findings.add(
                    ReceiptNames.FOLDER, Role.RECEIPT, ReceiptNames.FOLDER, Outcome.REFUSED, "it cannot be listed");
        }
        return present;
    }

    private Optional<RunSummary> summary() {
        return receipt(ReceiptNames.SUMMARY).flatMap(bytes -> parsed(ReceiptNames.SUMMARY, bytes, RunSummary.class));
    }

    /// The bytes of a receipt; where there are none to be had, that is a finding.
    private Optional<byte[]> receipt(String name) {
        try {
            return Optional.of(reader.bytes(name));
        } catch (Fault fault) {
            Outcome outcome = switch (fault.kind()) {
                case MISSING_FILE -> Outcome.ABSENT;
                case MALFORMED_FILE -> Outcome.MALFORMED;
                case STAGE_FAILED,
                        USAGE,
                        DRIFT_ALERT,
                        STUDY,
                        BAD_DATA,
                        BAD_SETTING,
                        STORAGE,
                        VERIFICATION,
                        INTERRUPTED -> Outcome.REFUSED;
            };
            findings.add(name, Role.RECEIPT, name, outcome, fault.sentence());
            return Optional.empty();
        }
    }

    private <T> Optional<T> parsed(String name, byte[] bytes, Class<T> type) {
        try {
            return Optional.of(ReceiptReader.record(bytes, type));
        } catch (IllegalArgumentException e) {
            findings.add(name, Role.RECEIPT, name, Outcome.MALFORMED, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void stages(RunSummary summary) {
        List<StageRecord> inOrder = new ArrayList<>();
        for (RunSummary.StageLine line : summary.stages()) {
            String name = ReceiptNames.record(line.stage());
            known.addAll(List.of(name, ReceiptNames.statement(line.stage()), ReceiptNames.tests(line.stage())));
            Optional<byte[]> bytes = receipt(name);
            if (bytes.isEmpty()) {
                continue;
            }
            findings.compared(ReceiptNames.SUMMARY, Role.RECEIPT, name, line.recordSha256(), Digest.of(bytes.get()));
            Optional<StageRecord> record = parsed(name, bytes.get(), StageRecord.class);
            if (record.isPresent() && !record.get().stage().equals(line.stage())) {
                findings.add(name, Role.RECEIPT, name, Outcome.CONTRADICTION, "it is the record of another stage");
            } else if (record.isPresent()) {
                records.put(line.stage(), record.get());
                inOrder.add(record.get());
            }
        }
        if (inOrder.size() == summary.stages().size()) {
            agrees(summary, inOrder);
        }
    }

    private void agrees(RunSummary summary, List<StageRecord> inOrder) {
        String name = ReceiptNames.SUMMARY;
        try {
            RunSummary follows = RunSummary.of(inOrder, summary.priorRunId(), summary.generatedAt());
            if (!follows.equals(summary) && !follows.forDiagnosis().equals(summary)) {
                findings.add(name, Role.RECEIPT, name, Outcome.CONTRADICTION, "it is not the summary of the records");
            }
        } catch (IllegalArgumentException e) {
            findings.add(name, Role.RECEIPT, name, Outcome.CONTRADICTION, String.valueOf(e.getMessage()));
        }
    }

    private void statement(String name, Map<String, Path> present) {
        Optional<byte[]> bytes = receipt(name).flatMap(file -> vouched(name, file, present));
        if (bytes.isEmpty()) {
            unread = true;
            return;
        }
        if (name.equals(ReceiptNames.DRIFT_TESTS)) {
            driftTests = bytes;
        }
        JsonNode tree;
        try {
            tree = StrictJson.parse(bytes.get());
        } catch (IllegalArgumentException e) {
            findings.add(name, Role.RECEIPT, name, Outcome.MALFORMED, String.valueOf(e.getMessage()));
            return;
        }
        // What it names is looked at even where the rest is not in the layout of a statement.
        receipted.addAll(inspector.inspect(name, tree, findings));
        try {
            Agreement.check(name, StrictJson.bind(tree, Statement.class), records, findings);
        } catch (IllegalArgumentException e) {
            findings.add(name, Role.RECEIPT, name, Outcome.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /// The bytes of a statement that count, and who vouches for them; nothing if keys were given and nobody
    /// does.
    private Optional<byte[]> vouched(String name, byte[] file, Map<String, Path> present) {
        String envelopeName = ReceiptNames.envelope(name);
        if (!present.containsKey(envelopeName)) {
            boolean wanted = !keys.isEmpty();
            findings.add(
                    name,
                    Role.RECEIPT,
                    name,
                    wanted ? Outcome.SIGNATURE_MISSING : Outcome.UNSIGNED,
                    wanted ? "it is unsigned" : "");
            return Optional.of(file);
        }
        Optional<byte[]> json = receipt(envelopeName);
        if (json.isEmpty()) {
            return keys.isEmpty() ? Optional.of(file) : Optional.empty();
        }
        try {
            return vouched(name, file, envelopeName, Envelope.parse(json.get()));
        } catch (IllegalArgumentException e) {
            findings.add(envelopeName, Role.RECEIPT, envelopeName, Outcome.MALFORMED, String.valueOf(e.getMessage()));
            return keys.isEmpty() ? Optional.of(file) : Optional.empty();
        }
    }

    private Optional<byte[]> vouched(String name, byte[] file, String envelopeName, Envelope envelope) {
        Optional<byte[]> counts = Optional.of(file);
        if (keys.isEmpty()) {
            findings.add(name, Role.RECEIPT, name, Outcome.UNCHECKED, "its signature was not checked");
        } else {
            Optional<Envelope.Opened> opened = envelope.open(keys);
            if (opened.isEmpty()) {
                findings.add(
                        name,
                        Role.RECEIPT,
                        name,
                        Outcome.BAD_SIGNATURE,
                        "none of the given keys made its signature: another key did, or it was changed since");
                return Optional.empty();
            }
            findings.add(
                    name,
                    Role.RECEIPT,
                    name,
                    Outcome.SIGNED,
                    "by " + opened.get().key().keyId());
            counts = Optional.of(opened.get().payload());
        }
        if (!envelope.payloadType().equals(Envelope.STATEMENT_TYPE)) {
            findings.add(envelopeName, Role.RECEIPT, envelopeName, Outcome.MALFORMED, "what it holds is no statement");
            return keys.isEmpty() ? counts : Optional.empty();
        }
        if (!envelope.holds(file)) {
            findings.add(
                    envelopeName,
                    Role.RECEIPT,
                    envelopeName,
                    Outcome.CONTRADICTION,
                    "it holds other bytes than the statement beside it");
        }
        return counts;
    }

    /// Statements that must be there.
    private void missingStatements(RunSummary summary) {
        for (RunSummary.StageLine line : summary.stages()) {
            for (String name : List.of(ReceiptNames.statement(line.stage()), ReceiptNames.tests(line.stage()))) {
                if (!findings.mention(name)) {
                    findings.add(name, Role.RECEIPT, name, Outcome.ABSENT, "the stage has no such statement");
                }
            }
        }
    }

    /// The drift report, if there is one.
    private void drift(RunSummary summary) {
        if (!Files.exists(runFolder.resolve(ReceiptNames.DRIFT), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String name = ReceiptNames.DRIFT;
        Optional<DriftReport> report = receipt(name).flatMap(bytes -> parsed(name, bytes, DriftReport.class));
        if (report.isPresent() && !report.get().runId().equals(summary.runId())) {
            findings.add(name, Role.RECEIPT, name, Outcome.CONTRADICTION, "it is the report of another run");
        }
        if (!findings.mention(ReceiptNames.DRIFT_TESTS)) {
            findings.add(
                    ReceiptNames.DRIFT_TESTS,
                    Role.RECEIPT,
                    ReceiptNames.DRIFT_TESTS,
                    Outcome.ABSENT,
                    "the drift report has no statement");
        } else if (report.isPresent()) {
            driftTests.ifPresent(bytes -> Agreement.checkDrift(bytes, report.get(), records, findings));
        }
    }

    private void outputs() {
        Path folder = runFolder.resolve(OUTPUTS);
        if (unread || !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            for (Path file : FolderListing.ofAll(folder).values()) {
                String name = FolderListing.relative(runFolder, file);
                if (!isReceipted(name)) {
                    findings.add(ReceiptNames.FOLDER, Role.STRAY, name, Outcome.UNRECEIPTED, "no receipt names it");
                }
            }
        } catch (UncheckedIOException e) {
            findings.add(ReceiptNames.FOLDER, Role.STRAY, OUTPUTS, Outcome.REFUSED, "it cannot be listed");
        }
    }

    private boolean isReceipted(String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            if (receipted.contains(name.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /// Findings as they come.
    static final class Findings {
        private final List<Finding> list = new ArrayList<>();
        private final Set<String> receipts = new TreeSet<>();

        void add(String receipt, Role role, String name, Outcome outcome, String note) {
            add(new Finding(receipt, role, name, outcome, Optional.empty(), Optional.empty(), note));
        }

        void compared(String receipt, Role role, String name, Digest expected, Digest found) {
            Outcome outcome = expected.equals(found) ? Outcome.MATCH : Outcome.MISMATCH;
            add(new Finding(receipt, role, name, outcome, Optional.of(expected), Optional.of(found), ""));
        }

        void add(Finding finding) {
            list.add(finding);
            receipts.add(finding.receipt());
        }

        boolean mention(String receipt) {
            return receipts.contains(receipt);
        }

        private Verification asVerification() {
            return new Verification(list);
        }
    }
}
