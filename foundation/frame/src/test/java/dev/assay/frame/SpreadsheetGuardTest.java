package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadsheetGuardTest {
    private static final Frame FRAME = Frame.empty()
            .with("=a", Column.Texts.of("=1+1", "+1 555", "-x", "@A1", "\tx", "\rx", "a=b", "", null))
            .with("'=a", Column.Longs.of(-1, 2, 3, 4, 5, 6, 7, 8, 9))
            .with("c", Column.Categories.of("=1", "x", "=1", "x", "x", "x", "x", "x", "x"))
            .with("d", Column.Doubles.of(-0.5, 1, 1, 1, 1, 1, 1, 1, Double.NEGATIVE_INFINITY));

    @TempDir
    Path folder;

    @Test
    void textsThatBeginAFormulaGetAnApostropheAndNumbersNever() throws Exception {
        Path file = folder.resolve("a.csv");
        Frames.write(FRAME, file, WriteOptions.DEFAULTS.guardingSpreadsheets());
        assertThat(Files.readString(file))
                .isEqualTo(
                        "''=a,'=a,c,d\n'=1+1,-1,'=1,-0.5\n'+1 555,2,x,1.0\n'-x,3,'=1,1.0\n'@A1,4,x,1.0\n'\tx,5,x,1.0\n"
                                + "\"'\rx\",6,x,1.0\na=b,7,x,1.0\n\"\",8,x,1.0\n,9,x,-inf\n");
        Path tabs = folder.resolve("a.tsv");
        Frames.write(FRAME.select(java.util.List.of("=a")), tabs, WriteOptions.DEFAULTS.guardingSpreadsheets());
        assertThat(Files.readString(tabs)).startsWith("'=a\n'=1+1\n").contains("\n\"'\tx\"\n");
    }

    @Test
    void withoutTheOptionAndInOtherFormatsTextsStay() throws Exception {
        Path csv = folder.resolve("a.csv");
        Frames.write(FRAME, csv);
        assertThat(Files.readString(csv)).startsWith("=a,'=a,c,d\n=1+1,-1,=1,-0.5\n");
        Path parquet = folder.resolve("a.parquet");
        Frames.write(FRAME, parquet, WriteOptions.DEFAULTS.guardingSpreadsheets());
        assertThat(Frames.read(parquet)).isEqualTo(FRAME);
    }
}
