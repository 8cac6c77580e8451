package dev.assay.weigh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCalibrationTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static CalibrationProblem survey(String set) {
        return CalibrationProblem.of(Survey.design(), Survey.designWeights(), Survey.targets(set));
    }

    private static CalibrationResult solve(GradientSettings settings, CalibrationProblem problem) {
        return GradientCalibration.solve(settings, problem, ENGINE, Progress.none());
    }

    /// The loss is that of raking with costs: `sum_i d_i G(g_i) + sum_j (cost / 2) e_j^2` with
    /// `cost = 2 sum d / (mu K)`, which Newton's method minimises to rounding.
    @ParameterizedTest
    @ValueSource(strings = {"full_file_total", "published_total"})
    void findsTheOptimumOfPenalisedRaking(String set) {
        CalibrationProblem problem = survey(set);
        double mu = 0.3;
        double cost = 2
                * Arrays.stream(problem.designWeights()).sum()
                / (mu * problem.targets().size());
        CalibrationResult exact = Calibration.solve(
                CalibrationSettings.raking().withTolerance(1e-12),
                problem.withTargets(new Targets(problem.targets().list().stream()
                        .map(t -> t.withCost(cost))
                        .toList())),
                ENGINE,
                Progress.none());
        GradientSettings settings =
                GradientSettings.defaults().withDistance(mu).withEpochs(6_000).withLearningRate(0.005);
        // The best epoch by the greatest error need not be the last: the loss is what is compared.
        List<Epoch> epochs = new ArrayList<>();
        GradientCalibration.solve(settings, problem, ENGINE, Progress.none(), epochs::add, Optional.empty());
        double least = loss(problem, exact.weights(), mu);
        assertThat(epochs.getLast().loss()).isBetween(least * (1 - 1e-9), least * (1 + 1e-4));
        assertThat(loss(problem, solve(settings, problem).weights(), mu)).isGreaterThan(least * (1 - 1e-9));
    }

    private static double loss(CalibrationProblem problem, double[] w, double mu) {
        double[] totals = new double[problem.targets().size()];
        double distance = 0;
        double sum = 0;
        for (RowBlock block : problem.design().blocks()) {
            for (int r = 0; r < block.rows(); r++) {
                int i = block.first() + r;
                block.scatter(r, w[i], totals);
                double d = problem.designWeights()[i];
                distance += w[i] * Math.log(w[i] / d) - w[i] + d;
                sum += d;
            }
        }
        double misfit = 0;
        for (int j = 0; j < totals.length; j++) {
            double e = (totals[j] - problem.targets().get(j).value())
                    / problem.targets().get(j).scale();
            misfit += e * e / totals.length;
        }
        return misfit + mu * distance / sum;
    }

    @Test
    void comesNearTargetsThatCanBeMet() {
        CalibrationResult near = solve(
                GradientSettings.defaults().withDistance(0).withEpochs(3_000).withTolerance(1e-4),
                survey("full_file_total"));
        assertThat(near.status()).as(near.explanation()).isEqualTo(CalibrationStatus.CONVERGED);
        assertThat(near.maxError()).isLessThan(1e-4);

        CalibrationResult result = solve(GradientSettings.defaults().withDistance(0), survey("published_total"));
        assertThat(result.converged()).as(result.explanation()).isTrue();
        assertThat(Arrays.stream(result.weights()).allMatch(w -> w > 0)).isTrue();
        assertThat(result.history()).hasSize(1_000);
        // The stored weights are the best of all epochs.
        double best =
                result.history().stream().mapToDouble(Iteration::maxError).min().orElseThrow();
        assertThat(result.maxError()).isCloseTo(best, org.assertj.core.data.Percentage.withPercentage(1e-3));
    }

    @Test
    void zeroAndNegativeTargetsAreOrdinary() {
        double[][] x = {{1, 1, 0}, {1, -1, 0}, {1, 0, 1}, {1, 0, 1}};
        CalibrationProblem problem =
                CalibrationProblem.of(Design.fromDense(x), new double[] {1, 1, 1, 1}, Targets.of(3, -1.2, 0));
        CalibrationResult result = solve(
                GradientSettings.defaults()
                        .withDistance(0)
                        .withEpochs(3_000)
                        .withLearningRate(0.1)
                        .withTolerance(0.05),
                problem);
        assertThat(result.converged()).as(result.explanation()).isTrue();
        assertThat(result.targets().get(1).after()).isBetween(-1.23, -1.17);
        assertThat(result.targets().get(2).after()).isBetween(0.0, 0.05);
    }

    @Test
    void boundsHoldAndMissedTargetsAreSaid() {
        CalibrationResult result =
                solve(GradientSettings.defaults().withBounds(Bounds.ofRatio(0.9, 1.1)), survey("published_total"));
        assertThat(result.status()).isEqualTo(CalibrationStatus.NOT_CONVERGED);
        assertThat(result.status().weightColumn()).isEqualTo("weight_unverified");
        assertThat(result.distribution().ratio().min()).isGreaterThanOrEqualTo(0.9 * (1 - 1e-15));
        assertThat(result.distribution().ratio().max()).isLessThanOrEqualTo(1.1 * (1 + 1e-15));
        assertThat(result.distribution().atLower() + result.distribution().atUpper())
                .isPositive();
    }

    @Test
    void batchesJoinOneAfterTheOther() {
        List<Epoch> epochs = new ArrayList<>();
        List<List<Integer>> batches = List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
        CalibrationResult result = GradientCalibration.solve(
                GradientSettings.defaults().withDistance(0).withBatches(batches).withTolerance(1e-3),
                survey("full_file_total"),
                ENGINE,
                Progress.none(),
                epochs::add,
                Optional.empty());
        assertThat(result.converged()).isTrue();
        assertThat(epochs).hasSize(2_000);
        assertThat(epochs.get(1_000).batch()).isEqualTo(1);
        refused(GradientSettings.defaults().withBatches(List.of(List.of(0, 0))), "column 0");
        refused(GradientSettings.defaults().withBatches(List.of(List.of(14))), "column 14");
        refused(GradientSettings.defaults().withGroups(List.of(1)), "one group a target");
    }

    @Test
    void aRunThatCannotReachItsTargetsIsRefused() {
        refused(GradientSettings.defaults().withEpochs(10).withLearningRate(0.001), "'a19_24' needs a factor");
    }

    private static void refused(GradientSettings settings, String message) {
        Fault fault = catchThrowableOfType(Fault.class, () -> solve(settings, survey("published_total")));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault.getMessage()).contains(message);
    }

    @Test
    void threadsDoNotChangeABit() {
        CalibrationProblem problem = blocks();
        List<double[]> weights = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            try (LocalEngine engine = LocalEngine.of(threads)) {
                weights.add(GradientCalibration.solve(
                                GradientSettings.defaults().withEpochs(40).withLearningRate(0.05),
                                problem,
                                engine,
                                Progress.none())
                        .weights());
            }
        }
        assertThat(weights.get(1)).isEqualTo(weights.get(0));
        assertThat(weights.get(2)).isEqualTo(weights.get(0));
    }

    /// Three blocks of rows.
    static CalibrationProblem blocks() {
        int n = 2 * Design.BLOCK_ROWS + 100;
        Design.Builder design = Design.builder(5);
        double[] d = new double[n];
        double[] totals = new double[5];
        for (int i = 0; i < n; i++) {
            d[i] = 1 + (i * 31 % 17) / 16.0;
            int[] ids = {0, 1 + i % 4};
            double[] values = {1, 1 + i % 3};
            design.row(2, ids, values);
            totals[0] += d[i] * (i % 5 == 0 ? 1.3 : 0.9);
            totals[ids[1]] += values[1] * d[i] * (i % 5 == 0 ? 1.3 : 0.9);
        }
        return CalibrationProblem.of(design.build(), d, Targets.of(totals));
    }

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Consumer<Epoch> stopAt(int batch, int epoch) {
        return e -> {
            if (e.batch() == batch && e.epoch() == epoch) {
                throw new Stop();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 29, 30, 31, 58})
    void aResumedRunIsTheUninterruptedOne(int stop) throws Exception {
        CalibrationProblem problem = survey("full_file_total");
        GradientSettings settings = GradientSettings.defaults()
                .withEpochs(30)
                .withLearningRate(0.05)
                .withBatches(List.of(List.of(0, 1, 2, 3, 4, 5), List.of(6, 7, 8, 9, 10, 11, 12, 13)));
        List<Epoch> all = new ArrayList<>();
        CalibrationResult whole =
                GradientCalibration.solve(settings, problem, ENGINE, Progress.none(), all::add, Optional.empty());
        Path file = folder.resolve("run" + stop + ".ckpt");
        Checkpointing every = new Checkpointing(file, 4);
        assertThatThrownBy(() -> GradientCalibration.solve(
                        settings,
                        problem,
                        ENGINE,
                        Progress.none(),
                        stopAt((stop - 1) / 30, (stop - 1) % 30 + 1),
                        Optional.of(every)))
                .isInstanceOf(Stop.class);
        List<Epoch> told = new ArrayList<>();
        CalibrationResult resumed =
                GradientCalibration.solve(settings, problem, ENGINE, Progress.none(), told::add, Optional.of(every));
        assertThat(told).isEqualTo(all);
        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
        assertThat(resumed.targets()).isEqualTo(whole.targets());
        assertThat(Files.exists(folder.resolve("run" + stop + ".ckpt.writing"))).isFalse();
    }

    @Test
    void aCheckpointOfAnotherRunIsRefusedNamingWhatDiffers() throws Exception {
        Path file = folder.resolve("a.ckpt");
        Optional<Checkpointing> checkpoint = Optional.of(new Checkpointing(file, 5));
        GradientSettings settings = GradientSettings.defaults().withEpochs(20).withLearningRate(0.1);
        CalibrationProblem problem = survey("full_file_total");
        GradientCalibration.solve(settings, problem, ENGINE, Progress.none(), e -> {}, checkpoint);

        mismatch(settings.withDistance(0), problem, checkpoint, "settings");
        mismatch(settings, survey("published_total"), checkpoint, "targets");
        double[] heavier = problem.designWeights().clone();
        heavier[7] *= 2;
        mismatch(settings, problem.withDesignWeights(heavier), checkpoint, "rows");

        byte[] bytes = Files.readAllBytes(file);
        for (byte[] broken : List.of(
                Arrays.copyOf(bytes, bytes.length / 2), Arrays.copyOf(bytes, 10), new byte[0], flipped(bytes))) {
            Files.write(file, broken);
            Fault fault = catchThrowableOfType(
                    Fault.class,
                    () -> GradientCalibration.solve(settings, problem, ENGINE, Progress.none(), e -> {}, checkpoint));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
        }
    }

    @Test
    void aCheckpointThatIsNoGoodIsWrittenOverWhereThatIsAskedFor() throws Exception {
        GradientSettings settings = GradientSettings.defaults().withEpochs(20).withLearningRate(0.1);
        CalibrationProblem problem = survey("full_file_total");
        CalibrationResult whole = solve(settings, problem);
        Path file = folder.resolve("own.ckpt");
        Checkpointing own = new Checkpointing(file, 5).writingOverOthers();
        GradientCalibration.solve(
                settings.withDistance(0), problem, ENGINE, Progress.none(), e -> {}, Optional.of(own));
        byte[] foreign = Files.readAllBytes(file);
        for (byte[] bad : List.of(foreign, Arrays.copyOf(foreign, 10), new byte[0], flipped(foreign))) {
            Files.write(file, bad);
            CalibrationResult anew =
                    GradientCalibration.solve(settings, problem, ENGINE, Progress.none(), e -> {}, Optional.of(own));
            assertThat(anew.weights()).isEqualTo(whole.weights());
            assertThat(anew.history()).isEqualTo(whole.history());
            assertThat(Files.readAllBytes(file)).isNotEqualTo(bad);
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        other[bytes.length / 2] ^= 1;
        return other;
    }

    private static void mismatch(
            GradientSettings settings, CalibrationProblem problem, Optional<Checkpointing> checkpoint, String field) {
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> GradientCalibration.solve(settings, problem, ENGINE, Progress.none(), e -> {}, checkpoint));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.VERIFICATION);
        assertThat(fault.getMessage()).contains("other " + field);
    }
}
