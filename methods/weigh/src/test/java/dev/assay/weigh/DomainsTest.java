package dev.assay.weigh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import dev.assay.weigh.SampleDesign.LonelyUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Missing cells, domains of few units, strata taken whole, on 60 awkward rows, against R's survey 4.1.1.
class DomainsTest {
    private static final LocalEngine ENGINE = LocalEngine.of(2);
    private static final List<String[]> ROWS = Survey.lines("precision/awkward.csv");
    private static final int N = ROWS.size() - 1;
    private static final double[] W = numbers("w");
    private static final double[] V = numbers("v");
    private static final double[] X = numbers("x");

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static List<String> texts(String column) {
        int at = List.of(ROWS.getFirst()).indexOf(column);
        return ROWS.subList(1, N + 1).stream().map(line -> line[at]).toList();
    }

    private static double[] numbers(String column) {
        return texts(column).stream()
                .mapToDouble(text -> text.isEmpty() ? Double.NaN : Double.parseDouble(text))
                .toArray();
    }

    private static SampleDesign design(boolean corrected, LonelyUnits lonely) {
        return SampleDesign.clustered(
                texts("stratum"), texts("unit"), corrected ? numbers("fraction") : new double[N], lonely);
    }

    private static boolean[] where(IntPredicate rows) {
        boolean[] mask = new boolean[N];
        for (int i = 0; i < N; i++) {
            mask[i] = rows.test(i);
        }
        return mask;
    }

    private static boolean[] domain(String value) {
        List<String> values = texts("domain");
        return where(i -> values.get(i).equals(value));
    }

    private static double[] filled(double[] values) {
        return Arrays.stream(values).map(v -> Double.isNaN(v) ? 0 : v).toArray();
    }

    private static List<Statistic> statistics() {
        boolean[] known = where(i -> !Double.isNaN(V[i]));
        List<Statistic> whole = List.of(
                Statistic.total("total v", filled(V)).within("total v", known),
                Statistic.mean("mean v", filled(V)).within("mean v", known),
                Statistic.ratio("ratio v/x", filled(V), X).within("ratio v/x", known));
        List<Statistic> list = new ArrayList<>(whole);
        list.add(Statistic.total("total x", X));
        list.add(Statistic.mean("mean x", X));
        for (String value : List.of("two", "rest")) {
            whole.forEach(s -> list.add(s.within(s.name() + " " + value, domain(value))));
        }
        return list;
    }

    private static CalibrationProblem problem() {
        double[] size = numbers("size");
        return CalibrationProblem.of(
                Design.fromDense(IntStream.range(0, N)
                        .mapToObj(i -> new double[] {1, size[i]})
                        .toArray(double[][]::new)),
                W,
                Targets.of(200, 480));
    }

    private static final CalibrationSettings RAKING =
            CalibrationSettings.raking().withTolerance(1e-13);

    private static CalibrationResult raked() {
        return Calibration.solve(RAKING, problem(), ENGINE, Progress.none());
    }

    private static ReplicateEstimates replicated(Replication replication, List<Statistic> statistics) {
        return ReplicateEstimates.ofCalibration(
                RAKING, problem(), raked(), replication, statistics, ENGINE, Progress.none(), (w, r) -> {});
    }

    private static List<Estimate> estimates(String name) {
        SampleDesign design = design(!name.contains("dropped"), LonelyUnits.DROP);
        if (name.endsWith("jackknife raking")) {
            return replicated(Replication.jackknife(design), statistics()).estimates();
        }
        if (name.endsWith("jackknife")) {
            return ReplicateEstimates.ofDesign(W, Replication.jackknife(design), statistics())
                    .estimates();
        }
        Precision precision = name.endsWith("raking")
                ? Precision.ofCalibration(problem(), raked().weights(), design, ENGINE)
                : Precision.ofDesign(W, design);
        return precision.estimates(statistics());
    }

