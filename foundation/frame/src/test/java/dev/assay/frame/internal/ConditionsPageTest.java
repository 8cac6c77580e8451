package dev.assay.frame.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Limit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page about conditions lists what conditions may hold.
class ConditionsPageTest {
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    private String page = "";

    @BeforeEach
    void read() throws Exception {
        page = Files.readString(Path.of("../../docs/reference/conditions.md"));
    }

    private static Set<String> words(String text) {
        Set<String> words = new TreeSet<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group(1));
        }
        return words;
    }

    /// The list's items by what stands in bold.
    private Map<String, Set<String>> items(String heading) {
        String section = page.substring(page.indexOf("\n## " + heading + "\n") + heading.length() + 5);
        section = section.substring(0, section.indexOf("\n## "));
        Map<String, Set<String>> items = new LinkedHashMap<>();
        Matcher item = Pattern.compile("^- \\*\\*([^*]+)\\*\\*:((?:.*\n)(?:  .*\n)*)", Pattern.MULTILINE)
                .matcher(section);
        while (item.find()) {
            items.put(item.group(1), words(item.group(2)));
        }
        return items;
    }

    @Test
    void functionsAreThoseOfTheListAndTypesToo() {
        assertThat(items("Operators and functions")).isEqualTo(ConditionWords.GROUPS);
        assertThat(items("Types")).isEqualTo(Map.of("To cast to", ConditionWords.TYPES));
        Set<String> collations = new TreeSet<>(ConditionWords.COLLATIONS);
        collations.add("COLLATE");
        assertThat(items("What it consists of")).containsEntry("Collations", collations);
        int session = page.indexOf("A column that has one of the names");
        assertThat(words(page.substring(session, page.indexOf("\n\n", session))))
                .isEqualTo(ConditionWords.SESSION);
    }

    @Test
    void limitsHaveTheirStandards() {
        for (Limit limit : List.of(Limit.DEPTH, Limit.CONDITION_SECONDS, Limit.CONDITION_BYTES)) {
            assertThat(page).contains("| `" + limit.label() + "` | " + limit.standard() + " |");
        }
    }

    @Test
    void whatIsSaidToBeRefusedIsOnNoList() {
        String section = page.substring(page.indexOf("## What is refused"), page.indexOf("A column that has one of"));
        assertThat(words(section)).isNotEmpty();
        for (String word : words(section)) {
            String name = word.replaceAll("\\(.*", "");
            if (!name.equals("age")) {
                assertThat(ConditionWords.FUNCTIONS).doesNotContain(name);
            }
        }
    }
}
