package dev.assay.distil.internal.similar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TokensTest {
    @Test
    void tokensAreRunsOfLettersAndDigitsInLowerCase() {
        assertThat(tokens("It's 3.14, x_y-Z; Ärger ÀÉ 東京タワー ΟΔΟΣ x² ½Ⅷ 𝒳1\uD800z"))
                .containsExactly(
                        "it", "s", "3", "14", "x", "y", "z", "ärger", "àé", "東京タワー", "οδος", "x²", "½ⅷ", "𝒳1", "z");
    }

    @Test
    void aDottedCapitalIBreaksAfterTheI() {
        assertThat(tokens("İstanbul")).containsExactly("i", "stanbul");
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(tokens("")).isEmpty();
        assertThat(tokens(" \t\n.,_é".substring(0, 6))).isEmpty();
    }

    @Test
    void aReusedReaderAgreesWithThePlainDefinition() {
        int[] alphabet = "aZ09 _.-\n\u00DF\u0130\u03A3\u00B2\u4E2D\u0301\uFF21"
                .codePoints()
                .toArray();
        Tokens reused = new Tokens();
        Property.holds(500, seed -> {
            RandomGenerator random = seed.generator();
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(9000) >> random.nextInt(13); n > 0; n--) {
                int pick = random.nextInt(alphabet.length + 2);
                text.appendCodePoint(
                        pick < alphabet.length ? alphabet[pick] : pick == alphabet.length ? 0x1D4B3 : 0x1F600);
            }
            reused.read(text.toString());
            assertThat(all(reused)).isEqualTo(plain(text.toString()));
        });
    }

    private static List<String> tokens(String text) {
        Tokens tokens = new Tokens();
        tokens.read(text);
        return all(tokens);
    }

    private static List<String> all(Tokens tokens) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < tokens.count(); i++) {
            int from = tokens.start(i);
            all.add(new String(tokens.bytes(), from, tokens.end(i) - from, StandardCharsets.UTF_8));
            assertThat(tokens.bytes()[tokens.end(i)]).isEqualTo((byte) ' ');
        }
        return all;
    }

    private static List<String> plain(String text) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(point -> {
            if (Character.toString(point).matches("[\\p{L}\\p{N}]")) {
                token.appendCodePoint(point);
            } else if (!token.isEmpty()) {
                tokens.add(token.toString());
                token.setLength(0);
            }
        });
        if (!token.isEmpty()) {
            tokens.add(token.toString());
        }
        return tokens;
    }
}
