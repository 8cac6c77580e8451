package dev.assay.report;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A report of every part of the page, as a study of the Adult census extract would give it; the numbers are
/// made up.
final class SampleReport {
    private SampleReport() {}

    static Report rich() {
        return new Report(
                "Synthetic microdata from the Adult census extract: fidelity, calibration and disclosure",
                "Four methods synthesise a training sample of 29 305 persons; a held-out tenth says how close each comes. "
                        + "The best one is calibrated to published totals.",
                "adult-four-methods",
                "2026-11-21T010203Z-3f9c2a",
                Instant.parse("2026-11-21T01:02:03Z"),
                754.2,
                RunStatus.FAILED,
                7,
                "0.1.0",
                plan(),
                claims(),
                List.of(read(), synthesise(), fidelity(), calibrate()),
                Optional.of(drift()),
                files());
    }

    private static List<PlanRow> plan() {
        return List.of(
                row(
                        "sample",
                        "microdata.read",
                        "Reads the sample and splits off a held-out tenth",
                        StageStatus.REUSED,
                        0.8,
                        210,
                        32_561,
                        32_561),
                row(
                        "zi-qrf",
                        "microdata.synthesise",
                        "Synthesises by zero-inflated quantile regression forests",
                        StageStatus.PASSED,
                        312.4,
                        1_840,
                        29_305,
                        29_305,
                        "sample"),
                row(
                        "cart",
                        "microdata.synthesise",
                        "Synthesises by classification and regression trees",
                        StageStatus.PASSED,
                        96.1,
                        900,
                        29_305,
                        29_305,
                        "sample"),
                row(
                        "independent",
                        "microdata.synthesise",
                        "Draws every column by itself",
                        StageStatus.REUSED,
                        1.2,
                        320,
                        29_305,
                        29_305,
                        "sample"),
                row(
                        "bootstrap",
                        "microdata.synthesise",
                        "Draws rows of the sample with replacement",
                        StageStatus.PASSED,
                        0.6,
                        300,
                        29_305,
                        29_305,
                        "sample"),
                row(
                        "fidelity",
                        "microdata.fidelity",
                        "Compares the methods with the held-out sample",
                        StageStatus.PASSED,
                        288.0,
                        2_300,
                        29_305,
                        0,
                        "sample",
                        "zi-qrf",
                        "cart",
                        "independent",
                        "bootstrap"),
                row(
                        "weights",
                        "weigh.calibrate",
                        "Calibrates the weights to published totals",
                        StageStatus.PASSED,
                        4.9,
                        640,
                        29_305,
                        29_305,
                        "zi-qrf"),
                new PlanRow(
                        "disclosure",
                        "microdata.disclosure",
                        "Attacks the synthetic rows by linkage",
                        StageStatus.FAILED,
                        "Column 'zip' of the attacker's table is not in the synthetic sample; name its counterpart under 'link'.",
                        OptionalDouble.of(0.3),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        List.of("zi-qrf", "sample")),
                new PlanRow(
                        "release",
                        "microdata.release",
                        "Packs what may be published",
                        StageStatus.SKIPPED,
                        "Needs 'disclosure', which failed.",
                        OptionalDouble.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        List.of("weights", "disclosure", "fidelity")));
    }

    private static PlanRow row(
            String stage,
            String kind,
            String summary,
            StageStatus status,
            double seconds,
            long mebibytes,
            long in,
            long out,
            String... needs) {
        return new PlanRow(
                stage,
                kind,
                summary,
                status,
                status == StageStatus.REUSED ? "Same settings, inputs, seed and code as in an earlier run." : "",
                OptionalDouble.of(seconds),
                OptionalLong.of(mebibytes << 20),
                OptionalLong.of(in),
                OptionalLong.of(out),
                List.of(needs));
    }

