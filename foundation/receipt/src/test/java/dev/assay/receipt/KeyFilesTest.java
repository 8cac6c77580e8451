package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of private keys and digest keys are used only where nobody but the user could read or exchange them.
class KeyFilesTest {
    private static final int SOMEBODY = 54_321;

    @TempDir
    Path folder;

    private record Kind(String file, Consumer<Path> write, Consumer<Path> read) {}

    private static List<Kind> kinds() {
        return List.of(
                new Kind("key.pem", path -> SigningKey.generate().write(path), SigningKey::read),
                new Kind("digest.key", path -> DigestKey.generate().write(path), DigestKey::read));
    }

    private static void assertRefused(Runnable action, String... says) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_SETTING))
                .hasMessageContainingAll(says);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rw---x---",
                "rwx-----x",
                "rw-r-----",
                "rw--w----",
                "rw----r--",
                "rw-----w-",
                "r-xr-xr-x",
                "rwxrwxrwx"
            })
    void anyBitForGroupOrOthersIsRefusedWithTheCommandThatClosesIt(String mode) throws IOException {
        for (Kind kind : kinds()) {
            Path file = folder.resolve(kind.file());
            kind.write().accept(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertRefused(
                    () -> kind.read().accept(file), "others may read, write or execute", "'chmod 600 " + file + "'");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
            kind.read().accept(file);
        }
    }

    @Test
    void aLinkIsRefusedWhereverItLeads() throws IOException {
        for (Kind kind : kinds()) {
            Path file = folder.resolve(kind.file());
            kind.write().accept(file);
            Path link = Files.createSymbolicLink(folder.resolve("link-" + kind.file()), file);
            assertRefused(() -> kind.read().accept(link), "symbolic link");
            Path dangling = Files.createSymbolicLink(folder.resolve("to-" + kind.file()), folder.resolve("new"));
            assertThatThrownBy(() -> kind.write().accept(dangling))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.STORAGE));
            assertThat(folder.resolve("new")).doesNotExist();
        }
    }

    @Test
    void aFolderInWhichEverybodyMayWriteIsRefusedOnTheWholeWayUnlessItIsSticky() throws Exception {
        Path open = Files.createDirectories(folder.resolve("open"));
        Path inner = Files.createDirectories(open.resolve("inner"));
        Path straight = Files.createSymbolicLink(folder.resolve("straight"), inner);
        for (Kind kind : kinds()) {
            Path file = inner.resolve(kind.file());
            kind.write().accept(file);
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
            for (Path way : List.of(file, straight.resolve(kind.file()))) {
                assertRefused(() -> kind.read().accept(way), "everybody may write", "'chmod o-w " + open + "'");
                assertRefused(() -> kind.write().accept(way.resolveSibling("other")), "everybody may write");
            }
            assertThat(inner.resolve("other")).doesNotExist();
            Shell.run(folder, "chmod 1777 open");
            kind.read().accept(file);
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
            kind.read().accept(file);
        }
    }

    @Test
    void aKeyOrFolderOfSomebodyElseIsRefused() throws IOException {
        Assumptions.assumeTrue(
                Files.getAttribute(folder, "unix:uid").equals(0), "only root can give files away: not checked");
        Path theirs = Files.createDirectories(folder.resolve("theirs"));
        for (Kind kind : kinds()) {
            Path file = theirs.resolve(kind.file());
            kind.write().accept(file);
            Files.setAttribute(theirs, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
            assertRefused(() -> kind.read().accept(file), theirs + " belongs to");
            assertRefused(() -> kind.write().accept(theirs.resolve("other")), theirs + " belongs to");
            Files.setAttribute(theirs, "unix:uid", 0);
            Files.setAttribute(file, "unix:uid", SOMEBODY);
            assertRefused(() -> kind.read().accept(file), "belongs to");
            Path link = Files.createSymbolicLink(folder.resolve("to-" + kind.file()), theirs);
            Files.setAttribute(file, "unix:uid", 0);
            Files.setAttribute(link, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
            assertRefused(() -> kind.read().accept(link.resolve(kind.file())), link + " belongs to");
        }
    }

    @Test
    void whateverTheUmaskNewSecretsAreClosedAndPublicKeysOpenForReading() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (String umask : List.of("000", "022", "077")) {
            Shell.Result made = Shell.run(
                    folder,
                    "umask " + umask + " && " + java + " -XX:TieredStopAtLevel=1 -cp '"
                            + System.getProperty("java.class.path") + "' 'dev.assay.receipt.KeyFilesTest$Writer' new"
                            + umask);
            assertThat(made.exit()).as(made.output()).isZero();
            Path keys = folder.resolve("new" + umask);
            assertThat(mode(keys.resolve("key.pem"))).isEqualTo("rw-------");
            assertThat(mode(keys.resolve("digest.key"))).isEqualTo("rw-------");
            assertThat(mode(keys.resolve("pub.pem"))).isEqualTo("rw-r--r--");
            assertThat(mode(keys)).doesNotContain("w-", "-w").endsWith(umask.equals("077") ? "------" : "r-xr-x");
            SigningKey.read(keys.resolve("key.pem"));
        }
    }

    /// Writes one of each, in a process with a umask of its own.
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            SigningKey key = SigningKey.generate();
            key.write(folder.resolve("key.pem"));
            key.verifyingKey().write(folder.resolve("pub.pem"));
            DigestKey.generate().write(folder.resolve("digest.key"));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void noMessageTellsOfTheSecret() throws IOException {
        String secret = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v";
        String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII));
        for (String text : List.of(
                "-----BEGIN PRIVATE KEY-----\n" + secret + "*\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n" + secret + "\n",
                "-----BEGIN " + secret.repeat(4) + "-----\n-----END " + secret.repeat(4) + "-----\n",
                secret,
                hex + "zz")) {
            Path file = folder.resolve("secret");
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
            for (Consumer<Path> read : List.<Consumer<Path>>of(SigningKey::read, DigestKey::read, VerifyingKey::read)) {
                assertThatThrownBy(() -> read.accept(file)).isInstanceOfSatisfying(Fault.class, fault -> {
                    StringWriter trace = new StringWriter();
                    fault.printStackTrace(new PrintWriter(trace));
                    assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
                    assertThat(trace.toString()).doesNotContain(secret, hex);
                });
            }
        }
    }

    @Test
    @Timeout(60)
    void aKeyFileThatIsAPipeOrBlankIsRefusedAtOnce() throws Exception {
        Shell.needs("mkfifo");
        assertThat(Shell.run(folder, "mkfifo -m 600 pipe").exit()).isZero();
        Path blank = folder.resolve("blank");
        Files.writeString(blank, "-----BEGIN PRIVATE KEY-----" + "\n".repeat(60_000));
        Files.setPosixFilePermissions(blank, PosixFilePermissions.fromString("rw-------"));
        for (Path file : List.of(folder.resolve("pipe"), blank, folder)) {
            for (Consumer<Path> read : List.<Consumer<Path>>of(SigningKey::read, DigestKey::read, VerifyingKey::read)) {
                assertThatThrownBy(() -> read.accept(file))
                        .isInstanceOfSatisfying(
                                Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE));
            }
        }
    }

    @Test
    void aBlockWhoseFirstLineIsItsLastIsNone() throws IOException {
        Path file = folder.resolve("pub.pem");
        Files.writeString(file, "-----BEGIN PUBLIC KEY--------END PUBLIC KEY-----\n");
        assertThatThrownBy(() -> VerifyingKey.read(file))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void aPublicKeyBesideTheRunsThatWasExchangedIsWrittenAnew() throws IOException {
        VerifyingKey key = SigningKey.generate().verifyingKey();
        Path left = ReceiptSigner.leaveKey(folder, key);
        Files.writeString(left, SigningKey.generate().verifyingKey().pem());
        assertThat(VerifyingKey.read(ReceiptSigner.leaveKey(folder, key))).isEqualTo(key);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(left);
        }
    }
}
