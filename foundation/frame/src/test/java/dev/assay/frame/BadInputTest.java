package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    private static final String SECRET = "s3cret";

    @TempDir
    Path folder;

    @Test
    void aMissingFileIsNamedWithItsWholePath() {
        Fault fault = failure(folder.resolve("none.csv"));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MISSING_FILE);
        assertThat(fault.getMessage())
                .contains(folder.resolve("none.csv").toAbsolutePath().toString());
    }

    @Test
    void aFolderIsNoFile() throws Exception {
        Fault fault = failure(Files.createDirectory(folder.resolve("a.parquet")));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MISSING_FILE);
    }

    @Test
    void anUnknownEndingIsRefused() throws Exception {
        Fault fault = failure(file("a.xlsx", "x"));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault.getMessage()).contains("a.xlsx").contains(".parquet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.tsv", "a.parquet", "a.jsonl", "a.json"})
    void anEmptyFileIsMalformed(String name) throws Exception {
        assertThat(failure(file(name, "")).kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
    }

    @ParameterizedTest
    @CsvSource({
        "'a,b\n1,2\ns3cret\n', 3, '2 columns', 'has 1'",
        "'a,b\n1,2\n3,4,s3cret,6,7\n', 3, '2 columns', 'has 5'",
        "'a,b,c\n1,2,3\n4,5\n', 3, '3 columns', 'has 2'",
        "'a,b\n1,\"x\ny\"\n1,2,\"3,4\"\n', 4, '2 columns', 'has 3'",
        "'a,b\n1,\"s3cret\"x\n', 2, 'quoted', 'quote'",
        "'a,b\n1,\"s3cret\n3,4\n', 2, 'quoted', 'quote'",
        "'a,,c\n1,2,3\n', 1, 'column 2 of 3', 'has no name'",
        "'a,b,a\n1,2,3\n', 1, 'two columns', 'rename'",
    })
    void aBadLineOfCsvIsNamedButNotQuoted(String content, int line, String part, String otherPart) throws Exception {
        Fault fault = failure(file("a.csv", content));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
        assertThat(fault.getMessage()).contains("a.csv").containsPattern("(:|line )" + line + "\\b");
        assertThat(fault.sentence()).contains(part).contains(otherPart).doesNotContain(SECRET);
    }

    @Test
    void aRaggedLineFarDownIsFound() throws Exception {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 300_000; i++) {
            text.append(i).append(",text\n");
        }
        text.append("oops\n1,2\n");
        Path file = file("a.csv", text.toString());
        assertThat(failure(file).getMessage()).containsPattern("a.csv.*line 300002:");
        assertThat(catchThrowableOfType(Fault.class, () -> Frames.read(file, ReadOptions.DEFAULTS.asText()))
                        .getMessage())
                .containsPattern("a.csv.*line 300002:");
    }

    @Test
    void aRaggedLineInGzipIsFoundToo() throws Exception {
        Path file = folder.resolve("a.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a,b\n1,2\n3\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(failure(file).getMessage())
                .containsPattern("a.csv.gz.*line 3:")
                .contains("has 1");
    }

    @Test
    void aCutGzipIsMalformed() throws Exception {
        Path whole = folder.resolve("whole.csv.gz");
        Frames.write(RandomFrame.of(Seed.of(1), 5000), whole);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(failure(cut).kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
    }

    @Test
    void aHeaderAloneIsAFrameWithoutRows() throws Exception {
        for (String text : List.of("a,b\n", "a,b")) {
            Frame frame = Frames.read(file("a.csv", text));
            assertThat(frame.rows()).isZero();
            assertThat(frame.schema().names()).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE"})
    void anotherEncodingThanUtf8IsRefused(String encoding) throws Exception {
        Path file = folder.resolve("a.csv");
        Files.write(file, "a,b\n1,caf\u00e9\n2,x\n".getBytes(encoding));
        Fault fault = failure(file);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
        assertThat(fault.getMessage()).contains("a.csv").contains("UTF-8");
    }

    @Test
    void aCutParquetFileIsMalformed() throws Exception {
        Path whole = folder.resolve("whole.parquet");
        Frames.write(RandomFrame.of(Seed.of(1), 5000), whole);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {4, 11, 1000, bytes.length - 5}) {
            Path cut = folder.resolve("cut.parquet");
            Files.write(cut, Arrays.copyOf(bytes, length));
            Fault fault = failure(cut);
            assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
            assertThat(fault.getMessage()).contains("cut.parquet");
        }
    }

    @Test
    void damageInsideAParquetFileIsNeverASilentlyShorterFrame() throws Exception {
        // Compressible, so that damage shows: stored as they are, wrong bytes would only be other
        // numbers.
        long[] values = new long[1_000_000];
        var random = Seed.of(7).generator();
        Arrays.setAll(values, i -> random.nextLong(1_000_000));
        Path file = folder.resolve("a.parquet");
        Frames.write(Frame.empty().with("x", Column.Longs.of(values)), file);
        byte[] bytes = Files.readAllBytes(file);
        // Into the last row group, past the compressed block's head.
        for (int i = bytes.length - 60_000; i < bytes.length - 50_000; i++) {
            bytes[i] ^= 0x5a;
        }
        Files.write(file, bytes);
        assertThat(failure(file).kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
        Fault inChunks = catchThrowableOfType(Fault.class, () -> {
            try (Chunks chunks = Frames.scan(file, 10_000)) {
                while (chunks.hasNext()) {
                    chunks.next();
                }
            }
        });
        assertThat(inChunks.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
    }

    @Test
    void aTextThatCallsItselfParquetIsMalformed() throws Exception {
        Fault fault = failure(file("a.parquet", "a,b\n1,2\nthis is no parquet file at all\n"));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"a\": 1}\n{\"a\": s3cret\n', ': line 2', 'well-formed'",
        "'{\"a\": 1}\n{\"a\": 1, \"a\": 2}\n', ': line 2', 'twice'",
        "'{\"a\": 1}\n7\n', ': line 2', 'one object'",
        "'[1, 2]\n', '', 'one object'",
    })
    void aBadLineOfJsonIsNamed(String content, String line, String part) throws Exception {
        Fault fault = failure(file("a.jsonl", content));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
        assertThat(fault.getMessage()).contains("a.jsonl" + line).contains(part).doesNotContain(SECRET);
    }

    @Test
    void aColumnThatIsNotThereComesWithTheNearestName() throws Exception {
        Path file = file("a.csv", "income,age\n1,2\n");
        Fault fault =
                catchThrowableOfType(Fault.class, () -> Frames.read(file, ReadOptions.DEFAULTS.withColumns("incme")));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage()).contains("a.csv").contains("'incme'").contains("'income'");
        Fault category =
                catchThrowableOfType(Fault.class, () -> Frames.read(file, ReadOptions.DEFAULTS.withCategories("age")));
        assertThat(category.getMessage()).contains("'age'").contains("LONG");
    }

    @Test
    void thereMustBeAFolderToWriteInto() {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> Frames.write(
                        RandomFrame.of(Seed.of(1), 3), folder.resolve("none").resolve("a.csv")));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MISSING_FILE);
    }

    @Test
    void aQuoteWithinAHeaderFieldIsALetter() throws Exception {
        Frame frame = Frames.read(file("a.csv", "a\"\"b,c\"d\"\n1,2\n"));
        assertThat(frame.schema().names()).containsExactly("a\"\"b", "c\"d\"");
        assertThat(frame.rows()).isEqualTo(1);
    }

    @Test
    void aYearOfFiveDigitsHasNoPlaceInTextFormats() {
        Frame frame = Frame.empty().with("d", Column.Dates.of(0, 3_000_000));
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.write(frame, folder.resolve("a.csv")));
        assertThat(fault.getMessage()).contains("'d'").contains("row 1").contains("Parquet");
        Frames.write(frame, folder.resolve("a.parquet"));
        assertThat(Frames.read(folder.resolve("a.parquet"))).isEqualTo(frame);
    }

    @Test
    void anInfiniteNumberHasNoPlaceInJson() {
        Frame frame = Frame.empty().with("x", Column.Doubles.of(1, Double.POSITIVE_INFINITY));
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.write(frame, folder.resolve("a.jsonl")));
        assertThat(fault.getMessage()).contains("'x'").contains("row 1");
        assertThat(folder).isEmptyDirectory();
        Frames.write(frame, folder.resolve("a.csv"));
        assertThat(Frames.read(folder.resolve("a.csv"))).isEqualTo(frame);
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }

    private static Fault failure(Path file) {
        return catchThrowableOfType(Fault.class, () -> Frames.read(file));
    }
}
