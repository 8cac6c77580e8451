package dev.assay.frame.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignSchemaTest {
    private static final Path DURATIONS =
            Path.of("src/test/resources/dev/assay/frame/written/pyarrow_durations.parquet");

    @TempDir
    Path folder;

    @Test
    void durationsHaveTheUnitThatTheirWriterNoted() throws Exception {
        assertThat(ForeignSchema.durations(Map.of(ForeignSchema.ARROW, noted())).values())
                .containsExactlyInAnyOrder("s", "ms", "us", "ns");
    }

    @Test
    void aNoteThatSomebodyChangedAddsUnitsOrNothing() throws Exception {
        byte[] whole = Base64.getDecoder().decode(noted());
        Property.holds(2_000, seed -> {
            RandomGenerator random = seed.generator();
            byte[] changed = java.util.Arrays.copyOf(
                    whole, random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int i = random.nextInt(6); i > 0 && changed.length > 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            Map<Integer, String> units = ForeignSchema.durations(
                    Map.of(ForeignSchema.ARROW, Base64.getEncoder().encodeToString(changed)));
            assertThat(List.of("s", "ms", "us", "ns")).containsAll(units.values());
        });
        assertThat(ForeignSchema.durations(Map.of(ForeignSchema.ARROW, "no base64 ü", ForeignSchema.SPARK, "{[")))
                .isEmpty();
    }

    @Test
    void aNoteThatIsNoTextDoesNotKeepTheTableFromBeingRead() throws Exception {
        Path file = folder.resolve("a.parquet");
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT 1::BIGINT AS a) TO '" + file
                            + "' (FORMAT parquet, KV_METADATA {'ARROW:schema': '\\xFF\\xFE'::BLOB, 'assay.schema': '\\xFF'::BLOB})");
        }
        assertThat(Frames.read(file)).isEqualTo(Frame.empty().with("a", dev.assay.frame.Column.Longs.of(1)));
    }

    private static String noted() throws Exception {
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement();
                var result = statement.executeQuery("SELECT decode(value) FROM parquet_kv_metadata('" + DURATIONS
                        + "') WHERE key = '" + ForeignSchema.ARROW + "'::BLOB")) {
            result.next();
            return new String(result.getString(1).getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
        }
    }
}
