package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFileTest {
    @TempDir
    Path folder;

    private Path spill = Path.of("");

    @BeforeEach
    void nameSpillFolder() {
        spill = folder.resolve("spill");
    }

    @Test
    void saysWhatTheFrameSays() {
        Property.holds(3, seed -> {
            RandomGenerator random = seed.generator();
            Frame frame = RandomFrame.of(seed, random.nextInt(5_000));
            FrameFile file = FrameFile.write(frame, folder.resolve("a.parquet"));
            assertThat(file.rows()).isEqualTo(frame.rows());
            assertThat(file.schema()).isEqualTo(frame.schema());
            assertThat(file.none()).isEqualTo(frame.at(new int[0]));
            assertThat(file.digest()).isEqualTo(frame.digest());
            assertThat(file.frame()).isEqualTo(frame);
            assertThat(file.frame("moment", "amount")).isEqualTo(frame.select(List.of("moment", "amount")));
            try (Chunks chunks = file.chunks(1 + random.nextInt(3_000))) {
                assertThat(FrameFile.write(chunks, folder.resolve("b.parquet")).frame())
                        .isEqualTo(frame);
            }
        });
    }

    /// So large that its columns are taken at once.
    @Test
    void severalColumnsAtOnceSayTheSame() {
        int rows = 300_000;
        RandomGenerator random = Seed.of(5).generator();
        Frame frame = Frame.empty()
                .with(
                        "id",
                        Column.Longs.of(
                                IntStream.range(0, rows).mapToLong(i -> i).toArray()))
                .with(
                        "level",
                        Column.Categories.of(
                                IntStream.range(0, rows).map(i -> i % 3).toArray(), List.of("z", "a", "m")));
        for (int k = 0; k < 6; k++) {
            frame = frame.with("x" + k, Column.Doubles.of(random.doubles(rows).toArray()));
        }
        assertThat(FrameFile.write(frame, folder.resolve("a.parquet")).digest()).isEqualTo(frame.digest());
    }

    /// The levels are noted behind the rows: few, so many that the note's length takes another byte, and
    /// too many.
    @ParameterizedTest
    @ValueSource(ints = {1, 40, 1_000, 1_001})
    void levelsAreThoseThatTheFrameHas(int levels) throws Exception {
        Path csv = Files.writeString(
                folder.resolve("a.csv"),
                IntStream.range(0, 3_000)
                        .mapToObj(i -> "\u00FC" + (i * 3) % levels + "," + i + ",t" + i % 2 + "\n")
                        .collect(Collectors.joining("", "a,B,b\n", "")));
        ReadOptions options = ReadOptions.DEFAULTS.withCategoriesUpTo(1_000);
        Frame frame = Frames.read(csv, options);
        FrameFile file = FrameFile.convert(csv, options, Map.of("a", "km"), folder.resolve("a.parquet"), spill)
                .table();
        assertThat(file.schema().fields().getFirst())
                .isEqualTo(new Field("a", levels > 1_000 ? ColumnType.TEXT : ColumnType.CATEGORY, "km"));
        assertThat(file.frame().columns()).isEqualTo(frame.columns());
        assertThat(file.digest()).isEqualTo(frame.digest());
    }

    @Test
    void keepsTheRowsChosenInTheirOrder() {
        Property.holds(3, seed -> {
            RandomGenerator random = seed.generator();
            Frame frame = RandomFrame.of(seed, 1 + random.nextInt(20_000));
            FrameFile file = FrameFile.write(frame, folder.resolve("a.parquet"));
            BitSet chosen = new BitSet();
            int share = 1 + random.nextInt(20);
            IntStream.range(0, frame.rows())
                    .filter(i -> random.nextInt(share) == 0)
                    .forEach(chosen::set);
            Frame expected = frame.filter(chosen::get);
            assertThat(file.keep(chosen, folder.resolve("b.parquet"), spill).frame())
                    .isEqualTo(expected);
            try (Chunks chunks = file.kept(chosen)) {
                assertThat(FrameFile.write(chunks, folder.resolve("c.parquet")).frame())
                        .isEqualTo(expected);
            }
        });
        assertThat(spill).doesNotExist();
    }

    @Test
    void keepsRowsOfAFileThatHasAColumnOfTheNameThatRowNumbersHave() {
        Frame frame = Frame.empty().with("file_row_number", Column.Longs.of(7, 0, 5, 1));
        FrameFile file = FrameFile.write(frame, folder.resolve("a.parquet"));
        FrameFile kept = file.keep(BitSet.valueOf(new long[] {0b1010}), folder.resolve("b.parquet"), spill);
        assertThat(kept.frame().column("file_row_number")).isEqualTo(Column.Longs.of(0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv.gz", "csv.zst", "jsonl", "json.gz", "parquet"})
    void convertsWhatFramesReads(String ending) {
        Property.holds(1, seed -> {
            Path from = folder.resolve("a." + ending);
            Frames.write(RandomFrame.of(seed, 1 + (int) (seed.asLong() & 511)), from);
            for (ReadOptions options : List.of(
                    ReadOptions.DEFAULTS,
                    ReadOptions.DEFAULTS.withCategoriesUpTo(4).withMissing("plain"),
                    ReadOptions.DEFAULTS.withColumns("moment", "Größe").withCategories("Größe"))) {
                Frame expected = Frames.read(from, options);
                FrameFile file = FrameFile.convert(from, options, Map.of(), folder.resolve("converted.parquet"), spill)
                        .table();
                assertThat(file.frame()).isEqualTo(expected);
                assertThat(file.digest()).isEqualTo(expected.digest());
            }
        });
    }

    @Test
    void convertsAFileOfVeryManyColumns() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add(IntStream.range(0, 1_200).mapToObj(i -> "c" + i).collect(Collectors.joining(",")));
        for (int row = 0; row < 5; row++) {
            int r = row;
            lines.add(IntStream.range(0, 1_200)
                    .mapToObj(i -> i % 3 == 0 ? "" + i * r : i % 3 == 1 ? "t" + r : "")
                    .collect(Collectors.joining(",")));
        }
        Path from = Files.write(folder.resolve("wide.csv"), lines);
        ReadOptions options = ReadOptions.DEFAULTS.withCategoriesUpTo(3);
        FrameFile file = FrameFile.convert(from, options, Map.of(), folder.resolve("wide.parquet"), spill)
                .table();
        assertThat(file.frame()).isEqualTo(Frames.read(from, options));
    }

    @Test
    void unitsAreWrittenWithTheTable() throws Exception {
        Path from = Files.write(folder.resolve("a.csv"), List.of("pay,city", "1,x"));
        FrameFile file = FrameFile.convert(
                        from, ReadOptions.DEFAULTS, Map.of("pay", "USD"), folder.resolve("a.parquet"), spill)
                .table();
        assertThat(FrameFile.of(file.path()).schema().fields().getFirst().unit())
                .isEqualTo("USD");
    }

    @Test
    void aDamagedFileIsToldAsFramesTellsIt() throws Exception {
        Path from = Files.write(folder.resolve("a.csv"), List.of("a,b", "1,2", "1,2,3"));
        Path target = folder.resolve("a.parquet");
        String told = org.assertj.core.api.Assertions.catchThrowable(() -> Frames.read(from))
                .getMessage();
        assertThatThrownBy(() -> FrameFile.convert(from, ReadOptions.DEFAULTS, Map.of(), target, spill))
                .isInstanceOf(Fault.class)
                .hasMessage(told);
        assertThat(target).doesNotExist();
    }

    @Test
    void whatFailsWhileChunksAreTakenIsToldAsItIs() {
        Frame frame = RandomFrame.of(Seed.of(1), 10);
        Fault fault = Fault.of(Fault.Kind.BAD_DATA, "no more");
        try (Chunks chunks = Chunks.of(frame).map(chunk -> {
            if (chunk.rows() > 0) {
                throw fault;
            }
            return chunk;
        })) {
            assertThatThrownBy(() -> FrameFile.write(chunks, folder.resolve("a.parquet")))
                    .isSameAs(fault);
        }
        assertThat(folder.resolve("a.parquet")).doesNotExist();
    }
}
