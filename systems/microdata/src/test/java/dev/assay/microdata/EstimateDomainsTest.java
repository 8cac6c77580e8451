package dev.assay.microdata;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.EstimateStage.MethodName;
import dev.assay.study.InMemoryContext;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// `weigh.estimate` where cells are missing, domains are small or empty and strata were taken whole.
class EstimateDomainsTest {
    private static final int N = 60;

    @TempDir
    Path folder;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(2);

    private InMemoryContext said;

    @BeforeEach
    void setUp() {
        said = InMemoryContext.of(Seed.of(1), engine, folder);
    }

    /// 59 rows of one stratum and one of another, every fifth value missing, three rows in no domain.
    private static Frame sample() {
        double[] w = new double[N];
        double[] v = new double[N];
        double[] fraction = new double[N];
        String[] stratum = new String[N];
        @Nullable String[] dom = new String[N];
        @Nullable String[] few = new String[N];
        long[] block = new long[N];
        for (int i = 0; i < N; i++) {
            w[i] = 10;
            v[i] = i % 5 == 0 ? Double.NaN : i;
            stratum[i] = i < 59 ? "s1" : "s2";
            fraction[i] = i < 59 ? 0.25 : 1;
            dom[i] = i >= 2 && i <= 4 ? null : i % 2 == 0 ? "d2" : "d1";
            // "one" lies in one block, "row" is a row, "void" has no value at all.
            few[i] = i % 10 == 3 && i < 40 ? "one" : i == 48 ? "row" : i % 5 == 0 ? "void" : "rest";
            block[i] = i < 59 ? i % 10 : 99;
        }
        return Frame.empty()
                .with("w", Column.Doubles.of(w))
                .with("v", Column.Doubles.of(v))
                .with("st", Column.Texts.of(stratum))
                .with("fr", Column.Doubles.of(fraction))
                .with("dom", Column.Texts.of(dom))
                .with("few", Column.Texts.of(few))
                .with("block", Column.Longs.of(block));
    }

    private Frame estimates(Frame sample, Map<String, ?> more) throws Exception {
        Map<String, Object> given = new HashMap<>(Map.of(
                "sample",
                sample,
                "weight",
                "w",
                "targets",
                Files.writeString(folder.resolve("targets.csv"), "table,variable,filter,value\nsample,,,660\n"),
                "distance",
                DistanceName.LINEAR));
        if (more.containsKey("key")) {
            given.put("key", requireNonNull(more.get("key")));
        }
        var made = new CalibrateStage()
                .run(
                        Inputs.of(CalibrateStage.Settings.class, given),
                        InMemoryContext.of(Seed.of(1), engine, folder.resolve("weights")));
        given.put("weights", made.weights());
        given.put("calibration", made.calibration());
        given.putAll(more);
        return new EstimateStage()
                .run(Inputs.of(EstimateStage.Settings.class, given), said)
                .estimates();
    }

    private static double number(Frame estimates, String name, String column) {
        String[] names = new String[estimates.rows()];
        Arrays.setAll(names, i -> requireNonNull(estimates.column("estimate").text(i)));
        int at = List.of(names).indexOf(name);
        assertThat(at).as(name + " in " + List.of(names)).isNotNegative();
        return estimates.column(column).number(at);
    }

    private void nothingIsNoNumber(Frame estimates) {
        for (Listing listing : said.listings()) {
            assertThat(listing.rows().toString()).doesNotContain("NaN", "Infinity");
        }
        for (Metric metric : said.metrics()) {
            metric.value().ifPresent(v -> assertThat(v).isFinite());
            metric.low()
                    .ifPresent(low -> assertThat(low)
                            .as(metric.name())
                            .isLessThan(metric.high().orElseThrow()));
            assertThat(metric.low().isPresent() || !metric.reason().isEmpty()).isTrue();
        }
        for (int i = 0; i < estimates.rows(); i++) {
            assertThat(estimates.column("lower").isMissing(i))
                    .isEqualTo(!estimates.column("remark").isMissing(i));
        }
    }

