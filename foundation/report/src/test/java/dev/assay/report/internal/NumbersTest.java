package dev.assay.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    // _ stands for the narrow no-break space between thousands, ~ for the no-break space.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "7, 7",
        "2026, 2026",
        "9999, 9999",
        "10000, 10_000",
        "1234567, 1_234_567",
        "-32561, \u221232_561",
        "0.5, 0.5",
        "0.91249, 0.9125",
        "12.3456, 12.35",
        "1234.56, 1235",
        "99999.6, 100_000",
        "0.000123456, 0.0001235",
        "0.00001234, 1.23~\u00D7~10\u207B\u2075",
        "-0.000004, \u22124~\u00D7~10\u207B\u2076",
        "0.00001, 10\u207B\u2075",
        "1e15, 10\u00B9\u2075",
        "2.5e20, 2.5~\u00D7~10\u00B2\u2070",
        "NaN, \u2013",
        "Infinity, \u221E",
        "-Infinity, \u2212\u221E",
        "4.9e-324, 4.9~\u00D7~10\u207B\u00B3\u00B2\u2074",
    })
    void aNumberThatStandsAloneHasFourSignificantDigits(double x, String expected) {
        assertThat(Numbers.plain(x)).isEqualTo(spaced(expected));
    }

    @Test
    void anIntervalIsShownToTheDigitsItsWidthBearsOut() {
        assertThat(Numbers.measured(Metric.estimate("c", 0.91234, 0.90511, 0.91923, 100, "row")))
                .isEqualTo("0.912 [0.905, 0.919]");
        assertThat(Numbers.measured(Metric.estimate("c", 0.5, 0.1, 0.9, 10, "row")))
                .isEqualTo("0.50 [0.10, 0.90]");
        assertThat(Numbers.measured(Metric.estimate("c", 15234.4, 14980.2, 15444.9, 10, "row")))
                .isEqualTo(spaced("15_234 [14_980, 15_445]"));
        assertThat(Numbers.measured(Metric.estimate("d", -0.0004, -0.0123, 0.0115, 10, "row")))
                .isEqualTo("0.000 [\u22120.012, 0.012]");
    }

    @Test
    void aNumberWithoutWidthOrIntervalIsShownPlain() {
        assertThat(Numbers.measured(Metric.estimate("c", 1, 1, 1, 10, "row"))).isEqualTo("1 [1, 1]");
        assertThat(Numbers.measured(Metric.exact("n", 32561, 1).in("rows"))).isEqualTo(spaced("32_561~rows"));
        assertThat(Numbers.measured(Metric.absent("n", 0, "nothing to measure")))
                .isEqualTo("\u2013");
    }

    @Test
    void aColumnSharesTheDecimalsThatItsLargestAndItsMiddleNumberNeed() {
        assertThat(Numbers.sharedDecimals(List.of(1.0, 2.0, 30.0))).isZero();
        assertThat(Numbers.sharedDecimals(List.of(0.962, 0.95, 1.042))).isEqualTo(3);
        assertThat(Numbers.sharedDecimals(List.of(1234.5, 1.5, 1.25))).isEqualTo(2);
        assertThat(Numbers.sharedDecimals(List.of(0.123456789, 0.3, 0.2))).isEqualTo(4);
        assertThat(Numbers.sharedDecimals(List.of(Double.NaN, 0.0))).isZero();
    }

    @Test
    void aSmallNumberOfAColumnIsNeverShownAsNought() {
        assertThat(Numbers.inColumn(0.00042, 3)).isEqualTo("0.00042");
        assertThat(Numbers.inColumn(0.0000042, 3)).isEqualTo(spaced("4.2~\u00D7~10\u207B\u2076"));
        assertThat(Numbers.inColumn(0, 3)).isEqualTo("0.000");
    }

    @ParameterizedTest
    @CsvSource({
        "0.4237, 0.42~s",
        "9.999, 10.00~s",
        "12.34, 12.3~s",
        "83, 1~min~23~s",
        "754.2, 12~min~34~s",
        "7500, 2~h~05~min"
    })
    void timeSpansAreInTheUnitsPeopleUse(double seconds, String expected) {
        assertThat(Numbers.duration(seconds)).isEqualTo(spaced(expected));
    }

    @ParameterizedTest
    @CsvSource({"512, 512~B", "1024, 1.0~KiB", "1572864, 1.5~MiB", "220200960, 210~MiB", "9223372036854775807, 8.0~EiB"
    })
    void sizesAreInBinaryUnits(long bytes, String expected) {
        assertThat(Numbers.bytes(bytes)).isEqualTo(spaced(expected));
    }

    private static String spaced(String text) {
        return text.replace('_', '\u202F').replace('~', '\u00A0');
    }
}
