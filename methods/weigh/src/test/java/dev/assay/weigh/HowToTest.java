package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The lines of Java on the how-to page are those that are run here.
class HowToTest {
    private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");

    @Test
    void theExampleGivesTheseWeights() {
        try (Engine engine = LocalEngine.of(2)) {
            Design design = Design.fromDense(new double[][] {{1, 1}, {1, 1}, {1, 0}, {1, 0}});
            Targets targets = Targets.of(40, 30);
            CalibrationProblem problem = CalibrationProblem.of(design, new double[] {10, 10, 10, 10}, targets);
            CalibrationResult result =
                    Calibration.solve(CalibrationSettings.raking(), problem, engine, Progress.none());
            double[] weights = result.weights(); // 15, 15, 5, 5
            assertThat(weights).containsExactly(new double[] {15, 15, 5, 5}, within(1e-9));
        }
    }

    @Test
    void thePageShowsIt() throws Exception {
        String here = stripped(Files.readString(Path.of("src/test/java/dev/assay/weigh/HowToTest.java")));
        Matcher example = JAVA.matcher(Files.readString(Path.of("../../docs/how-to/calibrate-weights.md")));
        assertThat(example.find()).isTrue();
        assertThat(here).contains(stripped(example.group(1)));
    }

    private static String stripped(String text) {
        return text.replaceAll("\\s+", "");
    }
}
