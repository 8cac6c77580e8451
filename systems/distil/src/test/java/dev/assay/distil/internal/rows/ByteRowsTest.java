package dev.assay.distil.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ByteRowsTest {
    /// What a reader says, as `position text`.
    private static List<String> rows(InputStream in) throws IOException {
        return read(ByteRows.lines(in));
    }

    private static List<String> read(RowReader from) throws IOException {
        List<String> rows = new ArrayList<>();
        try (RowReader reader = from) {
            for (List<RawRow> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
                for (RawRow row : batch) {
                    byte[] json = row.json();
                    rows.add(row.position() + " "
                            + (json == null ? row.trouble() : new String(json, StandardCharsets.UTF_8)));
                }
            }
        }
        return rows;
    }

    /// Gives a few bytes at a time, so that lines end anywhere in what was read.
    private static InputStream dripping(byte[] bytes, RandomGenerator random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int most) {
                return super.read(into, from, Math.min(most, 1 + random.nextInt(200)));
            }
        };
    }

    @Test
    void linesAreThoseOfTheText() {
        Property.holds(300, seed -> {
            RandomGenerator random = seed.generator();
            StringBuilder text = new StringBuilder();
            List<String> expected = new ArrayList<>();
            int lines = random.nextInt(40);
            for (int i = 0; i < lines; i++) {
                String line = switch (random.nextInt(5)) {
                    case 0 -> "";
                    case 1 -> " \t\r";
                    case 2 -> "é\u0000\u000b".repeat(random.nextInt(300)) + "x";
                    default -> "{\"a\":" + "1".repeat(random.nextInt(30)) + "}";
                };
                text.append(line);
                boolean last = i == lines - 1;
                if (!last || random.nextBoolean()) {
                    text.append('\n');
                }
                if (!line.replaceAll("[ \t\r]", "").isEmpty()) {
                    expected.add(i + " " + line);
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(rows(new ByteArrayInputStream(bytes))).isEqualTo(expected);
            assertThat(rows(dripping(bytes, random))).isEqualTo(expected);
        });
    }

    @Test
    void aLineLongerThanWhatIsReadAtOnceIsWhole() throws IOException {
        String large = "x".repeat(3_000_000);
        assertThat(rows(new ByteArrayInputStream((large + "\n\n" + large + "y\nz").getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(List.of("0 " + large, "2 " + large + "y", "3 z"));
    }

    @Test
    void aLineThatNoLogShouldHaveIsNotHeld() throws IOException {
        Limits limits = Limits.STANDARD.with(Limit.LINE_BYTES, 2_000_000);
        byte[] bytes = new byte[2_000_010];
        java.util.Arrays.fill(bytes, (byte) 'x');
        bytes[bytes.length - 3] = '\n';
        for (int longest : new int[] {2_000_007, 2_000_006}) {
            byte[] lines = java.util.Arrays.copyOfRange(bytes, bytes.length - longest, bytes.length);
            assertThat(read(ByteRows.lines(new ByteArrayInputStream(lines), limits)))
                    .isEqualTo(List.of(
                            "0 the row has more than 2000000 bytes; if you trust it, allow more with --limit line-bytes=N",
                            "1 xx"));
        }
        byte[] just = java.util.Arrays.copyOfRange(bytes, 7, bytes.length);
        assertThat(read(ByteRows.lines(new ByteArrayInputStream(just), limits)))
                .isEqualTo(List.of("0 " + "x".repeat(2_000_000), "1 xx"));
    }
}
