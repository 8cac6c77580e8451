package dev.assay.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void whatCanBeSeenStays() {
        for (String text :
                new String[] {"", "a b.csv", "Größe in µm", "数据/表.parquet", "C:\\temp", "e\u0301", "\uD83D\uDE00"}) {
            assertThat(OneLine.of(text)).isSameAs(text);
        }
    }

    @Test
    void whatEndsALineSteersATerminalOrHidesIsWrittenOut() {
        assertThat(OneLine.of("a\nassay: passed")).isEqualTo("a\\u000aassay: passed");
        assertThat(OneLine.of("\r\t\u0000\u001B[2J\u007F\u0085"))
                .isEqualTo("\\u000d\\u0009\\u0000\\u001b[2J\\u007f\\u0085");
        assertThat(OneLine.of("\u2028\u2029")).isEqualTo("\\u2028\\u2029");
        assertThat(OneLine.of("x\u202Egpj.exe\u2066\u200B\uFEFF")).isEqualTo("x\\u202egpj.exe\\u2066\\u200b\\ufeff");
        assertThat(OneLine.of("\uD800a\uDC00")).isEqualTo("\\ud800a\\udc00");
        assertThat(OneLine.of("\uDB40\uDC41")).isEqualTo("\\udb40\\udc41");
        assertThat(OneLine.of("\uFFFF\uFDD0")).isEqualTo("\\uffff\\ufdd0");
    }

    @Test
    void aLineStaysAsItIsWhenItIsMadeAgain() {
        assertThat(OneLine.of("\\u000a")).isEqualTo("\\u000a");
        String letters = "\\u05ca\n\u2028\u202E\uD83D\uDE00";
        Random random = new Random(20_261_128);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(7); k > 0; k--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            String line = OneLine.of(text.toString());
            assertThat(line.codePoints())
                    .noneMatch(c -> c < ' ' || c == 0x2028 || c == 0x202E || (c >= 0xD800 && c <= 0xDFFF));
            assertThat(OneLine.of(line)).isEqualTo(line);
        }
    }

    @Test
    void aLongTextKeepsItsBeginningAndItsEnd() {
        assertThat(OneLine.of("0123456789abcdef", 16)).isEqualTo("0123456789abcdef");
        assertThat(OneLine.of("0123456789abcdefg", 16)).isEqualTo("0123456...bcdefg");
        String faces = "\uD83D\uDE00".repeat(40);
        for (int most = 16; most < 40; most++) {
            assertThat(OneLine.of(faces, most)).doesNotContain("\\u").hasSizeLessThanOrEqualTo(most + 1);
        }
        assertThatThrownBy(() -> OneLine.of("x", 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
