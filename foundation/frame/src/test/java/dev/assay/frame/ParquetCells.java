package dev.assay.frame;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.random.RandomGenerator;

/// Values of DuckDB's types as texts, and whether a column holds them.
final class ParquetCells {
    private ParquetCells() {}

    /// A value of this type, as DuckDB casts it from a text.
    static String text(String type, RandomGenerator random) {
        if (type.startsWith("DECIMAL")) {
            String[] size = type.substring(8, type.length() - 1).split(",");
            int digits = Integer.parseInt(size[0]);
            BigInteger most = BigInteger.TEN.pow(1 + random.nextInt(digits));
            byte[] bytes = new byte[20];
            random.nextBytes(bytes);
            BigDecimal value = new BigDecimal(new BigInteger(1, bytes).mod(most), Integer.parseInt(size[1]));
            return (random.nextBoolean() ? value : value.negate()).toPlainString();
        }
        return switch (type) {
            case "TINYINT" -> String.valueOf((byte) random.nextInt());
            case "SMALLINT" -> String.valueOf((short) random.nextInt());
            case "INTEGER" -> String.valueOf(random.nextInt());
            case "BIGINT" -> String.valueOf(random.nextLong());
            case "UTINYINT" -> String.valueOf(random.nextInt(256));
            case "USMALLINT" -> String.valueOf(random.nextInt(65536));
            case "UINTEGER" -> String.valueOf(random.nextLong(1L << 32));
            case "UBIGINT" -> Long.toUnsignedString(random.nextInt(3) == 0 ? random.nextLong() : random.nextLong(1000));
            case "FLOAT" -> String.valueOf((double) Float.intBitsToFloat(random.nextInt() & 0xff7fffff));
            case "DOUBLE" ->
                switch (random.nextInt(12)) {
                    case 0 -> "nan";
                    case 1 -> "inf";
                    case 2 -> "-0.0";
                    default -> String.valueOf(Double.longBitsToDouble(random.nextLong() & 0xffefffffffffffffL));
                };
            case "BOOLEAN" -> String.valueOf(random.nextBoolean());
            case "DATE" ->
                random.nextInt(20) == 0
                        ? "infinity"
                        : LocalDate.ofEpochDay(random.nextInt(-719_162, 2_932_897))
                                .toString();
            case "TIMESTAMP" ->
                random.nextInt(20) == 0 ? "-infinity" : moment(random, 1000).toString();
            case "TIMESTAMP_S" -> moment(random, 1_000_000_000).toString();
            case "TIMESTAMP_MS" -> moment(random, 1_000_000).toString();
            case "TIMESTAMP_NS" ->
                moment(random, random.nextInt(3) == 0 ? 1 : 1000).toString();
            case "TIMESTAMPTZ" -> moment(random, 1000) + "Z";
            case "TIME" ->
                LocalTime.ofNanoOfDay(1000L * random.nextLong(86_400_000_000L)).toString();
            case "UUID" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            default -> RandomCells.cell(RandomCells.Style.TEXTS, 0, random);
        };
    }

    private static LocalDateTime moment(RandomGenerator random, int nanos) {
        return LocalDate.of(1970, 1, 1)
                .atStartOfDay()
                .plusSeconds(random.nextLong(-9_000_000_000L, 9_000_000_000L))
                .plusNanos((long) nanos * random.nextInt(1_000_000_000 / nanos));
    }

    /// Whether a cell holds this value.
    static boolean same(Column column, int row, String value) {
        String text = column.text(row);
        if (text == null) {
            return false;
        }
        return switch (column.type()) {
            case LONG -> new BigDecimal(value).compareTo(new BigDecimal(text)) == 0;
            case DOUBLE -> {
                double here = column.number(row);
                yield value.equals("inf")
                        ? here == Double.POSITIVE_INFINITY
                        : new BigDecimal(value).compareTo(new BigDecimal(Double.toString(here))) == 0
                                && (Double.parseDouble(value) != 0
                                        || Double.doubleToLongBits(Double.parseDouble(value))
                                                == Double.doubleToLongBits(here));
            }
            case BOOLEAN, DATE, CATEGORY -> value.equals(text);
            case DATE_TIME -> LocalDateTime.parse(value).equals(LocalDateTime.parse(text));
            case INSTANT ->
                Instant.parse(value.length() == 17 ? value.replace("Z", ":00Z") : value)
                        .equals(Instant.parse(text));
            case TEXT -> text.equals(value) || number(value, text) || time(value, text);
        };
    }

    private static boolean number(String value, String text) {
        return value.matches("-?[0-9]+([.][0-9]+)?")
                && text.matches("-?[0-9]+([.][0-9]+)?")
                && new BigDecimal(value).compareTo(new BigDecimal(text)) == 0;
    }

    private static boolean time(String value, String text) {
        if (value.matches("[0-9]{4}-.*T.*") && text.matches("[0-9]{4}-.*T.*")) {
            return LocalDateTime.parse(value).equals(LocalDateTime.parse(text));
        }
        return value.matches("[0-9]{2}:[0-9]{2}.*")
                && text.matches("[0-9]{2}:[0-9]{2}:.*")
                && LocalTime.parse(value).equals(LocalTime.parse(text));
    }
}
