package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.study.fake.CountStage;
import dev.assay.study.fake.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyFileTest {
    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
        bench.with("test.free", (in, context) -> new Numbers("free", List.of()));
    }

    private Fault fault(String yaml, String... overrides) {
        return catchThrowableOfType(Fault.class, () -> bench.study(yaml, overrides));
    }

    /// A study of one counting stage with these keys.
    private static String count(String keys) {
        return "study: s\nseed: 1\nstages:\n  a:\n    kind: test.count\n" + keys.indent(4);
    }

    @Test
    void allSettingsOfAllTypesAreBoundAndDefaultsFilledIn() {
        StageSpec stage = bench.study(count("""
                        up-to: 9
                        order: down-from-top
                        share: 1e-2
                        loud: true
                        large: -9007199254740993
                        columns: [2020, "x, y"]
                        weights: [.5, 2]
                        renamed: { b: c, a: 1 }
                        remark: a remark
                        marks: { mark: "!" }
                        """)).stage("a");

        assertThat(stage.values())
                .containsEntry("up-to", 9)
                .containsEntry("order", CountStage.Order.DOWN_FROM_TOP)
                .containsEntry("share", 0.01)
                .containsEntry("loud", true)
                .containsEntry("large", -9007199254740993L)
                .containsEntry("columns", List.of("2020", "x, y"))
                .containsEntry("weights", List.of(0.5, 2.0))
                .containsEntry("renamed", Map.of("b", "c", "a", "1"))
                .containsEntry("remark", "a remark")
                .containsEntry("marks", new CountStage.Marks("!", 2));
        assertThat(stage.settings())
                .containsEntry("order", "down-from-top")
                .containsEntry("large", "-9007199254740993")
                .containsEntry("marks", Map.of("mark", "!", "times", 2L));
        StageSpec defaults = bench.study(count("up-to: 1")).stage("a");
        assertThat(defaults.settings())
                .containsEntry("share", 0.5)
                .containsEntry("columns", List.of("a", "b"))
                .containsEntry("weights", List.of())
                .containsEntry("marks", Map.of("mark", "x", "times", 2L))
                .doesNotContainKey("remark");
    }

    @Test
    void allProblemsOfAFileAreToldAtOnceInTheOrderOfTheirLines() {
        Fault fault = fault("""
                study: Bad Name
                sede: 3
                stages:
                  a:
                    kind: test.cuont
                  b:
                    kind: test.count
                    up-to: many
                    shaer: 0.5
                    order: upp
                  c:
                    kind: test.sum
                    numbers: d
                    factor: 1.5
                  d: { kind: test.table, table: nowhere.csv }
                claims:
                  - { id: x, says: "..", at: e.last, above: 1 }
                """);

        String file = folder.resolve("study.yaml").toString();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.STUDY);
        assertThat(String.valueOf(fault.getMessage()).lines().map(String::strip).toList())
                .startsWith("11 problems:")
                .anySatisfy(l -> assertThat(l).startsWith(file + ":1: 'seed' must be given"))
                .anySatisfy(l -> assertThat(l).startsWith(file + ":1: 'study' must be lower-case"))
                .anySatisfy(l -> assertThat(l).isEqualTo(file + ":2: a study has no key 'sede'. Did you mean 'seed'?"))
                .anySatisfy(l -> assertThat(l).startsWith(file + ":5:").endsWith("Did you mean 'test.count'?"))
                .anySatisfy(l -> assertThat(l).isEqualTo(file + ":8: 'up-to' must be a whole number, got 'many'"))
                .anySatisfy(l -> assertThat(l).startsWith(file + ":9:").endsWith("Did you mean 'share'?"))
                .anySatisfy(l -> assertThat(l).startsWith(file + ":10:").endsWith("Did you mean 'up'?"))
                .anySatisfy(l -> assertThat(l)
                        .startsWith(file + ":13:")
                        .contains("needs a JSON document of type Numbers", "d.half is a table"))
                .anySatisfy(l -> assertThat(l).isEqualTo(file + ":14: 'factor' must be a whole number, got '1.5'"))
                .anySatisfy(l -> assertThat(l).startsWith(file + ":15:").contains("there is no file nowhere.csv"))
                .anySatisfy(l -> assertThat(l).startsWith(file + ":17:").contains("no stage is called 'e'"));
        List<Integer> lines = String.valueOf(fault.getMessage())
                .lines()
                .skip(1)
                .map(l -> Integer.valueOf(l.strip().substring(file.length() + 1).split(":")[0]))
                .toList();
        assertThat(lines).isSorted();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    up-to: 0                    | BAD_SETTING | 'up-to' must be between 1 and 1000, got 0
                    up-to: 99999999999          | BAD_SETTING | 'up-to' must fit 32 bits, got 99999999999
                    up-to: 1.0                  | STUDY       | 'up-to' must be a whole number, got '1.0'
                    up-to: [1]                  | STUDY       | 'up-to' must be a whole number, got a list
                    up-to:                      | STUDY       | 'up-to' must be given: the last number
                    {up-to: 1, share: .nan}     | STUDY       | 'share' must be a finite number, got '.nan'
                    {up-to: 1, share: 1e999}    | STUDY       | 'share' must be a finite number, got '1e999'
                    {up-to: 1, share: 1.5}      | BAD_SETTING | 'share' must be between 0 and 1, got 1.5
                    {up-to: 1, loud: yes}       | STUDY       | 'loud' must be true or false, got 'yes'
                    {up-to: 1, columns: a}      | STUDY       | 'columns' must be a list, got 'a'
                    {up-to: 1, weights: [1, x]} | STUDY       | 'weights[2]' must be a finite number, got 'x'
                    {up-to: 1, renamed: {a: [b]}} | STUDY     | 'renamed.a' must be a text, got a list
                    {up-to: 1, marks: {mark: x, tims: 2}} | STUDY | 'marks' has no key 'tims'. Did you mean 'times'?
                    {up-to: 1, marks: {times: 2}} | STUDY     | 'mark' must be given: the mark
                    {up-to: 1, marks: {mark: " "}} | BAD_SETTING | 'marks': a mark must not be blank
                    {up-to: 1, marks: {mark: x, times: 0}} | BAD_SETTING | 'times' must be at least 1, got 0
                    """)
    void aSettingThatDoesNotFitIsToldWithItsLine(String keys, Fault.Kind kind, String sentence) {
        String yaml = keys.startsWith("{")
                ? "study: s\nseed: 1\nstages:\n  a: " + keys.replaceFirst("\\{", "{kind: test.count, ") + "\n"
                : count(keys);
        Fault fault = fault(yaml);
        assertThat(fault.sentence()).isEqualTo(sentence);
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.place().orElseThrow()).startsWith(folder.resolve("study.yaml") + ":");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    numbers: smaple       | STUDY        | no stage is called 'smaple'. Did you mean 'sample'?
                    numbers: sample.lsat  | STUDY        | makes numbers, last, not 'lsat'. Did you mean 'last'?
                    numbers: data/x.json  | MISSING_FILE | there is no file data/x.json
                    numbers: [sample]     | STUDY        | must be a file, a stage or stage.artefact, got a list
                    factor: 2             | STUDY        | stage 'a' needs 'numbers': the numbers to add
                    {numbers: sample, more: sample} | STUDY | must be a mapping from labels to files or stages
                    numbers: files        | STUDY        | needs a JSON document of type Numbers, but files.copy is a file or folder
                    numbers: .            | STUDY        | . is a folder; a JSON document of type Numbers is needed
                    """)
    void anInputThatLeadsNowhereIsTold(String keys, Fault.Kind kind, String sentence) {
        bench.write("in.txt", "");
        Fault fault = fault("study: s\nseed: 1\nstages:\n  sample: {kind: test.count, up-to: 3}\n"
                + "  files: {kind: test.files, file: in.txt}\n  a: "
                + (keys.startsWith("{")
                        ? keys.replaceFirst("\\{", "{kind: test.sum, ")
                        : "{kind: test.sum, " + keys + "}")
                + "\n");
        assertThat(fault.sentence()).contains(sentence);
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.place().orElseThrow()).endsWith("study.yaml:6");
    }

    @Test
    void stagesThatWaitForEachOtherAreNamed() {
        Fault fault = fault("""
                study: s
                seed: 1
                stages:
                  a: { kind: test.free, after: { x: c } }
                  b: { kind: test.free, after: { x: a } }
                  c: { kind: test.free, after: { x: b } }
                  self: { kind: test.free, after: { x: self } }
                """);
        assertThat(fault.getMessage()).contains("a <- c <- b <- a", "self <- self");
        assertThat(fault.kind()).isEqualTo(Fault.Kind.STUDY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    study: s\\nseed: 1\\nseed: 2\\nstages: {a: {kind: test.count, up-to: 1}} | the key 'seed' stands here twice, first in line 2; keep one
                    study: s\\nseed: 1\\nstages: {a: {kind: !!java.net.URL test.count, up-to: 1}} | the tag 'tag:yaml.org,2002:java.net.URL' is not allowed; leave it out
                    study: s\\nseed: 1\\nstages: {a: [}                                     | this is not YAML
                    study: s\\nseed: 1\\nstages: {a: {kind: test.count, up-to: 1}}\\n---\\nx: y | this is not YAML
                    - a list                                                               | a study file is a mapping
                    study: s\\nseed: 1\\nstages: {}                                          | 'stages' must be given
                    study: s\\nseed: 1.5\\nstages: {a: {kind: test.count, up-to: 1}}         | 'seed' must be a whole number of 64 bits, got '1.5'
                    study: s\\nseed: 1\\nstages: {drift: {kind: test.count, up-to: 1}}       | a stage must not be 'drift'
                    study: s\\nseed: 1\\nstages: {A: {kind: test.count, up-to: 1}}           | a stage's name must be
                    study: s\\nseed: 1\\nstages: {a: {up-to: 1}}                             | stage 'a' needs a 'kind'
                    study: s\\nseed: 1\\nstages: {a: 3}                                      | must be a mapping
                    study: s\\nseed: 1\\nstages: &x {a: *x}                                  | an alias stands inside what it names
                    """)
    void aFileThatIsNoStudyIsRefused(String yaml, String sentence) {
        Fault fault = fault(yaml.replace("\\n", "\n"));
        assertThat(fault.getMessage()).contains(sentence).contains("study.yaml");
        assertThat(fault.kind()).isEqualTo(Fault.Kind.STUDY);
    }

    @Test
    void aFewLinesThatUnfoldIntoMillionsAreRefused() {
        StringBuilder yaml = new StringBuilder("study: s\nseed: 1\na: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c <= 'i'; c++) {
            yaml.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append(("*" + (char) (c - 1) + ", ").repeat(9))
                    .append("x]\n");
        }
        assertThat(fault(yaml.toString()).kind()).isEqualTo(Fault.Kind.STUDY);
    }

    @Test
    void overridesComeBeforeBinding() {
        String yaml = count("up-to: 9");
        StudyFile study = bench.study(
                yaml, "a.up-to=3", "seed=-5", "a.columns=x, y", "a.marks.mark=z", "a.renamed={k: v}", "a.remark=a = b");
        assertThat(study.seed()).isEqualTo(-5);
        assertThat(study.stage("a").values())
                .containsEntry("up-to", 3)
                .containsEntry("columns", List.of("x", "y"))
                .containsEntry("marks", new CountStage.Marks("z", 2))
                .containsEntry("renamed", Map.of("k", "v"))
                .containsEntry("remark", "a = b");
        assertThat(fault(yaml, "b.up-to=3").kind()).isEqualTo(Fault.Kind.USAGE);
        assertThat(fault(yaml, "up-to").kind()).isEqualTo(Fault.Kind.USAGE);
        assertThat(fault(yaml, "a.upto=3").getMessage())
                .startsWith("--set a.upto:")
                .endsWith("Did you mean 'up-to'?");
        assertThat(fault(yaml, "a.up-to=x").getMessage())
                .isEqualTo("--set a.up-to: 'up-to' must be a whole number, got 'x'");
    }

    @Test
    void aFolderMeansItsStudyFileAndFilesAreRelativeToIt() throws IOException {
        Files.createDirectories(folder.resolve("deep"));
        bench.write("deep/in.txt", "");
        bench.write("deep/study.yaml", "study: s\nseed: 1\nstages:\n  a: { kind: test.files, file: in.txt }\n");
        StudyFile study = StudyFile.parse(folder.resolve("deep"), List.of(), bench.registry());
        assertThat(study.stage("a").wires().getFirst().from())
                .isEqualTo(new StageSpec.Source.UserFile("in.txt", folder.resolve("deep/in.txt"), false));
        Fault fault = catchThrowableOfType(
                Fault.class, () -> StudyFile.parse(folder.resolve("none.yaml"), List.of(), bench.registry()));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.MISSING_FILE);
    }

    @Test
    void thePlanPutsEachStageAfterAllThatItUses() {
        Plan plan = Plan.of(bench.study("""
                study: s
                seed: 1
                stages:
                  last: { kind: test.free, after: { x: mid, y: first } }
                  mid: { kind: test.free, after: { x: first } }
                  first: { kind: test.free }
                """));
        assertThat(plan.stages()).extracting(StageSpec::name).containsExactly("first", "mid", "last");
        assertThat(plan.stages().getLast().upstream()).containsExactly("mid", "first");
    }

    @Test
    void aSingleStageIsAStudyToo() {
        bench.write("numbers.json", "{\"label\": \"x\", \"values\": [1, 2]}");
        StudyFile study = StudyFile.single(
                "test.sum",
                Map.of("numbers", "numbers.json", "more", "a=numbers.json", "factor", "3"),
                5,
                folder,
                bench.registry());
        assertThat(study.name()).isEqualTo("test-sum");
        RunView run = bench.run(study);
        assertThat(bench.output(run, "sum", "total.json")).content().contains("18");

        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> StudyFile.single(
                        "test.sum", Map.of("numbers", "none.json", "factor", "x"), 5, folder, bench.registry()));
        assertThat(fault.getMessage()).contains("--numbers:", "--factor:");
        assertThat(fault.kind()).isEqualTo(Fault.Kind.USAGE);
        assertThat(catchThrowableOfType(
                                Fault.class, () -> StudyFile.single("test.smu", Map.of(), 5, folder, bench.registry()))
                        .getMessage())
                .endsWith("Did you mean 'test.sum'?");
        StudyFile grouped =
                StudyFile.single("test.count", Map.of("up-to", "3", "marks.mark", "m"), 5, folder, bench.registry());
        assertThat(grouped.stage("count").values()).containsEntry("marks", new CountStage.Marks("m", 2));
    }

    @Test
    void tablesComeFromFilesAndStagesAndComeOutTheSameTwice() {
        bench.write("rows.csv", "id,size\n1,0.5\n2,1.5\n3,\n4,2\n5,9\n");
        String yaml = """
                study: tables
                seed: 1
                stages:
                  half: { kind: test.table, table: rows.csv }
                  quarter: { kind: test.table, table: half }
                """;
        RunView first = bench.run(yaml);
        assertThat(Bench.stage(first, "quarter").outputs().getFirst().rows()).isEqualTo(Optional.of(2L));
        bench.settings = bench.settings.withFresh(true);
        RunView second = bench.run(yaml);
        assertThat(Bench.stage(second, "half").outputs())
                .isEqualTo(Bench.stage(first, "half").outputs());
        assertThat(second.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.OK);

        bench.write("rows.csv", "id,size\n1,0.5\n2\n");
        bench.settings = bench.settings.withFresh(false);
        RunView broken = bench.run(yaml);
        assertThat(broken.exitCode()).isEqualTo(Fault.Kind.MALFORMED_FILE.exitCode());
    }
}
