package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every distance promises, with and without bounds.
class DistanceTest {
    private static final double NONE = Double.POSITIVE_INFINITY;
    /// Central differences of width 1e-5 err by some 1e-10; the distances here are of size 1.
    private static final double DIFFERENCE = 1e-8;

    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of(new Distance.Linear(), -NONE, NONE),
                Arguments.of(new Distance.Linear(), 0.3, 4),
                Arguments.of(new Distance.Raking(), 0, NONE),
                Arguments.of(new Distance.Raking(), 0.3, 4),
                Arguments.of(new Distance.Sinh(), 0, NONE),
                Arguments.of(new Distance.Sinh(), 0.3, 4),
                Arguments.of(new Distance.Sinh(0.5), 0, NONE),
                Arguments.of(new Distance.Sinh(2), 0.5, 1.8),
                Arguments.of(new Distance.Logit(), 0, 3),
                Arguments.of(new Distance.Logit(), 0.4, 3));
    }

    @ParameterizedTest
    @MethodSource("all")
    void startAtTheDesignWeight(Distance distance, double lower, double upper) {
        assertThat(distance.ratio(0, lower, upper)).isCloseTo(1, within(1e-15));
        assertThat(distance.slope(0, lower, upper)).isCloseTo(1, within(1e-15));
        assertThat(distance.potential(0, lower, upper)).isCloseTo(0, within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("all")
    void slopeIsTheDerivativeOfTheRatioAndTheRatioThatOfThePotential(Distance distance, double lower, double upper) {
        for (double u = -3.03; u < 3; u += 0.11) {
            double h = 1e-5;
            double rise = distance.potential(u + h, lower, upper) - distance.potential(u - h, lower, upper);
            assertThat(rise / (2 * h)).isCloseTo(distance.ratio(u, lower, upper), within(DIFFERENCE));
            double growth = distance.ratio(u + h, lower, upper) - distance.ratio(u - h, lower, upper);
            assertThat(growth / (2 * h)).isCloseTo(distance.slope(u, lower, upper), within(DIFFERENCE));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void ratiosStayWithinTheBoundsHoweverFarTheyArePushed(Distance distance, double lower, double upper) {
        for (double u : new double[] {-1e6, -800, -40, -1, 0, 1, 40, 600}) {
            assertThat(distance.ratio(u, lower, upper)).isBetween(lower, upper);
            assertThat(distance.slope(u, lower, upper)).isNotNegative().isFinite();
            assertThat(distance.potential(u, lower, upper)).isFinite();
        }
    }

    @Test
    void aRowAtItsBoundIsDecidedOnTheRatio() {
        // ln 1.5 = 0.405: a rule on u would still call the row free.
        assertThat(new Distance.Raking().slope(0.41, 0.5, 1.5)).isZero();
        assertThat(new Distance.Raking().slope(0.40, 0.5, 1.5)).isPositive();
    }
}
