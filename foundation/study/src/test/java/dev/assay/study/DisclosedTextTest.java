package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The text of a study that may be kept and shown.
class DisclosedTextTest {
    @TempDir
    Path folder;

    private StudyFile study(String yaml, String... files) {
        Bench bench = new Bench(folder);
        for (String file : files) {
            try {
                Files.createDirectories(folder.resolve(file).toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            bench.write(file, "{\"label\": \"x\", \"values\": []}");
        }
        return bench.study(yaml);
    }

    @Test
    void aTextWithoutConfidentialInputsIsDisclosedAsItIs() {
        StudyFile study = study("""
                # in.txt holds nothing worth hiding
                study: s
                seed: 1
                stages: { a: { kind: test.files, file: { path: in.txt } } }
                """, "in.txt");

        assertThat(study.disclosed()).isEqualTo(study.text());
    }

    @Test
    void onlyThePathIsTakenOutOfTheText() {
        StudyFile study = study("""
                # Copies data/people.csv, once.
                study: s
                seed: 1
                stages:
                  a: { kind: test.files, file: { path: data/people.csv, confidential: true } }
                """, "data/people.csv");

        assertThat(study.disclosed()).isEqualTo("""
                # Copies (confidential), once.
                study: s
                seed: 1
                stages:
                  a: { kind: test.files, file: { path: (confidential), confidential: true } }
                """);
    }

    @Test
    void anotherSpellingOfTheSameFileIsHiddenToo() throws IOException {
        Files.createDirectories(folder.resolve("vaults"));
        Files.writeString(folder.resolve("vaults/payrolls.json"), "{}");
        Files.createSymbolicLink(folder.resolve("openly.json"), folder.resolve("vaults/payrolls.json"));
        StudyFile study = study("""
                study: s
                seed: 1
                stages:
                  a: { kind: test.files, file: { path: vaults/payrolls.json, confidential: true } }
                  b: { kind: test.files, file: vaults/../vaults/payrolls.json }
                  c: { kind: test.files, file: openly.json }
                """);

        assertThat(study.stages()).allMatch(StageSpec::confidential);
        assertThat(study.disclosed()).doesNotContain("vaults", "payrolls", "openly");
    }

    @Test
    void noByteOfThePathRemainsWhereverItStands() {
        StudyFile study = study("""
                # people.csv, DATA/People.CSV, file:///somewhere/data%2Fpeople%2ecsv, data\\people.csv, ../x/people.csv.bak
                study: s
                title: Rows of people.csv   # "data/people.csv"
                about: |
                  Rows of data/people.csv,
                  and of 'people.csv' 🙂.
                seed: 1
                stages:
                  people: { kind: test.files, file: "data\\/people\\u002Ecsv" }
                  one: { kind: test.files, file: { path: &path data/people.csv, confidential: true } }
                  two: { kind: test.files, file: *path }
                  three: { kind: test.count, up-to: 3, remark: "not \\x70eople.csv" }
                  four:
                    kind: test.files
                    file: "data/\\
                      people.csv"
                  five: { kind: test.count, up-to: 3, remark: 'data/people.csv' }
                claims:
                  - { id: x, says: "data/people.csv has rows", at: three.last, above: 1 }
                """, "data/people.csv");

        String kept = study.disclosed();
        assertThat(kept.toLowerCase(Locale.ROOT)).doesNotContain("people.csv", "people%2ecsv", "eople.csv");
        String said = new YAMLMapper().readTree(kept).toString();
        assertThat(said.toLowerCase(Locale.ROOT)).doesNotContain("people.csv", "data/");
        assertThat(kept).contains("  people: {", "up-to: 3", "🙂");
        assertThat(study.title()).isEqualTo("Rows of (confidential)");
        assertThat(study.about()).doesNotContain("people.csv");
        assertThat(study.claims().getFirst().says()).isEqualTo("(confidential) has rows");
        for (String stage : List.of("people", "one", "two", "four")) {
            assertThat(study.stage(stage).confidential()).as(stage).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    it's secret.csv   | 'it''s secret.csv'
                    it's secret.csv   | "it's\\x20secret.csv"
                    say "hi".csv      | "say \\"hi\\".csv"
                    größe 2.csv       | "gr\\u00F6ße 2.csv"
                    größe 2.csv       | größe 2.csv
                    größe 2.csv       | größe%n      2.csv
                    größe 2.csv       | 'größe%n      2.csv'
                    größe 2.csv       | >-%n      größe%n      2.csv
                    a$b(c)[1]+{2}.csv | 'a$b(c)[1]+{2}.csv'
                    🙂 emoji.csv      | "\\U0001F642%n      emoji.csv"
                    """)
    void aNameIsHiddenHoweverItIsWritten(String name, String written) {
        StudyFile study = study("""
                # 🙂 %s
                study: s
                seed: 1
                stages:
                  a:
                    kind: test.files
                    file:
                     confidential: true
                     path: %s
                  b: { kind: test.count, up-to: 3 }
                """.formatted(name, written.replace("%n", "\n")), name);

        assertThat(study.stage("a").confidential()).isTrue();
        String kept = study.disclosed();
        String last = name.substring(Math.max(0, name.indexOf(' ') + 1));
        assertThat(kept).doesNotContain(name, last);
        var tree = new YAMLMapper().readTree(kept);
        assertThat(tree.at("/stages/a/file/path").asString()).isEqualTo("(confidential)");
        assertThat(tree.at("/stages/b/up-to").asInt()).isEqualTo(3);
    }

    @Test
    void byteOrderMarksAndLineEndsOfOtherSystemsDoNotMoveAnything() {
        String yaml = """
                # 🙂
                study: s
                seed: 1
                stages:
                  a: { kind: test.files, file: { path: my
                      secret.csv, confidential: true } }
                """;
        StudyFile study = study("\uFEFF" + yaml.replace("\n", "\r\n"), "my secret.csv");

        assertThat(study.disclosed()).contains("path: \"(confidential)\", confidential: true } }\r\n");
    }

    @Test
    void aShortOrBareNameIsHiddenAsAWholeWordOnly() {
        StudyFile study = study("""
                study: metadata
                seed: 1
                about: The data of a survey; metadata are elsewhere, and so is database.
                stages:
                  a: { kind: test.files, file: { path: data, confidential: true } }
                """, "data/people.csv");

        assertThat(study.disclosed())
                .contains("study: metadata\n")
                .contains("The (confidential) of a survey; metadata are elsewhere, and so is database.")
                .contains("path: (confidential),");
    }

    @Test
    void thePathThatWasOverriddenIsHiddenToo() {
        Bench bench = new Bench(folder);
        bench.write("old.txt", "");
        bench.write("new.txt", "");
        StudyFile study = bench.study(
                "study: s # new.txt\nseed: 1\nstages: {a: {kind: test.files, file: {path: old.txt, confidential: true}}}\n",
                "a.file=new.txt");

        assertThat(study.disclosed()).doesNotContain("old.txt", "new.txt");
    }

    @Test
    void theWholePathOfAFileIsHidden() {
        Bench bench = new Bench(folder);
        bench.write("private.txt", "");
        StudyFile study = bench.study("study: s\nseed: 1\nabout: " + folder
                + "/private.txt\nstages: {a: {kind: test.files, file: {path: ./private.txt, confidential: true}}}\n");

        assertThat(study.disclosed()).contains("about: (confidential)\n", "{path: (confidential),");
    }
}
