package dev.assay.frame;

import dev.assay.chance.Seed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Frames with a column of every type, made of the values that go wrong most often.
final class RandomFrame {
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1.0,
        0.1,
        1.0 / 3,
        -1e300,
        5e-324,
        Double.MAX_VALUE,
        123456789012345680.0,
        0x1p53,
        1e22,
        1e23,
        Math.PI
    };
    private static final long[] LONGS = {0, 1, -1, 7, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1};
    private static final String[] TEXTS = {
        "plain",
        "",
        " spaces ",
        "comma, inside",
        "tab\tinside",
        "quote\"inside",
        "\"",
        "line\nbreak",
        "carriage\r\nreturn",
        "it's",
        "ünïcödé \uD83D\uDE00",
        "NULL",
        "#comment",
        "\\N",
        "'; DROP TABLE x; --"
    };

    private RandomFrame() {}

    static Frame of(Seed seed, int rows) {
        RandomGenerator random = seed.generator();
        double[] doubles = new double[rows];
        long[] longs = new long[rows];
        boolean[] booleans = new boolean[rows];
        int[] codes = new int[rows];
        @Nullable String[] texts = new @Nullable String[rows];
        long[] micros = new long[rows];
        long[] local = new long[rows];
        int[] days = new int[rows];
        BitSet absent = new BitSet();
        for (int i = 0; i < rows; i++) {
            doubles[i] = random.nextInt(4) == 0
                    ? Double.NaN
                    : random.nextBoolean() ? random.nextGaussian() : DOUBLES[random.nextInt(DOUBLES.length)];
            codes[i] = random.nextInt(4) - 1;
            texts[i] = random.nextInt(5) == 0 ? null : TEXTS[random.nextInt(TEXTS.length)];
            if (random.nextInt(4) == 0) {
                absent.set(i);
            } else {
                longs[i] = LONGS[random.nextInt(LONGS.length)];
                booleans[i] = random.nextBoolean();
                micros[i] = random.nextLong(-4_000_000_000_000_000L, 4_000_000_000_000_000L);
                local[i] = 1_000_000 * random.nextLong(-60_000_000_000L, 250_000_000_000L);
                days[i] = random.nextInt(-719_162, 2_932_897);
            }
        }
        Validity validity = Validity.absent(rows, absent);
        List<Field> fields = new ArrayList<>(List.of(
                new Field("amount", ColumnType.DOUBLE, "USD/year"),
                Field.of("count", ColumnType.LONG),
                Field.of("flag \"odd\", name", ColumnType.BOOLEAN),
                new Field("Größe", ColumnType.CATEGORY, "none"),
                Field.of("text's", ColumnType.TEXT),
                new Field("moment", ColumnType.INSTANT, "UTC"),
                Field.of("day", ColumnType.DATE),
                Field.of("clock", ColumnType.DATE_TIME)));
        return Frame.of(
                new Schema(fields),
                List.of(
                        Column.Doubles.of(doubles),
                        Column.Longs.of(longs, validity),
                        Column.Booleans.of(booleans, validity),
                        Column.Categories.of(codes, List.of("large", "it's \"small\"", "medium, or so")),
                        Column.Texts.of(texts),
                        Column.Instants.of(micros, validity),
                        Column.Dates.of(days, validity),
                        Column.DateTimes.of(local, validity)));
    }
}
