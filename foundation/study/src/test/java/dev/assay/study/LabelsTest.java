package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Labels of inputs that take several, which become parts of the names of metrics.
class LabelsTest {
    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
        bench.write("a.json", "{\"label\": \"x\", \"values\": []}");
    }

    private static String labelled(String more) {
        return "study: s\nseed: 1\nstages:\n  a:\n    kind: test.sum\n    numbers: a.json\n    more:\n"
                + more.indent(6);
    }

    private Fault fault(String yaml, String... overrides) {
        return catchThrowableOfType(Fault.class, () -> bench.study(yaml, overrides));
    }

    @ParameterizedTest
    @CsvSource({"zi_qrf, zi-qrf, zi-qrf", "ZI QRF, zi-qrf, zi-qrf", "Cart, cart, cart"})
    void labelsThatBecomeOneAreRefusedAtTheSecond(String first, String second, String both) {
        Fault fault = fault(labelled(first + ": a.json\nother: a.json\n" + second + ": a.json"));

        assertThat(fault.sentence())
                .isEqualTo("the labels '" + first + "' and '" + second + "' of 'more' both become '" + both
                        + "' in the names of metrics; rename one");
        assertThat(fault.place().orElseThrow()).endsWith("study.yaml:10");
        assertThat(fault.kind()).isEqualTo(Fault.Kind.STUDY);
    }

    @Test
    void anEmptyLabelIsRefused() {
        for (String label : new String[] {"''", "' '"}) {
            Fault fault = fault(labelled("b: a.json\n" + label + ": a.json"));

            assertThat(fault.sentence()).startsWith("a label of 'more' is empty");
            assertThat(fault.place().orElseThrow()).endsWith("study.yaml:9");
        }
    }

    @Test
    void aLabelThatStandsTwiceIsRefused() {
        Fault fault = fault(labelled("b: a.json\nb: a.json"));

        assertThat(fault.sentence()).isEqualTo("the key 'b' stands here twice, first in line 8; keep one");
        assertThat(fault.place().orElseThrow()).endsWith("study.yaml:9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    b=a.json,b=a.json        | 'more' is given 'b' twice; keep one
                    b=a.json, b =none.json   | 'more' is given 'b' twice; keep one
                    {b: a.json, b: a.json}   | the key 'b' stands here twice; keep one
                    b_c=a.json,b-c=a.json    | the labels 'b_c' and 'b-c' of 'more' both become 'b-c' in the names of metrics; rename one
                    """)
    void commandLinesAreToldTheSame(String given, String sentence) {
        assertThat(fault(labelled("b: a.json"), "a.more=" + given).getMessage()).isEqualTo("--set a.more: " + sentence);
        Fault single = catchThrowableOfType(
                Fault.class,
                () -> StudyFile.single(
                        "test.sum", Map.of("numbers", "a.json", "more", given), 1, folder, bench.registry()));
        assertThat(single.getMessage()).isEqualTo("--more: " + sentence);
        assertThat(single.kind()).isEqualTo(Fault.Kind.STUDY);
    }

    @Test
    void anOverrideThatAddsALabelIsToldWhereItStands() {
        assertThat(fault(labelled("b_c: a.json"), "a.more.b-c=a.json").getMessage())
                .startsWith("--set a.more.b-c: the labels 'b_c' and 'b-c'");
    }

    @Test
    void aNameThatIsGivenTwiceInASettingIsToldToo() {
        String yaml = "study: s\nseed: 1\nstages:\n  a: { kind: test.count, up-to: 3 }\n";

        assertThat(fault(yaml, "a.renamed=b=c,b=d").getMessage())
                .isEqualTo("--set a.renamed: 'renamed' is given 'b' twice; keep one");
    }

    @Test
    void labelsOfDifferentInputsMayBeTheSame() {
        String stage = "    kind: test.sum\n    numbers: a.json\n    more: { %s: a.json }\n";
        StudyFile study = bench.study(
                "study: s\nseed: 1\nstages:\n  one:\n" + stage.formatted("b_c") + "  two:\n" + stage.formatted("b-c"));

        assertThat(study.stages()).hasSize(2);
    }
}
