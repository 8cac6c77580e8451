package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.frame.ReadOptions.DecimalMark;
import dev.assay.frame.Reading.ColumnReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of columns, what may be declared, and how separators and decimal marks are found.
class ToldTest {
    @TempDir
    Path folder;

    @Test
    void oneTextAmongNumbersIsToldWithWhatToGive() throws Exception {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 999; i++) {
            text.append(i).append(',').append(i == 400 ? "NA" : i).append('\n');
        }
        Path file = Files.writeString(folder.resolve("a.csv"), text);
        ColumnReading b = Frames.reading(file, ReadOptions.DEFAULTS).columns().get(1);
        assertThat(b.type()).isEqualTo(ColumnType.TEXT);
        assertThat(b.note())
                .contains("998 numbers and 1 other cell, the first 'NA' in line 402")
                .contains("missing: [NA]");
        Reading mended = Frames.reading(file, ReadOptions.DEFAULTS.withMissing("NA"));
        assertThat(mended.columns().get(1))
                .isEqualTo(new ColumnReading("b", "998 whole, 1 missing texts", ColumnType.LONG, 0, ""));
        assertThat(mended.frame().column("b").isMissing(400)).isTrue();
    }

    @Test
    void quotesAroundNothingAreMissingAmongNumbersAndTimes() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.csv"), "n,d,t,m\n\"1\",2024-01-01,\"\",\"NA\"\n\"\",\"\",x,2\n3,2024-01-02,,\"3\"\n");
        Frame frame = Frames.read(file, ReadOptions.DEFAULTS.withMissing("NA"));
        assertThat(frame.column("n").type()).isEqualTo(ColumnType.LONG);
        assertThat(frame.column("n").missing()).isEqualTo(1);
        assertThat(frame.column("d").type()).isEqualTo(ColumnType.DATE);
        assertThat(frame.column("t")).isEqualTo(Column.Texts.of("", "x", null));
        assertThat(frame.column("m")).isEqualTo(Column.Longs.of(new long[] {0, 2, 3}, Validity.absent(3, bit(0))));
    }

    private static java.util.BitSet bit(int row) {
        java.util.BitSet bits = new java.util.BitSet();
        bits.set(row);
        return bits;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "'1e5|100000' # in several ways|would not be printed # number",
                "'250.0|250.00' # in several ways # number",
                "'9007199254740993|0.5' # 1 number that a double does not give back, such as '9007199254740993' in line 2 # number",
                "'18446744073709551615|1' # 1 whole number of more than 64 bits # ",
                "'true|TRUE' # true and false in several ways # boolean",
                "'2024-01-01T00:00:00|2024-01-01T00:00:00Z' # 1 time without a zone # instant",
                "'2024-01-01|2024-01-01T00:00:00Z' # 1 date # instant",
                "'2024-01-01T00:00:00.123456789|2024-01-01T00:00:00' # 1 time finer than a microsecond # date-time",
                "'1,5|2.5' # with a comma # ",
                "'1.234,5|2' # 1 cell with marks between thousands, such as '1.234,5' in line 2 # ",
                "'1.5|NA' # 1 number and 1 other cell, the first 'NA' in line 3, so all cells are texts; give missing: .NA. if that # ",
            })
    void whatLooksLikeSomethingElseIsTold(String cells, String reason, String type) throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "x;y\n" + cells.replace("|", ";\n") + ";\n");
        ColumnReading x = Frames.reading(file, ReadOptions.DEFAULTS).columns().getFirst();
        assertThat(x.type()).isEqualTo(ColumnType.TEXT);
        assertThat(x.note()).containsPattern(reason.replace("(", "\\(")).contains("texts");
        if (type != null) {
            assertThat(x.note()).contains("'types'").contains(type);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "a.csv # 'a;b|1;2,5|3;0,25' # DOUBLE",
                "a.csv # 'a\tb|1\t2.5' # DOUBLE",
                "a.csv # 'a|b\n1|2.5' # DOUBLE",
                "a.tsv # 'a,b|1,2.5' # DOUBLE",
                "a.tsv # 'a;b|1;2,5' # DOUBLE",
                "a.csv # 'sep=;|a;b|1;2,5' # DOUBLE",
                "a.csv # '\"a\";\"b, c\"|1;2,5' # DOUBLE",
                "a.csv # 'a,b|1,\"2,5\"' # TEXT",
                "a.csv # 'a;b|1;1.234,5' # TEXT",
            })
    void separatorAndDecimalMarkAreTold(String name, String content, ColumnType type) throws Exception {
        Path file = Files.writeString(
                folder.resolve(name), (content.contains("\n") ? content : content.replace('|', '\n')) + "\n");
        Frame frame = Frames.read(file);
        assertThat(frame.columns()).hasSize(2);
        assertThat(frame.columns().get(0).number(0)).isEqualTo(1);
        assertThat(frame.columns().get(1).type()).isEqualTo(type);
        if (type == ColumnType.DOUBLE) {
            assertThat(frame.columns().get(1).number(0)).isEqualTo(2.5);
        }
    }

    @Test
    void aPointBesideDecimalCommasIsNotGuessed() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "a;b\n1,5;1.234\n2,5;5.678\n");
        Reading reading = Frames.reading(file, ReadOptions.DEFAULTS);
        assertThat(reading.frame().column("a")).isEqualTo(Column.Doubles.of(1.5, 2.5));
        assertThat(reading.columns().get(1).type()).isEqualTo(ColumnType.TEXT);
        assertThat(reading.columns().get(1).note())
                .contains("'1.234' in line 2")
                .contains("decimal commas");
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.withDecimal(DecimalMark.POINT))
                        .column("b"))
                .isEqualTo(Column.Doubles.of(1.234, 5.678));
    }

    @Test
    void pointsThatMayStandBetweenThousandsAreTold() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "a;b\n1.234;1.23\n5.678;5.67\n");
        Reading reading = Frames.reading(file, ReadOptions.DEFAULTS);
        assertThat(reading.frame().column("a")).isEqualTo(Column.Doubles.of(1.234, 5.678));
        assertThat(reading.columns().get(0).note())
                .contains("three digits behind each point, such as '1.234' in line 2");
        assertThat(reading.columns().get(1).note()).isEmpty();
        assertThat(Frames.reading(file, ReadOptions.DEFAULTS.withDecimal(DecimalMark.POINT))
                        .columns()
                        .getFirst()
                        .note())
                .isEmpty();
    }

    @Test
    void aTitleAboveTheHeaderIsNoHeader() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "Table 1: people\na;b\n1;2\n3;4\n");
        assertThat(catchThrowableOfType(Fault.class, () -> Frames.read(file)).getMessage())
                .contains("the first line has one field")
                .contains("2 with a semicolon");
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.withSeparator(",")).rows())
                .isEqualTo(3);
        Path prose = Files.writeString(folder.resolve("b.csv"), "text\none; two\nthree\nfour; five; six\n");
        assertThat(Frames.read(prose).rows()).isEqualTo(3);
    }

    @Test
    void separatorAndDecimalMarkCanBeGiven() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n1,\"2,5\"\n");
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.withDecimal(DecimalMark.COMMA))
                        .column("b"))
                .isEqualTo(Column.Doubles.of(2.5));
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.withSeparator(";"))
                        .schema()
                        .names())
                .containsExactly("a,b");
        Path ragged = Files.writeString(folder.resolve("b.csv"), "a;b\n1;2\n1;2;3\n");
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.read(ragged));
        assertThat(fault.getMessage()).contains("b.csv");
    }

    @Test
    void declaredTypesReadWhatIsWrittenInAnotherWay() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.csv"),
                "id,n,w,f,d,t,i,c\n007,1e5, 12,yes,2024-01-01,2024-01-01,2024-01-01 10:00,x\n"
                        + "7,100000,+3,no,2024-01-02,2024-01-01T10:00:00.123456789,2024-01-01T10:00:00+02:00,y\n");
        Map<String, ColumnType> types = Map.of(
                "id", ColumnType.TEXT,
                "n", ColumnType.DOUBLE,
                "w", ColumnType.LONG,
                "f", ColumnType.BOOLEAN,
                "d", ColumnType.DATE,
                "t", ColumnType.DATE_TIME,
                "i", ColumnType.INSTANT,
                "c", ColumnType.CATEGORY);
        Reading reading = Frames.reading(file, ReadOptions.DEFAULTS.withTypes(types));
        Frame frame = reading.frame();
        assertThat(frame.column("id")).isEqualTo(Column.Texts.of("007", "7"));
        assertThat(frame.column("n")).isEqualTo(Column.Doubles.of(1e5, 1e5));
        assertThat(frame.column("w")).isEqualTo(Column.Longs.of(12, 3));
        assertThat(frame.column("f")).isEqualTo(Column.Booleans.of(true, false));
        assertThat(frame.column("d").type()).isEqualTo(ColumnType.DATE);
        assertThat(frame.column("t").text(1)).isEqualTo("2024-01-01T10:00:00.123456");
        assertThat(frame.column("i").text(1)).isEqualTo("2024-01-01T08:00:00Z");
        assertThat(frame.column("c").type()).isEqualTo(ColumnType.CATEGORY);
        assertThat(reading.columns().get(1).note())
                .contains("1 different text became the same as another, such as '100000' and '1e5'");
        assertThat(reading.columns().get(1).changed()).isEqualTo(1);
        assertThat(reading.columns().get(5).note()).contains("finer than a microsecond");
        Path json = Files.writeString(folder.resolve("a.jsonl"), "{\"x\": \"1e5\"}\n{\"x\": 7}\n");
        assertThat(Frames.read(json, ReadOptions.DEFAULTS.withTypes(Map.of("x", ColumnType.DOUBLE)))
                        .column("x"))
                .isEqualTo(Column.Doubles.of(1e5, 7));
    }

    @Test
    void declaredNumbersThatLoseDigitsAreCountedAndTold() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.csv"),
                "a,b,c\n9007199254740993,0.10000000000000001,1e-400\n1,1e23,250.00\n-0.5,0.30000000000000004,+1\n");
        Map<String, ColumnType> numbers =
                Map.of("a", ColumnType.DOUBLE, "b", ColumnType.DOUBLE, "c", ColumnType.DOUBLE);
        List<ColumnReading> columns =
                Frames.reading(file, ReadOptions.DEFAULTS.withTypes(numbers)).columns();
        assertThat(columns.get(0).note()).contains("1 number lost digits").contains("such as '9007199254740993'");
        assertThat(columns.get(0).changed()).isEqualTo(1);
        assertThat(columns.get(1).note()).isEmpty();
        assertThat(columns.get(2).note()).contains("such as '1e-400'");
    }

    @Test
    void textsWithNulAreNoCategories() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"t\": \"x\\u0000y\"}\n{\"t\": \"x\"}\n");
        Column texts = Column.Texts.of("x\0y", "x");
        ReadOptions options = ReadOptions.DEFAULTS.withCategoriesUpTo(10);
        assertThat(Frames.read(file, options).column("t")).isEqualTo(texts);
        assertThat(converted(file, options).frame().column("t")).isEqualTo(texts);
        Fault fault = catchThrowableOfType(
                Fault.class, () -> converted(file, ReadOptions.DEFAULTS.withTypes(Map.of("t", ColumnType.CATEGORY))));
        assertThat(fault).hasMessageContaining("column 't' has texts with NUL").hasMessageContaining("declare it text");
    }

    private FrameFile converted(Path file, ReadOptions options) {
        return FrameFile.convert(file, options, Map.of(), folder.resolve("t.parquet"), folder.resolve("spill"))
                .table();
    }

    @Test
    void aCellThatIsNotOfItsDeclaredTypeIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n2.5\nabc\n");
        Fault fault = catchThrowableOfType(
                Fault.class, () -> Frames.read(file, ReadOptions.DEFAULTS.withTypes(Map.of("x", ColumnType.LONG))));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.sentence()).contains("'x' is declared integer, but 2 cells are not, the first '2.5'");
        Fault unknown = catchThrowableOfType(
                Fault.class, () -> Frames.read(file, ReadOptions.DEFAULTS.withTypes(Map.of("y", ColumnType.LONG))));
        assertThat(unknown.sentence()).contains("'y'").contains("there is no column 'y'");
    }

    @Test
    void parquetThatHoldsMoreThanFitsIsTold() throws Exception {
        Path file = folder.resolve("a.parquet");
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT * FROM (VALUES (18446744073709551615::UBIGINT, 9007199254740993.01::DECIMAL(18,2),"
                            + " 'nan'::DOUBLE, 'infinity'::TIMESTAMP, [1, 2], TIME '12:00'), (1, 0.5, NULL, TIMESTAMP '2024-01-01', NULL, NULL))"
                            + " v(u, d, x, t, l, c)) TO '" + file + "' (FORMAT parquet)");
        }
        Reading reading = Frames.reading(file, ReadOptions.DEFAULTS);
        assertThat(reading.frame().column("u")).isEqualTo(Column.Texts.of("18446744073709551615", "1"));
        assertThat(reading.columns().get(0).note())
                .contains("1 number of more than 64 bits, such as '18446744073709551615'");
        assertThat(reading.frame().column("d")).isEqualTo(Column.Texts.of("9007199254740993.01", "0.50"));
        assertThat(reading.columns().get(2).changed()).isEqualTo(1);
        assertThat(reading.columns().get(2).note()).contains("NaN in 1 cell");
        assertThat(reading.columns().get(3).changed()).isEqualTo(1);
        assertThat(reading.columns().get(3).note()).contains("1 infinite time");
        assertThat(reading.columns().get(4).note()).contains("lists");
        assertThat(reading.columns().get(5).note()).contains("TIME");
        Reading declared = Frames.reading(
                file,
                ReadOptions.DEFAULTS.withTypes(
                        Map.of("u", ColumnType.DOUBLE, "t", ColumnType.TEXT, "d", ColumnType.DOUBLE)));
        assertThat(declared.frame().column("u")).isEqualTo(Column.Doubles.of(0x1p64, 1));
        assertThat(declared.frame().column("t")).isEqualTo(Column.Texts.of("infinity", "2024-01-01T00:00:00"));
        assertThat(declared.columns().get(3).changed()).isZero();
    }

    @Test
    void valuesOfSeveralSortsInJsonAreTold() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.jsonl"), "{\"x\": 1, \"n\": -0}\n{\"x\": \"1\", \"n\": 1e5}\n{\"x\": [1, 2.50]}\n");
        Reading reading = Frames.reading(file, ReadOptions.DEFAULTS);
        assertThat(reading.frame().column("x")).isEqualTo(Column.Texts.of("1", "1", "[1,2.50]"));
        assertThat(reading.columns().getFirst().changed()).isEqualTo(2);
        assertThat(reading.columns().getFirst().note()).contains("1 number and 1 text and 1 list or object");
        assertThat(reading.frame().column("n")).isEqualTo(Column.Doubles.of(-0.0, 1e5, Double.NaN));
    }

    @Test
    void whatStandsForAMissingCellDoesInEveryFormat() throws Exception {
        Path csv = Files.writeString(folder.resolve("a.csv"), "n,t\n-99,NA\n5,x\n");
        Path json =
                Files.writeString(folder.resolve("a.jsonl"), "{\"n\": -99, \"t\": \"NA\"}\n{\"n\": 5, \"t\": \"x\"}\n");
        Path parquet = folder.resolve("a.parquet");
        Frames.write(Frames.read(csv), parquet);
        ReadOptions options = ReadOptions.DEFAULTS.withMissing("NA", "-99");
        for (Path file : new Path[] {csv, json, parquet}) {
            assertThat(Frames.read(file, options))
                    .as(file.toString())
                    .isEqualTo(Frame.empty()
                            .with("n", Column.Longs.of(new long[] {0, 5}, Validity.absent(2, bit(0))))
                            .with("t", Column.Texts.of(null, "x")));
            assertThat(Frames.read(file, options.withTypes(Map.of("n", ColumnType.DOUBLE)))
                            .column("n"))
                    .as(file.toString())
                    .isEqualTo(Column.Doubles.of(Double.NaN, 5));
            assertThat(Frames.read(file, options.withTypes(Map.of("t", ColumnType.TEXT)))
                            .column("t"))
                    .as(file.toString())
                    .isEqualTo(Column.Texts.of(null, "x"));
        }
    }

    @Test
    void declaredNumbersHaveTheDecimalCommasOfTheFileHoweverManyColumns() throws Exception {
        for (int width : new int[] {2, 1_100}) {
            String more = ";1,5".repeat(width - 1);
            StringBuilder names = new StringBuilder("x");
            for (int i = 1; i < width; i++) {
                names.append(";c").append(i);
            }
            Path file = Files.writeString(folder.resolve("a.csv"), names + "\n+2,5" + more + "\n,5" + more + "\n");
            assertThat(Frames.read(
                                    file,
                                    ReadOptions.DEFAULTS.withColumns("x").withTypes(Map.of("x", ColumnType.DOUBLE)))
                            .column("x"))
                    .as(width + " columns")
                    .isEqualTo(Column.Doubles.of(2.5, 0.5));
        }
    }
}
