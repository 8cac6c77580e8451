package dev.assay.distil.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
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
}