    private static Map<String, String[]> theirs(String name) {
        Map<String, String[]> lines = new HashMap<>();
        for (String[] line : Survey.lines("precision/domains.csv")) {
            if (line[0].equals(name)) {
                lines.put(line[1], line);
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linearised",
                "linearised raking",
                "jackknife",
                "jackknife raking",
                "lonely dropped",
                "lonely dropped jackknife"
            })
    void missingCellsAreADomainAndStrataTakenWholeAddNothing(String name) {
        Map<String, String[]> theirs = theirs(name);
        List<Estimate> estimates = estimates(name);
        assertThat(estimates).hasSize(11);
        for (Estimate e : estimates) {
            String[] line = requireNonNull(theirs.get(e.name()));
            double value = Double.parseDouble(line[2]);
            double error = Double.parseDouble(line[3]);
            assertThat(e.value()).as(e.name()).isCloseTo(value, within(1e-9 * value));
            assertThat(e.standardError()).as(e.name()).isCloseTo(error, within(1e-8 * error));
            if (!line[4].equals("NA")) {
                double effect = Double.parseDouble(line[4]);
                assertThat(e.designEffect()).as(e.name()).isCloseTo(effect, within(1e-8 * effect));
            }
            if (!name.contains("jackknife")) {
                assertThat(e.basis().degrees()).as(e.name()).isEqualTo(Integer.parseInt(line[5]));
                if (e.hasInterval()) {
                    assertThat(e.lower()).isCloseTo(Double.parseDouble(line[6]), within(1e-7 * value));
                    assertThat(e.upper()).isCloseTo(Double.parseDouble(line[7]), within(1e-7 * value));
                }
            }
            assertThat(e.hasInterval()).as(e.name()).isEqualTo(!e.name().endsWith("two"));
        }
    }

    /// That package takes the rank of the weights of the replicates where it has lost the design.
    @Test
    void replicatesMadeElsewhereHaveTheDegreesOfFreedomOfTheirRank() {
        Replication own = Replication.jackknife(design(true, LonelyUnits.ERROR));
        double[][] factors =
                IntStream.range(0, own.size()).mapToObj(own::factors).toArray(double[][]::new);
        double[] scales = IntStream.range(0, own.size()).mapToDouble(own::scale).toArray();
        Map<String, String[]> theirs = theirs("jackknife");
        for (Estimate e : ReplicateEstimates.ofDesign(W, Replication.of(factors, scales), statistics())
                .estimates()) {
            assertThat(e.basis().degrees())
                    .as(e.name())
                    .isEqualTo(Integer.parseInt(requireNonNull(theirs.get(e.name()))[5]));
        }
    }

    private enum Method {
        LINEARISED,
        JACKKNIFE,
        BOOTSTRAP,
        CALIBRATED_JACKKNIFE,
        CALIBRATED
    }

    private static Estimate estimate(Method method, Statistic statistic) {
        SampleDesign design = design(true, LonelyUnits.ERROR);
        return switch (method) {
            case LINEARISED -> Precision.ofDesign(W, design).estimate(statistic);
            case CALIBRATED ->
                Precision.ofCalibration(problem(), raked().weights(), design, ENGINE)
                        .estimate(statistic);
            case JACKKNIFE ->
                ReplicateEstimates.ofDesign(W, Replication.jackknife(design), List.of(statistic))
                        .estimates()
                        .getFirst();
            case BOOTSTRAP ->
                ReplicateEstimates.ofDesign(W, Replication.bootstrap(design, 50, Seed.of(3)), List.of(statistic))
                        .estimates()
                        .getFirst();
            case CALIBRATED_JACKKNIFE ->
                replicated(Replication.jackknife(design), List.of(statistic))
                        .estimates()
                        .getFirst();
        };
    }

    @ParameterizedTest
    @EnumSource
    void whatTheSampleCannotTellIsMissingAndSaysWhy(Method method) {
        for (String few : List.of("unit", "row")) {
            Estimate e = estimate(method, Statistic.mean("mean", X).within("mean", domain(few)));
            assertThat(e.value()).isPositive();
            assertThat(e.basis().units()).isEqualTo(1);
            assertThat(e.basis().degrees()).isZero();
            assertThat(e.basis().rows()).isEqualTo(few.equals("row") ? 1 : 3);
            assertThat(e.hasInterval()).isFalse();
            assertThat(e.reason()).contains("one primary unit");
        }
        Estimate none = estimate(method, Statistic.total("total", X).within("total", new boolean[N]));
        assertThat(none.value()).isNaN();
        assertThat(none.reason()).isEqualTo("no row has a value and a weight");
        // A denominator that is 0 but for rounding.
        double[] x = new double[N];
        x[10] = 0.1 / W[10];
        x[11] = 0.2 / W[11];
        x[12] = -0.3 / W[12];
        if (method != Method.CALIBRATED && method != Method.CALIBRATED_JACKKNIFE) {
            Estimate zero = estimate(method, Statistic.ratio("ratio", X, x));
            assertThat(zero.value()).isNaN();
            assertThat(zero.reason()).contains("denominator");
        }
        double[] huge = new double[N];
        Arrays.fill(huge, Double.MAX_VALUE);
        assertThat(estimate(method, Statistic.total("huge", huge)).reason()).contains("greater than any number");
        for (double constant : new double[] {0, 0.1, 1, 3.7}) {
            double[] same = new double[N];
            Arrays.fill(same, constant);
            Estimate mean = estimate(method, Statistic.mean("mean", same));
            assertThat(mean.value()).isCloseTo(constant, within(1e-12));
            assertThat(mean.standardError()).isNaN();
            assertThat(mean.hasInterval()).isFalse();
            assertThat(mean.reason()).isEqualTo("no two primary units differ");
        }
        // A share that few units do not have.
        double[] nearly = new double[N];
        Arrays.fill(nearly, 1);
        nearly[20] = 0;
        assertThat(estimate(method, Statistic.mean("share", nearly)).reason()).contains("one primary unit differs");
        // What was taken whole has no sampling error.
        List<String> strata = texts("stratum");
        Estimate whole = estimate(
                method,
                Statistic.total("total", X)
                        .within("total", where(i -> strata.get(i).equals("C"))));
        if (method != Method.CALIBRATED && method != Method.CALIBRATED_JACKKNIFE) {
            assertThat(whole.standardError()).isZero();
            assertThat(whole.reason()).contains("every primary unit was drawn");
        }
        Estimate target = estimate(method, Statistic.total("size", numbers("size")));
        if (method == Method.CALIBRATED || method == Method.CALIBRATED_JACKKNIFE) {
            assertThat(target.value()).isCloseTo(480, within(1e-6));
            assertThat(target.reason()).contains("the calibration fixes it");
        } else {
            assertThat(target.hasInterval()).isTrue();
        }
    }

    /// Weights of 0 take a row out of the domain and leave it in the design; negative weights count.
    @Test
    void weightsOfZeroAndBelow() {
        double[] w = W.clone();
        List<String> units = texts("unit");
        for (int i = 0; i < N; i++) {
            w[i] = units.get(i).equals("a1") ? 0 : i == 7 ? -0.5 : w[i];
        }
        SampleDesign design = design(true, LonelyUnits.ERROR);
        Estimate mean = Precision.ofDesign(w, design).estimate(Statistic.mean("mean", X));
        Estimate within = Precision.ofDesign(W, design)
                .estimate(Statistic.mean("mean", X)
                        .within("mean", where(i -> !units.get(i).equals("a1"))));
        assertThat(mean.basis().units()).isEqualTo(within.basis().units()).isEqualTo(11);
        assertThat(mean.basis().degrees()).isEqualTo(8);
        assertThat(mean.hasInterval()).isTrue();
        double[] nothing = new double[N];
        Estimate none = Precision.ofDesign(nothing, design).estimate(Statistic.mean("mean", X));
        assertThat(none.value()).isNaN();
        nothing[3] = Double.NaN;
        assertThatIllegalArgumentException().isThrownBy(() -> Precision.ofDesign(nothing, design));
    }

    @Test
    void replicatesWhereADomainIsEmptyAreLeftOutForItAndCounted() {
        Statistic inside = Statistic.ratio("ratio", filled(V), X).within("ratio", domain("unit"));
        Statistic wide = Statistic.mean("mean", X);
        ReplicateEstimates jackknife = ReplicateEstimates.ofDesign(
                W, Replication.jackknife(design(true, LonelyUnits.ERROR)), List.of(inside, wide));
        assertThat(jackknife.replicates()).isEqualTo(11);
        assertThat(jackknife.failed()).isEmpty();
        assertThat(jackknife.estimates())
                .extracting(e -> e.basis().replicatesLeftOut())
                .containsExactly(1, 0);
        // Without a correction some draws leave the unit out, with one none does.
        ReplicateEstimates drawn = ReplicateEstimates.ofDesign(
                W, Replication.bootstrap(design(false, LonelyUnits.DROP), 100, Seed.of(4)), List.of(inside, wide));
        assertThat(drawn.estimates().getFirst().basis().replicatesLeftOut()).isBetween(20, 60);
        assertThat(drawn.estimates().getLast().basis().replicatesLeftOut()).isZero();
    }

    /// The variance over many draws is the linearised one, corrected for the parts drawn.
    @ParameterizedTest
    @CsvSource({"0", "0.5", "0.9"})
    void theBootstrapTakesTheSamplingFractions(double fraction) {
        SampleDesign design = SampleDesign.clustered(
                texts("stratum"),
                texts("unit"),
                texts("stratum").stream()
                        .mapToDouble(s -> s.equals("C") ? 1 : s.equals("A") ? fraction : fraction / 2)
                        .toArray(),
                LonelyUnits.ERROR);
        List<Statistic> totals = List.of(Statistic.total("x", X), Statistic.mean("x", X));
        List<Estimate> linear = Precision.ofDesign(W, design).estimates(totals);
        Replication bootstrap = Replication.bootstrap(design, 4_000, Seed.of(8));
        List<Estimate> drawn = ReplicateEstimates.ofDesign(W, bootstrap, totals).estimates();
        for (int s = 0; s < totals.size(); s++) {
            double error = linear.get(s).standardError();
            assertThat(drawn.get(s).standardError()).isCloseTo(error, within(0.05 * error));
        }
        for (int r = 0; r < 50; r++) {
            assertThat(Arrays.stream(bootstrap.factors(r)).min().orElseThrow()).isNotNegative();
        }
    }

    /// Half samples give a total its linearised variance exactly, also where parts were drawn.
    @ParameterizedTest
    @CsvSource({"0", "0.5"})
    void halfSamplesTakeTheSamplingFractions(double rho) {
        List<String> strata = new ArrayList<>();
        List<String> units = new ArrayList<>();
        double[] fractions = new double[N];
        for (int i = 0; i < N; i++) {
            strata.add(i < 3 ? "whole" : "s" + i % 5);
            units.add("u" + i % 2);
            fractions[i] = i < 3 ? 1 : i % 5 / 6.0;
        }
        SampleDesign design = SampleDesign.clustered(strata, units, fractions, LonelyUnits.ERROR);
        List<Statistic> total = List.of(Statistic.total("x", X));
        Estimate half = ReplicateEstimates.ofDesign(W, Replication.balanced(design, rho), total)
                .estimates()
                .getFirst();
        Estimate linear = Precision.ofDesign(W, design).estimate(total.getFirst());
        assertThat(half.standardError()).isCloseTo(linear.standardError(), within(1e-10 * linear.standardError()));
        assertThat(half.basis().degrees()).isEqualTo(5);
    }

    @Test
    void oneUnitIsRefusedUnlessItWasTakenWholeAndCannotBeCentredByReplicates() {
        assertThat(catchThrowableOfType(Fault.class, () -> design(false, LonelyUnits.ERROR))
                        .getMessage())
                .contains("Stratum 'C' has one primary unit", "taken whole");
        assertThat(design(true, LonelyUnits.ERROR).degreesOfFreedom()).isEqualTo(9);
        SampleDesign centred = design(false, LonelyUnits.CENTRE);
        assertThat(catchThrowableOfType(Fault.class, () -> Replication.jackknife(centred))
                        .getMessage())
                .contains("no replicate can centre it");
        double[] fractions = numbers("fraction");
        fractions[20] = 0.3;
        assertThat(catchThrowableOfType(
                                Fault.class,
                                () -> SampleDesign.clustered(
                                        texts("stratum"), texts("unit"), fractions, LonelyUnits.ERROR))
                        .getMessage())
                .contains("another sampling fraction");
    }

    /// The points of Student's t with 1, 4, 14 and 199 degrees of freedom.
    @ParameterizedTest
    @CsvSource({"1, 12.7062047361747", "4, 2.77644510519779", "14, 2.14478668791780", "199, 1.97195654425175"})
    void intervalsAreByStudentsT(int degrees, double point) {
        double[] y = new double[degrees + 1];
        Arrays.setAll(y, i -> 1 + (i * 7) % 5 + i % 2 / 3.0);
        double[] w = new double[y.length];
        Arrays.fill(w, 1);
        Estimate e = Precision.ofDesign(w, SampleDesign.simple(y.length)).estimate(Statistic.total("y", y));
        assertThat(e.basis().quantile()).isCloseTo(point, within(1e-10 * point));
        assertThat(e.hasInterval()).isEqualTo(y.length >= Estimate.LEAST_UNITS);
        if (e.hasInterval()) {
            assertThat(e.upper() - e.value()).isCloseTo(point * e.standardError(), within(1e-9 * e.value()));
        }
    }

    @Test
    void aDomainOfADomainIsTheirIntersection() {
        Statistic both = Statistic.total("x", X).within("a", where(i -> i < 30)).within("b", where(i -> i >= 20));
        double sum = IntStream.range(20, 30).mapToDouble(i -> W[i] * X[i]).sum();
        assertThat(Precision.ofDesign(W, design(true, LonelyUnits.ERROR))
                        .estimate(both)
                        .value())
                .isCloseTo(sum, within(1e-9));
        assertThat(both.domain()).isNotEqualTo(Optional.empty());
    }

    /// Whatever the sample is like: an interval has two different finite ends, and what is missing has a reason.
    @Test
    void nothingIsSaidThatIsNoNumber() {
        Property.holds(60, seed -> {
            RandomGenerator random = seed.generator();
            int n = 1 + random.nextInt(40);
            List<String> strata = new ArrayList<>();
            List<String> units = new ArrayList<>();
            double[] fractions = new double[n];
            double[] w = new double[n];
            double[] y = new double[n];
            double[] x = new double[n];
            boolean[] domain = new boolean[n];
            int kinds = 1 + random.nextInt(3);
            for (int i = 0; i < n; i++) {
                int h = random.nextInt(kinds);
                strata.add("s" + h);
                units.add("u" + random.nextInt(12));
                fractions[i] = h / 2.0;
                w[i] = random.nextInt(5) == 0 ? 0 : random.nextInt(9) == 0 ? -1 : 1 + random.nextDouble();
                y[i] = random.nextInt(3) - 1;
                x[i] = random.nextInt(4) - 1;
                domain[i] = random.nextInt(3) > 0;
            }
            SampleDesign design = SampleDesign.clustered(strata, units, fractions, LonelyUnits.DROP);
            List<Statistic> whole =
                    List.of(Statistic.total("t", y), Statistic.mean("m", y), Statistic.ratio("r", y, x));
            List<Statistic> all = new ArrayList<>(whole);
            whole.forEach(s -> all.add(s.within(s.name(), domain)));
            List<Estimate> linear = Precision.ofDesign(w, design).estimates(all);
            List<List<Estimate>> every = List.of(
                    linear,
                    ReplicateEstimates.ofDesign(w, Replication.jackknife(design), all)
                            .estimates(),
                    ReplicateEstimates.ofDesign(w, Replication.bootstrap(design, 10, seed), all)
                            .estimates());
            for (List<Estimate> estimates : every) {
                for (int s = 0; s < all.size(); s++) {
                    Estimate e = estimates.get(s);
                    assertThat(Double.compare(e.value(), linear.get(s).value())).isZero();
                    assertThat(e.hasInterval()).isEqualTo(e.reason().isEmpty());
                    assertThat(e.basis().degrees()).isNotNegative();
                    if (e.hasInterval()) {
                        assertThat(e.lower()).isFinite().isLessThan(e.upper());
                        assertThat(e.upper()).isFinite();
                        assertThat(e.basis().units()).isGreaterThanOrEqualTo(Estimate.LEAST_UNITS);
                    }
                    for (double number : new double[] {e.value(), e.standardError(), e.variation(), e.designEffect()}) {
                        assertThat(number).isNotIn(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
                    }
                }
            }
        });
    }
}
