package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys, signing and verifying from the command line.
class SignedReceiptsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aStudyAndTwoKeys() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,age\n1,30\n2,40\n3,50\n");
        Files.writeString(
                folder.resolve("study.yaml"),
                "study: small\nseed: 1\nstages:\n  people: { kind: microdata.read, file: people.csv }\n");
        assertThat(Assay.here("receipts", "keygen", "--out", at("mine")).code()).isZero();
        assertThat(Assay.here("receipts", "keygen", "--out", at("other")).code())
                .isZero();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Assay.Outcome ask(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--workspace", at("work")));
        return Assay.here(all.toArray(String[]::new));
    }

    private Path run() throws Exception {
        try (Stream<Path> runs = Files.list(folder.resolve("work/runs"))) {
            return runs.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
        }
    }

    @Test
    void keygenWritesAKeyForItsOwnerAndOneForEverybodyAndNeverReplacesOne() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("mine/key.pem"))))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("mine/pub.pem")).content().startsWith("-----BEGIN PUBLIC KEY-----\n");
        byte[] before = Files.readAllBytes(folder.resolve("mine/key.pem"));

        Assay.Outcome again = Assay.here("receipts", "keygen", "--out", at("mine"));

        assertThat(again.code()).isEqualTo(Fault.Kind.STORAGE.exitCode());
        assertThat(again.complaints()).singleElement().asString().contains("never replaced");
        assertThat(folder.resolve("mine/key.pem")).hasBinaryContent(before);
    }

    @Test
    void aRunSignedAsItIsMadeIsVerifiedByTheRightKeyAlone() throws Exception {
        Assay.Outcome made = ask("run", at("study.yaml"), "--sign", at("mine/key.pem"));
        assertThat(made.complaints()).isEmpty();
        assertThat(run().resolve("receipts/people.dsse.json")).exists();
        assertThat(run().resolve("receipts/people.tests.dsse.json")).exists();
        assertThat(run().resolve("receipts/drift.tests.dsse.json")).exists();

        Assay.Outcome right = ask("receipts", "verify", "--key", at("mine/pub.pem"));
        assertThat(right.code()).as(right.out()).isZero();
        assertThat(right.out()).containsPattern("4 statements are signed by [0-9a-f]{64}");
        assertThat(right.out()).doesNotContain("unsigned");
        assertThat(ask("receipts", "verify", "--key", at("other/pub.pem"), "--key", at("mine/pub.pem"))
                        .code())
                .isZero();

        Assay.Outcome wrong = ask("receipts", "verify", "--key", at("other/pub.pem"));
        assertThat(wrong.code()).isEqualTo(Fault.Kind.VERIFICATION.exitCode());
        assertThat(wrong.out()).containsPattern("bad signature +receipt +receipts/people.intoto.json");
        assertThat(wrong.out()).doesNotContain(" signed by");

        Assay.Outcome none = ask("receipts", "verify");
        assertThat(none.code()).isZero();
        assertThat(none.out()).contains("4 statements have signatures that nobody checked");
        assertThat(none.out()).doesNotContain(" signed by").doesNotContain("verified");
        try (Stream<Path> beside = Files.list(folder.resolve("work/runs"))) {
            assertThat(beside.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(key -> assertThat(key)
                            .hasFileName(right.out().replaceAll("(?s).*signed by ([0-9a-f]{64}).*", "$1") + ".pem")
                            .hasSameBinaryContentAs(folder.resolve("mine/pub.pem")));
        }
        assertThat(ask("runs").out()).contains("small");
    }

    @Test
    void aChangedOutputAChangedPayloadAndAMissingEnvelopeAreAllExit10() throws Exception {
        ask("run", at("study.yaml"), "--sign", at("mine/key.pem"));
        Path envelope = run().resolve("receipts/people.dsse.json");
        byte[] whole = Files.readAllBytes(envelope);

        Files.writeString(envelope, Files.readString(envelope).replace("\"payload\":\"eyJ", "\"payload\":\"eyK"));
        Assay.Outcome payload = ask("receipts", "verify", "--key", at("mine/pub.pem"));
        assertThat(payload.code()).isEqualTo(Fault.Kind.VERIFICATION.exitCode());
        assertThat(payload.out()).containsPattern("bad signature +receipt +receipts/people.intoto.json");

        Files.delete(envelope);
        Assay.Outcome missing = ask("receipts", "verify", "--key", at("mine/pub.pem"));
        assertThat(missing.code()).isEqualTo(Fault.Kind.VERIFICATION.exitCode());
        assertThat(missing.out()).contains("1 statement is unsigned");

        Files.write(envelope, whole);
        Path table = run().resolve("outputs/people/table.parquet");
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(table);
        Files.write(table, bytes);
        Assay.Outcome output = ask("receipts", "verify", "--key", at("mine/pub.pem"));
        assertThat(output.code()).isEqualTo(Fault.Kind.VERIFICATION.exitCode());
        assertThat(output.out()).containsPattern("mismatch +subject +outputs/people/table.parquet");
        assertThat(ask("receipts", "sign", "latest", "--key", at("other/key.pem"))
                        .code())
                .isEqualTo(Fault.Kind.VERIFICATION.exitCode());
    }

    @Test
    void aRunIsSignedAfterwards() throws Exception {
        ask("run", at("study.yaml"));
        Assay.Outcome unsigned = ask("receipts", "verify");
        assertThat(unsigned.code()).isZero();
        assertThat(unsigned.out()).contains("4 statements are unsigned").doesNotContain("verified");
        assertThat(ask("receipts", "verify", "--key", at("mine/pub.pem")).code())
                .isEqualTo(Fault.Kind.VERIFICATION.exitCode());

        Assay.Outcome signed = ask("receipts", "sign", "latest", "--key", at("mine/key.pem"));
        assertThat(signed.complaints()).isEmpty();
        assertThat(signed.out()).contains("4 statements signed by");
        assertThat(ask("receipts", "verify", run().toString(), "--key", at("mine/pub.pem"))
                        .code())
                .isZero();
    }

    @Test
    void keysThatWillNotDoAreToldBeforeAnythingRuns() throws Exception {
        Path key = folder.resolve("mine/key.pem");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Assay.Outcome open = ask("run", at("study.yaml"), "--sign", key.toString());
        assertThat(open.code()).isEqualTo(Fault.Kind.BAD_SETTING.exitCode());
        assertThat(open.complaints()).singleElement().asString().contains("chmod 600");
        assertThat(folder.resolve("work")).doesNotExist();
        Assay.Outcome missing = ask("run", at("study.yaml"), "--sign", at("none.pem"));
        assertThat(missing.code()).isEqualTo(Fault.Kind.MISSING_FILE.exitCode());
        Assay.Outcome swapped = ask("receipts", "verify", "--key", at("other/key.pem"));
        assertThat(swapped.code()).isEqualTo(Fault.Kind.MALFORMED_FILE.exitCode());
        assertThat(Assay.here("receipts").code()).isEqualTo(Fault.Kind.USAGE.exitCode());
    }
}
