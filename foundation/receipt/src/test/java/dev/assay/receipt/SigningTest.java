package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.fault.Fault;
import dev.assay.receipt.Verification.Finding;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Signed runs: who vouches, what a wrong key or a changed payload leads to, and what other tools say.
class SigningTest {
    private static final String STATEMENT = "receipts/score.intoto.json";
    private static final String ENVELOPE = "receipts/score.dsse.json";

    @TempDir
    Path folder;

    private Path run;
    private SigningKey key;

    @BeforeEach
    void aSignedRun() throws Exception {
        run = folder.resolve("run");
        key = SigningKey.read(EnvelopeTest.privateKey(folder));
        Fabricated fabricated = new Fabricated(run);
        fabricated.key = Optional.of(key);
        fabricated.write();
        ReceiptWriter.at(run)
                .signing(key)
                .drift(Drift.compare(
                        Optional.empty(), run, DriftSettings.standard(), Fabricated.NO_COLUMNS, fabricated.clock()));
        fabricated.closed();
    }

    private Verification verify(VerifyingKey... keys) {
        return ReceiptVerifier.verify(run, List.of(), List.of(keys));
    }

    private Verification verify() {
        return verify(key.verifyingKey());
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream().map(Finding::name).distinct().toList();
    }

    private List<String> statements() throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("receipts"))) {
            return Stream.concat(
                            Stream.of("run.intoto.json"),
                            files.map(file -> "receipts/" + file.getFileName())
                                    .filter(name -> name.endsWith(".intoto.json"))
                                    .sorted())
                    .toList();
        }
    }

    private Fault refusal(Runnable action) {
        try {
            action.run();
        } catch (Fault fault) {
            return fault;
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void everyStatementIsSignedThoseOfTestsToo() throws IOException {
        Verification verification = verify();
        assertThat(verification.problems()).isEmpty();
        assertThat(names(verification.with(Outcome.SIGNED)))
                .containsExactlyElementsOf(statements())
                .hasSize(8)
                .contains("receipts/score.tests.intoto.json", "receipts/drift.tests.intoto.json");
        assertThat(run.resolve("receipts/score.tests.dsse.json")).exists();
        assertThat(verification.with(Outcome.SIGNED).getFirst().note()).contains(EnvelopeTest.KEY_ID);
    }

    @Test
    void withoutAKeyNothingIsCalledSigned() {
        Verification verification = ReceiptVerifier.verify(run);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.with(Outcome.SIGNED)).isEmpty();
        assertThat(verification.with(Outcome.UNCHECKED)).hasSize(8);
    }

    @Test
    void aWrongKeySpeaksAgainstTheRunAndNothingIsRead() throws IOException {
        Verification verification = verify(SigningKey.generate().verifyingKey());
        assertThat(names(verification.problems())).containsExactlyElementsOf(statements());
        assertThat(verification.problems()).allMatch(finding -> finding.outcome() == Outcome.BAD_SIGNATURE);
        assertThat(verification.findings()).noneMatch(finding -> finding.role() == Role.SUBJECT);
    }

    @Test
    void oneOfSeveralKeysIsEnough() {
        assertThat(verify(SigningKey.generate().verifyingKey(), key.verifyingKey())
                        .problems())
                .isEmpty();
    }

    @Test
    void aChangedPayloadIsNotRead() throws IOException {
        JsonNode envelope = CanonicalJson.parse(Files.readAllBytes(run.resolve(ENVELOPE)));
        byte[] payload = Base64.getDecoder().decode(envelope.get("payload").stringValue());
        String changed = new String(payload, StandardCharsets.UTF_8).replace("household", "hostile!!");
        byte[] forged = changed.getBytes(StandardCharsets.UTF_8);
        ((ObjectNode) envelope).put("payload", Base64.getEncoder().encodeToString(forged));
        Files.write(run.resolve(ENVELOPE), CanonicalJson.bytes(envelope));
        Files.write(run.resolve(STATEMENT), forged);

        assertThat(verify().problems())
                .extracting(Finding::role, Finding::name, Finding::outcome)
                .containsExactly(
                        tuple(Role.SUBJECT, STATEMENT, Outcome.MISMATCH),
                        tuple(Role.RECEIPT, STATEMENT, Outcome.BAD_SIGNATURE));
    }

    @Test
    void whatIsSignedCountsAndNotTheFileBesideIt() throws IOException {
        Path statement = run.resolve(STATEMENT);
        JsonNode tree = CanonicalJson.parse(Files.readAllBytes(statement));
        ((ArrayNode) tree.get("subject"))
                .removeAll()
                .addObject()
                .put("name", "outputs/other")
                .putObject("digest")
                .put("sha256", Digest.of("other").hex());
        Files.write(statement, CanonicalJson.bytes(tree));

        Verification verification = verify();
        assertThat(verification.problems())
                .extracting(Finding::role, Finding::name, Finding::outcome)
                .containsExactly(
                        tuple(Role.SUBJECT, STATEMENT, Outcome.MISMATCH),
                        tuple(Role.RECEIPT, ENVELOPE, Outcome.CONTRADICTION));
        assertThat(names(verification.with(Outcome.MATCH))).contains("outputs/score/scored.json");
        assertThat(verification.findings()).noneMatch(finding -> finding.name().equals("outputs/other"));
        // Without a key the bytes beside each other are compared all the same.
        assertThat(names(ReceiptVerifier.verify(run).problems())).contains(ENVELOPE);
    }

    @Test
    void aFileAndItsReceiptsChangedTogetherAreNoticed() throws Exception {
        // Somebody who can write the folder makes the run anew with other data, all of it consistent.
        Fabricated forged = new Fabricated(folder.resolve("forged"));
        forged.accepted = 15;
        forged.write();
        Path copy = folder.resolve("forged");
        ReceiptWriter.at(copy)
                .drift(Drift.compare(
                        Optional.empty(), copy, DriftSettings.standard(), Fabricated.NO_COLUMNS, forged.clock()));
        forged.closed();
        assertThat(ReceiptVerifier.verify(copy).consistent()).isTrue();
        Verification unsigned = ReceiptVerifier.verify(copy, List.of(), List.of(key.verifyingKey()));
        assertThat(unsigned.problems()).hasSize(8).allMatch(f -> f.outcome() == Outcome.SIGNATURE_MISSING);
        // With the envelopes of the true run beside them.
        for (String name : statements()) {
            String envelope = ReceiptNames.envelope(name);
            Files.copy(run.resolve(envelope), copy.resolve(envelope));
        }
        Verification replayed = ReceiptVerifier.verify(copy, List.of(), List.of(key.verifyingKey()));
        assertThat(replayed.consistent()).isFalse();
        assertThat(names(replayed.with(Outcome.MISMATCH))).contains("outputs/score/scored.json");
    }

    @Test
    void anEnvelopeOfSomethingElseIsRefused() throws IOException {
        Files.copy(
                run.resolve("receipts/export.dsse.json"), run.resolve(ENVELOPE), StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify().problems()).isNotEmpty();
        assertThat(names(verify().problems())).contains(ENVELOPE);
        Files.writeString(run.resolve(ENVELOPE), "{}");
        assertThat(names(verify().problems())).contains(ENVELOPE);
    }

    @Test
    void aRunIsSignedAfterwardsAndByASecondKey() {
        SigningKey second = SigningKey.generate();
        assertThat(ReceiptSigner.sign(run, second)).isEqualTo(8);
        assertThat(verify().problems()).isEmpty();
        assertThat(verify(second.verifyingKey()).problems()).isEmpty();
        Path left = ReceiptSigner.leaveKey(folder, second.verifyingKey());
        assertThat(left).hasFileName(second.verifyingKey().keyId() + ".pem");
        assertThat(VerifyingKey.read(left)).isEqualTo(second.verifyingKey());
    }

    @Test
    void aRunThatItsReceiptsSpeakAgainstIsNotSigned() throws IOException {
        Files.writeString(run.resolve("outputs/export/rag.csv"), "a,b\n1,3\n");
        SigningKey second = SigningKey.generate();
        assertThat(refusal(() -> ReceiptSigner.sign(run, second)).kind()).isEqualTo(Fault.Kind.VERIFICATION);
        assertThat(names(verify(second.verifyingKey()).with(Outcome.SIGNED))).isEmpty();
    }

    @Test
    void aNewKeyIsForItsOwnerAloneAndIsNeverReplaced() throws IOException {
        SigningKey fresh = SigningKey.generate();
        Path pem = folder.resolve("keys/key.pem");
        fresh.write(pem);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pem)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.read(pem).verifyingKey()).isEqualTo(fresh.verifyingKey());
        assertThat(fresh.toString()).contains(fresh.verifyingKey().keyId());
        assertThat(refusal(() -> SigningKey.generate().write(pem)).kind()).isEqualTo(Fault.Kind.STORAGE);
        assertThat(SigningKey.read(pem).verifyingKey()).isEqualTo(fresh.verifyingKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-", "r-----r--"})
    void aKeyThatOthersCanReadOrWriteIsRefused(String permissions) throws IOException {
        Path pem = folder.resolve("key.pem");
        Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString(permissions));
        Fault fault = refusal(() -> SigningKey.read(pem));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault).hasMessageContaining("chmod 600").hasMessageContaining("key.pem");
        Path link = folder.resolve("link.pem");
        Files.createSymbolicLink(link, pem);
        assertThat(refusal(() -> SigningKey.read(link)).kind()).isEqualTo(Fault.Kind.BAD_SETTING);
    }

    @Test
    void whatIsNoKeyIsToldFromOneThatIsMissing() throws IOException {
        Path none = folder.resolve("none.pem");
        assertThat(refusal(() -> SigningKey.read(none)).kind()).isEqualTo(Fault.Kind.MISSING_FILE);
        assertThat(refusal(() -> VerifyingKey.read(none)).kind()).isEqualTo(Fault.Kind.MISSING_FILE);
        Path other = folder.resolve("other.pem");
        for (String text : List.of(
                "",
                "hello",
                "-----BEGIN PRIVATE KEY-----\n####\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")) {
            Files.writeString(other, text);
            Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
            assertThat(refusal(() -> SigningKey.read(other)).kind()).as(text).isEqualTo(Fault.Kind.MALFORMED_FILE);
            assertThat(refusal(() -> VerifyingKey.read(other)).kind()).as(text).isEqualTo(Fault.Kind.MALFORMED_FILE);
        }
        assertThatThrownBy(() -> VerifyingKey.read(folder.resolve("key.pem")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("keep this one to yourself");
    }

    @Test
    void keysOfOpensslAreReadAndOursAreReadByIt() throws Exception {
        Shell.needs("openssl");
        Shell.Result made = Shell.run(
                folder,
                "umask 077 && openssl genpkey -algorithm ed25519 -out theirs.pem"
                        + " && openssl pkey -in theirs.pem -pubout -out theirs.pub.pem"
                        + " && openssl genpkey -algorithm rsa -out rsa.pem");
        assertThat(made.exit()).as(made.output()).isZero();
        assertThat(SigningKey.read(folder.resolve("theirs.pem")).verifyingKey())
                .isEqualTo(VerifyingKey.read(folder.resolve("theirs.pub.pem")));
        assertThat(refusal(() -> SigningKey.read(folder.resolve("rsa.pem"))).kind())
                .isEqualTo(Fault.Kind.MALFORMED_FILE);

        SigningKey fresh = SigningKey.generate();
        fresh.write(folder.resolve("ours.pem"));
        Shell.Result half = Shell.run(folder, "openssl pkey -in ours.pem -pubout");
        assertThat(half.output()).isEqualTo(fresh.verifyingKey().pem());
        Shell.Result id = Shell.run(
                folder, "openssl pkey -in ours.pem -pubout -outform DER | openssl dgst -sha256 -r | cut -c1-64");
        assertThat(id.output().strip()).isEqualTo(fresh.verifyingKey().keyId());
    }

    /// The lines of docs/how-to/check-a-receipt.md.
    private static final String OPENSSL = "f=%s && jq -r .payload $f | base64 -d > p"
            + " && { printf 'DSSEv1 28 application/vnd.in-toto+json %%d ' $(stat -c %%s p); cat p; } > s"
            + " && jq -r '.signatures[0].sig' $f | base64 -d > g"
            + " && openssl pkeyutl -verify -rawin -pubin -inkey ../pub.pem -in s -sigfile g";

    @Test
    void anEnvelopeIsCheckedWithoutThisProgram() throws Exception {
        Shell.needs("openssl", "jq", "base64", "stat", "cmp", "sha256sum");
        key.verifyingKey().write(folder.resolve("pub.pem"));
        for (String name : statements()) {
            String envelope = ReceiptNames.envelope(name);
            assertThat(Shell.run(run, "jq -r .payload " + envelope + " | base64 -d | cmp - " + name)
                            .exit())
                    .as(name)
                    .isZero();
            Shell.Result result = Shell.run(run, OPENSSL.formatted(envelope));
            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(result.output()).contains("Signature Verified Successfully");
            assertThat(Shell.run(run, "jq -r '.subject[] | .digest.sha256 + \"  \" + .name' p | sha256sum -c")
                            .exit())
                    .as(name)
                    .isZero();
        }
        Shell.Result longer = Shell.run(
                run, "printf x >> s && openssl pkeyutl -verify -rawin -pubin -inkey ../pub.pem -in s -sigfile g");
        assertThat(longer.exit()).isNotZero();
        SigningKey.generate().verifyingKey().write(folder.resolve("pub.pem"));
        assertThat(Shell.run(run, OPENSSL.formatted(ENVELOPE)).exit()).isNotZero();
    }

    /// The lines of docs/how-to/check-a-receipt.md.
    private static final String SECURESYSTEMSLIB = """
            import base64, json, sys
            from securesystemslib.signer import Signature, SSlibKey

            pem, *names = sys.argv[1:]
            public = base64.b64decode("".join(open(pem).read().split("\\n")[1:-2]))[-32:].hex()
            for name in names:
                envelope = json.load(open(name))
                payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"].encode()
                signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
                for each in envelope["signatures"]:
                    key = SSlibKey(each["keyid"], "ed25519", "ed25519", {"public": public})
                    key.verify_signature(Signature(each["keyid"], base64.b64decode(each["sig"]).hex()), signed)
                    print("verified", name)
            """;

    /// A Python that has the library, which may be another than the first on the path.
    private static Optional<String> python(Path folder) throws Exception {
        for (String each : List.of("python3", "/usr/bin/python3")) {
            if (Shell.run(folder, each + " -c 'import securesystemslib'").exit() == 0) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    @Test
    void anEnvelopeIsCheckedByTheLibraryOfTheStandard() throws Exception {
        Optional<String> python = python(folder);
        Assumptions.assumeTrue(python.isPresent(), "securesystemslib is not installed: not checked with it");
        key.verifyingKey().write(folder.resolve("pub.pem"));
        Files.writeString(folder.resolve("check.py"), SECURESYSTEMSLIB);
        String line = python.get() + " check.py pub.pem run/run.dsse.json run/receipts/*.dsse.json";
        Shell.Result good = Shell.run(folder, line);
        assertThat(good.exit()).as(good.output()).isZero();
        assertThat(good.output().lines().filter(each -> each.startsWith("verified")))
                .hasSize(8);
        SigningKey.generate().verifyingKey().write(folder.resolve("pub.pem"));
        Shell.Result bad = Shell.run(folder, line);
        assertThat(bad.exit()).as(bad.output()).isNotZero();
        assertThat(bad.output()).doesNotContain("verified run");
    }
}
