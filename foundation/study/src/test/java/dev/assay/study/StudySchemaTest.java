package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StudySchemaTest {
    @TempDir
    Path folder;

    JsonNode schema;

    @BeforeEach
    void setUp() {
        schema = JsonMapper.shared().readTree(StudySchema.of(new Bench(folder).registry()));
    }

    @Test
    void eachKindIsAnAlternativeWithItsKeysClosed() {
        assertThat(schema.at("/$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.at("/properties/stages/additionalProperties/oneOf").size())
                .isEqualTo(4);
        assertThat(schema.at("/properties/stages/additionalProperties/oneOf/0/$ref")
                        .asString())
                .isEqualTo("#/$defs/test.count");
        JsonNode count = schema.at("/$defs/test.count");
        assertThat(count.at("/properties/kind/const").asString()).isEqualTo("test.count");
        assertThat(count.at("/additionalProperties").asBoolean()).isFalse();
        assertThat(count.at("/required").toString()).isEqualTo("[\"kind\",\"up-to\"]");
        assertThat(count.at("/description").asString()).isEqualTo("counts to a number");
    }

    @Test
    void settingsCarryTypeRangeDefaultAndMeaning() {
        JsonNode properties = schema.at("/$defs/test.count/properties");
        assertThat(properties.at("/up-to").toString())
                .isEqualTo("{\"description\":\"the last number\",\"type\":\"integer\",\"minimum\":1,\"maximum\":1000}");
        assertThat(properties.at("/order/enum").toString()).isEqualTo("[\"up\",\"down-from-top\"]");
        assertThat(properties.at("/order/default").asString()).isEqualTo("up");
        assertThat(properties.at("/share/default").asDouble()).isEqualTo(0.5);
        assertThat(properties.at("/columns/default").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(properties.at("/marks/required").toString()).isEqualTo("[\"mark\"]");
        assertThat(properties.at("/marks/properties/times/default").asInt()).isEqualTo(2);
        assertThat(properties.at("/remark").has("default")).isFalse();
    }

    @Test
    void inputsAreTextsOrLongFormsOrMappingsOfThese() {
        JsonNode sum = schema.at("/$defs/test.sum");
        assertThat(sum.at("/properties/numbers/$ref").asString()).isEqualTo("#/$defs/source");
        assertThat(sum.at("/properties/numbers/description").asString()).isEqualTo("the numbers to add");
        assertThat(sum.at("/properties/more/additionalProperties/$ref").asString())
                .isEqualTo("#/$defs/source");
        JsonNode forms = schema.at("/$defs/source/oneOf");
        assertThat(forms.at("/0/type").asString()).isEqualTo("string");
        assertThat(forms.at("/1/required").toString()).isEqualTo("[\"path\"]");
        assertThat(forms.at("/1/additionalProperties").asBoolean()).isFalse();
        assertThat(forms.at("/1/properties/confidential/type").asString()).isEqualTo("boolean");
        assertThat(sum.at("/required").toString()).isEqualTo("[\"kind\",\"numbers\"]");
    }

    @Test
    void withoutAnyStageTheSchemaIsStillOne() {
        JsonNode empty = JsonMapper.shared().readTree(StudySchema.of(StageRegistry.of(List.of())));
        assertThat(empty.at("/properties/stages/additionalProperties").asBoolean())
                .isFalse();
    }
}
