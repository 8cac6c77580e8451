package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parquet made by hand: one column of three whole numbers, and what comes of numbers that are not true.
@Timeout(120)
class HostileParquetTest {
    @TempDir
    Path folder;

    private enum Number {
        ROWS,
        GROUP_ROWS,
        VALUES,
        PAGE_VALUES,
        PAGE_SIZE,
        PAGE_COMPRESSED,
        CHUNK_SIZE,
        CHUNK_COMPRESSED,
        OFFSET,
        GROUPS,
        CHILDREN,
        CODEC,
        TYPE,
        ENCODING,
        FOOTER,
        DICTIONARY
    }

    private static byte[] file(Map<Number, Long> lies) {
        byte[] values = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(7)
                .putLong(8)
                .putLong(9)
                .array();
        byte[] header = new ThriftBytes()
                .i32(1, 0)
                .i32(2, at(lies, Number.PAGE_SIZE, values.length))
                .i32(3, at(lies, Number.PAGE_COMPRESSED, values.length))
                .struct(
                        5,
                        new ThriftBytes()
                                .i32(1, at(lies, Number.PAGE_VALUES, 3))
                                .i32(2, at(lies, Number.ENCODING, 0))
                                .i32(3, 3)
                                .i32(4, 3))
                .bytes();
        byte[] page = ByteBuffer.allocate(header.length + values.length)
                .put(header)
                .put(values)
                .array();
        ThriftBytes chunk = new ThriftBytes()
                .i32(1, at(lies, Number.TYPE, 2))
                .numbers(2, 0)
                .texts(3, "a")
                .i32(4, at(lies, Number.CODEC, 0))
                .i64(5, lies.getOrDefault(Number.VALUES, 3L))
                .i64(6, lies.getOrDefault(Number.CHUNK_SIZE, (long) page.length))
                .i64(7, lies.getOrDefault(Number.CHUNK_COMPRESSED, (long) page.length))
                .i64(9, lies.getOrDefault(Number.OFFSET, 4L));
        if (lies.containsKey(Number.DICTIONARY)) {
            chunk.i64(11, lies.get(Number.DICTIONARY));
        }
        ThriftBytes group = new ThriftBytes()
                .structs(1, 1, new ThriftBytes().i64(2, 4).struct(3, chunk))
                .i64(2, page.length)
                .i64(3, lies.getOrDefault(Number.GROUP_ROWS, 3L));
        byte[] footer = new ThriftBytes()
                .i32(1, 1)
                .structs(
                        2,
                        2,
                        new ThriftBytes().text(4, "schema").i32(5, at(lies, Number.CHILDREN, 1)),
                        new ThriftBytes()
                                .i32(1, at(lies, Number.TYPE, 2))
                                .i32(3, 0)
                                .text(4, "a"))
                .i64(3, lies.getOrDefault(Number.ROWS, 3L))
                .structs(4, lies.getOrDefault(Number.GROUPS, 1L), group)
                .bytes();
        return ThriftBytes.parquet(page, footer, at(lies, Number.FOOTER, footer.length));
    }

    private static int at(Map<Number, Long> lies, Number number, int truth) {
        return (int) (long) lies.getOrDefault(number, (long) truth);
    }

    @Test
    void withTrueNumbersItIsRead() throws Exception {
        Path file = Files.write(folder.resolve("a.parquet"), file(Map.of()));
        assertThat(Frames.read(file)).isEqualTo(Frame.empty().with("a", Column.Longs.of(7, 8, 9)));
    }

    @ParameterizedTest
    @CsvSource({
        "ROWS GROUP_ROWS VALUES, 1000000000",
        "ROWS GROUP_ROWS VALUES PAGE_VALUES, 1000000000",
        "ROWS GROUP_ROWS VALUES PAGE_VALUES, 2147483000",
        "ROWS GROUP_ROWS VALUES, 4611686018427387904",
        "ROWS GROUP_ROWS, 1000000000",
        "ROWS, 1000000000",
        "ROWS, -1",
        "ROWS GROUP_ROWS VALUES, -1",
        "GROUP_ROWS VALUES, 1000000000",
        "PAGE_VALUES, 2147483647",
        "PAGE_VALUES, -1",
        "PAGE_VALUES, 2",
        "PAGE_SIZE, 2147483647",
        "PAGE_SIZE, -1",
        "PAGE_COMPRESSED, 2147483647",
        "PAGE_COMPRESSED, -1",
        "PAGE_SIZE PAGE_COMPRESSED, 2147483647",
        "CHUNK_SIZE CHUNK_COMPRESSED, 4611686018427387904",
        "CHUNK_COMPRESSED, -5",
        "OFFSET, 4611686018427387904",
        "OFFSET, -1",
        "OFFSET, 0",
        "DICTIONARY, 4611686018427387904",
        "DICTIONARY, -7",
        "GROUPS, 2147483647",
        "GROUPS, 100000000",
        "GROUPS, 1000",
        "CHILDREN, 2147483647",
        "CHILDREN, -1",
        "CODEC, 6",
        "CODEC, 99",
        "TYPE, 6",
        "TYPE, 99",
        "ENCODING, 8",
        "ENCODING, 5",
        "ENCODING, 99",
        "FOOTER, 2147483647",
        "FOOTER, -1",
        "FOOTER, 3",
    })
    void numbersThatAreNotTrueAreAFaultOrDoNotMatter(String names, long value) throws Exception {
        Map<Number, Long> lies = new EnumMap<>(Number.class);
        for (String name : names.split(" ")) {
            lies.put(Number.valueOf(name), value);
        }
        Path file = Files.write(folder.resolve("a.parquet"), file(lies));
        for (boolean whole : new boolean[] {true, false}) {
            Fault fault = catchThrowableOfType(Fault.class, () -> {
                if (whole) {
                    assertThat(Frames.read(file)).isEqualTo(Frame.empty().with("a", Column.Longs.of(7, 8, 9)));
                } else {
                    try (Chunks chunks = Frames.scan(file, 10)) {
                        while (chunks.hasNext()) {
                            chunks.next();
                        }
                    }
                }
            });
            if (fault != null) {
                assertThat(fault.kind()).isIn(Fault.Kind.MALFORMED_FILE, Fault.Kind.BAD_DATA);
                assertThat(fault.getMessage()).contains("a.parquet");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"200000, false", "200, true", "100000, true"})
    void schemasThatAreWideOrDeepAreAFault(int elements, boolean deep) throws Exception {
        ThriftBytes[] schema = new ThriftBytes[elements + 1];
        schema[0] = new ThriftBytes().text(4, "schema").i32(5, deep ? 1 : elements);
        for (int i = 1; i < schema.length; i++) {
            schema[i] = deep && i < elements
                    ? new ThriftBytes().i32(3, 1).text(4, "a").i32(5, 1)
                    : new ThriftBytes().i32(1, 2).i32(3, 1).text(4, "a" + i);
        }
        byte[] footer = new ThriftBytes()
                .i32(1, 1)
                .structs(2, schema.length, schema)
                .i64(3, 0)
                .structs(4, 0)
                .bytes();
        Path file = Files.write(folder.resolve("a.parquet"), ThriftBytes.parquet(new byte[0], footer, footer.length));
        Fault fault = catchThrowableOfType(Fault.class, () -> Frames.read(file));
        if (elements > 1_000) {
            assertThat(fault).isNotNull();
            assertThat(fault.getMessage()).contains("a.parquet");
        }
    }
}
