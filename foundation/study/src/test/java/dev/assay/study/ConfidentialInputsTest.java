package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageSpec.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidentialInputsTest {
    private static final String NUMBERS = "{\"label\": \"x\", \"values\": [1, 2]}";

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new Bench(folder);
        Files.createDirectories(folder.resolve("data"));
        bench.write("data/secret.json", NUMBERS);
        bench.write("other.json", NUMBERS);
        bench.write("plain.json", NUMBERS);
    }

    /// A study that adds up numbers, after a stage whose artefacts can be used.
    private static String sum(String keys) {
        return "study: s\nseed: 1\nstages:\n  count: {kind: test.count, up-to: 3}\n  a:\n    kind: test.sum\n"
                + keys.indent(4);
    }

    private Fault fault(String yaml, String... overrides) {
        return catchThrowableOfType(Fault.class, () -> bench.study(yaml, overrides));
    }

    private static Source.UserFile file(StudyFile study, String wire) {
        return (Source.UserFile) study.stage("a").wires().stream()
                .filter(w -> w.shown().equals(wire))
                .map(Wire::from)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFileWrittenLongCanBeSaidToBeConfidential() {
        StudyFile study = bench.study(sum("""
                numbers: { path: data/secret.json, confidential: true }
                more: { b: { path: other.json, confidential: true }, c: plain.json, d: { path: plain.json } }
                """));

        Source.UserFile secret = file(study, "numbers");
        assertThat(secret).isEqualTo(new Source.UserFile("data/secret.json", folder.resolve("data/secret.json"), true));
        assertThat(secret).hasToString("(confidential)");
        assertThat(file(study, "more[b]").confidential()).isTrue();
        assertThat(file(study, "more[c]")).hasToString("plain.json");
        assertThat(file(study, "more[d]")).isEqualTo(file(study, "more[c]"));
        assertThat(study.stage("a").confidential()).isTrue();
        assertThat(study.stage("a").toString()).doesNotContain("secret.json", "other.json");
        assertThat(study.stage("count").confidential()).isFalse();
    }

    @Test
    void aFileThatIsSaidNotToBeConfidentialIsNot() {
        StudyFile study = bench.study(sum("numbers: { path: data/secret.json, confidential: false }"));

        assertThat(file(study, "numbers")).hasToString("data/secret.json");
        assertThat(study.stage("a").confidential()).isFalse();
        assertThat(study.disclosed()).isEqualTo(study.text());
    }

    @Test
    void aConfidentialFileIsReadLikeAnyOther() {
        RunView run = bench.run(sum("numbers: { path: data/secret.json, confidential: true }"));

        assertThat(bench.output(run, "a", "total.json")).content().contains("3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    numbers: {path: data/secret.json, confidental: true}  | STUDY | 'numbers' has no key 'confidental'. Did you mean 'confidential'?
                    numbers: {path: data/secret.json, format: json}       | STUDY | 'numbers' has no key 'format'. It knows path, confidential.
                    numbers: {path: data/secret.json, confidential: yes}  | STUDY | 'numbers.confidential' must be true or false
                    numbers: {path: data/secret.json, confidential: }     | STUDY | 'numbers.confidential' must be true or false
                    numbers: {confidential: true}                         | STUDY | 'numbers' needs 'path', a file: the numbers to add
                    numbers: {path: [data/secret.json], confidential: true} | STUDY | 'numbers' needs 'path', a file: the numbers to add
                    numbers: {path: count.numbers, confidential: true}    | STUDY | 'numbers': confidential is said of files; what follows from them is treated alike
                    numbers: {path: count}                                | STUDY | 'numbers': 'path' is for files; write a stage without it
                    numbers: {path: data/secret.jsn, confidential: true}  | MISSING_FILE | 'numbers': the confidential file does not exist; check its path
                    numbers: {path: count.secret, confidential: true}     | MISSING_FILE | 'numbers': the confidential file does not exist; check its path
                    numbers: {path: "data/secret\\0.json", confidential: true} | MISSING_FILE | 'numbers': the confidential file does not exist; check its path
                    numbers: {path: data, confidential: true}             | STUDY | 'numbers': the confidential file is a folder; a JSON document of type Numbers is needed
                    numbers: {path: /dev/null, confidential: true}        | STUDY | 'numbers': the confidential file is no regular file; copy what it gives into one
                    {numbers: count, more: {b: {path: data/secret.jsn, confidential: true}}} | MISSING_FILE | 'more[b]': the confidential file does not exist; check its path
                    {numbers: count, more: {path: data/secret.json, confidential: true}} | STUDY | 'more' is a mapping from labels; say of each label's file whether it is confidential: { label: { path: file, confidential: true } }
                    {numbers: count, more: {path: data/secret.jsn, confidental: true}} | STUDY | 'more' is a mapping from labels; say of each label's file whether it is confidential: { label: { path: file, confidential: true } }
                    """)
    void whatIsWrongWithAConfidentialInputIsToldWithoutItsPath(String keys, Fault.Kind kind, String sentence) {
        String stage = keys.startsWith("{") ? keys.substring(1, keys.length() - 1) : keys;
        Fault fault = fault(sum("").replace("  a:\n    kind: test.sum\n", "  a: {kind: test.sum, " + stage + "}\n"));

        assertThat(fault.sentence()).isEqualTo(sentence);
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.place().orElseThrow()).endsWith("study.yaml:5");
        assertThat(fault.getMessage()).doesNotContain("secret");
    }

    @Test
    void aFileIsConfidentialWhereverItIsUsedIfItIsSaidOnce() throws IOException {
        bench.write("data/more.json", NUMBERS);
        StudyFile study = bench.study("""
                study: s
                seed: 1
                stages:
                  copy: { kind: test.files, file: ./data/../data/secret.json }
                  a: { kind: test.sum, numbers: { path: data/secret.json, confidential: true } }
                """);
        assertThat(study.stage("copy").confidential()).isTrue();

        StudyFile all = bench.study("""
                study: s
                seed: 1
                stages:
                  copy: { kind: test.files, file: { path: data, confidential: true } }
                  a: { kind: test.sum, numbers: data/more.json }
                """);
        assertThat(all.stage("a").confidential()).isTrue();

        Files.delete(folder.resolve("data/secret.json"));
        Fault fault = fault("""
                study: s
                seed: 1
                stages:
                  copy: { kind: test.files, file: data/secret.json }
                  a: { kind: test.sum, numbers: { path: data/secret.json, confidential: true } }
                """);
        assertThat(fault.getMessage()).contains("2 problems", ":4:", ":5:").doesNotContain("secret.json");
    }

    @Test
    void anotherPathIsAsConfidentialAsTheOneBefore() {
        String yaml = sum("""
                numbers: { path: data/secret.json, confidential: true }
                more: { b: { path: data/secret.json, confidential: true }, c: plain.json }
                """);
        for (String override : List.of(
                "a.numbers=other.json",
                "a.numbers.path=other.json",
                "a.numbers={path: other.json}",
                "a.numbers={path: other.json, confidential: true}")) {
            StudyFile study = bench.study(yaml, override);
            assertThat(file(study, "numbers"))
                    .as(override)
                    .isEqualTo(new Source.UserFile("other.json", folder.resolve("other.json"), true));
            assertThat(study.disclosed()).as(override).doesNotContain("secret.json");
        }
        for (String override :
                List.of("a.more.b=other.json", "a.more.b.path=other.json", "a.more=b=other.json,c=plain.json")) {
            StudyFile study = bench.study(yaml, override);
            assertThat(file(study, "more[b]").given()).as(override).isEqualTo("other.json");
            assertThat(file(study, "more[b]").confidential()).as(override).isTrue();
            assertThat(file(study, "more[c]").confidential()).as(override).isFalse();
        }
        StudyFile twice = bench.study(
                sum("numbers: { path: data/secret.json, confidential: true }\nmore: { b: data/secret.json }"),
                "a.numbers=other.json");
        assertThat(file(twice, "more[b]").confidential()).isTrue();
        assertThat(fault(yaml, "a.numbers=none.json").getMessage())
                .isEqualTo("--set a.numbers: 'numbers': the confidential file does not exist; check its path");
        assertThat(fault(yaml, "a.more=none.json").getMessage()).doesNotContain("none.json");
        assertThat(fault(yaml, "a.numbers=count.last").getMessage()).contains("confidential is said of files");
    }

    @Test
    void anOverrideCanSayThatAFileIsConfidentialOrIsNot() {
        String yaml = sum("numbers: plain.json\nmore: { b: other.json }");
        StudyFile study = bench.study(yaml, "a.numbers.confidential=true", "a.more.b.confidential=true");
        assertThat(file(study, "numbers"))
                .isEqualTo(new Source.UserFile("plain.json", folder.resolve("plain.json"), true));
        assertThat(file(study, "more[b]").confidential()).isTrue();
        assertThat(study.text()).contains("plain.json");
        assertThat(study.disclosed()).doesNotContain("plain.json", "other.json");
        assertThat(bench.study(yaml, "a.more={d: {path: other.json, confidential: true}}")
                        .stage("a")
                        .confidential())
                .isTrue();

        String secret = sum("numbers: { path: plain.json, confidential: true }");
        StudyFile lifted = bench.study(secret, "a.numbers.confidential=false");
        assertThat(lifted.stage("a").confidential()).isFalse();
        assertThat(lifted.disclosed()).doesNotContain("plain.json");
    }

    @Test
    void aMisspeltKeyIsToldEvenIfThePathIsAnother() {
        Fault fault =
                fault(sum("numbers: { path: data/secret.json, confidental: true }"), "a.numbers=other/private.json");

        assertThat(fault.getMessage()).contains("Did you mean 'confidential'?").doesNotContain("private");
    }

    @Test
    void inputsOfASingleStageAreConfidentialByName() {
        StudyFile study = StudyFile.single(
                "test.sum",
                Map.of("numbers", "data/secret.json", "more", "b=other.json,c=data/secret.json", "factor", "3"),
                List.of("numbers", "more"),
                5,
                folder,
                bench.registry());

        assertThat(file(rename(study), "numbers").confidential()).isTrue();
        assertThat(file(rename(study), "more[b]").confidential()).isTrue();
        assertThat(study.text())
                .contains("    numbers: { path: (confidential), confidential: true }\n")
                .contains("    more: { 'b': { path: (confidential), confidential: true }, "
                        + "'c': { path: (confidential), confidential: true } }\n")
                .contains("    factor: '3'\n")
                .doesNotContain("secret", "other");
        assertThat(study.disclosed()).isEqualTo(study.text());
        RunView run = bench.run(study);
        assertThat(bench.output(run, "sum", "total.json")).content().contains("27");
    }

    /// As if its only stage were called `a`.
    private static StudyFile rename(StudyFile single) {
        StageSpec stage = single.stages().getFirst();
        return new StudyFile(
                single.name(),
                single.title(),
                single.about(),
                single.seed(),
                single.folder(),
                single.text(),
                single.disclosed(),
                List.of(new StageSpec(
                        "a", stage.description(), stage.place(), stage.values(), stage.settings(), stage.wires())),
                single.claims(),
                single.drift());
    }

    @Test
    void theTextOfASingleStageHidesAPathThatIsGivenTwice() {
        StudyFile study = StudyFile.single(
                "test.sum",
                Map.of("numbers", "data/secret.json", "more", "b=data/secret.json"),
                List.of("numbers"),
                5,
                folder,
                bench.registry());

        assertThat(study.text()).doesNotContain("secret").contains("    more: { 'b': '(confidential)' }\n");
        assertThat(file(rename(study), "more[b]").confidential()).isTrue();
    }

    @Test
    void aNameThatIsNoInputIsToldBeforeAnythingIsSaidOfFiles() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "nubmers", "'test.sum' has no input 'nubmers', it has numbers, more. Did you mean 'numbers'?",
                        "factor", "has no input 'factor'",
                        "more", "the input 'more' is not given")
                .entrySet()) {
            Fault fault = catchThrowableOfType(
                    Fault.class,
                    () -> StudyFile.single(
                            "test.sum",
                            Map.of("numbers", "data/secret.jsn"),
                            List.of(wrong.getKey()),
                            5,
                            folder,
                            bench.registry()));
            assertThat(fault.getMessage()).startsWith("--confidential: ").contains(wrong.getValue());
            assertThat(fault.kind()).isEqualTo(Fault.Kind.USAGE);
        }
    }
}
