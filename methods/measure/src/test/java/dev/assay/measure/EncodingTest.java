package dev.assay.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.testkit.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {
    private static final Frame TRAINING = Frame.empty()
            .with("age", Column.Doubles.of(10, 20, 30, Double.NaN))
            .with("rooms", Column.Longs.of(4, 4, 4, 4))
            .with("owner", Column.Booleans.of(true, false, true, false))
            .with("region", Column.Texts.of("north", "south", null, "north"));

    private static final List<String> ALL = List.of("age", "rooms", "owner", "region");

    @Test
    void trainingRowsComeOutByHand() {
        Encoding encoding = Encoding.fit(TRAINING, ALL);
        assertThat(encoding.names())
                .containsExactly(
                        "age", "age missing", "rooms", "owner", "region missing", "region=north", "region=south");
        assertThat(encoding.constantColumns()).isEqualTo(1);
        Encoding.Encoded encoded = encoding.encode(TRAINING);
        double s = Math.sqrt(1.5);
        assertThat(encoded.points().toArray())
                .containsExactly(
                        new double[] {
                            -s, 0, 0, 1, 0, 1, 0, //
                            0, 0, 0, 0, 0, 0, 1, //
                            s, 0, 0, 1, 1, 0, 0, //
                            0, 1, 0, 0, 0, 1, 0
                        },
                        within(1e-15));
        assertThat(encoded.meansFilled()).isEqualTo(1);
        assertThat(encoded.unknownLevels()).isZero();
    }

    @Test
    void otherRowsUseTheScaleOfTrainingAndWhatIsUnknownIsCounted() {
        Frame other = Frame.empty()
                .with("age", Column.Doubles.of(40, 20))
                .with("rooms", Column.Longs.of(9, 4))
                .with("owner", Column.Booleans.of(true, false))
                .with("region", Column.Texts.of("west", "south"));
        Encoding.Encoded encoded = Encoding.fit(TRAINING, ALL).encode(other);
        assertThat(encoded.points().value(0, 0)).isCloseTo(2 * Math.sqrt(1.5), within(1e-15));
        assertThat(encoded.points().value(0, 2)).isZero();
        assertThat(encoded.unknownLevels()).isEqualTo(1);
    }

    @Test
    void scaledTrainingColumnsHaveMeanZeroAndVarianceOne() {
        Property.holds(20, seed -> {
            double[] x = seed.generator().doubles(300, 1e6, 1e6 + 5).toArray();
            Points scaled = Scaling.fit(Points.of(x.clone(), 3)).apply(Points.of(x, 3));
            for (int c = 0; c < 3; c++) {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < 100; i++) {
                    sum += scaled.value(i, c);
                    squares += scaled.value(i, c) * scaled.value(i, c);
                }
                assertThat(sum).isCloseTo(0, within(1e-6));
                assertThat(squares / 100).isCloseTo(1, within(1e-9));
            }
        });
    }

    @Test
    void infiniteCellsAreNamed() {
        Frame bad = TRAINING.with("age", Column.Doubles.of(1, 2, Double.POSITIVE_INFINITY, 3));
        assertThatThrownBy(() -> Encoding.fit(bad, ALL))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("'age'")
                .hasMessageContaining("row 2");
        assertThatThrownBy(() -> Encoding.fit(TRAINING.at(new int[0]), ALL)).isInstanceOf(Fault.class);
    }
}