    /// Against R's survey 4.1.1, `na.rm = TRUE`, a stratum of one unit with a fraction of 1.
    @ParameterizedTest
    @CsvSource({
        "LINEARISED, 1417.12205324492, 2.11467976537, 2.86512148091, 2.95177024012",
        "JACKKNIFE, 1417.12205324492, 2.12382479998, 2.9466719677, 3.03991834253"
    })
    void missingCellsAreADomainAndAreTold(MethodName method, double total, double mean, double d1, double d2)
            throws Exception {
        Frame estimates = estimates(
                sample(),
                Map.of(
                        "totals",
                        List.of("v"),
                        "means",
                        List.of("v"),
                        "by",
                        "dom",
                        "strata",
                        "st",
                        "fraction",
                        "fr",
                        "method",
                        method));

        assertThat(estimates.rows()).isEqualTo(6);
        assertThat(number(estimates, "total v", "value")).isCloseTo(15840, within(1e-6));
        assertThat(number(estimates, "total v", "standard_error")).isCloseTo(total, within(1e-7 * total));
        assertThat(number(estimates, "mean v", "standard_error")).isCloseTo(mean, within(1e-7 * mean));
        assertThat(number(estimates, "mean v, dom = d1", "standard_error")).isCloseTo(d1, within(1e-7 * d1));
        assertThat(number(estimates, "mean v, dom = d2", "standard_error")).isCloseTo(d2, within(1e-7 * d2));
        assertThat(number(estimates, "mean v", "rows")).isEqualTo(48);
        assertThat(number(estimates, "mean v", "rows_without_value")).isEqualTo(12);
        assertThat(number(estimates, "mean v, dom = d1", "rows")).isEqualTo(23);
        assertThat(number(estimates, "mean v, dom = d1", "rows_without_value")).isEqualTo(6);
        assertThat(number(estimates, "mean v", "degrees_of_freedom")).isEqualTo(46);
        assertThat(number(estimates, "mean v, dom = d1", "degrees_of_freedom")).isEqualTo(21);
        assertThat(number(estimates, "mean v, dom = d1", "upper"))
                .isCloseTo(31.17391304348 + 2.07961384472768 * d1, within(1e-6));
        assertThat(said.warnings())
                .filteredOn(w -> w.contains("12 of 60 rows of the sample have no value in 'v'"))
                .hasSize(1);
        assertThat(said.warnings()).anyMatch(w -> w.contains("3 of 60 rows of the sample have no value in 'dom'"));
        nothingIsNoNumber(estimates);
    }

    @ParameterizedTest
    @EnumSource(
            value = MethodName.class,
            names = {"LINEARISED", "JACKKNIFE", "BOOTSTRAP"})
    void smallAndEmptyDomainsHaveNoIntervalAndEndNothing(MethodName method) throws Exception {
        Frame estimates = estimates(
                sample().with("zero", Column.Doubles.of(new double[N])),
                Map.of(
                        "totals",
                        List.of("v", "zero"),
                        "means",
                        List.of("v"),
                        "ratios",
                        List.of("v/w", "w/zero"),
                        "by",
                        "few",
                        "strata",
                        "st",
                        "clusters",
                        "block",
                        "lonely",
                        EstimateStage.LonelyName.DROP,
                        "method",
                        method));

        assertThat(estimates.rows()).isEqualTo(25);
        assertThat(number(estimates, "mean v, few = one", "primary_units")).isEqualTo(1);
        assertThat(number(estimates, "mean v, few = one", "value")).isCloseTo(18, within(1e-9));
        assertThat(number(estimates, "mean v, few = row", "rows")).isEqualTo(1);
        for (String few : List.of("one", "row")) {
            assertThat(number(estimates, "mean v, few = " + few, "standard_error"))
                    .isNaN();
            assertThat(number(estimates, "mean v, few = " + few, "degrees_of_freedom"))
                    .isZero();
            assertThat(number(estimates, "mean v, few = " + few, "lower")).isNaN();
            assertThat(number(estimates, "total v, few = " + few, "lower")).isNaN();
        }
        if (method != MethodName.LINEARISED) {
            assertThat(number(estimates, "mean v, few = one", "replicates_left_out"))
                    .isPositive();
            assertThat(said.warnings()).anyMatch(w -> w.contains("do not exist in all replicates"));
        }
        assertThat(number(estimates, "mean v", "replicates_left_out")).isZero();
        assertThat(number(estimates, "mean v, few = void", "value")).isNaN();
        assertThat(number(estimates, "mean v, few = void", "rows_without_value"))
                .isEqualTo(12);
        assertThat(said.metric("mean-v,-few-=-void").value()).isEmpty();
        assertThat(number(estimates, "ratio w/zero", "value")).isNaN();
        assertThat(number(estimates, "total zero", "value")).isZero();
        assertThat(number(estimates, "total zero", "standard_error")).isNaN();
        assertThat(number(estimates, "mean v", "degrees_of_freedom")).isEqualTo(7);
        assertThat(said.warnings()).anyMatch(w -> w.contains("have no interval"));
        nothingIsNoNumber(estimates);
    }

