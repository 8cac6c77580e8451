package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.study.InMemoryContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TotalsStageTest {
    private static final Frame TABLE = Frame.empty()
            .with("age", Column.Longs.of(10, 20, 30))
            .with("sex", Column.Categories.of("f", "m", "f"))
            .with("w", Column.Doubles.of(0.5, 2, Double.NaN))
            .with("pay", Column.Doubles.of(1, 2, 4))
            .with("name", Column.Texts.of("a", "b", "c"))
            .with("day", Column.Dates.of(1, 2, 3))
            .with("huge", Column.Doubles.of(1, Double.POSITIVE_INFINITY, 2));

    @TempDir
    Path folder;

    /// Warnings.
    private final List<String> said = new ArrayList<>();

    @Test
    void totalsAreWeightedCountsAndSumsOfTheRowsThatMeetTheFilter() throws Exception {
        Frame totals = totals("all,t,,\nwomen,t,1,sex = 'f'\npay,t,pay,age < 25\n", Optional.empty());

        assertThat(totals.numbers("value")).containsExactly(3, 2, 3);
        assertThat(totals.schema().names()).containsExactly("name", "table", "variable", "filter", "value");
        assertThat(totals("young pay,t,pay,age < 25\n", Optional.of("w")).numbers("value")[0])
                .isEqualTo(4.5, within(1e-15));
    }

    @Test
    void aRowWithoutAWeightIsTold() {
        assertThat(fault("all,t,,\n", Optional.of("w")).getMessage()).startsWith("definitions.csv:2: row 3");
    }

    @Test
    void whatIsWrongIsToldWithFileAndLine() {
        assertThat(fault("all,t,,\npay,t,pya,\n", Optional.empty()).getMessage())
                .startsWith("definitions.csv:3: there is no column 'pya' to sum. Did you mean 'pay'?");
        assertThat(fault("all,t,,\npay,t,,aeg > 3\n", Optional.empty()).getMessage())
                .startsWith("definitions.csv:3: there is no column 'aeg'. Did you mean 'age'?");
        assertThat(fault("all,t,,\npay,t,name,\n", Optional.empty()).getMessage())
                .startsWith("definitions.csv:3: ")
                .contains("'name' holds texts");
        assertThat(fault("all,t,,\npay,t,sex,\n", Optional.empty()).getMessage())
                .startsWith("definitions.csv:3: ")
                .contains("'sex' holds texts");
        assertThat(fault("all,t,,\npay,t,day,\n", Optional.empty()).getMessage())
                .startsWith("definitions.csv:3: ")
                .contains("'day' holds dates or times");
        assertThat(fault("all,t,,\n", Optional.of("day")).getMessage()).contains("'day' holds dates or times");
    }

    @Test
    void aTotalWithAnInfiniteCellIsInfiniteWhereverItStands() throws Exception {
        assertThat(totals("huge,t,huge,\n", Optional.empty()).numbers("value"))
                .containsExactly(Double.POSITIVE_INFINITY);
    }

    @Test
    void totalsOfAnotherTableAreNotTakenOfThisOne() {
        assertThat(fault("all,t,,\npay,t,pay,\nhomes,households,,\n", Optional.empty())
                        .getMessage())
                .startsWith("definitions.csv:4: this line names another table than the first");
    }

    @Test
    void rowsThatAFilterLeavesOpenAreTold() throws Exception {
        said.clear();
        assertThat(totals("all,t,,\nheavy,t,,w > 1\nlight,t,,w <= 1\n", Optional.empty())
                        .numbers("value"))
                .containsExactly(3, 1, 1);
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("The filters of 2 of 3 totals are neither true nor false for some rows")
                .endsWith("The first is at definitions.csv:3.");
        said.clear();
        totals("all,t,,\nold,t,,age > 15\n", Optional.empty());
        assertThat(said).isEmpty();
    }

    private Fault fault(String lines, Optional<String> weight) {
        return catchThrowableOfType(Fault.class, () -> totals(lines, weight));
    }

    private Frame totals(String lines, Optional<String> weight) throws Exception {
        Path definitions = Files.writeString(folder.resolve("definitions.csv"), "name,table,variable,filter\n" + lines);
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            Frame totals = Frames.read(new TotalsStage()
                    .run(new TotalsStage.Settings(Stored.of(TABLE), definitions, weight), context)
                    .targets());
            said.addAll(context.warnings());
            return totals;
        }
    }
}
