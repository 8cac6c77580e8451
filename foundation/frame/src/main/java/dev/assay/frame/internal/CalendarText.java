package dev.assay.frame.internal;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Dates and times as ISO 8601 writes them. Years beyond 9999 have a sign, as the standard has it.
public final class CalendarText {
    private static final long MICROS = 1_000_000;
    private static final int NANOS = 1000;
    private static final long DAY = 24 * 60 * 60 * MICROS;
    /// 0001-01-01 and 9999-12-31, between which years have four digits in all formats.
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private CalendarText() {}

    /// `2024-02-29`.
    public static String date(long day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    /// `2024-02-29T12:00:00`, with as many decimals of the second as there are, in threes.
    public static String dateTime(long micros) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * NANOS, ZoneOffset.UTC);
        // Without seconds where they are 0, toString would have it, which is another precision.
        return at.getSecond() == 0 && at.getNano() == 0
                ? at.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                : at.toString();
    }

    /// Whether a day's year has four digits.
    static boolean isCommonDay(long day) {
        return day >= FIRST_DAY && day <= LAST_DAY;
    }

    /// Whether a moment's year has four digits.
    static boolean isCommonMoment(long micros) {
        return isCommonDay(Math.floorDiv(micros, DAY));
    }
}
