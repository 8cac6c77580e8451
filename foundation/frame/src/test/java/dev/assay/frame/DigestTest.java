package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.receipt.Digest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
    @TempDir
    Path folder;

    @Test
    void theBytesAreThoseOfTheDefinition() throws Exception {
        BitSet absent = new BitSet();
        absent.set(1);
        Frame frame = Frame.empty()
                .with("x", Column.Doubles.of(-0.0, Double.NaN, 2.5, 0x1p53, 0x1p54))
                .with("ü", Column.Texts.of("a", null, "", "é", "b"))
                .with(
                        "f",
                        Column.Booleans.of(new boolean[] {true, false, false, true, true}, Validity.absent(5, absent)))
                .with("t", Column.Instants.of(1, 2, 3, 4, -5));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(whole);
        out.write("assay.frame.1\n".getBytes(StandardCharsets.US_ASCII));
        out.writeLong(4);
        out.writeLong(5);
        column(out, "x", cells -> {
            cells.writeByte(1);
            cells.writeLong(0);
            cells.writeByte(0);
            cells.writeByte(2);
            cells.writeDouble(2.5);
            cells.writeByte(1);
            cells.writeLong(1L << 53);
            cells.writeByte(2);
            cells.writeDouble(0x1p54);
        });
        column(out, "ü", cells -> {
            text(cells, "a");
            cells.writeByte(0);
            text(cells, "");
            text(cells, "é");
            text(cells, "b");
        });
        column(out, "f", cells -> cells.write(new byte[] {4, 0, 3, 4, 4}));
        column(out, "t", cells -> {
            for (long t : new long[] {1, 2, 3, 4, -5}) {
                cells.writeByte(6);
                cells.writeLong(t);
            }
        });
        assertThat(frame.digest()).isEqualTo(Digest.of(whole.toByteArray()));
    }

    @Test
    void itDoesNotDependOnTheFileFormat() {
        Frame frame = RandomFrame.of(Seed.of(11), 500);
        for (String ending : List.of("parquet", "csv", "tsv.gz", "jsonl", "json.zst")) {
            Path file = folder.resolve("a." + ending);
            Frames.write(frame, file);
            assertThat(Frames.read(file).digest()).as(ending).isEqualTo(frame.digest());
        }
    }

    @Test
    void wholeNumbersAreTheSameAsLongsAndDoubles() {
        Frame longs = Frame.empty().with("x", Column.Longs.of(1, -7, 1L << 53));
        Frame doubles = Frame.empty().with("x", Column.Doubles.of(1, -7, 0x1p53));
        assertThat(longs.digest()).isEqualTo(doubles.digest());
    }

    @Test
    void unitsAndLevelsDoNotCountButEverythingElseDoes() {
        Frame frame = Frame.empty().with("a", Column.Texts.of("x", "y")).with("b", Column.Longs.of(1, 2));
        assertThat(Frame.empty()
                        .with(
                                new Field("a", ColumnType.CATEGORY, "u"),
                                Column.Categories.of(new int[] {1, 2}, List.of("z", "x", "y")))
                        .with("b", Column.Longs.of(1, 2))
                        .digest())
                .isEqualTo(frame.digest());
        List<Frame> others = List.of(
                frame.select(List.of("b", "a")),
                frame.select(List.of("a")),
                frame.at(new int[] {1, 0}),
                frame.at(new int[] {0}),
                frame.with("b", Column.Longs.of(1, 3)),
                frame.with("b", Column.Texts.of("1", "2")),
                frame.with("b", Column.Booleans.of(true, false)),
                frame.with("b", Column.Instants.of(1, 2)),
                frame.with("a", Column.Texts.of("xy", "")),
                Frame.empty().with("c", frame.column("a")).with("b", frame.column("b")));
        assertThat(others)
                .extracting(Frame::digest)
                .doesNotContain(frame.digest())
                .doesNotHaveDuplicates();
    }

    @Test
    void longTextsAreHashedWhole() {
        String text = "x".repeat(200_000);
        Frame frame = Frame.empty().with("a", Column.Texts.of(text + "1"));
        assertThat(frame.digest())
                .isNotEqualTo(
                        Frame.empty().with("a", Column.Texts.of(text + "2")).digest());
    }

    private interface Cells {
        void write(DataOutputStream cells) throws Exception;
    }

    private static void column(DataOutputStream out, String name, Cells cells) throws Exception {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        out.writeLong(utf8.length);
        out.write(utf8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cells.write(new DataOutputStream(bytes));
        out.write(Digest.sha256().digest(bytes.toByteArray()));
    }

    private static void text(DataOutputStream cells, String text) throws Exception {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        cells.writeByte(5);
        cells.writeLong(utf8.length);
        cells.write(utf8);
    }
}
