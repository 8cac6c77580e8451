package dev.assay.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest {
    @ParameterizedTest
    @EnumSource(Limit.class)
    void hasAStandardValueInItsRange(Limit limit) {
        assertThat(limit.standard()).isBetween(limit.least(), limit.most());
        assertThat(Limits.STANDARD.of(limit)).isEqualTo(limit.standard());
        assertThat(Limit.named(limit.label())).contains(limit);
    }

    @Test
    void isAValue() {
        Limits changed = Limits.STANDARD.with("line-bytes", " 4096 ").with(Limit.DEPTH, 20);
        assertThat(changed.of(Limit.LINE_BYTES)).isEqualTo(4096);
        assertThat(changed.intOf(Limit.DEPTH)).isEqualTo(20);
        assertThat(changed.of(Limit.COLUMNS)).isEqualTo(Limit.COLUMNS.standard());
        assertThat(changed).hasToString("line-bytes=4096 depth=20");
        assertThat(changed.with(Limit.DEPTH, Limit.DEPTH.standard())
                        .with(Limit.LINE_BYTES, Limit.LINE_BYTES.standard()))
                .isEqualTo(Limits.STANDARD)
                .hasSameHashCodeAs(Limits.STANDARD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    line-byte  | 10      | there is no limit 'line-byte'; there are line-bytes, columns
                    line-bytes | ten     | the limit 'line-bytes' must be a whole number, got 'ten'
                    depth      | 2000    | the limit 'depth' must lie between 10 and 1000, got 2000
                    depth      | -1      | the limit 'depth' must lie between 10 and 1000, got -1
                    """)
    void saysWhatIsWrong(String label, String value, String sentence) {
        assertThatThrownBy(() -> Limits.STANDARD.with(label, value))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_SETTING))
                .hasMessageStartingWith(sentence);
    }

    @Test
    void theProcessCanSetThem() {
        String name = Limits.PROPERTY + Limit.COLUMNS.label();
        System.setProperty(name, "77");
        try {
            assertThat(Limits.ofProcess().of(Limit.COLUMNS)).isEqualTo(77);
            System.setProperty(name, "many");
            assertThatThrownBy(Limits::ofProcess).hasMessageContaining("'columns' must be a whole number");
        } finally {
            System.clearProperty(name);
        }
        assertThat(Limits.ofProcess()).isEqualTo(Limits.STANDARD);
    }

    @Test
    void saysHowToAllowMore() {
        assertThat(Limits.STANDARD.exceeded(
                        Fault.Kind.MALFORMED_FILE, Limit.COLUMNS, "the table has more than 100000 columns"))
                .hasMessage("the table has more than 100000 columns; if you trust it, allow more than 100000 with "
                        + "--limit columns=N");
    }
}
