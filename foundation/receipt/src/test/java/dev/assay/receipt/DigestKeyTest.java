package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.fault.Fault;
import dev.assay.receipt.Verification.Finding;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Digests of confidential files: what they are, who can compare them, and that nothing else gives them away.
class DigestKeyTest {
    private static final String HEX = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @TempDir
    Path folder;

    private DigestKey key(String text, String permissions) throws IOException {
        Path file = folder.resolve("digest.key");
        Files.deleteIfExists(file);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return DigestKey.read(file);
    }

    private static Fault refusal(ThrowingCallable action) {
        return catchThrowableOfType(Fault.class, action);
    }

    @Test
    void aKeyedDigestIsTheReferenceOne() throws IOException {
        // Made with Python 3.11.7: hmac.new(key, hashlib.sha256(b"confidential").digest(), "sha256").
        DigestKey key = key(HEX + "\n", "rw-------");
        assertThat(key.keyed(Digest.of("confidential")).hex())
                .isEqualTo("7f9a7144d70ad733ada2fb1f4a46e70f69c997e7fd4be7191f3ab7e3e6444068");
        assertThat(key.id()).isEqualTo("630dcd2966c4");
        assertThat(key.toString()).contains(key.id()).doesNotContain(HEX);
    }

    @Test
    void aKeyedDigestIsMadeByOtherToolsToo() throws Exception {
        Shell.needs("openssl", "sha256sum");
        DigestKey key = key(HEX, "rw-------");
        Files.writeString(folder.resolve("secret.csv"), "id,income\n1,100\n");
        Shell.Result result = Shell.run(
                folder,
                "openssl dgst -sha256 -binary secret.csv | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(cat"
                        + " digest.key) -r | cut -c1-64");
        assertThat(result.output().strip())
                .isEqualTo(
                        key.keyed(Digest.ofFile(folder.resolve("secret.csv"))).hex());
    }

