package dev.assay.frame.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
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

    private static long bytes(Database database, Path file, FileFormat format, Limits limits, long free)
            throws SQLException {
        AtomicLong bytes = new AtomicLong();
        TextBytes.each(database, file, format, limits, free, (buffer, n) -> bytes.addAndGet(n));
        return bytes.get();
    }
}