    @Test
    void personsWithoutAValueAreLeftOutOfTheirHouseholds() throws Exception {
        double[] id = new double[3 * N];
        double[] age = new double[3 * N];
        double[] pay = new double[3 * N];
        for (int p = 0; p < id.length; p++) {
            id[p] = p % N;
            age[p] = p % N == 7 || p % 11 == 4 ? Double.NaN : p % 83;
            pay[p] = p % 13 == 5 ? Double.NaN : 100 + p % 29;
        }
        double[] own = new double[N];
        Arrays.setAll(own, i -> i);
        Frame estimates = estimates(
                sample().with("id", Column.Doubles.of(own)),
                Map.of(
                        "persons",
                        Frame.empty()
                                .with("id", Column.Doubles.of(id))
                                .with("age", Column.Doubles.of(age))
                                .with("pay", Column.Doubles.of(pay)),
                        "key",
                        "id",
                        "totals",
                        List.of("age"),
                        "means",
                        List.of("age"),
                        "ratios",
                        List.of("pay/age", "pay/v")));

        double sum = 0;
        int n = 0;
        double paid = 0;
        double aged = 0;
        int pairs = 0;
        for (int p = 0; p < id.length; p++) {
            boolean known = !Double.isNaN(age[p]);
            sum += known ? age[p] : 0;
            n += known ? 1 : 0;
            boolean pair = known && !Double.isNaN(pay[p]);
            paid += pair ? pay[p] : 0;
            aged += pair ? age[p] : 0;
            pairs += pair ? 1 : 0;
        }
        assertThat(number(estimates, "total age", "value")).isCloseTo(11 * sum, within(1e-6));
        assertThat(number(estimates, "mean age", "value")).isCloseTo(sum / n, within(1e-9));
        assertThat(number(estimates, "mean age", "rows_without_value")).isEqualTo(3 * N - n);
        // Household 7 has no age at all.
        assertThat(number(estimates, "mean age", "rows")).isEqualTo(N - 1);
        assertThat(number(estimates, "ratio pay/age", "value")).isCloseTo(paid / aged, within(1e-9));
        assertThat(number(estimates, "ratio pay/age", "rows_without_value")).isEqualTo(3 * N - pairs);
        // A household's pay beside its own value is known if all its persons' is.
        double top = 0;
        double bottom = 0;
        int units = 0;
        for (int i = 0; i < N; i++) {
            double all = pay[i] + pay[i + N] + pay[i + 2 * N];
            if (i % 5 != 0 && !Double.isNaN(all)) {
                top += all;
                bottom += i;
                units++;
            }
        }
        assertThat(number(estimates, "ratio pay/v", "value")).isCloseTo(top / bottom, within(1e-9));
        assertThat(number(estimates, "ratio pay/v", "rows_without_value")).isEqualTo(N - units);
        assertThat(said.warnings()).anyMatch(w -> w.contains("of 180 persons have no value in 'pay' or 'age'"));
    }

    @Test
    void infiniteCellsAreRefused() {
        double[] cells = new double[N];
        cells[4] = Double.POSITIVE_INFINITY;
        assertThat(catchThrowableOfType(
                                Fault.class,
                                () -> estimates(
                                        sample().with("far", Column.Doubles.of(cells)),
                                        Map.of("means", List.of("far"))))
                        .getMessage())
                .contains("infinite number in column 'far'");
    }
}
