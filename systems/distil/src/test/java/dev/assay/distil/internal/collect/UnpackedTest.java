package dev.assay.distil.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UnpackedTest {
    private static final int SIZE = 4_000_000;

    private static Unpacked zeros(long free) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[SIZE]);
        }
        return new Unpacked(
                new ByteArrayInputStream(packed.toByteArray()), Path.of("log.jsonl.gz"), Limits.STANDARD, free);
    }

    @Test
    void aFileThatUnfoldsBeyondAllMeasureIsRefused() throws IOException {
        try (Unpacked bytes = zeros(1_000_000)) {
            assertThatThrownBy(bytes::readAllBytes)
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE))
                    .hasMessage("log.jsonl.gz: the file unfolds into more than 200 times its size; if you trust it, "
                            + "allow more than 200 with --limit expansion=N");
        }
    }

    @Test
    void smallFilesOfZerosAreNoAttack() throws IOException {
        try (Unpacked bytes = zeros(SIZE)) {
            assertThat(bytes.readAllBytes()).hasSize(SIZE);
        }
    }

    private static byte[] member(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static Unpacked unpacked(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return new Unpacked(new ByteArrayInputStream(all.toByteArray()), Path.of("log.jsonl.gz"), Limits.STANDARD, 0);
    }

    @Test
    void membersFollowEachOtherAcrossAllBoundsOfBuffers() throws IOException {
        // What does not shrink, so that trailers and headers lie at, before and behind the bound of a buffer.
        String text = new SplittableRandom(7)
                .ints(66_000, ' ', 0x2000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        for (int length = 0; length < 60; length++) {
            byte[] stored = stored(text.getBytes(StandardCharsets.UTF_8), 65_480 + length);
            try (Unpacked bytes = unpacked(stored, member("b"), member(""), member("c"))) {
                assertThat(bytes.readAllBytes()).hasSize(65_480 + length + 2).endsWith('b', 'c');
            }
            try (Unpacked bytes = unpacked(stored, new byte[] {'x'})) {
                assertThatThrownBy(bytes::readAllBytes).isInstanceOf(IOException.class);
            }
        }
    }

    private static byte[] stored(byte[] of, int length) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed) {
            {
                def.setLevel(Deflater.NO_COMPRESSION);
            }
        }) {
            out.write(of, 0, length);
        }
        return packed.toByteArray();
    }

    @Test
    void nothingThatFollowsAMemberIsLeftOutWithoutAWord() throws IOException {
        byte[] damaged = member("the rows that nobody should see");
        damaged[0] ^= 1;
        for (byte[] rest :
                List.of(damaged, new byte[1], new byte[12], "x".repeat(40).getBytes(StandardCharsets.UTF_8))) {
            try (Unpacked bytes = unpacked(member("a"), rest)) {
                assertThatThrownBy(bytes::readAllBytes).isInstanceOf(IOException.class);
            }
        }
    }
}
