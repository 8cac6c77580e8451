package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparseSelectionTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);
    private static final Seed SEED = Seed.of(3);

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static CalibrationProblem survey() {
        return CalibrationProblem.of(Survey.design(), Survey.designWeights(), Survey.targets("full_file_total"));
    }

    private static SelectionResult select(SparseSettings settings) {
        return SparseSelection.select(settings, survey(), SEED, ENGINE, Progress.none());
    }

    @ParameterizedTest
    @CsvSource({
        "0.6666666666666666, -1, 0.6453352217131145, 0.11891062856762757",
        "0.6666666666666666, 1, 0.9307712206016908, 0.8810893714323723",
        "0.35, 0, 0.6983100453672503, 0.5",
        "0.35, -1, 0.4599021308394664, 0",
        "0.5, -1, 0.5495735062437387, 0.043043506426541034",
        "0.5, 3, 0.9852106425306064, 1"
    })
    void gatesHaveTheirClosedForms(double beta, double location, double open, double value) {
        assertThat(SparseSelection.openProbability(location, beta)).isCloseTo(open, within(1e-12));
        assertThat(SparseSelection.gate(location, beta)).isCloseTo(value, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.6666666666666666, 0.3471570428576355", "0.35, 0.22455445875473698", "0.5, 0.29961381591086733"})
    void drawsHaveTheirClosedForm(double beta, double value) {
        assertThat(SparseSelection.gate(0.5, beta, 0.3)).isCloseTo(value, within(1e-12));
    }

    @Test
    void gatesAreExactlyZeroAndOneBeyondTheThreshold() {
        double threshold = 2.0 / 3 * Math.log(11);
        assertThat(-threshold).isCloseTo(-1.598596848532247, within(1e-12));
        assertThat(SparseSelection.gate(-threshold, 2.0 / 3)).isZero();
        assertThat(SparseSelection.gate(-threshold + 1e-9, 2.0 / 3)).isPositive();
        assertThat(SparseSelection.gate(threshold, 2.0 / 3)).isEqualTo(1);
        assertThat(SparseSelection.gate(threshold - 1e-9, 2.0 / 3)).isLessThan(1);
    }

    /// The share of draws above 0 is the probability of an open gate.
    @Test
    void drawsAreOpenAsOftenAsTheySay() {
        var random = Seed.of(5).generator();
        int n = 200_000;
        for (double location : new double[] {-1, 0, 0.7}) {
            int open = 0;
            for (int i = 0; i < n; i++) {
                open += SparseSelection.gate(location, 0.35, random.nextDouble()) > 0 ? 1 : 0;
            }
            double p = SparseSelection.openProbability(location, 0.35);
            assertThat((double) open / n).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / n)));
        }
    }

    @Test
    void fewRowsMeetTheTargetsExactly() {
        SelectionResult chosen =
                select(SparseSettings.defaults().withEpochs(400).withTargetRows(200));
        CalibrationResult result = chosen.result();

        assertThat(result.status()).as(result.explanation()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(result.maxError()).isLessThan(1e-9);
        assertThat(chosen.activeRows()).isBetween(180, 220);
        assertThat(result.weights()).hasSize(2_000);
        assertThat(Arrays.stream(result.weights()).filter(w -> w == 0).count()).isEqualTo(2_000 - chosen.activeRows());
        assertThat(Arrays.stream(result.weights()).allMatch(w -> w >= 0)).isTrue();
        assertThat(chosen.trials()).hasSizeBetween(1, 12);
        assertThat(chosen.trials()).anyMatch(t -> t.sparsity() == chosen.sparsity());
        // No target lost its last row.
        assertThat(result.targets()).allMatch(t -> t.effectiveRows() > 0);
    }

    @Test
    void aHigherPriceKeepsFewerRows() {
        List<Integer> active = new ArrayList<>();
        for (double price : new double[] {0, 1e-3, 1e-1}) {
            active.add(select(SparseSettings.defaults()
                            .withEpochs(200)
                            .withSparsity(price)
                            .withPolish(Bounds.none()))
                    .activeRows());
        }
        assertThat(active.get(0)).isEqualTo(2_000);
        assertThat(active.get(1)).isLessThan(2_000);
        assertThat(active.get(2)).isLessThan(active.get(1));
    }

    @Test
    void pricesComeInStages() {
        List<Epoch> epochs = new ArrayList<>();
        SparseSelection.select(
                SparseSettings.defaults().withEpochs(100).withSparsity(1e-3).withPolish(Bounds.none()),
                survey(),
                SEED,
                ENGINE,
                Progress.none(),
                epochs::add,
                Optional.empty());
        assertThat(epochs).hasSize(100);
        assertThat(epochs.get(19).sparsity()).isZero();
        assertThat(epochs.get(39).sparsity()).isCloseTo(5e-4, within(1e-12));
        assertThat(epochs.get(59).sparsity()).isCloseTo(1e-3, within(1e-12));
        assertThat(epochs.get(89).sparsity()).isCloseTo(1e-3, within(1e-12));
        assertThat(epochs.get(90).sparsity()).isZero();
        assertThat(epochs.subList(90, 100))
                .allMatch(e -> e.activeRows() == epochs.getLast().activeRows());
    }

    @Test
    void onlyTheFirstBatchPrunes() {
        List<Epoch> epochs = new ArrayList<>();
        SelectionResult chosen = SparseSelection.select(
                SparseSettings.defaults()
                        .withEpochs(200)
                        .withSparsity(3e-2)
                        .withBatches(List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7, 8, 9, 10, 11, 12, 13))),
                survey(),
                SEED,
                ENGINE,
                Progress.none(),
                epochs::add,
                Optional.empty());
        int after = epochs.get(199).activeRows();
        assertThat(after).isLessThan(2_000);
        assertThat(epochs.subList(200, 400)).allMatch(e -> e.activeRows() == after && e.sparsity() == 0);
        assertThat(chosen.activeRows()).isEqualTo(after);
    }

    @Test
    void aRunThatLosesItsSupportStopsAndSaysSo() {
        SelectionResult chosen =
                select(SparseSettings.defaults().withEpochs(200).withSparsity(1e4));
        assertThat(chosen.result().status()).isEqualTo(CalibrationStatus.NOT_CONVERGED);
        assertThat(chosen.trials().getFirst().stopped()).isNotEmpty();
        assertThat(chosen.result().explanation()).contains("stopped because");
        SelectionResult few = select(
                SparseSettings.defaults().withEpochs(200).withSparsity(0.1).withMinRows(1_999));
        assertThat(few.trials().getFirst().stopped()).contains("of at least 1999");
    }

    @Test
    void moreRowsThanThereAreCannotBeKept() {
        Fault fault = catchThrowableOfType(
                Fault.class, () -> select(SparseSettings.defaults().withTargetRows(2_001)));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
    }

    @Test
    void threadsDoNotChangeABit() {
        List<double[]> weights = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            try (LocalEngine engine = LocalEngine.of(threads)) {
                weights.add(SparseSelection.select(
                                SparseSettings.defaults().withEpochs(40).withSparsity(1e-2),
                                GradientCalibrationTest.blocks(),
                                SEED,
                                engine,
                                Progress.none())
                        .result()
                        .weights());
            }
        }
        assertThat(weights.get(1)).isEqualTo(weights.get(0));
        assertThat(weights.get(2)).isEqualTo(weights.get(0));
    }

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 41, 95, 170, 333})
    void aResumedRunIsTheUninterruptedOne(int stop) {
        SparseSettings settings = SparseSettings.defaults().withEpochs(40).withTargetRows(400);
        List<Epoch> all = new ArrayList<>();
        SelectionResult whole =
                SparseSelection.select(settings, survey(), SEED, ENGINE, Progress.none(), all::add, Optional.empty());
        assertThat(all).hasSizeGreaterThan(stop);
        Optional<Checkpointing> every = Optional.of(new Checkpointing(folder.resolve("s" + stop), 7));
        int[] count = {0};
        assertThatThrownBy(() -> SparseSelection.select(
                        settings,
                        survey(),
                        SEED,
                        ENGINE,
                        Progress.none(),
                        e -> {
                            if (++count[0] == stop) {
                                throw new Stop();
                            }
                        },
                        every))
                .isInstanceOf(Stop.class);
        SelectionResult resumed =
                SparseSelection.select(settings, survey(), SEED, ENGINE, Progress.none(), e -> {}, every);
        assertThat(resumed.result().weights()).isEqualTo(whole.result().weights());
        assertThat(resumed.trials()).isEqualTo(whole.trials());
        assertThat(resumed.epochs()).isEqualTo(whole.epochs());
        assertThat(resumed.sparsity()).isEqualTo(whole.sparsity());
        Fault other = catchThrowableOfType(
                Fault.class,
                () -> SparseSelection.select(settings, survey(), Seed.of(4), ENGINE, Progress.none(), e -> {}, every));
        assertThat(other.getMessage()).contains("other seed");
    }

    @Test
    void aResumedRunKnowsWhyPricesBeforeWereGivenUp() {
        SparseSettings settings =
                SparseSettings.defaults().withEpochs(120).withTargetRows(400).withMinRows(380);
        List<Epoch> all = new ArrayList<>();
        SelectionResult whole =
                SparseSelection.select(settings, survey(), SEED, ENGINE, Progress.none(), all::add, Optional.empty());
        assertThat(whole.trials()).anyMatch(trial -> trial.stopped().startsWith("only "));
        Optional<Checkpointing> every = Optional.of(new Checkpointing(folder.resolve("s"), 7));
        int[] count = {0};
        assertThatThrownBy(() -> SparseSelection.select(
                        settings,
                        survey(),
                        SEED,
                        ENGINE,
                        Progress.none(),
                        e -> {
                            if (++count[0] == all.size()) {
                                throw new Stop();
                            }
                        },
                        every))
                .isInstanceOf(Stop.class);

        SelectionResult resumed =
                SparseSelection.select(settings, survey(), SEED, ENGINE, Progress.none(), e -> {}, every);
        assertThat(resumed.trials()).isEqualTo(whole.trials());
        assertThat(resumed.result().weights()).isEqualTo(whole.result().weights());
    }
}
