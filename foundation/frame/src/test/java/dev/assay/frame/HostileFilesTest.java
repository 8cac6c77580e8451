package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.internal.FileReader;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files by somebody who means harm.
@Timeout(240)
class HostileFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.csv, 33, a line of 33 MB that DuckDB once passed over",
        "a.csv.gz, 33, the same compressed",
        "a.csv, 2, more than a line may have",
        "a.csv.gz, 2, the same compressed",
        "a.tsv, 2, tabs",
        "a.jsonl, 2, JSON",
        "a.jsonl.gz, 2, JSON compressed",
        "a.json, 2, JSON of one array",
    })
    void aLastLineThatIsTooLongOrTooShortOfFieldsIsAFaultAtItsLine(String name, int megabytes, String why)
            throws Exception {
        boolean csv = name.contains("sv");
        Path file = folder.resolve(name);
        try (OutputStream out = open(file)) {
            out.write((csv
                            ? "a,b\n1,2\n3,4\n".replace(',', name.contains("tsv") ? '\t' : ',')
                            : name.contains("jsonl")
                                    ? "{\"a\": 1}\n{\"a\": 2}\n{\"a\": \""
                                    : "[{\"a\": 1},\n{\"a\": 2},\n{\"a\": \"")
                    .getBytes(StandardCharsets.UTF_8));
            byte[] some = new byte[1 << 20];
            Arrays.fill(some, (byte) 'x');
            for (int i = 0; i < megabytes; i++) {
                out.write(some);
            }
            out.write("\n".getBytes(StandardCharsets.UTF_8));
        }
        Limits limits = megabytes < 10 ? Limits.STANDARD.with(Limit.LINE_BYTES, 1 << 20) : Limits.STANDARD;
        for (Fault fault : new Fault[] {
            catchThrowableOfType(Fault.class, () -> FileReader.read(file, ReadOptions.DEFAULTS, limits)),
            catchThrowableOfType(
                    Fault.class,
                    () -> FileReader.scan(file, ReadOptions.DEFAULTS, 10, limits)
                            .close())
        }) {
            assertThat(fault).as(why).isNotNull();
            assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
            assertThat(fault.getMessage()).contains(name).containsPattern(csv ? "(:|line )4\\b" : "(:|line )3\\b");
            assertThat(fault.getMessage()).contains(megabytes < 10 ? "line is too long" : "has 1");
        }
    }

    @Test
    void aLongLineWithinTheLimitIsRead() throws Exception {
        String cell = "x".repeat(20 << 20);
        Path file = folder.resolve("a.csv");
        Files.writeString(file, "a,b\n1,\"" + cell + "\"\n2,y\n3,\"" + cell + "\"\n");
        assertThat(Frames.read(file).column("b").text(2)).hasSize(cell.length());
        Limits limits = Limits.STANDARD.with(Limit.LINE_BYTES, 1 << 20);
        assertThat(catchThrowableOfType(Fault.class, () -> FileReader.read(file, ReadOptions.DEFAULTS, limits))
                        .getMessage())
                .contains("line 2")
                .contains("--limit line-bytes=");
    }

    @Test
    void membersOfGzipAreReadOneAfterTheOtherAndNothingElse() throws Exception {
        byte[] one = gzip("a,b\n1,2\n");
        byte[] two = gzip("3,4\n5,6\n");
        byte[] badCheck = one.clone();
        badCheck[badCheck.length - 6] ^= 1;
        Path file = folder.resolve("a.csv.gz");
        Files.write(file, joined(one, two));
        assertThat(Frames.read(file).rows()).isEqualTo(3);
        for (byte[] wrong : new byte[][] {
            joined(one, "garbage".getBytes(StandardCharsets.UTF_8)),
            joined(one, new byte[1]),
            joined(one, Arrays.copyOf(two, two.length - 9)),
            Arrays.copyOf(one, 5),
            badCheck
        }) {
            Files.write(file, wrong);
            assertThat(catchThrowableOfType(Fault.class, () -> Frames.read(file))
                            .kind())
                    .isEqualTo(Fault.Kind.MALFORMED_FILE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_200})
    void wideFilesHaveAllTheirColumns(int width) throws Exception {
        String names =
                IntStream.range(0, width).mapToObj(i -> "a long name " + i).collect(Collectors.joining(","));
        String cells = IntStream.range(0, width).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Path file = Files.writeString(folder.resolve("a.csv"), names + "\n" + cells + "\n");
        Frame frame = Frames.read(file);
        assertThat(frame.schema().fields()).hasSize(width);
        assertThat(((Column.Longs) frame.column("a long name " + (width - 1))).value(0))
                .isEqualTo(width - 1);
        Limits limits = Limits.STANDARD.with(Limit.COLUMNS, width - 1);
        assertThat(catchThrowableOfType(Fault.class, () -> FileReader.read(file, ReadOptions.DEFAULTS, limits))
                        .getMessage())
                .contains("line 1")
                .contains("--limit columns=");
        Files.writeString(file, names + "\n" + cells + ",1\n");
        assertThat(catchThrowableOfType(Fault.class, () -> Frames.read(file)).getMessage())
                .containsPattern(":2:|line 2:");
    }

    @Test
    void wideFilesAreReadAsNarrowOnesAre() throws Exception {
        int width = 10_000;
        List<String> cells =
                List.of("7", "", "2020-01-01T10:00:00+01:00", "\"a\"\"b,\nc\"", "-1e-3", "TRUE", "007", "NA");
        StringBuilder text = new StringBuilder("\uFEFF");
        for (int row = -1; row < 3; row++) {
            for (int i = 0; i < width; i++) {
                String cell = cells.get((row == 1 ? i + i / 8 % 2 : i) % 8);
                text.append(i == 0 ? "" : ",").append(row < 0 ? "n" + i : cell);
            }
            text.append(row == 2 ? "" : "\r\n\r\n");
        }
        Path wide = Files.writeString(folder.resolve("wide.csv"), text);
        ReadOptions options = ReadOptions.DEFAULTS.withMissing("NA").withCategoriesUpTo(1);
        String[] few = IntStream.range(0, 16).mapToObj(i -> "n" + i).toArray(String[]::new);
        String narrow = text.toString().lines().collect(Collectors.joining("\n"));
        Frame frame = Frames.read(wide, options);
        assertThat(frame.schema().fields()).hasSize(width);
        // The same first columns in a file of their own.
        StringBuilder own = new StringBuilder();
        for (String record : narrow.replace("\nc\"", "\u0001").split("\n")) {
            if (!record.isEmpty()) {
                own.append(String.join(
                                ",",
                                List.of(record.replace("b,", "\u0002").split(",", -1))
                                        .subList(0, 16)))
                        .append('\n');
            }
        }
        Path small = Files.writeString(
                folder.resolve("small.csv"),
                own.toString().replace("\u0001", "\nc\"").replace("\u0002", "b,"));
        Frame expected = Frames.read(small, options);
        assertThat(frame.select(List.of(few))).isEqualTo(expected);
        assertThat(expected.schema().fields().stream().map(Field::type).distinct())
                .hasSizeGreaterThan(4);
        assertThat(Frames.read(wide, options.withColumns("n3", "n0")).schema().names())
                .containsExactly("n3", "n0");
        try (Chunks chunks = Frames.scan(wide, options, 2)) {
            assertThat(chunks.schema()).isEqualTo(frame.schema());
            Frame first = chunks.next();
            assertThat(first.rows()).isEqualTo(2);
            assertThat(chunks.next().rows()).isEqualTo(1);
            assertThat(chunks.hasNext()).isFalse();
        }
        for (String end : new String[] {"\n1,2", "\n\"x", "\n\"x\"y", "\n\u00ff"}) {
            Files.write(
                    wide,
                    joined(
                            text.toString().getBytes(StandardCharsets.UTF_8),
                            end.getBytes(StandardCharsets.ISO_8859_1)));
            Fault fault = catchThrowableOfType(Fault.class, () -> Frames.read(wide));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
            long line = text.chars().filter(c -> c == '\n').count() + 2;
            assertThat(fault.getMessage()).contains("wide.csv").containsPattern("line " + line + ":|not UTF-8");
        }
    }

    @Test
    void zstandardIsCountedTheSameWay() throws Exception {
        Path csv = folder.resolve("a.csv.zst");
        String cell = "x".repeat(3 << 20);
        Frames.write(Frame.empty().with("a", Column.Longs.of(1, 2)).with("b", Column.Texts.of("y", cell)), csv);
        assertThat(Frames.read(csv).column("b").text(1)).hasSize(cell.length());
        Limits lines = Limits.STANDARD.with(Limit.LINE_BYTES, 1 << 20);
        assertThat(catchThrowableOfType(Fault.class, () -> FileReader.read(csv, ReadOptions.DEFAULTS, lines)))
                .hasMessageContaining("a.csv.zst")
                .hasMessageContaining("too long");
    }

    @Test
    void deepJsonIsAFault() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"a\":1}\n{\"a\":" + "[".repeat(100_000) + "\n");
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.read(file));
        assertThat(fault.getMessage()).contains("line 2").contains("--limit depth=");
    }

    @Test
    void oddBytesAreReadRightOrRefused() throws Exception {
        assertThat(read("a,b\n1,x\0y\n").column("b").text(0)).isEqualTo("x\0y");
        assertThat(read("a,b\r1,2\r3,4\r").rows()).isEqualTo(2);
        assertThat(read("a,b\n\n1,2\n\n\n3,4\n\n").rows()).isEqualTo(2);
        assertThat(read("a\n\n\"x\n\ny\"\n\n").rows()).isEqualTo(3);
        assertThat(read("\"a\"\"x\n,y\",b\n1,x\"y\n2,\"p\"\" q\"\n").schema().names())
                .containsExactly("a\"x\n,y", "b");
        for (String wrong : new String[] {
            "\na,b\n1,2\n",
            "a,b\n1,2\r\n3,4\n5,6\r7,8\n",
            "a,b\n1,\"2\n3,4\n",
            "a\0,b\n1,2\n",
            "\"a\"x,b\n1,2\n",
            "\"a,b\n"
        }) {
            assertThat(catchThrowableOfType(Fault.class, () -> read(wrong)).kind())
                    .as(wrong)
                    .isEqualTo(Fault.Kind.MALFORMED_FILE);
        }
    }

    private Frame read(String content) throws Exception {
        return Frames.read(Files.writeString(folder.resolve("a.csv"), content));
    }

    private static OutputStream open(Path file) throws Exception {
        OutputStream out = Files.newOutputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
    }

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] two) {
        byte[] all = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        return all;
    }
}