    private static List<ClaimRow> claims() {
        return List.of(
                new ClaimRow(
                        "coverage",
                        "ZI-QRF covers the held-out sample",
                        "fidelity.zi-qrf.coverage",
                        "above 0.90",
                        Verdict.HOLDS,
                        Optional.of(coverage("zi-qrf", 0.934, 0.926, 0.941)),
                        "The whole interval lies above 0.90."),
                new ClaimRow(
                        "better-than-cart",
                        "ZI-QRF covers more of the held-out sample than classification and regression trees do",
                        "fidelity.zi-qrf-minus-cart.coverage",
                        "above 0.03",
                        Verdict.UNDECIDED,
                        Optional.of(coverage("difference", 0.032, 0.021, 0.043)),
                        "The interval of the paired difference reaches across 0.03."),
                new ClaimRow(
                        "independent-suffices",
                        "Drawing every column by itself is good enough",
                        "fidelity.independent.coverage",
                        "above 0.80",
                        Verdict.CONTRADICTED,
                        Optional.of(coverage("independent", 0.402, 0.388, 0.417)),
                        ""),
                new ClaimRow(
                        "no-linkage",
                        "No synthetic row can be linked to a person",
                        "disclosure.linked",
                        "below 0.001",
                        Verdict.NOT_MEASURED,
                        Optional.empty(),
                        "Stage 'disclosure' failed."));
    }

    private static Metric coverage(String method, double value, double low, double high) {
        return Metric.estimate(method + ".coverage", value, low, high, 3_016, "row");
    }

    private static StageSection read() {
        return section(
                "sample",
                "microdata.read",
                List.of(setting("persons", "data/adult.csv", false), setting("holdout", "0.1", true)),
                List.of(Metric.exact("rows", 32_561, 32_561)),
                List.of(),
                List.of(),
                List.of(
                        "2 399 rows have an unknown work class or occupation; they are kept as a category of their own."),
                Map.of("records_in", 32_561L, "records_out", 32_537L, "deduped", 24L));
    }

    private static StageSection synthesise() {
        return section(
                "zi-qrf",
                "microdata.synthesise",
                List.of(
                        setting("method", "zi-qrf", false),
                        setting("trees", "100", true),
                        setting("min-leaf", "5", true),
                        setting("order", "[age, sex, race, education, marital-status, occupation]", false)),
                List.of(
                        Metric.exact("trees", 1_400, 14),
                        Metric.exact("leaf-rows", 11.42, 1_400).in("rows"),
                        Metric.absent("out-of-bag.loss", 0, "rows were drawn without replacement")),
                List.of(),
                List.of(),
                List.of(),
                Map.of("records_in", 29_305L, "records_out", 29_305L));
    }

