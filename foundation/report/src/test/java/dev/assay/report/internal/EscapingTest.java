package dev.assay.report.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.testkit.Property;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EscapingTest {

    @Test
    void textsAndAttributesCannotEndTheirPlace() {
        String html = new Html()
                .leaf("p", "</p><script>a & 'b'</script><!--", "title", "\" onload='x'")
                .finish();
        assertThat(html)
                .isEqualTo("<p title=\"&quot; onload=&#39;x&#39;\">&lt;/p&gt;&lt;script&gt;a &amp; &#39;b&#39;"
                        + "&lt;/script&gt;&lt;!--</p>");
    }

    @Test
    void whatRearrangesOrHidesTextIsWrittenOut() {
        assertThat(Shown.of("age\u202Egpj.exe")).isEqualTo("age[U+202E]gpj.exe");
        assertThat(Shown.of("\u2066x\u2069")).isEqualTo("[U+2066]x[U+2069]");
        assertThat(Shown.of("bell\u0007\u0000")).isEqualTo("bell[U+0007][U+0000]");
        assertThat(Shown.of("half \uD83D pair")).isEqualTo("half [U+D83D] pair");
        assertThat(Shown.of("a\u2028b\nc\td")).isEqualTo("a b c d");
    }

    @Test
    void writingsOfTheWorldStayAsTheyAre() {
        for (String text : List.of("Größe", "年齢", "العمر", "\uD83D\uDC69\u200D\uD83D\uDD2C", "می\u200Cخواهم")) {
            assertThat(Shown.of(text)).isSameAs(text);
        }
    }

    @Test
    void aPageThatIsNotWellFormedIsNotWritten() {
        assertThatThrownBy(() -> new Html().open("p").close("div")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Html().open("p").finish()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Html().open("p onclick=x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTextInTheDataCanEndItsScriptAndAllAreReadBack() {
        String hostile = "</script><!--<script>&\"\\\u2028\u2029";
        String json = DataBlock.of(Map.of("name", hostile));
        assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(JsonMapper.shared().readTree(json).get("name").asString()).isEqualTo(hostile);
    }

    @Test
    void everyTextOfAnyLettersIsReadBackFromTheData() {
        Property.holds(200, seed -> {
            RandomGenerator random = seed.generator();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.appendCodePoint(
                        random.nextInt(0, 8) == 0
                                ? "<>&\u2028\u2029\"'\\".charAt(random.nextInt(0, 8))
                                : random.nextInt(1, 0xD7FF));
            }
            String json = DataBlock.of(List.of(text.toString()));
            assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
            assertThat(JsonMapper.shared().readTree(json).get(0).asString()).isEqualTo(text.toString());
        });
    }

    @Test
    void aScriptThatWouldEndItsOwnElementIsRefused() {
        assertThatThrownBy(() -> Asset.of("'</SCRIPT>'")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Asset.of("'<!--'")).isInstanceOf(IllegalArgumentException.class);
    }
}
