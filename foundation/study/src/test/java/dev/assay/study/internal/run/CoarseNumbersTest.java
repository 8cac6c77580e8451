package dev.assay.study.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.Metric;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoarseNumbersTest {
    private static double told(double value, long rows) {
        Metric metric = CoarseNumbers.metric(Metric.estimate("m", value, value, value, rows, "row"), rows, "withheld");
        return metric.value().orElse(Double.NaN);
    }

    @Test
    void countsAndSizesComeInSteps() {
        assertThat(new long[] {
                    CoarseNumbers.count(0), CoarseNumbers.count(4), CoarseNumbers.count(5), CoarseNumbers.count(14)
                })
                .containsExactly(0, 0, 10, 10);
        assertThat(CoarseNumbers.size(0)).isZero();
        assertThat(CoarseNumbers.size(1)).isEqualTo(65_536);
        assertThat(CoarseNumbers.size(65_537)).isEqualTo(131_072);
    }

    @Test
    void theGridOfSharesIsNeverFinerThanTenRows() {
        for (long rows = 1; rows < 5_000_000; rows = rows * 3 / 2 + 1) {
            double grid = CoarseNumbers.grid(rows);
            assertThat(grid * rows).as("%d rows", rows).isGreaterThanOrEqualTo(Math.min(10, rows) * (1 - 1e-9));
            assertThat(grid).as("%d rows", rows).isLessThanOrEqualTo(Math.min(1, 25.0 / Math.max(10, rows)) + 1e-12);
        }
        assertThat(CoarseNumbers.grid(1000)).isEqualTo(0.01);
        assertThat(CoarseNumbers.grid(2000)).isEqualTo(0.005);
        assertThat(CoarseNumbers.grid(37)).isEqualTo(0.5);
    }

    @Test
    void sharesOfEveryCountOfRowsCannotBeToldFromTheirNeighbours() {
        for (long rows : new long[] {11, 37, 237, 1000, 4321}) {
            Set<Double> distinct = new HashSet<>();
            for (long count = 0; count <= rows; count++) {
                distinct.add(told((double) count / rows, rows));
            }
            assertThat(distinct).as("%d rows", rows).hasSizeLessThanOrEqualTo((int) (rows / 10) + 2);
        }
    }

    @Test
    void whatHasNoIntervalOrMayBeAFewIsWithheld() {
        assertThat(CoarseNumbers.metric(Metric.exact("m", 123, 1000), 1000, "withheld")
                        .value())
                .isEmpty();
        for (double few : new double[] {2, 3.0126, -7, 8.99, 9.1}) {
            assertThat(told(few, 1000)).as("%s", few).isNaN();
        }
        assertThat(told(3.5, 1000)).isEqualTo(3.5);
        assertThat(told(1, 1000)).isEqualTo(1);
        assertThat(told(43.217, 1000)).isEqualTo(43.2);
        assertThat(told(-91_827.3, 1000)).isEqualTo(-91_800);
        assertThat(told(0.012658, 237)).isZero();
    }

    @Test
    void theReasonOfAMetricWithoutAValueIsNotTold() {
        Metric told = CoarseNumbers.metric(Metric.absent("m", 3, "row 7 holds Zebraquux"), 1000, "withheld");
        assertThat(told).isEqualTo(Metric.absent("m", 0, "withheld"));
    }
}