    @Test
    void aNewKeyIsForItsOwnerAloneAndIsNeverReplaced() throws IOException {
        DigestKey fresh = DigestKey.generate();
        Path file = folder.resolve("keys/digest.key");
        fresh.write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
        assertThat(DigestKey.read(file).keyed(Digest.of("x"))).isEqualTo(fresh.keyed(Digest.of("x")));
        assertThat(DigestKey.generate().id()).isNotEqualTo(fresh.id());
        assertThat(refusal(() -> DigestKey.generate().write(file)).kind()).isEqualTo(Fault.Kind.STORAGE);
        assertThat(DigestKey.read(file).id()).isEqualTo(fresh.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void aKeyThatOthersCanReadOrWriteIsRefused(String permissions) {
        Fault fault = refusal(() -> key(HEX, permissions));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault).hasMessageContaining("chmod 600").hasMessageContaining("digest key");
    }

    @Test
    void whatIsNoKeyIsToldFromOneThatIsMissing() {
        assertThat(refusal(() -> DigestKey.read(folder.resolve("none"))).kind()).isEqualTo(Fault.Kind.MISSING_FILE);
        assertThat(refusal(() -> DigestKey.read(folder)).kind())
                .isIn(Fault.Kind.MALFORMED_FILE, Fault.Kind.BAD_SETTING);
        for (String text :
                List.of("", "hello", HEX.substring(1), HEX + "0", "g" + HEX.substring(1), HEX + "\n" + HEX)) {
            Fault fault = refusal(() -> key(text, "rw-------"));
            assertThat(fault.kind()).as(text).isEqualTo(Fault.Kind.MALFORMED_FILE);
            assertThat(fault.getMessage()).as(text).doesNotContain(HEX.substring(1));
        }
    }

    private final DigestKey key = DigestKey.generate();

    /// A run of which everything that records name is confidential.
    private Fabricated keyedRun() {
        Fabricated fabricated = new Fabricated(folder.resolve("run"));
        fabricated.named = file -> file.keyedBy(key);
        fabricated.change = builder -> builder.confidential(true);
        fabricated.write();
        ReceiptWriter.at(folder.resolve("run"))
                .drift(Drift.compare(
                        Optional.empty(),
                        folder.resolve("run"),
                        DriftSettings.standard(),
                        Fabricated.NO_COLUMNS,
                        fabricated.clock()));
        // What the run read lies outside.
        try {
            Files.createDirectories(folder.resolve("elsewhere/inputs"));
            Files.move(folder.resolve("run/inputs/source.txt"), folder.resolve("elsewhere/inputs/source.txt"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        fabricated.closed();
        return fabricated;
    }

    private Verification verify(DigestKey... with) {
        return ReceiptVerifier.verify(
                folder.resolve("run"),
                List.of(folder.resolve("elsewhere")),
                List.of(),
                List.of(with).stream().findFirst());
    }

    @Test
    void withTheKeyConfidentialFilesAreCompared() throws IOException {
        keyedRun();
        Verification verification = verify(key);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.with(Outcome.KEYED)).isEmpty();
        assertThat(verification.with(Outcome.MATCH))
                .extracting(Finding::role, Finding::name)
                .contains(
                        tuple(Role.SUBJECT, "outputs/export/rag.csv"),
                        tuple(Role.DEPENDENCY, "inputs/source.txt"),
                        tuple(Role.SUBJECT, "run.json"));
        Files.writeString(folder.resolve("run/outputs/export/rag.csv"), "a,b\n1,3\n");
        Files.writeString(folder.resolve("elsewhere/inputs/source.txt"), "other");
        assertThat(verify(key).problems())
                .extracting(Finding::name)
                .containsOnly("outputs/export/rag.csv", "inputs/source.txt");
        assertThat(verify(DigestKey.generate()).problems())
                .extracting(Finding::name)
                .contains("outputs/collect/evidence.jsonl");
    }

    @Test
    void withoutTheKeyTheyAreLookedForAndNotCompared() throws IOException {
        keyedRun();
        Verification verification = verify();
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.with(Outcome.KEYED))
                .extracting(Finding::name, Finding::note)
                .contains(tuple("outputs/export/rag.csv", "its digest is keyed, and no key was given"));
        assertThat(verification.with(Outcome.KEYED))
                .allMatch(finding -> finding.found().isEmpty());
        Files.delete(folder.resolve("run/outputs/export/rag.csv"));
        assertThat(verify().problems())
                .extracting(Finding::name, Finding::outcome)
                .containsOnly(tuple("outputs/export/rag.csv", Outcome.ABSENT));
    }

    @Test
    void noReceiptHoldsAPlainDigestOfAConfidentialFile() throws IOException {
        keyedRun();
        List<String> confidential =
                List.of("outputs/collect/evidence.jsonl", "outputs/score/scored.json", "outputs/export/rag.csv");
        for (Path file : FolderListing.of(folder.resolve("run")).values()) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            for (String name : confidential) {
                FileRef plain =
                        FileRef.of(folder.resolve("run"), folder.resolve("run").resolve(name));
                assertThat(text)
                        .as(file.toString())
                        .doesNotContain(plain.sha256().hex())
                        .doesNotContain(plain.contentDigest().hex());
            }
        }
        String last = Files.readString(folder.resolve("run/run.intoto.json"));
        assertThat(last).contains("{\"digest\":{\"hmac-sha256\":\"").contains("{\"digest\":{\"sha256\":\"");
        assertThat(ReceiptReader.at(folder.resolve("run")).summary().datasets().values())
                .isNotEmpty()
                .allMatch(RunSummary.Dataset::keyed);
    }

    @Test
    void aDigestIsNotCalledKeyedToHideAChange() throws IOException {
        Fabricated fabricated = keyedRun();
        Path last = folder.resolve("run/run.intoto.json");
        String digest = Digest.ofFile(folder.resolve("run/report.html")).hex();
        String text = Files.readString(last);
        String forged = text.replace("{\"sha256\":\"" + digest, "{\"hmac-sha256\":\"" + digest);
        assertThat(forged).isNotEqualTo(text);
        Files.writeString(last, forged);
        Files.writeString(folder.resolve("run/report.html"), "forged");
        assertThat(verify().problems())
                .singleElement()
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.CONTRADICTION))
                .satisfies(finding -> assertThat(finding.note()).contains("report.html"));
        fabricated.closed();
        assertThat(verify().problems()).isEmpty();
        // And one that is keyed is not replaced by a plain one.
        String keyed = ReceiptReader.at(folder.resolve("run"))
                .stage("export")
                .outputs()
                .getFirst()
                .sha256()
                .hex();
        Files.writeString(
                last,
                Files.readString(last)
                        .replace(
                                "{\"hmac-sha256\":\"" + keyed,
                                "{\"sha256\":\"" + Digest.ofFile(folder.resolve("run/outputs/export/rag.csv"))));
        assertThat(verify().problems()).extracting(Finding::outcome).containsExactly(Outcome.CONTRADICTION);
    }

    @Test
    void whoSignsCanCheckKeyedFilesBefore() throws IOException {
        keyedRun();
        Files.writeString(folder.resolve("run/outputs/export/rag.csv"), "a,b\n1,3\n");
        SigningKey signer = SigningKey.generate();
        assertThat(refusal(() -> ReceiptSigner.sign(folder.resolve("run"), signer, Optional.of(key)))
                        .kind())
                .isEqualTo(Fault.Kind.VERIFICATION);
        assertThat(ReceiptSigner.sign(folder.resolve("run"), signer)).isEqualTo(8);
    }

    @Test
    void aFileIsKeyedOnceAndAFolderFollowsFromPlainDigests() {
        FileRef plain = new FileRef("a/b", Digest.of("x"), Digest.of("y"), 1, Optional.of(3L), Optional.empty());
        FileRef keyed = plain.keyedBy(key);
        assertThat(keyed.keyed()).isTrue();
        assertThat(keyed.sha256()).isEqualTo(key.keyed(Digest.of("x")));
        assertThat(keyed.contentDigest()).isEqualTo(key.keyed(Digest.of("y")));
        assertThat(keyed.withName("c").withRows(4).withMediaType("text/csv").keyed())
                .isTrue();
        assertThat(CanonicalJson.of(plain)).doesNotContain("keyed");
        assertThat(CanonicalJson.of(keyed)).contains("\"keyed\":true");
        assertThatIllegalArgumentException().isThrownBy(() -> keyed.keyedBy(key));
        assertThatIllegalArgumentException().isThrownBy(() -> FileRef.folder("a", List.of(keyed)));
    }
}
