package dev.assay.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testkit.Property;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PairedOutcomesTest {
    private static final double LEVEL = 0.95;

    /// Half a unit of the fourth decimal, which is what is published.
    private static final double PUBLISHED = 0.00005 + 1e-12;

    private static void ends(Proportion.Ends ends, double low, double high) {
        assertThat(ends.low()).isCloseTo(low, within(PUBLISHED));
        assertThat(ends.high()).isCloseTo(high, within(PUBLISHED));
    }

    @Test
    void intervalsOfSharesAreThosePublished() {
        // Newcombe 1998, Statistics in Medicine 17, 857-872, table I.
        ends(new Proportion(81, 263).wilson(LEVEL), 0.2553, 0.3662);
        ends(new Proportion(15, 148).wilson(LEVEL), 0.0624, 0.1605);
        ends(new Proportion(0, 20).wilson(LEVEL), 0, 0.1611);
        ends(new Proportion(1, 29).wilson(LEVEL), 0.0061, 0.1718);
        ends(new Proportion(81, 263).clopperPearson(LEVEL), 0.2527, 0.3676);
        ends(new Proportion(15, 148).clopperPearson(LEVEL), 0.0578, 0.1617);
        ends(new Proportion(0, 20).clopperPearson(LEVEL), 0, 0.1684);
        ends(new Proportion(1, 29).clopperPearson(LEVEL), 0.0009, 0.1776);
        // The R package contingencytables.
        ends(new Proportion(13, 16).clopperPearson(LEVEL), 0.5435, 0.9595);
        assertThat(new Proportion(20, 20).wilson(LEVEL).high()).isEqualTo(1);
        assertThat(new Proportion(20, 20).clopperPearson(LEVEL).high()).isEqualTo(1);
    }

    @Test
    void mcNemarIsExact() {
        assertThat(new PairedOutcomes(3, 8, 1, 5).mcNemar()).isEqualTo(0.0390625);
        assertThat(new PairedOutcomes(3, 1, 8, 5).mcNemar()).isEqualTo(0.0390625);
        assertThat(new PairedOutcomes(1, 0, 0, 0).mcNemar()).isEqualTo(1);
        assertThat(new PairedOutcomes(0, 4, 4, 0).mcNemar()).isEqualTo(1);
        // The R package contingencytables, exact conditional test.
        assertThat(new PairedOutcomes(59, 6, 16, 80).mcNemar()).isCloseTo(0.052479, within(5e-7));
    }

    @Test
    void mcNemarAgreesWithWholeNumbers() {
        Property.holds(40, seed -> {
            RandomGenerator random = seed.generator();
            int b = random.nextInt(700);
            int c = random.nextInt(700);
            BigInteger sum = BigInteger.ZERO;
            BigInteger choose = BigInteger.ONE;
            for (int i = 0; i <= Math.min(b, c); i++) {
                sum = sum.add(choose);
                choose = choose.multiply(BigInteger.valueOf(b + c - i)).divide(BigInteger.valueOf(i + 1));
            }
            double expected = Math.min(
                    1,
                    new BigDecimal(sum.multiply(BigInteger.TWO))
                            .divide(new BigDecimal(BigInteger.TWO.pow(b + c)), MathContext.DECIMAL128)
                            .doubleValue());
            assertThat(new PairedOutcomes(0, b, c, 1).mcNemar()).isCloseTo(expected, within(1e-10 * expected + 1e-300));
        });
    }

    @Test
    void theIntervalOfTheDifferenceIsThatPublished() {
        // The R package contingencytables, Tango's asymptotic score interval.
        PairedOutcomes cavo = new PairedOutcomes(59, 6, 16, 80);
        assertThat(cavo.difference()).isCloseTo(-0.0621, within(PUBLISHED));
        ends(cavo.differenceInterval(LEVEL), -0.1240, -0.0054);
        ends(new PairedOutcomes(59, 16, 6, 80).differenceInterval(LEVEL), 0.0054, 0.1240);
    }

    @Test
    void theIntervalHoldsTheDifferenceAndIsWithinItsRange() {
        Property.holds(300, seed -> {
            RandomGenerator random = seed.generator();
            PairedOutcomes outcomes = new PairedOutcomes(
                    random.nextInt(20), random.nextInt(20), random.nextInt(20), 1 + random.nextInt(20));
            Proportion.Ends narrow = outcomes.differenceInterval(0.8);
            Proportion.Ends wide = outcomes.differenceInterval(0.99);
            assertThat(narrow.low()).isLessThanOrEqualTo(outcomes.difference()).isGreaterThanOrEqualTo(wide.low());
            assertThat(narrow.high())
                    .isGreaterThanOrEqualTo(outcomes.difference())
                    .isLessThanOrEqualTo(wide.high());
            assertThat(wide.low()).isGreaterThanOrEqualTo(-1);
            assertThat(wide.high()).isLessThanOrEqualTo(1);
        });
        // Where no task differs the ends are z^2 / (n + z^2).
        Proportion.Ends none = new PairedOutcomes(0, 0, 0, 10).differenceInterval(LEVEL);
        assertThat(none.high()).isCloseTo(3.8414588 / 13.8414588, within(1e-6));
        assertThat(none.low()).isCloseTo(-none.high(), within(1e-9));
        assertThat(new PairedOutcomes(0, 5, 0, 0).differenceInterval(LEVEL).high())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new PairedOutcomes(0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Proportion(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Proportion(1, 2).wilson(1)).isInstanceOf(IllegalArgumentException.class);
    }
}
