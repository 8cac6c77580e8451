package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import org.junit.jupiter.api.Test;

class TargetTableTest {
    private static final double EXACT = Double.POSITIVE_INFINITY;

    private static Frame frame(Column values, Column tolerances) {
        return Frame.empty()
                .with("table", Column.Texts.of("persons", "persons"))
                .with("variable", Column.Texts.of("1", "income"))
                .with("filter", Column.Texts.of(" age > 17 ", null))
                .with("value", values)
                .with("tolerance", tolerances);
    }

    @Test
    void linesAreRead() {
        TargetTable table = TargetTable.of(frame(Column.Longs.of(12, -3), Column.Doubles.of(Double.NaN, 0.02)));
        assertThat(table.rows())
                .containsExactly(
                        new TargetTable.Row(
                                "persons where age > 17", "persons", "", "age > 17", 12, 0, EXACT, 1, 0, "", 2),
                        new TargetTable.Row("persons.income", "persons", "income", "", -3, 0.02, EXACT, 1, 0, "", 3));
    }

    @Test
    void everythingWrongIsToldAtOnceWithTargetAndLine() {
        assertThatThrownBy(() -> TargetTable.of(frame(Column.Texts.of("12", "many"), Column.Doubles.of(-1, 0))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("target 'persons where age > 17' (line 2) has a tolerance")
                .hasMessageContaining("target 'persons.income' (line 3) has a value that is not a finite number");
        assertThatThrownBy(() -> TargetTable.of(frame(Column.Texts.of("NaN", "Infinity"), Column.Texts.of("0", "0"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("(line 2)")
                .hasMessageContaining("(line 3)");
    }

    @Test
    void theSameTargetTwiceIsRefusedAndAContradictionIsSaidToBeOne() {
        Frame same = frame(Column.Longs.of(12, 12), Column.Longs.of(0, 0))
                .with("variable", Column.Texts.of("count", ""))
                .with("filter", Column.Texts.of("a = 1", "a = 1"));
        assertThatThrownBy(() -> TargetTable.of(same))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("(line 3)")
                .hasMessageContaining("keep one");
        assertThatThrownBy(() -> TargetTable.of(same.with("value", Column.Longs.of(12, 13))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("another value");
        assertThatThrownBy(() -> TargetTable.of(
                        frame(Column.Longs.of(12, 13), Column.Longs.of(0, 0)).with("name", Column.Texts.of("x", "x"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("has the name of the one on line 2");
    }

    @Test
    void columnsAreRequiredKnownOrAnError() {
        Frame good = frame(Column.Longs.of(1, 2), Column.Longs.of(0, 0));
        assertThatThrownBy(() -> TargetTable.of(good.with("tolerence", Column.Longs.of(0, 0))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Did you mean 'tolerance'?");
        assertThatThrownBy(() -> TargetTable.of(good.select(java.util.List.of("table", "variable", "filter"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("'value'");
        assertThatThrownBy(() -> TargetTable.of(good.with("value", Column.Texts.of(null, null))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("no target with a value");
    }

    @Test
    void batchesJoinInOrderAndGroupsShare() {
        Frame frame = Frame.empty()
                .with("table", Column.Texts.of("p", "p", "p", "p"))
                .with("variable", Column.Texts.of("a", "b", "c", "d"))
                .with("filter", Column.Texts.of("", "", "", ""))
                .with("value", Column.Longs.of(1, 2, 3, 4));
        TargetTable plain = TargetTable.of(frame);
        assertThat(plain.batches()).isEmpty();
        assertThat(plain.groups()).isEmpty();
        TargetTable table = TargetTable.of(frame.with("batch", Column.Texts.of("7", "", "7", "2"))
                .with("group", Column.Texts.of("", "age", "", "age")));
        assertThat(table.batches())
                .containsExactly(java.util.List.of(1), java.util.List.of(3), java.util.List.of(0, 2));
        assertThat(table.groups()).containsExactly(0, 1, 2, 1);
        assertThatThrownBy(() -> TargetTable.of(frame.with("batch", Column.Texts.of("0.5", "-1", "x", "0"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("(line 2) has a batch")
                .hasMessageContaining("(line 3) has a batch")
                .hasMessageContaining("(line 4) has a batch");
    }

    @Test
    void costsFloorsAndOtherNamesAreRead() {
        Frame frame = Frame.empty()
                .with("entity", Column.Texts.of("persons", "persons", "persons"))
                .with("measure", Column.Texts.of("count", "income", "age"))
                .with("filter", Column.Texts.of("a = 1", "", ""))
                .with("value", Column.Longs.of(5, 6, 7))
                .with("cost", Column.Texts.of("inf", "1e5", ""))
                .with("floor", Column.Texts.of("", "10", ""));
        TargetTable table = TargetTable.of(frame);
        assertThat(table.rows())
                .containsExactly(
                        new TargetTable.Row("persons where a = 1", "persons", "", "a = 1", 5, 0, EXACT, 1, 0, "", 2),
                        new TargetTable.Row("persons.income", "persons", "income", "", 6, 0, 1e5, 10, 0, "", 3),
                        new TargetTable.Row("persons.age", "persons", "age", "", 7, 0, EXACT, 1, 0, "", 4));
        assertThatThrownBy(() -> TargetTable.of(frame.with("cost", Column.Texts.of("0", "-1", "much"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("(line 2) has a cost")
                .hasMessageContaining("(line 3) has a cost")
                .hasMessageContaining("(line 4) has a cost");
    }
}
