package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.receipt.Verification.Finding;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import dev.assay.testkit.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ReceiptVerifierTest {
    private static final String SECRET = "nobody should hash this";

    @TempDir
    Path folder;

    private Path run;
    private Fabricated fabricated;

    @BeforeEach
    void aRunWithDrift() {
        run = folder.resolve("run");
        fabricated = new Fabricated(run);
        fabricated.write();
        ReceiptWriter.at(run)
                .drift(Drift.compare(
                        Optional.empty(), run, DriftSettings.standard(), Fabricated.NO_COLUMNS, fabricated.clock()));
        fabricated.closed();
    }

    private record Problem(Role role, String name, Outcome outcome) {}

    private List<Problem> problems() {
        return ReceiptVerifier.verify(run).problems().stream()
                .map(finding -> new Problem(finding.role(), finding.name(), finding.outcome()))
                .distinct()
                .toList();
    }

    private String read(String name) throws IOException {
        return Files.readString(run.resolve(name), StandardCharsets.UTF_8);
    }

    private void change(String name, String from, String to) throws IOException {
        String text = read(name);
        assertThat(text).contains(from);
        Files.writeString(run.resolve(name), text.replace(from, to), StandardCharsets.UTF_8);
    }

    @Test
    void aRunAgreesWithItsReceiptsAndIsUnsigned() {
        Verification verification = ReceiptVerifier.verify(run);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.consistent()).isTrue();
        assertThat(verification.with(Outcome.UNSIGNED))
                .extracting(Finding::receipt)
                .containsExactly(
                        "run.intoto.json",
                        "receipts/collect.intoto.json",
                        "receipts/collect.tests.intoto.json",
                        "receipts/drift.tests.intoto.json",
                        "receipts/export.intoto.json",
                        "receipts/export.tests.intoto.json",
                        "receipts/score.intoto.json",
                        "receipts/score.tests.intoto.json");
        assertThat(verification.with(Outcome.MATCH))
                .extracting(Finding::name)
                .contains(
                        "inputs/source.txt",
                        "outputs/collect/evidence.jsonl",
                        "outputs/score/scored.json",
                        "outputs/export/rag.csv",
                        "receipts/collect.record.json",
                        "receipts/summary.json",
                        "receipts/summary.md",
                        "receipts/drift.json");
    }

    @Test
    void aRunWithAFailedStageAgreesWithItsReceiptsToo() {
        Path other = folder.resolve("other");
        Fabricated failing = new Fabricated(other);
        failing.scoreFails = true;
        failing.write();
        assertThat(ReceiptVerifier.verify(other).problems()).isEmpty();
    }

    @Test
    void everyChangedFileIsReportedAndNotOnlyTheFirst() throws IOException {
        change("outputs/export/rag.csv", "1,2", "1,3");
        change("outputs/score/scored.json", "10", "11");
        Files.delete(run.resolve("outputs/collect/evidence.jsonl"));
        Files.delete(run.resolve("inputs/source.txt"));
        fabricated.closed();
        Files.writeString(run.resolve("outputs/export/stray.csv"), "x");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        new Problem(Role.SUBJECT, "outputs/export/rag.csv", Outcome.MISMATCH),
                        new Problem(Role.SUBJECT, "outputs/score/scored.json", Outcome.MISMATCH),
                        new Problem(Role.DEPENDENCY, "outputs/score/scored.json", Outcome.MISMATCH),
                        new Problem(Role.SUBJECT, "outputs/collect/evidence.jsonl", Outcome.ABSENT),
                        new Problem(Role.STRAY, "outputs/export/stray.csv", Outcome.UNRECEIPTED));
        // An input may lie elsewhere.
        assertThat(ReceiptVerifier.verify(run).with(Outcome.ABSENT))
                .extracting(Finding::name)
                .contains("inputs/source.txt");
    }

    @Test
    void inputsAreLookedForWhereTheCallerSays() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Files.createDirectories(elsewhere.resolve("inputs"));
        Files.move(run.resolve("inputs/source.txt"), elsewhere.resolve("inputs/source.txt"));
        fabricated.closed();
        Verification found = ReceiptVerifier.verify(run, List.of(elsewhere), List.of());
        assertThat(found.with(Outcome.ABSENT)).isEmpty();
        assertThat(found.consistent()).isTrue();
        Files.writeString(elsewhere.resolve("inputs/source.txt"), "changed");
        assertThat(ReceiptVerifier.verify(run, List.of(elsewhere), List.of()).problems())
                .extracting(Finding::name)
                .containsExactly("inputs/source.txt");
    }

    @Test
    void aChangedRecordContradictsSummaryAndStatement() throws IOException {
        change("receipts/score.record.json", "\"accepted\":10", "\"accepted\":11");
        assertThat(problems())
                .contains(
                        new Problem(Role.RECEIPT, "receipts/score.record.json", Outcome.MISMATCH),
                        new Problem(Role.RECEIPT, "receipts/summary.json", Outcome.CONTRADICTION),
                        new Problem(Role.BYPRODUCT, "receipts/score.record.json", Outcome.MISMATCH),
                        new Problem(Role.RECEIPT, "receipts/score.intoto.json", Outcome.CONTRADICTION));
    }

    @Test
    void aChangedStatementContradictsItsRecord() throws IOException {
        change("receipts/collect.intoto.json", "\"household\"", "\"person\"");
        change("receipts/score.intoto.json", "2026-02-03T04:05:08Z", "2026-02-03T04:05:09Z");
        change("receipts/export.tests.intoto.json", "\"stage validation\"", "\"stage validity\"");
        fabricated.closed();
        assertThat(problems())
                .containsExactly(
                        new Problem(Role.RECEIPT, "receipts/collect.intoto.json", Outcome.CONTRADICTION),
                        new Problem(Role.RECEIPT, "receipts/export.tests.intoto.json", Outcome.CONTRADICTION),
                        new Problem(Role.RECEIPT, "receipts/score.intoto.json", Outcome.CONTRADICTION));
    }

    @Test
    void aChangedSummaryOrDriftReportIsSeen() throws IOException {
        change("receipts/summary.md", "passed", "PASSED");
        change("receipts/summary.json", "\"rows\":15", "\"rows\":16");
        change("receipts/drift.json", "there is no", "there was no");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        new Problem(Role.RECEIPT, "receipts/summary.json", Outcome.CONTRADICTION),
                        new Problem(Role.SUBJECT, "receipts/drift.json", Outcome.MISMATCH),
                        new Problem(Role.SUBJECT, "receipts/summary.json", Outcome.MISMATCH),
                        new Problem(Role.SUBJECT, "receipts/summary.md", Outcome.MISMATCH));
    }

    @Test
    void missingReceiptsAreNamed() throws IOException {
        Files.delete(run.resolve("receipts/collect.record.json"));
        Files.delete(run.resolve("receipts/score.intoto.json"));
        Files.delete(run.resolve("receipts/export.tests.intoto.json"));
        Files.delete(run.resolve("receipts/drift.tests.intoto.json"));
        assertThat(problems())
                .contains(
                        new Problem(Role.RECEIPT, "receipts/collect.record.json", Outcome.ABSENT),
                        new Problem(Role.RECEIPT, "receipts/score.intoto.json", Outcome.ABSENT),
                        new Problem(Role.RECEIPT, "receipts/export.tests.intoto.json", Outcome.ABSENT),
                        new Problem(Role.RECEIPT, "receipts/drift.tests.intoto.json", Outcome.ABSENT));
        Files.delete(run.resolve("receipts/summary.json"));
        assertThat(problems()).contains(new Problem(Role.RECEIPT, "receipts/summary.json", Outcome.ABSENT));
    }

    @Test
    void aRunWithoutReceiptsHasNothingToShow() throws IOException {
        Path bare = Files.createDirectories(folder.resolve("bare/outputs"));
        Files.writeString(bare.resolve("x.csv"), "1");
        List<Problem> problems = ReceiptVerifier.verify(folder.resolve("bare")).problems().stream()
                .map(finding -> new Problem(finding.role(), finding.name(), finding.outcome()))
                .toList();
        assertThat(problems)
                .containsExactly(
                        new Problem(Role.RECEIPT, "run.intoto.json", Outcome.ABSENT),
                        new Problem(Role.RECEIPT, "receipts", Outcome.ABSENT),
                        new Problem(Role.RECEIPT, "receipts/summary.json", Outcome.ABSENT),
                        new Problem(Role.STRAY, "outputs/x.csv", Outcome.UNRECEIPTED));
        assertThatThrownBy(() -> ReceiptVerifier.verify(folder.resolve("none"))).isInstanceOf(Fault.class);
    }

    @Test
    void receiptsOfUnknownOriginAreStrays() throws IOException {
        Files.copy(run.resolve("receipts/score.intoto.json"), run.resolve("receipts/extra.intoto.json"));
        Files.writeString(run.resolve("receipts/note.txt"), "hello");
        assertThat(problems())
                .containsExactly(
                        new Problem(Role.STRAY, "receipts/extra.intoto.json", Outcome.UNRECEIPTED),
                        new Problem(Role.STRAY, "receipts/note.txt", Outcome.UNRECEIPTED));
    }

    @Test
    void anEnvelopeThatWasNotCheckedIsNotCalledSigned() throws IOException {
        byte[] statement = Files.readAllBytes(run.resolve("receipts/score.intoto.json"));
        Files.write(
                run.resolve("receipts/score.dsse.json"),
                Envelope.of(statement, SigningKey.generate()).json());
        Verification verification = ReceiptVerifier.verify(run);
        assertThat(verification.with(Outcome.UNCHECKED))
                .extracting(Finding::name)
                .containsExactly("receipts/score.intoto.json");
        // One alone is not how a run is signed: the others were taken away, or signing was stopped.
        assertThat(verification.problems()).hasSize(7).allMatch(f -> f.outcome() == Outcome.SIGNATURE_MISSING);
    }

    @Test
    void aDriftStatementThatLeavesSomethingOutIsAContradiction() throws IOException {
        String name = "receipts/drift.tests.intoto.json";
        JsonNode tree = CanonicalJson.parse(Files.readAllBytes(run.resolve(name)));
        ((ArrayNode) tree.get("subject")).remove(0);
        Files.write(run.resolve(name), CanonicalJson.bytes(tree));
        fabricated.closed();
        assertThat(problems()).containsExactly(new Problem(Role.RECEIPT, name, Outcome.CONTRADICTION));
    }

    @Test
    void aFolderAsSubjectIsHashedWhole() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Fabricated whole = new Fabricated(other);
        whole.change = builder -> builder.outputs(List.of(FileRef.of(other, other.resolve("outputs/collect"))));
        whole.write();
        assertThat(ReceiptVerifier.verify(other).problems()).isEmpty();
        Files.writeString(other.resolve("outputs/collect/more.txt"), "x");
        whole.closed();
        assertThat(ReceiptVerifier.verify(other).problems())
                .isNotEmpty()
                .allMatch(finding -> finding.name().equals("outputs/collect") && finding.outcome() == Outcome.MISMATCH);
    }

    /// Lets a statement name this as its subject, with the digest of the secret.
    private void hostile(String statement, String name) throws IOException {
        JsonNode tree = CanonicalJson.parse(Files.readAllBytes(run.resolve(statement)));
        ObjectNode subject = ((ArrayNode) tree.get("subject")).addObject();
        subject.put("name", name);
        subject.putObject("digest").put("sha256", Digest.of(SECRET).hex());
        Files.write(run.resolve(statement), CanonicalJson.bytes(tree));
    }

    @Test
    @Timeout(20)
    void namesThatLeadOutOfTheFolderAreRefusedAndNotFollowed() throws Exception {
        Path outside = Files.writeString(folder.resolve("secret.txt"), SECRET);
        Files.createSymbolicLink(run.resolve("outputs/score/link"), outside);
        Files.createSymbolicLink(run.resolve("outputs/score/up"), folder);
        List<String> hostile = new ArrayList<>(List.of(
                "../secret.txt",
                "outputs/../../secret.txt",
                outside.toString(),
                "/dev/zero",
                "outputs/score/link",
                "outputs/score/up/secret.txt",
                "./outputs/score/scored.json",
                "outputs//score/scored.json",
                "..",
                ".",
                "/",
                "",
                "C:/secret.txt",
                "..\\secret.txt",
                "a\u0000b",
                "outputs/score/scored.json/below",
                "x".repeat(5000)));
        if (Shell.run(run, "mkfifo outputs/score/pipe").exit() == 0) {
            hostile.add("outputs/score/pipe");
        }
        for (String name : hostile) {
            hostile("receipts/score.intoto.json", name);
        }
        Verification verification = ReceiptVerifier.verify(run);
        for (String name : hostile) {
            List<Finding> about = verification.findings().stream()
                    .filter(finding -> finding.role() == Role.SUBJECT
                            && finding.name().equals(name)
                            && finding.expected().equals(Optional.of(Digest.of(SECRET))))
                    .toList();
            assertThat(about).as(name).hasSize(1);
            assertThat(about.getFirst().found()).as(name).isEmpty();
            assertThat(about.getFirst().outcome()).as(name).isEqualTo(Outcome.REFUSED);
        }
        assertThat(verification.with(Outcome.MATCH))
                .noneMatch(finding -> finding.found().equals(Optional.of(Digest.of(SECRET))));
    }

    @Test
    void aReceiptThatIsALinkOutOfTheFolderIsNotRead() throws IOException {
        Path outside = folder.resolve("elsewhere.json");
        Files.move(run.resolve("receipts/score.record.json"), outside);
        Files.createSymbolicLink(run.resolve("receipts/score.record.json"), outside);
        assertThat(problems()).contains(new Problem(Role.RECEIPT, "receipts/score.record.json", Outcome.REFUSED));
        Files.move(run.resolve("receipts"), folder.resolve("receipts-elsewhere"));
        Files.createSymbolicLink(run.resolve("receipts"), folder.resolve("receipts-elsewhere"));
        assertThat(problems()).contains(new Problem(Role.RECEIPT, "receipts", Outcome.REFUSED));
    }

    @Test
    void aLinkAmongTheOutputsIsAStray() throws IOException {
        Files.createSymbolicLink(run.resolve("outputs/x"), folder);
        assertThat(problems()).containsExactly(new Problem(Role.STRAY, "outputs/x", Outcome.UNRECEIPTED));
    }

    @Test
    void aFileThatCannotBeReadIsReported() throws IOException {
        Path file = run.resolve("outputs/export/rag.csv");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file), "this user reads everything: not checked");
        assertThat(problems()).contains(new Problem(Role.SUBJECT, "outputs/export/rag.csv", Outcome.REFUSED));
    }

    @Test
    void subjectsWithoutAUsableDigestAreReported() throws IOException {
        JsonNode tree = CanonicalJson.parse(Files.readAllBytes(run.resolve("receipts/score.intoto.json")));
        ArrayNode subjects = (ArrayNode) tree.get("subject");
        subjects.addObject().put("name", "no-digest");
        subjects.addObject().put("name", 5);
        subjects.add("text");
        subjects.addObject().put("name", "odd").putObject("digest").put("sha256", "ABC");
        Files.write(run.resolve("receipts/score.intoto.json"), CanonicalJson.bytes(tree));
        List<Finding> malformed = ReceiptVerifier.verify(run).with(Outcome.MALFORMED);
        assertThat(malformed).extracting(Finding::name).contains("no-digest", "odd", "receipts/score.intoto.json");
        assertThat(malformed).hasSize(5);
    }

    @Test
    void randomDamageIsNeverOverlookedAndNeverThrows() throws IOException {
        List<String> receipts = List.of(
                "receipts/collect.record.json",
                "receipts/collect.intoto.json",
                "receipts/collect.tests.intoto.json",
                "receipts/drift.json",
                "receipts/drift.tests.intoto.json",
                "receipts/summary.json",
                "receipts/summary.md");
        Property.holds(50, seed -> {
            RandomGenerator random = seed.generator();
            String name = receipts.get(random.nextInt(receipts.size()));
            byte[] good = Files.readAllBytes(run.resolve(name));
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] = (byte) (bad[at] ^ (1 << random.nextInt(8)));
            Files.write(run.resolve(name), bad);
            try {
                assertThat(ReceiptVerifier.verify(run).consistent())
                        .as(name + " at " + at)
                        .isFalse();
            } finally {
                Files.write(run.resolve(name), good);
            }
        });
        assertThat(problems()).isEmpty();
    }

    @Test
    void randomNamesNeverLeaveTheFolder() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), SECRET);
        Files.createSymbolicLink(run.resolve("outputs/l"), folder);
        String[] parts = {"..", ".", "", "outputs", "score", "l", "secret.txt", "run", "\\", "~", "%2e%2e", "\u202e"};
        byte[] good = Files.readAllBytes(run.resolve("receipts/score.intoto.json"));
        Property.holds(40, seed -> {
            RandomGenerator random = seed.generator();
            for (int i = 0; i < 8; i++) {
                StringBuilder name = new StringBuilder();
                for (int k = random.nextInt(1, 7); k > 0; k--) {
                    name.append(parts[random.nextInt(parts.length)]).append(k > 1 ? "/" : "");
                }
                hostile("receipts/score.intoto.json", name.toString());
            }
            try {
                assertThat(ReceiptVerifier.verify(run).findings())
                        .noneMatch(finding -> finding.found().equals(Optional.of(Digest.of(SECRET))));
            } finally {
                Files.write(run.resolve("receipts/score.intoto.json"), good);
            }
        });
        assertThat(Files.exists(run.resolve("outputs/l"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
