package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Limit;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.study.StageRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What the pages tell a reader to type exists, links lead somewhere, and the example of the how-to page runs.
class DocumentationTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*\\./assay ((?:[^\\n\\\\]|\\\\\\n)*)");
    private static final Pattern INLINE = Pattern.compile("`\\./assay ([^`]*)`");
    private static final Pattern OPTION = Pattern.compile("--([a-z][a-z-]*)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    private static List<Path> pages() throws Exception {
        Path project = Assay.project();
        try (Stream<Path> docs = Files.walk(project.resolve("docs"));
                Stream<Path> top = Files.list(project)) {
            return Stream.concat(docs, top)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        }
    }

    @Test
    void theTableOfLimitsIsThatOfTheProgram() throws Exception {
        String page = Files.readString(Assay.project().resolve("docs/reference/configuration.md"));
        List<String> rows = page.lines()
                .filter(line -> line.startsWith("| `") && line.matches(".*\\d \\|.*"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Limit.values())
                        .map(l -> "| `" + l.label() + "` | " + l.standard() + " | " + l.least() + " | " + l.most()
                                + " | " + l.about() + " |")
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> commandsExistAndHaveTheseOptions() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            for (Pattern pattern : List.of(COMMAND, INLINE)) {
                pattern.matcher(text)
                        .results()
                        .map(result -> result.group(1).replace("\\\n", " ").replaceAll("\\s+#.*", ""))
                        .distinct()
                        .forEach(command -> tests.add(
                                DynamicTest.dynamicTest(page.getFileName() + ": " + command, () -> check(command))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests.stream();
    }

    private static void check(String command) {
        List<String> words = new ArrayList<>(Arrays.asList(command.strip().split("\\s+")));
        words.removeIf(String::isEmpty);
        List<String> call = new ArrayList<>();
        if (!words.isEmpty()
                && !words.getFirst().startsWith("-")
                && words.getFirst().matches("[a-z]+")) {
            call.add(words.getFirst());
            boolean system = StageRegistry.installed().kinds().stream()
                    .anyMatch(kind -> kind.startsWith(words.getFirst() + "."));
            if (words.size() > 1 && (system || words.getFirst().equals("receipts"))) {
                call.add(words.get(1));
            }
        }
        call.add("--help");
        Assay.Outcome help = Assay.here(call.toArray(String[]::new));
        assertThat(help.code()).as(help.err()).isZero();
        Matcher options = OPTION.matcher(command);
        while (options.find()) {
            assertThat(help.out()).contains("--" + options.group(1));
        }
    }

    @Test
    void linksLeadSomewhere() throws Exception {
        for (Path page : pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                assertThat(page.resolveSibling(links.group(1)))
                        .as("a link of " + page)
                        .exists();
            }
        }
    }

    @Test
    void theCalibrationOfTheHowToPageRuns() throws Exception {
        String page = Files.readString(Assay.project().resolve("docs/how-to/calibrate-weights.md"));
        Matcher command = COMMAND.matcher(page);
        assertThat(command.find()).isTrue();
        List<String> words = new ArrayList<>(
                List.of(command.group(1).replace("\\\n", " ").strip().split("\\s+")));
        Path out = folder.resolve("weights");
        words.set(words.indexOf("--out") + 1, out.toString());
        words.addAll(List.of("--workspace", folder.resolve("work").toString()));

        Assay.Outcome outcome = Assay.run(Assay.project(), words.toArray(String[]::new));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        for (String name : List.of("weights", "members", "diagnostics", "history")) {
            assertThat(page).contains("`weights/" + name + ".csv`");
            assertThat(Frames.read(out.resolve(name + ".csv"), ReadOptions.DEFAULTS)
                            .rows())
                    .isPositive();
        }
        assertThat(Frames.read(out.resolve("weights.csv"), ReadOptions.DEFAULTS)
                        .schema()
                        .names())
                .contains("design_weight", "weight", "ratio");
    }
}