    private static StageSection fidelity() {
        List<Figure> figures = new ArrayList<>();
        figures.add(SampleFigures.prdc());
        figures.addAll(SampleFigures.marginals());
        figures.add(SampleFigures.coverageByColumn());
        figures.add(SampleFigures.tradeOff());
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 260; i++) {
            rows.add(List.of("pair " + (i + 1), 29_305 - 97 * i, 0.412 / (i + 1), 1e-6 * (i + 1), i % 3 == 0));
        }
        return section(
                "fidelity",
                "microdata.fidelity",
                List.of(setting("neighbours", "5", true), setting("resamples", "1000", true)),
                List.of(
                        coverage("zi-qrf", 0.934, 0.926, 0.941),
                        coverage("cart", 0.902, 0.893, 0.911),
                        coverage("independent", 0.402, 0.388, 0.417),
                        coverage("bootstrap", 0.842, 0.831, 0.853)),
                List.of(
                        new Listing(
                                "Methods side by side",
                                "Means over columns; every number is of the held-out sample.",
                                List.of("method", "precision", "recall", "density", "coverage", "W1, mean", "seconds"),
                                List.of(
                                        List.of("zi-qrf", 0.962, 0.948, 0.981, 0.934, 0.0213, 312.4),
                                        List.of("cart", 0.951, 0.917, 0.944, 0.902, 0.0307, 96.1),
                                        List.of("independent", 0.611, 0.873, 0.318, 0.402, 0.0098, 1.2),
                                        List.of("bootstrap", 0.998, 0.861, 1.042, 0.842, 0.0102, 0.6))),
                        new Listing(
                                "Pairs of columns",
                                "Difference of the association between two columns, real against synthetic.",
                                List.of("pair", "rows", "difference", "p", "kept"),
                                rows)),
                figures,
                List.of(),
                Map.of("records_in", 29_305L));
    }

    private static StageSection calibrate() {
        return section(
                "weights",
                "weigh.calibrate",
                List.of(setting("distance", "raking", false), setting("bounds", "[0.2, 3]", false)),
                List.of(
                        Metric.exact("effective-sample", 24_117.6, 29_305).in("rows"),
                        Metric.exact("worst-error", 0.000_000_4, 12),
                        Metric.exact("population", 258_900_000, 12).in("persons")),
                List.of(),
                List.of(
                        SampleFigures.weightRatios(),
                        SampleFigures.convergence(),
                        SampleFigures.targetErrors(),
                        SampleFigures.targetPlane()),
                List.of(),
                Map.of("records_in", 29_305L, "records_out", 29_305L));
    }

    private static StageSection section(
            String stage,
            String kind,
            List<SettingRow> settings,
            List<Metric> metrics,
            List<Listing> listings,
            List<Figure> figures,
            List<String> warnings,
            Map<String, Long> counts) {
        return new StageSection(
                stage,
                kind,
                settings,
                metrics,
                metrics.stream().map(Metric::name).toList(),
                listings,
                figures,
                warnings,
                List.of(),
                counts,
                List.of(new ArtefactRow(
                        "from",
                        "sample.training",
                        digest(stage + " in"),
                        OptionalLong.of(29_305),
                        OptionalLong.of(1_480_221))),
                List.of(new ArtefactRow(
                        stage, stage + ".parquet", digest(stage), OptionalLong.of(29_305), OptionalLong.empty())));
    }

    private static SettingRow setting(String name, String value, boolean isDefault) {
        return new SettingRow(name, value, isDefault);
    }

    private static DriftSummary drift() {
        return new DriftSummary(
                "2026-11-20T221500Z-91be04",
                DriftSummary.Severity.WARN,
                List.of(
                        new DriftRow(
                                "code",
                                "zi-qrf",
                                "0.1.0-a",
                                "0.1.0",
                                DriftSummary.Severity.OK,
                                "Another version of the code."),
                        new DriftRow(
                                "counts",
                                "sample deduped",
                                "0",
                                "24",
                                DriftSummary.Severity.WARN,
                                "More than a fifth from the earlier count.")),
                List.of(
                        new DistributionRow(
                                "sample.table.income",
                                "numeric",
                                "Wasserstein-1 / sd",
                                0.13471,
                                OptionalDouble.empty(),
                                0.1,
                                OptionalDouble.of(0.0213),
                                Optional.of(true),
                                29_305,
                                29_281),
                        new DistributionRow(
                                "sample.table.region",
                                "categorical",
                                "chi-square",
                                3.25,
                                OptionalDouble.of(0.3546),
                                0.05,
                                OptionalDouble.of(0.011),
                                Optional.of(false),
                                800,
                                790),
                        new DistributionRow(
                                "sample.table.sector",
                                "categorical",
                                "two-proportion z",
                                1.2,
                                OptionalDouble.of(0.23),
                                0.05,
                                OptionalDouble.of(0.2),
                                Optional.empty(),
                                25,
                                24)));
    }

    private static List<ReceiptRow> files() {
        return List.of(
                new ReceiptRow("receipts/sample.json", "receipt", digest("r1"), 2_114),
                new ReceiptRow("receipts/zi-qrf.json", "receipt", digest("r2"), 2_840),
                new ReceiptRow("summary.json", "summary of the run", digest("s"), 9_403),
                new ReceiptRow("outputs/zi-qrf.parquet", "synthetic rows", digest("zi-qrf"), 1_522_871));
    }

    /// Sixty-four digits that look like a digest.
    private static String digest(String of) {
        String hex = HexFormat.of().formatHex((of + " of the sample report, padded").getBytes(StandardCharsets.UTF_8));
        return "sha256:" + (hex + hex).substring(0, 64);
    }
}
