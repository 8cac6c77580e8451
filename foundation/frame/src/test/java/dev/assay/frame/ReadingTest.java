package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "'1|-2|9223372036854775807', LONG",
        "'1||3', LONG",
        "'1|2.5|-0.001', DOUBLE",
        "'1.0|2.0|1e-05|1.5e+16', DOUBLE",
        "'1.0|1.0E10|2.5E-5', DOUBLE",
        "'1.500e+03|2.250e-01', DOUBLE",
        "'12.50|0.75|-3.00', DOUBLE",
        "'-0|2.5', DOUBLE",
        "'0.30000000000000004|1', DOUBLE",
        "'1.000000000000000056e-01|2.000000000000000111e-01', DOUBLE",
        "'9007199254740993|9007199254740992', LONG",
        "'9007199254740992|0.5', DOUBLE",
        "'9007199254740993|0.5', TEXT",
        "'1|2.5|-1e-3', TEXT",
        "'1e5|100000', TEXT",
        "'1e5|2e5', TEXT",
        "'1e+05|2', TEXT",
        "'250.0|250.00', TEXT",
        "'250|250.0', TEXT",
        "'1.10|1.2', TEXT",
        "'1e-400|1', TEXT",
        "'1.00000000000000001|2.5', TEXT",
        "'.5|1', TEXT",
        "'5.|1', TEXT",
        "'1.234.567|1', TEXT",
        "'1E5|2', TEXT",
        "'inf|-inf|1', DOUBLE",
        "'007|010', TEXT",
        "'+1|2', TEXT",
        "'0.5|00.5', TEXT",
        "'nan|1', TEXT",
        "'1e999|1', TEXT",
        "'1_000|2', TEXT",
        "'0x1F|2', TEXT",
        "' 1|2', TEXT",
        "'12345678901234567890|1', TEXT",
        "'true|false', BOOLEAN",
        "'True|False', BOOLEAN",
        "'true|false|TRUE', TEXT",
        "'true|1', TEXT",
        "'t|f', TEXT",
        "'yes|no', TEXT",
        "'2024-02-29|2023-01-01|0001-01-01|9999-12-31', DATE",
        "'2024-02-29T12:00|2023-01-01 00:00:00.123456', DATE_TIME",
        "'2024-02-29T12:00:00.123456000|2023-01-01 00:00:00.1', DATE_TIME",
        "'2024-02-29T12:00:00Z|2023-01-01 00:00:00.123456', TEXT",
        "'2024-02-29|2023-01-01 00:00:00', TEXT",
        "'2024-02-29T12:00:00Z|2023-01-01 00:00:00.123456Z', INSTANT",
        "'2024-02-29T12:00Z|2023-01-01T00:00+0530', INSTANT",
        "'2024-02-29T24:00|2023-01-01T00:00', TEXT",
        "'2024-02-29T23:59:60|2023-01-01T00:00:00', TEXT",
        "'0000-01-01|2023-01-01', TEXT",
        "'2024-02-29T12:00:00+02:00|2023-01-01T00:00:00-05', INSTANT",
        "'2023-02-29|2023-01-01', TEXT",
        "'2024-01-01T00:00:00.1234567|2023-01-01', TEXT",
        "'12:30|13:45', TEXT",
        "'01/02/2024|03/04/2024', TEXT",
        "'a|1', TEXT",
        "'|', TEXT",
    })
    void csvTypesAreToldFromAllCells(String cells, ColumnType type) throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "id,x\n0," + cells.replace("|", "\n0,") + "\n");
        Column column = Frames.read(file).column("x");
        assertThat(column.type()).isEqualTo(type);
        if (type == ColumnType.TEXT && !cells.equals("|")) {
            assertThat(column.text(0)).isEqualTo(cells.split("\\|", -1)[0]);
        }
    }

    @Test
    void datesTimesAndInstantsAreThreeTypes() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.csv"),
                "day,local,moment\n2024-02-29,2024-02-29T12:30:00,2024-02-29T12:30:00+02:00\n"
                        + "1969-12-31,1969-12-31 23:59:59.999999,1969-12-31 23:59:59.999999Z\n");
        Reading reading = Frames.reading(file, ReadOptions.DEFAULTS);
        assertThat(reading.frame().column("day")).isEqualTo(Column.Dates.of(19782, -1));
        assertThat(reading.frame().column("local")).isEqualTo(Column.DateTimes.of(micros("2024-02-29T12:30:00Z"), -1));
        assertThat(reading.frame().column("moment")).isEqualTo(Column.Instants.of(micros("2024-02-29T10:30:00Z"), -1));
        assertThat(reading.columns().get(2).changed()).isEqualTo(1);
        assertThat(reading.columns().get(2).note()).contains("'2024-02-29T12:30:00+02:00' in line 2");
    }

    @Test
    void aQuotedEmptyFieldIsTheEmptyTextAndAnUnquotedOneIsMissing() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n\"\",x\n,y\nNA,z\n\"NA\",z\n");
        assertThat(Frames.read(file).column("a")).isEqualTo(Column.Texts.of("", null, "NA", "NA"));
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.withMissing("NA")).column("a"))
                .isEqualTo(Column.Texts.of("", null, null, "NA"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "\uFEFFa,b\n1,2\n");
        assertThat(Frames.read(file).schema().names()).containsExactly("a", "b");
    }

    @Test
    void csvCanStayText() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n1,true\n2.50,\n");
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.asText()))
                .isEqualTo(
                        Frame.empty().with("a", Column.Texts.of("1", "2.50")).with("b", Column.Texts.of("true", null)));
    }

    @Test
    void columnsComeInTheOrderAskedFor() throws Exception {
        Path csv = Files.writeString(folder.resolve("a.csv"), "a,b,c\n1,2,3\n");
        Path parquet = folder.resolve("a.parquet");
        Frames.write(Frames.read(csv), parquet);
        for (Path file : new Path[] {csv, parquet}) {
            assertThat(Frames.read(file, ReadOptions.DEFAULTS.withColumns("c", "a")))
                    .isEqualTo(Frame.empty().with("c", Column.Longs.of(3)).with("a", Column.Longs.of(1)));
        }
    }

    @Test
    void textsBecomeCategoriesByRule() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "few,many,n\nb,x,1\na,y,2\nb,z,3\n,w,4\n");
        Frame upTo = Frames.read(file, ReadOptions.DEFAULTS.withCategoriesUpTo(2));
        assertThat(upTo.column("few")).isEqualTo(Column.Categories.of("b", "a", "b", null));
        assertThat(upTo.column("many").type()).isEqualTo(ColumnType.TEXT);
        assertThat(upTo.column("n").type()).isEqualTo(ColumnType.LONG);
        Frame named = Frames.read(file, ReadOptions.DEFAULTS.withCategories("many"));
        assertThat(named.column("many")).isEqualTo(Column.Categories.of("x", "y", "z", "w"));
        assertThat(named.column("few").type()).isEqualTo(ColumnType.TEXT);
    }

    @Test
    void jsonValuesAreTypedByAllOfThem() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsonl"), """
                {"whole": 1, "number": 1, "flag": true, "time": "2024-01-01T00:00:00Z", "text": "7", "mixed": 1}
                {"whole": null, "number": 0.25, "flag": false, "time": "2024-01-02T00:00:00Z", "text": "", "mixed": "x", "list": [1, "a"]}
                {"wide": 12345678901234567890}
                """);
        Frame frame = Frames.read(file);
        assertThat(frame.column("whole").type()).isEqualTo(ColumnType.LONG);
        assertThat(frame.column("whole").missing()).isEqualTo(2);
        assertThat(frame.column("number")).isEqualTo(Column.Doubles.of(1, 0.25, Double.NaN));
        assertThat(frame.column("flag").type()).isEqualTo(ColumnType.BOOLEAN);
        assertThat(frame.column("time").type()).isEqualTo(ColumnType.INSTANT);
        assertThat(frame.column("text")).isEqualTo(Column.Texts.of("7", "", null));
        assertThat(frame.column("mixed")).isEqualTo(Column.Texts.of("1", "x", null));
        assertThat(frame.column("list").text(1)).isEqualTo("[1,\"a\"]");
        assertThat(frame.column("wide").text(2)).isEqualTo("12345678901234567890");
    }

    @Test
    void foreignParquetTypesFollowTheRule() throws Exception {
        Path file = foreign("1::TINYINT AS i8, 4294967295::UINTEGER AS u32, 7::HUGEINT AS huge, 1.5::FLOAT AS f32, "
                + "12.34::DECIMAL(9,2) AS price, 12::DECIMAL(30,0) AS wide, "
                + "DATE '2024-02-29' AS day, TIMESTAMPTZ '2024-02-29 12:00:00+02' AS zoned, "
                + "TIMESTAMP_NS '1969-12-31 23:59:59.999999999' AS nanos, "
                + "TIME '12:30:00' AS clock, [1, 2] AS list, {'a': 1} AS struct, "
                + "'4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'::UUID AS id, 18446744073709551615::UBIGINT AS u64");
        Frame frame = Frames.read(file);
        assertThat(frame.column("i8")).isEqualTo(Column.Longs.of(1));
        assertThat(frame.column("u32")).isEqualTo(Column.Longs.of(4294967295L));
        assertThat(frame.column("huge").number(0)).isEqualTo(7);
        assertThat(frame.column("f32")).isEqualTo(Column.Doubles.of(1.5));
        assertThat(frame.column("price")).isEqualTo(Column.Doubles.of(12.34));
        assertThat(frame.column("wide")).isEqualTo(Column.Longs.of(12));
        assertThat(frame.column("day")).isEqualTo(Column.Dates.of(19782));
        assertThat(frame.column("zoned")).isEqualTo(Column.Instants.of(micros("2024-02-29T10:00:00Z")));
        assertThat(frame.column("nanos")).isEqualTo(Column.Texts.of("1969-12-31T23:59:59.999999999"));
        assertThat(frame.column("clock")).isEqualTo(Column.Texts.of("12:30:00"));
        assertThat(frame.column("list")).isEqualTo(Column.Texts.of("[1,2]"));
        assertThat(frame.column("struct")).isEqualTo(Column.Texts.of("{\"a\":1}"));
        assertThat(frame.column("id")).isEqualTo(Column.Texts.of("4ac7a9e9-607c-4c8a-84f3-843f0191e3fd"));
        assertThat(frame.column("u64")).isEqualTo(Column.Texts.of("18446744073709551615"));
    }

    @Test
    void binaryColumnsAreRefusedUnlessLeftOut() throws Exception {
        Path file = foreign("'\\xAA'::BLOB AS raw, 1::BIGINT AS a");
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.read(file));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage()).contains("'raw'");
        assertThat(Frames.read(file, ReadOptions.DEFAULTS.withColumns("a")).rows())
                .isEqualTo(1);
    }

    @Test
    void aNoteThatDoesNotFitIsNotBelieved() throws Exception {
        Path lies = foreign(
                "'x' AS a, 1::BIGINT AS b",
                "{\"version\":1,\"fields\":[{\"name\":\"b\",\"type\":\"CATEGORY\",\"unit\":\"h\",\"levels\":[\"q\"]},"
                        + "{\"name\":\"gone\",\"type\":\"LONG\",\"unit\":\"\"}]}");
        assertThat(Frames.read(lies).schema().fields())
                .containsExactly(Field.of("a", ColumnType.TEXT), new Field("b", ColumnType.LONG, "h"));
        Path garbage = foreign("'x' AS a", "{[");
        assertThat(Frames.read(garbage).rows()).isEqualTo(1);
        Path misfit = foreign(
                "'x' AS a",
                "{\"version\":1,\"fields\":[{\"name\":\"a\",\"type\":\"CATEGORY\",\"unit\":\"\",\"levels\":[\"q\"]}]}");
        assertThat(catchThrowableOfType(Fault.class, () -> Frames.read(misfit)).kind())
                .isEqualTo(Fault.Kind.MALFORMED_FILE);
    }

    @Test
    void aFileNameIsNeverAPattern() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("year=2020")).resolve("it's [a]*?.csv");
        Files.writeString(odd, "a\n1\n");
        Files.writeString(odd.resolveSibling("it's axx.csv"), "a\n2\n");
        assertThat(Frames.read(odd)).isEqualTo(Frame.empty().with("a", Column.Longs.of(1)));
        Path parquet = odd.resolveSibling("[x]*'.parquet");
        Frames.write(Frames.read(odd), parquet);
        assertThat(Frames.read(parquet)).isEqualTo(Frame.empty().with("a", Column.Longs.of(1)));
    }

    @Test
    void aColumnOfMissingCellsAloneKeepsItsRowsInCsv() throws Exception {
        Path file = folder.resolve("a.csv");
        Frame frame = Frame.empty().with("a", Column.Texts.of("x", null, "", null));
        Frames.write(frame, file);
        assertThat(Frames.read(file)).isEqualTo(frame);
    }

    private Path foreign(String columns, String... note) throws Exception {
        Path file = folder.resolve("foreign" + note.length + Math.abs(columns.hashCode()) + ".parquet");
        String metadata = note.length == 0 ? "" : ", KV_METADATA {'assay.schema': '" + note[0] + "'}";
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT " + columns + ") TO '" + file + "' (FORMAT parquet" + metadata + ")");
        }
        return file;
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }
}
