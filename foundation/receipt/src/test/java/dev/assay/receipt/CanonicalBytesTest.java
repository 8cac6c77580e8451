package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.testkit.Property;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalBytesTest {
    private static final String[] CHARACTERS = {
        "a",
        "Z",
        " ",
        "?",
        "/",
        "\"",
        "\\",
        "\n",
        "\t",
        "\r",
        "\b",
        "\f",
        "\u0000",
        "\u001f",
        "\u007f",
        "é",
        "\uFFFD",
        "€",
        "\u2028",
        "\uD83D\uDE00"
    };

    @Test
    void textsAreWrittenAsTreesWriteThem() {
        Property.holds(2000, seed -> {
            RandomGenerator random = seed.generator();
            StringBuilder text = new StringBuilder();
            // Long runs of plain characters between rare ones, so that every place in a word of eight is met.
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
                text.append("plain and plain again".substring(random.nextInt(21)));
            }
            String expected = CanonicalJson.of(text.toString());
            CanonicalBytes bytes = new CanonicalBytes(0).text(text.toString());
            assertThat(bytes.toString()).isEqualTo(expected);
            assertThat(bytes.toBytes()).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
            assertThat(bytes.length()).isEqualTo(bytes.toBytes().length);
            assertThat(bytes.digest()).isEqualTo(Digest.of(expected));
            assertThat(bytes.digest().hex()).isEqualTo(java.util.HexFormat.of().formatHex(bytes.sha256()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "?\uD83D", "é\uDE00", "\uD83D\uD83D\uDE00"})
    void halfOfAPairIsRefused(String text) {
        assertThatThrownBy(() -> new CanonicalBytes(16).text(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> CanonicalJson.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersAreWrittenAsTreesWriteThem() {
        for (double each : new double[] {
            0, -0.0, 1, -1, 0.5, 1e15, 1e16, 0x1p53, -0x1p53, 1e20, 1e21, 1e300, 5e-324, 1e-7, 123456789012345.6, -17
        }) {
            assertThat(new CanonicalBytes(8).number(each).toString())
                    .isEqualTo(CanonicalJson.number(each))
                    .isEqualTo(CanonicalJson.of(each));
            assertThat(new CanonicalBytes(8).value(BigDecimal.valueOf(each)).toString())
                    .isEqualTo(CanonicalJson.of(BigDecimal.valueOf(each)));
        }
        assertThatThrownBy(() -> new CanonicalBytes(8).number(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CanonicalBytes(8).number(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anythingElseIsWrittenAsTreesWriteIt() {
        for (Object each : List.of(true, false, 7, -7L, "a\"b", List.of(1, "x"), Map.of("b", 1, "a", List.of()))) {
            assertThat(new CanonicalBytes(8).value(each).toString()).isEqualTo(CanonicalJson.of(each));
        }
        assertThatThrownBy(() -> new CanonicalBytes(8).value((1L << 53) + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void piecesStandOneAfterTheOther() {
        byte[] known = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(new CanonicalBytes(1)
                        .plain('[')
                        .plain(known)
                        .plain(",")
                        .whole(-12)
                        .plain(known, 1, 4)
                        .plain(']')
                        .toString())
                .isEqualTo("[{\"a\":1},-12\"a\"]");
    }
}
