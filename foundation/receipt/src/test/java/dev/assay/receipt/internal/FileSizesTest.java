package dev.assay.receipt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.receipt.Digest;
import dev.assay.receipt.FileRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files without an end that can be reached are refused before they are read.
@Timeout(60)
class FileSizesTest {
    private static final Limits SMALL = Limits.STANDARD.with(Limit.FILE_BYTES, 2_048);

    @TempDir
    Path folder;

    private Path hole(String name, long size) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(size);
        }
        return file;
    }

    private static void assertRefused(ThrowingCallable action, String says) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE))
                .hasMessageContaining(says);
    }

    @Test
    void aFileBeyondTheLimitIsRefusedByAllWhoHash() throws IOException {
        Path file = hole("hole.jsonl", 1L << 40);
        assertRefused(() -> Digest.ofFile(file), "hole.jsonl: the size is 1099511627776 bytes");
        assertRefused(() -> Digest.ofFile(file), "--limit file-bytes=N");
        assertRefused(() -> FileRef.named("hole.jsonl", file), "the size is");
        assertRefused(() -> Digest.ofFolder(folder), "the size of its files is");
    }

    @Test
    void aFileLargerThanItsDiskIsRefusedBelowTheLimitToo() throws IOException {
        long room = Files.getFileStore(folder).getTotalSpace();
        Assumptions.assumeTrue(
                room > 0 && room < 1L << 42, "a disk of unknown size, or one larger than its files may be");
        Path file = hole("hole", room + 4_096);
        Limits large = Limits.STANDARD.with(Limit.FILE_BYTES, 1L << 60);
        assertRefused(() -> FileSizes.open(file, large), "it is mostly holes");
        long half = room / 2 + 4_096;
        List<Path> halves = List.of(hole("one", half), hole("other", half));
        assertRefused(() -> FileSizes.refuse(folder, halves, large), "it is mostly holes");
    }

    @Test
    void filesTogetherAreMeasuredAndOneWithSeveralNamesOnce() throws IOException {
        Path one = Files.write(folder.resolve("one"), new byte[1_500]);
        Path same = Files.createLink(folder.resolve("same"), one);
        FileSizes.refuse(folder, List.of(one, same), SMALL);
        Path other = Files.write(folder.resolve("other"), new byte[1_500]);
        assertRefused(
                () -> FileSizes.refuse(folder, List.of(one, same, other), SMALL), "the size of its files is 3000");
    }

    @Test
    void aFileThatGrowsWhileItIsReadHasAnEndToo() throws IOException {
        Path file = Files.write(folder.resolve("log"), new byte[2_000]);
        try (InputStream in = FileSizes.open(file, SMALL)) {
            assertThat(in.readNBytes(2_000)).hasSize(2_000);
            Files.write(file, new byte[4_000]);
            assertRefused(in::readAllBytes, "the size is");
        }
        try (InputStream in = FileSizes.open(Files.write(folder.resolve("full"), new byte[2_048]), SMALL)) {
            assertThat(in.readAllBytes()).hasSize(2_048);
        }
    }

    @Test
    void aPipeIsNotReadNorIsAFolder() throws Exception {
        Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe.jsonl").toString()).start();
        Assumptions.assumeTrue(made.waitFor() == 0, "no pipes here");
        assertRefused(() -> Digest.ofFile(folder.resolve("pipe.jsonl")), "neither a regular file nor a folder");
        assertRefused(() -> FileRef.named("pipe.jsonl", folder.resolve("pipe.jsonl")), "neither a regular file");
        assertRefused(() -> Digest.ofFile(Path.of("/dev/zero")), "neither a regular file");
        assertThatThrownBy(() -> Digest.ofFile(folder)).isInstanceOf(java.io.UncheckedIOException.class);
    }
}
