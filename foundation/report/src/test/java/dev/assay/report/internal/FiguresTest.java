package dev.assay.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void numbersThatAreNoneBecomeGaps() {
        Figure bars = new Figure.Bars(
                "t", "", "x", "y", List.of("a", "b"), List.of(new Figure.Series("s", List.of(Double.NaN, 2.0))));
        assertThat(DataBlock.of(ChartData.of(bars, List.of(1), Map.of()))).contains("\"values\":[null,2.0]");
        assertThat(ChartTable.of(bars).rows()).containsExactly(List.of("a", ""), List.of("b", 2.0));
    }

    @Test
    void moreMarksThanCanBeToldApartAreThinnedAndItIsSaid() {
        List<Double> many = Collections.nCopies(5_000, 1.0);
        Figure points = new Figure.Points(
                "t", "", "x", "y", false, false, List.of(new Figure.PointSeries("s", many, many, List.of())));
        Thinned thinned = Thinned.of(points);
        assertThat(((Figure.Points) thinned.figure()).series().getFirst().x()).hasSize(1_667);
        assertThat(thinned.notes()).containsExactly("One in 3 of 5000 marks of a series is drawn.");
    }

    @Test
    void valuesThatALogarithmicAxisCannotShowAreCounted() {
        Figure lines = new Figure.Lines(
                "t",
                "",
                "x",
                "y",
                true,
                List.of(1.0, 2.0, 3.0),
                List.of(new Figure.Series("s", List.of(0.0, -1.0, 2.0))));
        assertThat(Thinned.of(lines).notes())
                .containsExactly("2 values at or below zero cannot be drawn on the logarithmic axis.");
    }

    @Test
    void longTablesAreCutAtTwoHundredRowsAndItIsSaid() {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 12_345; i++) {
            rows.add(List.of("row-" + i, i));
        }
        Html html = new Html();
        Cells.table(html, new Listing("t", "", List.of("name", "n"), rows));
        assertThat(html.finish())
                .contains("row-199<")
                .doesNotContain("row-200<")
                .contains("The first 200 of 12\u202F345 rows are shown.");
    }

    @Test
    void wholeNumbersBeyondTheReachOfDoublesAreShownInFull() {
        Html html = new Html();
        Cells.table(html, new Listing("t", "", List.of("n"), List.of(List.of(9_007_199_254_740_993L))));
        assertThat(html.finish()).contains("9\u202F007\u202F199\u202F254\u202F740\u202F993");
    }

    @Test
    void aSeriesHasOneColourInAllChartsAndNoTwoOfAChartAreAlike() {
        Palette palette = Palette.of(dev.assay.report.Reports.of(List.of(bars("real", "a", "b"), bars("b", "a"))));
        assertThat(palette.slots(bars("real", "a", "b"))).containsExactly(0, 1, 2);
        assertThat(palette.slots(bars("b", "a"))).containsExactly(2, 1);
        assertThat(palette.slots(bars("alone"))).containsExactly(1);
        assertThat(palette.slots(bars("a", "a", "new", "other"))).doesNotHaveDuplicates();
        assertThat(palette.slots(bars("1", "2", "3", "4", "5", "6", "7", "8", "9")))
                .hasSize(9)
                .allMatch(slot -> slot >= 1 && slot <= Palette.COLOURS);
    }

    @Test
    void aPlaceOfAFlowHasTheColourOfTheSeriesOfItsName() {
        Figure.Flow flow = new Figure.Flow(
                "t",
                "",
                "rows",
                List.of(
                        new Figure.Link("in", "good", 3),
                        new Figure.Link("in", "bad", 2),
                        new Figure.Link("bad", "lost", 2)));
        Palette palette = Palette.of(dev.assay.report.Reports.of(List.of(bars("bad", "good"), flow)));
        assertThat(palette.places(flow)).isEqualTo(Map.of("in", 0, "good", 2, "bad", 1, "lost", 0));
        assertThat(palette.slots(bars("bad", "good"))).containsExactly(1, 2);
        assertThat(DataBlock.of(ChartData.of(flow, List.of(), palette.places(flow))))
                .contains("\"places\":[{\"name\":\"in\",\"slot\":0},{\"name\":\"good\",\"slot\":2}");
        Palette alone = Palette.of(dev.assay.report.Reports.of(List.of(flow)));
        assertThat(alone.places(flow).values()).containsOnly(1);
    }

    private static Figure bars(String... names) {
        return new Figure.Bars(
                "t",
                "",
                "",
                "",
                List.of("x"),
                List.of(names).stream()
                        .map(name -> new Figure.Series(name, List.of(1.0)))
                        .toList());
    }
}
