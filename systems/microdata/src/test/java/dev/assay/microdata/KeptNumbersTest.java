package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.SynthesiseStage.Method;
import dev.assay.study.InMemoryContext;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a synthesis keeps of its training rows: small classes, gaps, types, decimals and the shares of
/// rare classes.
class KeptNumbersTest {
    @TempDir
    Path folder;

    private static Frame read(String file) {
        Path path = Path.of("src/test/resources/dev/assay/microdata").resolve(file);
        return Frames.read(path, ReadOptions.DEFAULTS);
    }

    /// Cells that are written in more than one way, 0 and 412.0, are read as texts.
    private static Column numbers(Frame frame, String column) {
        double[] numbers = new double[frame.rows()];
        Arrays.setAll(
                numbers,
                i -> Double.parseDouble(String.valueOf(frame.column(column).text(i))));
        return Column.Doubles.of(numbers);
    }

    private static SynthesiseStage.Settings settings(Frame training, Method method, Map<String, Object> more) {
        Map<String, Object> given =
                new java.util.HashMap<>(Map.of("training", training, "method", method, "trees", 10));
        given.putAll(more);
        return Inputs.of(SynthesiseStage.Settings.class, given);
    }

    private Frame made(Frame training, Method method, Map<String, Object> more) {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(4), 2, folder)) {
            return new SynthesiseStage()
                    .run(settings(training, method, more), context)
                    .synthetic();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFewLargeLossesKeepTheirShareOrAreTold(boolean keep) {
        Frame training = read("few_negatives.csv");
        double[] real = training.numbers("loss");
        double negative = Arrays.stream(real).filter(v -> v < 0).sum();
        double sizes = Arrays.stream(real).map(Math::abs).sum();
        try (InMemoryContext context = InMemoryContext.of(Seed.of(4), 2, folder)) {
            Frame synthetic = new SynthesiseStage()
                    .run(settings(training, Method.ZI_QRF, Map.of("rows", 100_000, "keepFew", keep)), context)
                    .synthetic();
            double[] losses =
                    Arrays.stream(synthetic.numbers("loss")).filter(v -> v < 0).toArray();
            // Nine of 3,000 rows: 300 of 100,000, within five standard errors.
            assertThat(losses.length).isBetween(keep ? 213 : 0, keep ? 387 : 0);
            assertThat(Arrays.stream(losses)).allMatch(v -> Arrays.stream(real).anyMatch(r -> r == v));
            String share = String.format(java.util.Locale.ROOT, "%.1f %%", 100 * -negative / sizes);
            assertThat(context.warnings())
                    .anySatisfy(said -> assertThat(said).contains("'loss'", "9 negative", "0.3 %", share, "keep-few"));
        }
    }

    @Test
    void howManyRowsAreFewIsASetting() {
        Frame synthetic = made(read("few_negatives.csv"), Method.ZI_QRF, Map.of("leastSign", 5, "rows", 20_000));
        double[] real = read("few_negatives.csv").numbers("loss");
        // Modelled: values between the nine occur.
        assertThat(Arrays.stream(synthetic.numbers("loss")).filter(v -> v < 0))
                .anyMatch(v -> Arrays.stream(real).noneMatch(r -> r == v));
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void datesStayDatesAndMultiplesOfAHundredStayMultiples(Method method) {
        Frame days = made(read("dates.csv"), method, Map.of("keepUnique", List.of("born")));
        assertThat(days.column("born")).isInstanceOf(Column.Dates.class);
        assertThat(LocalDate.parse(String.valueOf(days.column("born").text(0)))).isNotNull();

        Frame whole = made(read("whole_doubles.csv"), method, Map.of());
        assertThat(whole.schema()).isEqualTo(read("whole_doubles.csv").schema());
        assertThat(Arrays.stream(whole.numbers("amt"))).allMatch(v -> Double.isNaN(v) || v % 100 == 0);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void nothingIsDrawnInTheGapBetweenLossesAndGains(Method method) {
        Frame synthetic = made(read("two_signs.csv"), method, Map.of());
        double[] net = synthetic.numbers("net");
        assertThat(Arrays.stream(net)).allMatch(v -> v <= -5_000 || v >= 5_000 || Double.isNaN(v));
        double[] real = read("two_signs.csv").numbers("net");
        double share = Arrays.stream(real).filter(v -> v < 0).count() / (double) real.length;
        assertThat(Arrays.stream(net).filter(v -> v < 0).count() / (double) net.length)
                .isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / net.length)));
    }

    @Test
    void numbersThatWereReadAsTextsAreNoClasses() {
        Frame training = read("rare_class.csv");
        try (InMemoryContext context = InMemoryContext.of(Seed.of(4), 2, folder)) {
            Fault fault = catchThrowableOfType(
                    Fault.class, () -> new SynthesiseStage().run(settings(training, Method.ZI_QRF, Map.of()), context));
            assertThat(fault.getMessage())
                    .contains("column 'benefit' holds numbers")
                    .contains("benefit: number");
        }
    }

    @Test
    void aRareClassIsDrawnAtItsShareAndToldWithWhatIsPredicted() {
        Frame training = read("rare_class.csv").with("benefit", numbers(read("rare_class.csv"), "benefit"));
        List<String> given = List.of("age", "hours", "score", "size");
        double[] real = training.numbers("benefit");
        double share = Arrays.stream(real).filter(v -> v > 0).count() / (double) real.length;
        try (InMemoryContext context = InMemoryContext.of(Seed.of(4), 2, folder)) {
            SynthesiseStage.Synthetic made = new SynthesiseStage()
                    .run(settings(training, Method.ZI_QRF, Map.of("conditioning", given, "rows", 60_000)), context);
            double[] drawn = made.synthetic().numbers("benefit");
            double drawnShare = Arrays.stream(drawn).filter(v -> v > 0).count() / (double) drawn.length;
            assertThat(drawnShare / share).isBetween(0.85, 1.2);
            assertThat(context.value("gate.benefit.positive.observed")).isCloseTo(share, within(1e-12));
            assertThat(context.value("gate.benefit.positive.predicted") / share).isBetween(0.95, 1.05);
            assertThat(made.lineage().numbers("nonzero_observed")[0]).isCloseTo(share, within(1e-12));
            // Every row has conditioning columns of its own; a gate that knows its rows by heart gives
            // the amount to copies of recipients only.
            assertThat(context.value("gate.benefit.conditions-of-recipients")).isLessThan(0.5);
        }
    }
}
