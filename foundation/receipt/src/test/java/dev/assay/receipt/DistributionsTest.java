package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.receipt.ColumnSample.Categories;
import dev.assay.receipt.ColumnSample.Numbers;
import dev.assay.receipt.DistributionDrift.Pair;
import dev.assay.receipt.DistributionSettings.Choice;
import dev.assay.receipt.DistributionSettings.Correction;
import dev.assay.receipt.DriftReport.ColumnDrift;
import dev.assay.receipt.DriftReport.Kind;
import dev.assay.receipt.DriftReport.Method;
import dev.assay.testkit.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statistics of two samples against scipy's on real data, their properties, and the rules that choose
/// among them.
class DistributionsTest {
    private static final DistributionSettings RULES = DistributionSettings.standard();

    @TestFactory
    Stream<DynamicTest> statisticsAreThoseOfOtherPrograms() {
        List<Samples.Reference> references = Samples.references();
        assertThat(references).hasSizeGreaterThan(50);
        return references.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.toString(),
                        () -> assertThat(ours(each))
                                .isCloseTo(each.value(), within(Math.max(1e-300, 1e-9 * Math.abs(each.value()))))));
    }

    private static double ours(Samples.Reference each) {
        if (each.column().equals("category")) {
            CellCounts cells = CellCounts.of(Samples.categories(each.reference()), Samples.categories(each.current()));
            return cells(each.statistic(), cells);
        }
        Numbers reference = Samples.numbers(each.reference());
        Numbers current = Samples.numbers(each.current());
        return switch (each.statistic()) {
            case "ks" -> KolmogorovSmirnov.of(reference, current).d();
            case "ks_p" -> KolmogorovSmirnov.of(reference, current).p();
            case "wasserstein" -> Wasserstein.of(reference, current).distance();
            case "wasserstein_normalised" -> Wasserstein.of(reference, current).normalised();
            default -> cells(each.statistic(), CellCounts.of(reference, current));
        };
    }

    private static double cells(String statistic, CellCounts cells) {
        return switch (statistic) {
            case "chi2" -> ChiSquareTest.of(cells).statistic();
            case "df" -> ChiSquareTest.of(cells).df();
            case "chi2_p" -> ChiSquareTest.of(cells).p();
            case "psi" -> StabilityIndex.of(cells).value();
            case "cells" -> cells.cells();
            default -> throw new IllegalArgumentException(statistic);
        };
    }

    @Test
    void theSquareOfZIsChiSquareForTwoValues() {
        CellCounts cells = CellCounts.of(Samples.categories("tau-0"), Samples.categories("tau-1"));
        TwoProportionTest z = TwoProportionTest.of(cells);
        assertThat(z.z() * z.z()).isCloseTo(0.040800, within(1e-6));
        assertThat(z.p()).isCloseTo(0.8399, within(1e-4));
        assertThat(z.p()).isCloseTo(ChiSquareTest.of(cells).p(), within(1e-12));
        assertThat(TwoProportionTest.of(21, 50, 22, 50)).isEqualTo(z);
    }

    private static ColumnDrift judged(ColumnSample reference, ColumnSample current, DistributionSettings settings) {
        return DistributionDrift.of(Map.of("a.b.c", new Pair(reference, current)), settings)
                .getFirst();
    }

    /// The verdicts of the default rules on real data.
    @ParameterizedTest
    @CsvSource({
        "category, tau-0, tau-1, TWO_PROPORTIONS, 0.201989, 0.8399, false",
        "value, tau-0, tau-1, KOLMOGOROV_SMIRNOV, 0.16, 0.507658, false",
        "value, tau-0, tau-3, KOLMOGOROV_SMIRNOV, 0.20, 0.240792, false",
        "value, polyglot, edit, KOLMOGOROV_SMIRNOV, 0.230257, 0.0226486, true",
        "value, 0..9, 3..12, KOLMOGOROV_SMIRNOV, 0.3, 0.675078, "
    })
    void theDefaultRulesJudgeRealData(
            String column, String reference, String current, Method method, double statistic, Double p, Boolean drift) {
        ColumnDrift judged = column.equals("category")
                ? judged(Samples.categories(reference), Samples.categories(current), RULES)
                : judged(Samples.numbers(reference), Samples.numbers(current), RULES);
        assertThat(judged.method()).isEqualTo(method);
        assertThat(judged.kind()).isEqualTo(column.equals("category") ? Kind.CATEGORICAL : Kind.NUMERIC);
        assertThat(judged.statistic()).isCloseTo(statistic, within(1e-5));
        assertThat(judged.p().isPresent()).isEqualTo(p != null);
        judged.p().ifPresent(value -> assertThat(value).isCloseTo(p, within(0.01 * p)));
        assertThat(judged.drift()).isEqualTo(Optional.ofNullable(drift));
        assertThat(judged.psi()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "category, gpt-4o-mini, gemma-2-2b, true",
        "category, llama-3.1-8b, gemma-2-2b, true",
        "value, gpt-4o-mini, gemma-2-2b, true",
        "value, llama-3.1-8b, qwen2-7b, true"
    })
    void largeSamplesAreTestedToo(String column, String reference, String current, boolean drift) {
        ColumnDrift judged = column.equals("category")
                ? judged(Samples.categories(reference), Samples.categories(current), RULES)
                : judged(Samples.numbers(reference), Samples.numbers(current), RULES);
        assertThat(judged.pAdjusted()).isPresent();
        assertThat(judged.effect()).isPresent();
        assertThat(judged.drift()).contains(drift);
    }

    @Test
    void aDifferenceThatMattersToNobodyIsNoDriftHoweverSureItIs() {
        double[] values = DoubleStream.iterate(0, x -> x + 1).limit(200_000).toArray();
        double[] moved = DoubleStream.of(values).map(x -> x + 1_000).toArray();
        ColumnDrift judged = judged(Numbers.of(values), Numbers.of(moved), RULES);
        assertThat(judged.pAdjusted().orElseThrow()).isLessThan(0.05);
        assertThat(judged.drift()).contains(false);
    }

    @Test
    void aShareOfZerosThatGrowsByTenPointsIsSeenInLargeSamples() {
        double[] before = DoubleStream.iterate(0, x -> x + 1)
                .limit(200_000)
                .map(x -> x % 10 < 7 ? 0 : 1 + x / 200_000)
                .toArray();
        double[] after = DoubleStream.iterate(0, x -> x + 1)
                .limit(200_000)
                .map(x -> x % 10 < 8 ? 0 : 1 + x / 200_000)
                .toArray();
        assertThat(judged(Numbers.of(before), Numbers.of(after), RULES).drift()).contains(true);
        assertThat(judged(
                                new Categories(Map.of("0", 140_000L, "1", 60_000L)),
                                new Categories(Map.of("0", 160_000L, "1", 40_000L)),
                                RULES)
                        .drift())
                .contains(true);
    }

    @Test
    void fewerThanThirtyValuesAreMeasuredAndNotJudged() {
        double[] few = new double[29];
        double[] enough = new double[30];
        enough[0] = 1;
        assertThat(judged(Numbers.of(few), Numbers.of(enough), RULES).drift()).isEmpty();
        assertThat(judged(Numbers.of(enough), Numbers.of(few), RULES).drift()).isEmpty();
        assertThat(judged(Numbers.of(enough), Numbers.of(enough), RULES).drift())
                .contains(false);
    }

    @Test
    void upToFiveNumbersCountAsCategories() {
        double[] five = DoubleStream.iterate(0, x -> (x + 1) % 5).limit(100).toArray();
        double[] six = DoubleStream.iterate(0, x -> (x + 1) % 6).limit(100).toArray();
        assertThat(judged(Numbers.of(five), Numbers.of(five), RULES).method()).isEqualTo(Method.CHI_SQUARE);
        assertThat(judged(Numbers.of(six), Numbers.of(six), RULES).method()).isEqualTo(Method.KOLMOGOROV_SMIRNOV);
        double[] two = DoubleStream.iterate(0, x -> (x + 1) % 2).limit(100).toArray();
        assertThat(judged(Numbers.of(two), Numbers.of(two), RULES).method()).isEqualTo(Method.TWO_PROPORTIONS);
        assertThat(judged(Numbers.of(five), Numbers.of(five), RULES).kind()).isEqualTo(Kind.NUMERIC);
    }

    @Test
    void oneValueInBothIsNoDrift() {
        Categories same = new Categories(Map.of("a", 50L));
        ColumnDrift judged = judged(same, same, RULES);
        assertThat(judged.method()).isEqualTo(Method.TWO_PROPORTIONS);
        assertThat(judged.p()).contains(1.0);
        assertThat(judged.drift()).contains(false);
        Categories other = new Categories(Map.of("b", 50L));
        assertThat(judged(same, other, RULES).drift()).contains(true);
    }

    @Test
    void theStabilityIndexSaysHowFarOnlyOnRequestAndNeverWithoutATest() {
        DistributionSettings psi =
                new DistributionSettings(List.of(), 30, 0.05, 0.1, 0.05, Correction.HOLM, Choice.PSI);
        ColumnDrift judged = judged(Samples.numbers("tau-0"), Samples.numbers("tau-1"), psi);
        assertThat(judged.effect().orElseThrow().measure()).isEqualTo(Effect.Measure.PSI);
        assertThat(judged.effect().orElseThrow().value()).isCloseTo(0.368717, within(1e-6));
        // Fifty values a side: the index alone would cry wolf.
        assertThat(judged.p().orElseThrow()).isGreaterThan(0.05);
        assertThat(judged.drift()).contains(false);
        assertThat(judged(Samples.categories("gpt-4o-mini"), Samples.categories("gemma-2-2b"), psi)
                        .drift())
                .contains(true);
    }

    @Test
    void severalTestsAreCorrectedTogetherAndThoseNotJudgedDoNotCount() {
        Pair drifts = new Pair(Samples.numbers("polyglot"), Samples.numbers("edit"));
        Pair same = new Pair(Samples.numbers("tau-0"), Samples.numbers("tau-3"));
        Map<String, Pair> columns = new LinkedHashMap<>();
        columns.put("a.b.drifts", drifts);
        columns.put("a.b.few", new Pair(Samples.numbers("0..9"), Samples.numbers("3..12")));
        columns.put("a.b.same", same);
        List<ColumnDrift> two = DistributionDrift.of(columns, RULES);
        assertThat(two).extracting(ColumnDrift::name).containsExactlyElementsOf(columns.keySet());
        assertThat(two.get(0).p().orElseThrow()).isCloseTo(0.0226486, within(1e-6));
        assertThat(two.get(0).pAdjusted().orElseThrow()).isCloseTo(2 * 0.0226486, within(2e-6));
        assertThat(two.get(0).drift()).contains(true);
        assertThat(two.get(1).pAdjusted()).isEmpty();
        assertThat(two.get(1).drift()).isEmpty();
        assertThat(two.get(2).pAdjusted()).isEqualTo(two.get(2).p());

        columns.put("a.b.third", same);
        assertThat(DistributionDrift.of(columns, RULES).getFirst().drift()).contains(false);
        DistributionSettings plain =
                new DistributionSettings(List.of(), 30, 0.05, 0.1, 0.05, Correction.NONE, Choice.BY_KIND);
        assertThat(DistributionDrift.of(columns, plain).getFirst().drift()).contains(true);
    }

    @Test
    void holmIsThePublishedCorrection() {
        assertThat(Holm.adjusted(List.of())).isEmpty();
        // R 4.2: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.9), "holm")
        List<Double> adjusted = Holm.adjusted(List.of(0.01, 0.04, 0.03, 0.005, 0.9));
        List<Double> expected = List.of(0.04, 0.09, 0.09, 0.025, 0.9);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(adjusted.get(i)).isCloseTo(expected.get(i), within(1e-15));
        }
        assertThat(Holm.adjusted(List.of(0.5, 0.6))).containsExactly(1.0, 1.0);
        assertThatIllegalArgumentException().isThrownBy(() -> Holm.adjusted(List.of(Double.NaN)));
        assertThatIllegalArgumentException().isThrownBy(() -> Holm.adjusted(List.of(1.5)));
    }

    @Test
    void emptySharesAreFilledOnEachSideAlone() {
        // By hand: 0 of 4 becomes 0.0001, 4 of 4 stays 1.
        double expected = (0.5 - 1) * Math.log(0.5) + (0.5 - 0.0001) * Math.log(0.5 / 0.0001);
        assertThat(StabilityIndex.of(CellCounts.of(new long[] {2, 2}, new long[] {4, 0}))
                        .value())
                .isCloseTo(expected, within(1e-12));
        // 1 of 20000 is no larger than 0.0001, so a millionth of it is used.
        double small = 1.0 / 20_000;
        double first = (small - 0.5) * Math.log(small / 0.5);
        double second = ((1 - small) - 0.5) * Math.log((1 - small) / 0.5);
        double third = (small / 1e6 - 0.0001) * Math.log(small / 1e6 / 0.0001);
        assertThat(StabilityIndex.of(CellCounts.of(new long[] {1, 19_999, 0}, new long[] {5, 5, 0}))
                        .value())
                .isCloseTo(first + second + third, within(1e-9));
    }

    @Test
    void binsAreSturgesOverBothSamplesAndTheLastIsClosed() {
        double[] reference = DoubleStream.iterate(0, x -> x + 1).limit(32).toArray();
        CellCounts cells = CellCounts.of(Numbers.of(reference), Numbers.of(reference));
        // ceil(log2 64) + 1 = 7 bins from 0 to 31.
        assertThat(cells.cells()).isEqualTo(7);
        assertThat(cells.reference(0)).isEqualTo(5);
        assertThat(cells.reference(6)).isEqualTo(5);
        assertThat(cells.referenceTotal()).isEqualTo(32);
        double[] twenty = DoubleStream.iterate(0, x -> (x + 1) % 20).limit(200).toArray();
        assertThat(CellCounts.of(Numbers.of(twenty), Numbers.of(twenty)).cells())
                .isEqualTo(20);
    }

    @Test
    void identicalSamplesAreAtDistanceZeroAndSwappingThemChangesNothingThatIsSymmetric() {
        Property.holds(60, seed -> {
            RandomGenerator random = seed.generator();
            Numbers a = numbers(random);
            Numbers b = numbers(random);
            assertThat(KolmogorovSmirnov.of(a, a)).isEqualTo(new KolmogorovSmirnov(0, 1));
            assertThat(Wasserstein.of(a, a).distance()).isZero();
            assertThat(KolmogorovSmirnov.of(a, b)).isEqualTo(KolmogorovSmirnov.of(b, a));
            double distance = Wasserstein.of(a, b).distance();
            assertThat(Wasserstein.of(b, a).distance()).isCloseTo(distance, within(1e-9 * (1 + distance)));
            CellCounts cells = CellCounts.of(a, b);
            CellCounts swapped = CellCounts.of(b, a);
            assertThat(cells.referenceTotal()).isEqualTo(a.n());
            assertThat(swapped.referenceTotal()).isEqualTo(b.n());
            assertThat(ChiSquareTest.of(cells).statistic())
                    .isCloseTo(ChiSquareTest.of(swapped).statistic(), within(1e-9 * (1 + cells.referenceTotal())));
            assertThat(StabilityIndex.of(cells).value()).isGreaterThanOrEqualTo(0);
        });
    }

    @Test
    void theWassersteinDistanceOfAShiftIsTheShift() {
        Property.holds(40, seed -> {
            RandomGenerator random = seed.generator();
            double[] values = random.doubles(random.nextInt(1, 200)).toArray();
            double shift = random.nextDouble(-5, 5);
            double[] moved = DoubleStream.of(values).map(x -> x + shift).toArray();
            assertThat(Wasserstein.of(Numbers.of(values), Numbers.of(moved)).distance())
                    .isCloseTo(Math.abs(shift), within(1e-12));
        });
    }

    private static Numbers numbers(RandomGenerator random) {
        int n = random.nextInt(1, 300);
        boolean ties = random.nextBoolean();
        return Numbers.of(
                random.doubles(n, -3, 3).map(x -> ties ? Math.rint(x) : x).toArray());
    }

    @Test
    void pValuesAreUniformWhereNothingDrifted() {
        // Without ties or few values the tests must neither cry wolf nor sleep.
        List<Double> p = new ArrayList<>();
        Property.holds(400, seed -> {
            RandomGenerator random = seed.generator();
            p.add(KolmogorovSmirnov.of(
                            Numbers.of(random.doubles(100).toArray()),
                            Numbers.of(random.doubles(150).toArray()))
                    .p());
        });
        long small = p.stream().filter(each -> each <= 0.05).count();
        assertThat(small).isBetween(6L, 38L);
    }

    @Test
    void numbersOfAnySizeHaveFiniteStatistics() {
        double big = Double.MAX_VALUE;
        Numbers reference = Numbers.of(DoubleStream.iterate(-30, x -> x + 1)
                .limit(61)
                .map(x -> x / 30 * big)
                .toArray());
        Numbers current = Numbers.of(DoubleStream.iterate(-30, x -> x + 1)
                .limit(61)
                .map(x -> x / 60 * big)
                .toArray());
        for (ColumnDrift each : List.of(
                judged(reference, current, RULES),
                judged(
                        reference,
                        current,
                        new DistributionSettings(List.of(), 30, 0.05, 0.1, 0.05, Correction.HOLM, Choice.PSI)))) {
            assertThat(each.statistic()).isFinite().isPositive();
            assertThat(each.psi().orElseThrow()).isFinite();
        }
        assertThat(Wasserstein.of(reference, current).normalised()).isBetween(0.1, 1.0);
        assertThat(Wasserstein.of(Numbers.of(5, 5, 5), Numbers.of(5, 5, 5.5)).normalised())
                .isCloseTo(0.5 / 3 / Wasserstein.SMALLEST_SD, within(1e-9));
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        Numbers some = Numbers.of(1, 2);
        Numbers none = Numbers.of();
        assertThatIllegalArgumentException().isThrownBy(() -> Numbers.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Numbers.of(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> KolmogorovSmirnov.of(some, none));
        assertThatIllegalArgumentException().isThrownBy(() -> Wasserstein.of(none, some));
        assertThatIllegalArgumentException().isThrownBy(() -> CellCounts.of(none, some));
        assertThatIllegalArgumentException().isThrownBy(() -> CellCounts.of(new long[] {1}, new long[] {1, 2}));
        assertThatIllegalArgumentException().isThrownBy(() -> CellCounts.of(new long[] {1}, new long[] {-1}));
        assertThatIllegalArgumentException().isThrownBy(() -> TwoProportionTest.of(3, 2, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TwoProportionTest.of(CellCounts.of(new long[] {1, 2, 3}, new long[] {1, 2, 3})));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pair(some, new Categories(Map.of("1", 2L))));
    }

    @ParameterizedTest
    @CsvSource({"a.b", "a..c", ".b.c", "a.b.", "abc", "''"})
    void aColumnIsStageArtefactAndName(String column) {
        assertThatIllegalArgumentException().isThrownBy(() -> DistributionSettings.standard(List.of(column)));
    }

    @Test
    void aColumnsNameMayHaveDots() {
        assertThat(DistributionSettings.parts("score.evidence.text.length"))
                .isEqualTo(new DistributionSettings.Place("score", "evidence", "text.length"));
        assertThatIllegalArgumentException().isThrownBy(() -> DistributionSettings.standard(List.of("a.b.c", "a.b.c")));
    }
}
