package dev.assay.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.frame.Column;
import dev.assay.testkit.Property;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void noneOfThreeHundredMayBeOneInAHundred() {
        Estimate none = Share.of(Units.rows(300), new double[300]).exact(0.95);
        assertThat(none.value()).hasValue(0);
        assertThat(none.low()).hasValue(0);
        // 1 - 0.025^(1/300)
        assertThat(none.high().orElseThrow()).isCloseTo(0.0122208, within(1e-6));
        double[] ones = new double[300];
        Arrays.fill(ones, 1);
        Estimate all = Share.of(Units.rows(300), ones).exact(0.95);
        assertThat(all.low().orElseThrow()).isCloseTo(1 - 0.0122208, within(1e-6));
        assertThat(all.high()).hasValue(1);
    }

    @Test
    void withoutWeightsAndClustersItIsTheExactIntervalOfTheCounts() {
        Property.holds(30, seed -> {
            RandomGenerator random = seed.generator();
            int n = 8 + random.nextInt(200);
            double[] marks = new double[n];
            int hits = 0;
            for (int i = 0; i < n; i++) {
                marks[i] = random.nextInt(3) == 0 ? 1 : 0;
                hits += (int) marks[i];
            }
            Estimate share = Share.of(Units.rows(n), marks).exact(0.95);
            Proportion.Ends ends = new Proportion(hits, n).clopperPearson(0.95);
            assertThat(share.low().orElseThrow()).isCloseTo(ends.low(), within(1e-9));
            assertThat(share.high().orElseThrow()).isCloseTo(ends.high(), within(1e-9));
        });
    }

    @Test
    void rowsOfAUnitThatAgreeCountAsOne() {
        double[] marks = new double[400];
        String[] keys = new String[400];
        for (int i = 0; i < 400; i++) {
            marks[i] = i / 8 % 5 == 0 ? 1 : 0;
            keys[i] = "h" + i / 8;
        }
        Share share = Share.of(Units.clusters("household", Column.Texts.of(keys)), marks);
        assertThat(share.units()).isEqualTo(50);
        // 50 units, less by (t(399) / t(49))^2 for what 50 units know of their variance.
        assertThat(share.effective()).isCloseTo(47.85, within(.05));
        assertThat(Share.of(Units.clusters("household", Column.Texts.of(keys)), new double[400])
                        .exact(0.95)
                        .high()
                        .orElseThrow())
                .isCloseTo(1 - Math.pow(.025, 1 / 50.0), within(.005));
    }

    @Test
    void sharesThatAreBothNothingMayStillDiffer() {
        Share none = Share.of(Units.rows(300), new double[300]);
        Estimate difference = none.absoluteDifference(none, 0.95);
        assertThat(difference.value()).hasValue(0);
        assertThat(difference.low()).hasValue(0);
        assertThat(difference.high().orElseThrow()).isBetween(0.01, 0.02);
    }
}
