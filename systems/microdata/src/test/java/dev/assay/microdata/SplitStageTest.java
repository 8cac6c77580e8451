package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.SplitStage.By;
import dev.assay.study.InMemoryContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitStageTest {
    @TempDir
    Path folder;

    @Test
    void noHouseholdIsOnBothSides() {
        Frame persons = RealData.persons();
        SplitStage.Parts parts = split(persons, By.GROUPS, Optional.of("hhID"), 0.7, 3);

        Set<Double> learnt = households(parts.training().frame());
        Set<Double> held = households(parts.holdout().frame());
        assertThat(learnt).doesNotContainAnyElementsOf(held);
        assertThat(parts.training().rows() + parts.holdout().rows()).isEqualTo(persons.rows());
        assertThat(learnt.size() / (double) (learnt.size() + held.size())).isBetween(0.69, 0.71);
    }

    @Test
    void theSameSeedSplitsAlikeAndAnotherOtherwise() {
        Frame rows = RealData.adult(0, 1000);
        SplitStage.Parts parts = split(rows, By.ROWS, Optional.empty(), 0.8, 3);

        assertThat(parts.training().rows()).isEqualTo(800);
        assertThat(parts.training().digest())
                .isEqualTo(split(rows, By.ROWS, Optional.empty(), 0.8, 3)
                        .training()
                        .digest())
                .isNotEqualTo(split(rows, By.ROWS, Optional.empty(), 0.8, 4)
                        .training()
                        .digest());
    }

    @Test
    void whatIsHeldOutByTimeIsLater() {
        SplitStage.Parts parts = split(RealData.adult(0, 1000), By.TIME, Optional.of("age"), 0.8, 3);

        assertThat(Arrays.stream(parts.training().frame().numbers("age")).max().orElseThrow())
                .isLessThanOrEqualTo(Arrays.stream(parts.holdout().frame().numbers("age"))
                        .min()
                        .orElseThrow());
    }

    @Test
    void aSideWithoutRowsIsTold() {
        Fault fault =
                catchThrowableOfType(Fault.class, () -> split(RealData.adult(0, 1), By.ROWS, Optional.empty(), 0.8, 3));

        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage()).contains("one side empty");
    }

    @Test
    void groupsNeedTheirColumn() {
        Fault fault = catchThrowableOfType(
                Fault.class, () -> split(RealData.adult(0, 9), By.GROUPS, Optional.empty(), 0.8, 3));

        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault.getMessage()).contains("needs 'column'");
    }

    @Test
    void aColumnThatSplittingByRowsWouldNotUseIsRefused() {
        Fault fault = catchThrowableOfType(
                Fault.class, () -> split(RealData.adult(0, 100), By.ROWS, Optional.of("age"), 0.8, 3));

        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault.getMessage()).contains("nothing keeps the rows of one 'age' together", "set by to groups");
    }

    @Test
    void rowsWithoutAGroupStayTogetherAndAreTold() {
        Frame rows = Frame.empty().with("home", Column.Texts.of("a", null, "b", null, "c", "d", null));
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            SplitStage.Parts parts = new SplitStage()
                    .run(new SplitStage.Settings(Stored.of(rows), By.GROUPS, Optional.of("home"), 0.5), context);

            assertThat(parts.training().missing()[0]).isIn(0L, 3L);
            assertThat(context.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("3 of 7 rows have no value in column 'home': they count as one group");
        }
    }

    private SplitStage.Parts split(Frame rows, By by, Optional<String> column, double share, long seed) {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(seed), 2, folder)) {
            return new SplitStage().run(new SplitStage.Settings(Stored.of(rows), by, column, share), context);
        }
    }

    private static Set<Double> households(Frame persons) {
        return Arrays.stream(persons.numbers("hhID")).boxed().collect(Collectors.toSet());
    }
}
