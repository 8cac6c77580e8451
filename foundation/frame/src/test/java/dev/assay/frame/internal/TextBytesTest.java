package dev.assay.frame.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextBytesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.csv.gz", "a.jsonl.gz", "a.json.gz", "a.csv.zst", "a.jsonl.zst"})
    void aFileThatExpandsWithoutEndIsRefusedWhileItIsRead(String name) throws Exception {
        String[] texts = new String[4_000];
        Arrays.fill(texts, "0".repeat(1_000));
        Path file = folder.resolve(name);
        Frames.write(Frame.empty().with("a", Column.Texts.of(texts)), file);
        FileFormat format = FileFormat.of(file);
        assertThat(Files.size(file)).isLessThan(40_000);
        try (Database database = Database.open()) {
            assertThat(bytes(database, file, format, Limits.STANDARD, 8 << 20)).isGreaterThan(4_000_000);
            Limits limits = Limits.STANDARD.with(Limit.EXPANSION, 50);
            Fault fault = catchThrowableOfType(Fault.class, () -> bytes(database, file, format, limits, 1 << 20));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
            assertThat(fault.getMessage()).contains("--limit expansion=");
        }
    }

    /// What `zstd` makes of two lines, once and twice, whole, and with what should not be there.
    @Test
    void theEndOfTheDataIsTheEndOfTheFile() throws IOException, SQLException {
        byte[] frame = HexFormat.of().parseHex("28b52ffd24108100007b2261223a317d0a7b2261223a327d0aeeedacf2");
        byte[] skippable = HexFormat.of().parseHex("502a4d180400000061626364");
        byte[] damaged = frame.clone();
        damaged[0] ^= 1;
        assertThat(zstd(frame)).isEqualTo(16);
        assertThat(zstd(frame, frame)).isEqualTo(32);
        assertThat(zstd(skippable, frame, skippable, frame)).isEqualTo(32);
        List<byte[][]> wrong = List.of(
                new byte[][] {frame, "GARBAGE".getBytes(StandardCharsets.UTF_8)},
                new byte[][] {frame, new byte[1]},
                new byte[][] {frame, damaged},
                new byte[][] {frame, Arrays.copyOf(frame, frame.length - 3)},
                new byte[][] {frame, Arrays.copyOf(skippable, 9)},
                new byte[][] {Arrays.copyOf(frame, frame.length - 1)});
        for (byte[][] parts : wrong) {
            Fault fault = catchThrowableOfType(Fault.class, () -> zstd(parts));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
        }
    }

    private long zstd(byte[]... parts) throws IOException, SQLException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        Path file = Files.write(folder.resolve("lines.jsonl.zst"), all.toByteArray());
        try (Database database = Database.open()) {
            return bytes(database, file, FileFormat.of(file), Limits.STANDARD, 1 << 20);
        }
    }

    private static long bytes(Database database, Path file, FileFormat format, Limits limits, long free)
            throws SQLException {
        AtomicLong bytes = new AtomicLong();
        TextBytes.each(database, file, format, limits, free, (buffer, n) -> bytes.addAndGet(n));
        return bytes.get();
    }
}
