package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.testkit.Property;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    @TempDir
    Path folder;

    @Test
    void parquetReadsBackAsAnEqualFrame() {
        Property.holds(10, seed -> {
            Frame frame = RandomFrame.of(seed, 1 + (int) (seed.asLong() & 63));
            Path file = folder.resolve("a.parquet");
            Frames.write(frame, file);
            assertThat(Frames.read(file)).isEqualTo(frame);
        });
    }

    @Test
    void parquetKeepsSchemaLevelsAndUnitsOfAFrameWithoutRows() {
        Frame frame = RandomFrame.of(Seed.of(1), 5).filter(i -> false);
        Path file = folder.resolve("a.parquet");
        Frames.write(frame, file);
        assertThat(Frames.read(file)).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "jsonl", "ndjson", "json", "csv.gz", "tsv.zst", "jsonl.gz", "jsonl.zst"})
    void textFormatsReadBackEveryCell(String ending) {
        Property.holds(3, seed -> {
            Frame frame = RandomFrame.of(seed, 40 + (int) (seed.asLong() & 63));
            Path file = folder.resolve("a." + ending);
            Frames.write(frame, file);
            Frame back = Frames.read(file);
            assertThat(back.schema().names()).isEqualTo(frame.schema().names());
            for (String name : frame.schema().names()) {
                Column expected = frame.column(name) instanceof Column.Categories c ? texts(c) : frame.column(name);
                assertThat(back.column(name)).as(name).isEqualTo(expected);
            }
        });
    }

    @Test
    void chunksPutTogetherAreTheFrame() {
        Frame frame = RandomFrame.of(Seed.of(3), 10_000);
        Path file = folder.resolve("a.parquet");
        Frames.write(frame, file);
        for (int rowsPerChunk : new int[] {1_000, 2_048, 3_001, 10_000, 20_000}) {
            int from = 0;
            try (Chunks chunks = Frames.scan(file, rowsPerChunk)) {
                assertThat(chunks.schema()).isEqualTo(frame.schema());
                while (chunks.hasNext()) {
                    Frame chunk = chunks.next();
                    int first = from;
                    int last = Math.min(first + rowsPerChunk, frame.rows());
                    assertThat(chunk).isEqualTo(frame.filter(i -> i >= first && i < last));
                    from += chunk.rows();
                }
            }
            assertThat(from).isEqualTo(frame.rows());
        }
    }

    @Test
    void chunksOfTextShareTheirLevels() throws Exception {
        Path file = folder.resolve("a.csv");
        List<String> lines = new ArrayList<>(List.of("id,city"));
        for (int i = 0; i < 5000; i++) {
            lines.add(i + "," + (i < 3000 ? "b" : "a"));
        }
        Files.write(file, lines);
        try (Chunks chunks = Frames.scan(file, ReadOptions.DEFAULTS.withCategoriesUpTo(2), 1000)) {
            while (chunks.hasNext()) {
                assertThat(((Column.Categories) chunks.next().column("city")).levels())
                        .containsExactly("a", "b");
            }
        }
    }

    @Test
    void nothingButTheFileIsLeftInTheFolder() throws Exception {
        Frames.write(RandomFrame.of(Seed.of(4), 10), folder.resolve("a.csv"));
        Frames.write(RandomFrame.of(Seed.of(5), 10), folder.resolve("a.csv"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("a.csv"));
        }
    }

    private static Column texts(Column.Categories categories) {
        String[] texts = new String[categories.length()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = categories.text(i);
        }
        return Column.Texts.of(texts);
    }
}
