package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The large problem at 10,000 rows against sums of an independent generator in NumPy.
class GeneratedProblemTest {
    private final String reference = read();

    private static String read() {
        try (InputStream in =
                Objects.requireNonNull(GeneratedProblemTest.class.getResourceAsStream("calibration_10000.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private double number(String name) {
        return number(reference, name);
    }

    private static double number(String text, String name) {
        Matcher found = Pattern.compile("\"" + name + "\": (-?[0-9.e+]+)").matcher(text);
        assertThat(found.find()).as(name).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static void close(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
    }

    @Test
    void theGeneratorIsTheSameAsElsewhere() {
        GeneratedProblem problem = GeneratedProblem.large(10_000);
        GeneratedProblem.Checks checks = problem.checks();

        assertThat((double) problem.design().nonzeros()).isEqualTo(number("nnz"));
        assertThat((double) checks.columnSum()).isEqualTo(number("sum_columns"));
        assertThat((double) checks.weightedColumns()).isEqualTo(number("check"));
        assertThat((double) checks.fewest()).isEqualTo(number("min_row"));
        assertThat((double) checks.most()).isEqualTo(number("max_row"));
        assertThat(checks.firstColumns()).containsExactly(4, 34, 48, 66, 80);
        close(problem.weights()[0], number("row0_d"));
        close(checks.designSum(), number("sum_d"));
        close(checks.trueSum(), number("sum_wstar"));
        close(checks.leastRatio(), number("min_g"));
        close(checks.greatestRatio(), number("max_g"));
        int cut = reference.indexOf("initial_totals");
        for (int j : new int[] {0, 15, 16, 31, 159, 3184, 3200, 3215, 3840, 3999}) {
            close(problem.targets().get(j).value(), number(reference.substring(0, cut), Integer.toString(j)));
            close(checks.before()[j], number(reference.substring(cut), Integer.toString(j)));
        }
        assertThat(problem.targets().list().stream().filter(t -> t.value() < 0).count())
                .isEqualTo((long) number("negative_targets"));
    }
}
