package dev.assay.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFolderTest {
    @TempDir
    Path folder;

    OwnFolder own;

    @BeforeEach
    void setUp() {
        own = OwnFolder.at(folder.resolve("own"), "workspace").claim(Set.of("a", "b"));
    }

    private Path at(String name) {
        return own.root().resolve(name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aLockIsNoOtherNameOfAFileElsewhere() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        own.folder(at("a"));
        Files.createLink(at("a/lock"), victim);
        assertThatThrownBy(() -> own.openLock(at("a/lock"))).isInstanceOf(IOException.class);
        Files.createDirectory(at("a/folder"));
        assertThatThrownBy(() -> own.openLock(at("a/folder"))).isInstanceOf(IOException.class);
        own.openLock(at("a/mine")).close();
        own.openLock(at("a/mine")).close();
        assertThat(victim).hasContent("precious");
    }

    @Test
    void whatItMakesIsItsOwnersAlone() throws IOException {
        own.write(at("a/b/file"), bytes("one"));
        try (OutputStream out = own.create(at("a/log"))) {
            out.write(1);
        }
        own.openLock(at("a/lock")).close();
        assertThat(mode(own.root())).isEqualTo("rwx------");
        assertThat(mode(at("a/b"))).isEqualTo("rwx------");
        for (String file : Set.of("a/b/file", "a/log", "a/lock")) {
            assertThat(mode(at(file))).isEqualTo("rw-------");
        }
        own.seal(at("a"));
        assertThat(mode(at("a/b"))).isEqualTo("rwx------");
        assertThat(mode(at("a/b/file"))).isEqualTo("r--------");
        own.show(at("a"), at("shown"));
        assertThat(mode(at("shown/b/file"))).isEqualTo("r--------");
        assertThat(own.read(at("shown/b/file"))).isEqualTo(bytes("one"));
        own.write(at("a/b/file"), bytes("two"));
        assertThat(own.read(at("shown/b/file"))).isEqualTo(bytes("one"));
        Path copy = folder.resolve("copy");
        Tree.copy(at("a"), copy);
        assertThat(Files.isWritable(copy.resolve("b/file"))).isTrue();
        assertThat(copy.resolve("b/file")).hasContent("two");
    }

    @Test
    void noLinkIsFollowedByAnything() throws IOException {
        Path victim = Files.createDirectories(folder.resolve("victim"));
        Files.writeString(victim.resolve("file"), "precious");
        Files.createSymbolicLink(at("link"), victim);
        Files.createSymbolicLink(at("file-link"), victim.resolve("file"));
        assertRefused(() -> own.folder(at("link")));
        assertRefused(() -> own.folder(at("link/new")));
        assertRefused(() -> own.fresh(at("link/new")));
        assertRefused(() -> own.claimed(at("link/new")));
        assertRefused(() -> own.write(at("link/file"), bytes("x")));
        assertRefused(() -> own.create(at("link/new")));
        assertRefused(() -> own.delete(at("link/file")));
        assertRefused(() -> own.isFile(at("link/file")));
        assertRefused(() -> own.exists(at("link/file")));
        assertRefused(() -> own.folders(at("link")));
        assertRefused(() -> own.move(at("link/file"), at("moved")));
        assertRefused(() -> own.show(at("link/file"), at("shown")));
        assertRefused(() -> own.seal(at("link")));
        assertRefused(() -> own.close(at("link")));
        assertThatThrownBy(() -> own.create(at("file-link"))).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> own.openLock(at("file-link"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> own.read(at("file-link"))).isInstanceOf(FileSystemException.class);
        assertThat(own.isFile(at("file-link"))).isFalse();
        assertThat(own.isFolder(at("link"))).isFalse();
        // A file takes the place of a link, and a link is deleted as a thing of its own.
        own.write(at("file-link"), bytes("mine"));
        assertThat(at("file-link")).isRegularFile();
        own.delete(at("link"));
        assertThat(victim.resolve("file")).hasContent("precious");
        assertThat(victim).isDirectoryNotContaining(p -> !p.endsWith("file"));
        // Nor is one in a folder that is sealed or shown.
        own.folder(at("a"));
        Files.createSymbolicLink(at("a/inner"), victim.resolve("file"));
        assertThatThrownBy(() -> own.seal(at("a"))).hasMessageContaining("neither a file nor a folder");
        assertThatThrownBy(() -> own.show(at("a"), at("b"))).hasMessageContaining("neither a file nor a folder");
    }

    private static void assertRefused(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.STORAGE))
                .hasMessageContaining("link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../../x", "/etc"})
    void nothingOutsideIsReached(String outside) {
        assertThatThrownBy(() -> own.folder(own.root().resolve(outside))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> own.delete(own.root().resolve(outside).resolve("y")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordCannotNameAPath() {
        assertThat(OwnFolder.child(own.root(), "a", "b.csv")).isEqualTo(at("a/b.csv"));
        for (String name : new String[] {"", ".", "..", "a/b", "a\\b", "c:", "a\u0000", "a\nb", "x".repeat(256)}) {
            assertThatThrownBy(() -> OwnFolder.child(own.root(), "a", name))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE));
        }
    }

    @Test
    void whatBelongsToSomebodyElseIsRefused() throws IOException {
        own.folder(at("a/b"));
        try {
            Files.setOwner(
                    at("a/b"),
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException | UnsupportedOperationException notRoot) {
            Assumptions.abort("only root can give a folder away");
        }
        assertThatThrownBy(() -> own.write(at("a/b/file"), bytes("x")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("belongs to 'nobody' and not to you");
        // Who only reads need not own it.
        assertThat(OwnFolder.at(own.root(), "workspace").isFolder(at("a/b"))).isTrue();
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        assertThat(own.folders(at("none"))).isEmpty();
        assertThat(own.isFile(at("none/file"))).isFalse();
        assertThatThrownBy(() -> own.read(at("none"))).isInstanceOf(NoSuchFileException.class);
        own.delete(at("none/file"));
        Files.writeString(at("file"), "x");
        assertThatThrownBy(() -> own.folder(at("file/x"))).hasMessageContaining("stands where a folder");
        assertThat(own.claimed(at("new"))).isTrue();
        assertThat(own.claimed(at("new"))).isFalse();
    }

    @Test
    void aFileIsWrittenWholeOrNotAtAll() throws IOException {
        AtomicFile.write(folder.resolve("public"), bytes("one"));
        AtomicFile.write(folder.resolve("public"), bytes("two"));
        assertThat(folder.resolve("public")).hasContent("two");
        Files.createDirectory(folder.resolve("taken"));
        Files.writeString(folder.resolve("taken/in"), "it");
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("taken"), bytes("x")))
                .isInstanceOf(IOException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
