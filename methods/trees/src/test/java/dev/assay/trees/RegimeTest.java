package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegimeTest {
    @ParameterizedTest
    @CsvSource({
        "300, 400, 300, THREE_SIGN, 0",
        "0, 900, 100, ZI_POSITIVE, 0",
        "9, 900, 91, ZI_POSITIVE, 9",
        "100, 900, 0, ZI_NEGATIVE, 0",
        "500, 0, 500, SIGN_ONLY, 0",
        "0, 9, 991, POSITIVE_ONLY, 9",
        "1000, 0, 0, NEGATIVE_ONLY, 0",
        "0, 1000, 0, DEGENERATE_ZERO, 0",
        "0, 0, 0, DEGENERATE_ZERO, 0",
        "50, 9900, 50, THREE_SIGN, 0",
        "5, 3, 2, NEGATIVE_ONLY, 5",
        "5, 5, 5, DEGENERATE_ZERO, 10",
        "5, 3, 5, POSITIVE_ONLY, 8",
    })
    void followsFromCounts(long negative, long zero, long positive, Regime expected, long excluded) {
        SignCounts counts = SignCounts.of(negative, zero, positive);
        Regime regime = Regime.of(counts, RegimeSettings.DEFAULT);
        assertThat(regime).isEqualTo(expected);
        assertThat(regime.excludedRows(counts)).isEqualTo(excluded);
    }

    @Test
    void aShareRuleErasesRareSigns() {
        SignCounts counts = SignCounts.of(50, 9900, 50);
        Regime regime = Regime.of(counts, new RegimeSettings(1e-6, 10, 0.01, true));
        assertThat(regime).isEqualTo(Regime.DEGENERATE_ZERO);
        assertThat(regime.excludedRows(counts)).isEqualTo(100);
    }

    @Test
    void sharesAreWeighted() {
        double[] y = new double[100];
        double[] w = new double[100];
        for (int i = 0; i < 100; i++) {
            y[i] = i < 20 ? 1 : 0;
            w[i] = i < 20 ? 1 : 100;
        }
        SignCounts counts = SignCounts.of(y, w, 1e-6);
        assertThat(counts.positive()).isEqualTo(20);
        assertThat(Regime.of(counts, new RegimeSettings(1e-6, 10, 0.01, true))).isEqualTo(Regime.DEGENERATE_ZERO);
        assertThat(Regime.of(counts, RegimeSettings.DEFAULT)).isEqualTo(Regime.ZI_POSITIVE);
    }

    @Test
    void capitalGainsAndLossesAreZeroInflatedAndPositive() {
        Frame people = Adult.people();
        SignCounts gain = SignCounts.of(people.numbers("capital_gain"), Adult.ones(people.rows()), 1e-6);
        SignCounts loss = SignCounts.of(people.numbers("capital_loss"), Adult.ones(people.rows()), 1e-6);
        assertThat(gain.positive()).isEqualTo(2_538);
        assertThat(loss.positive()).isEqualTo(1_427);
        assertThat(gain.zero()).isEqualTo(30_162 - 2_538);
        assertThat(loss.zero()).isEqualTo(30_162 - 1_427);
        assertThat(Regime.of(gain, RegimeSettings.DEFAULT)).isEqualTo(Regime.ZI_POSITIVE);
        assertThat(Regime.of(loss, RegimeSettings.DEFAULT)).isEqualTo(Regime.ZI_POSITIVE);
    }
}
