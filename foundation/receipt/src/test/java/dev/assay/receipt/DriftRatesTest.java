package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.receipt.ColumnSample.Categories;
import dev.assay.receipt.ColumnSample.Numbers;
import dev.assay.receipt.DistributionDrift.Pair;
import dev.assay.receipt.DriftReport.ColumnDrift;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// How often the default rules tell drift where there is none, and where there is.
///
/// The long form is `./mvnw -pl foundation/receipt -am test -Dtest=DriftRatesTest -Dassay.drift.runs=400
/// -Dsurefire.failIfNoSpecifiedTests=false`; it prints the tables of docs/explanation/intervals.md.
class DriftRatesTest {
    private static final int RUNS = Integer.getInteger("assay.drift.runs", 20);
    private static final int COLUMNS = 20;
    private static final boolean LONG = RUNS > 100;

    /// Kinds of column: normal numbers, long tails, zeros with amounts, many ties, categories of five,
    /// of sixty with rare
    /// ones, yes or no with few yes. `moved` changes each by what the tables say.
    private static ColumnSample sample(int kind, int n, boolean moved, RandomGenerator random) {
        return switch (kind) {
            case 0 -> numbers(n, i -> random.nextGaussian() + (moved ? .2 : 0));
            case 1 -> numbers(n, i -> Math.exp(2 * random.nextGaussian() + (moved ? .4 : 0)));
            case 2 -> numbers(n, i -> random.nextDouble() < (moved ? .8 : .7) ? 0 : Math.exp(random.nextGaussian()));
            case 3 -> numbers(n, i -> Math.floor(10 * Math.pow(random.nextDouble(), moved ? 1.3 : 1)));
            case 4 -> categories(n, i -> (int) (5 * Math.pow(random.nextDouble(), moved ? 1.3 : 1)));
            case 5 -> categories(n, i -> (int) (60 * Math.pow(random.nextDouble(), moved ? 4.5 : 3)));
            default -> categories(n, i -> random.nextDouble() < (moved ? .09 : .02) ? 1 : 0);
        };
    }

    private static final String[] KINDS = {
        "normal, shift of .2 sd",
        "long tail, times 1.5",
        "zeros .7 to .8",
        "ten ties",
        "five categories",
        "sixty, rare",
        "2 % yes to 9 %"
    };

    private static Numbers numbers(int n, java.util.function.IntToDoubleFunction draw) {
        double[] values = new double[n];
        Arrays.setAll(values, draw);
        return Numbers.of(values);
    }

    private static Categories categories(int n, java.util.function.IntUnaryOperator draw) {
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            counts.merge("c" + draw.applyAsInt(i), 1L, Long::sum);
        }
        return new Categories(counts);
    }

    /// Share of runs in which one of twenty columns of one law is told to have drifted.
    private static double falseAlarms(int kind, int n, int m) {
        int told = 0;
        for (int run = 0; run < RUNS; run++) {
            RandomGenerator random =
                    Seed.of(run).child("false").child(kind).child(n).child(m).generator();
            Map<String, Pair> columns = new LinkedHashMap<>();
            for (int c = 0; c < COLUMNS; c++) {
                columns.put("a.b.c" + c, new Pair(sample(kind, n, false, random), sample(kind, m, false, random)));
            }
            told += DistributionDrift.of(columns, DistributionSettings.standard()).stream()
                            .map(ColumnDrift::drift)
                            .anyMatch(drift -> drift.orElse(false))
                    ? 1
                    : 0;
        }
        return told / (double) RUNS;
    }

    private static double power(int kind, int n, int m) {
        int told = 0;
        for (int run = 0; run < RUNS; run++) {
            RandomGenerator random =
                    Seed.of(run).child("power").child(kind).child(n).child(m).generator();
            Pair pair = new Pair(sample(kind, n, false, random), sample(kind, m, true, random));
            told += DistributionDrift.of(Map.of("a.b.c", pair), DistributionSettings.standard())
                            .getFirst()
                            .drift()
                            .orElse(false)
                    ? 1
                    : 0;
        }
        return told / (double) RUNS;
    }

    @Test
    void equalLawsAreLeftAloneAtEverySize() {
        int[][] sizes = LONG
                ? new int[][] {{100, 100}, {1_000, 1_000}, {1_001, 1_001}, {100, 5_000}, {5_000, 5_000}}
                : new int[][] {{200, 200}, {1_001, 1_001}, {60, 2_000}};
        for (int kind = 0; kind < KINDS.length; kind++) {
            StringBuilder row = new StringBuilder("| " + KINDS[kind]);
            for (int[] size : sizes) {
                double rate = falseAlarms(kind, size[0], size[1]);
                row.append(String.format(Locale.ROOT, " | %.3f", rate));
                assertThat(rate)
                        .as(KINDS[kind] + " " + Arrays.toString(size))
                        .isLessThanOrEqualTo(.05 + 4 * Math.sqrt(.05 * .95 / RUNS));
            }
            if (LONG) {
                System.out.println(row + " |");
            }
        }
    }

    @Test
    void lawsApartAreToldApart() {
        int[][] sizes = LONG
                ? new int[][] {{100, 100}, {300, 300}, {1_001, 1_001}, {100, 5_000}, {5_000, 5_000}}
                : new int[][] {{2_000, 2_000}};
        for (int kind = 0; kind < KINDS.length; kind++) {
            StringBuilder row = new StringBuilder("| " + KINDS[kind]);
            for (int[] size : sizes) {
                double rate = power(kind, size[0], size[1]);
                row.append(String.format(Locale.ROOT, " | %.2f", rate));
                if (Math.min(size[0], size[1]) >= 2_000) {
                    assertThat(rate)
                            .as(KINDS[kind] + " " + Arrays.toString(size))
                            .isGreaterThan(.8);
                }
            }
            if (LONG) {
                System.out.println(row + " |");
            }
        }
    }
}
