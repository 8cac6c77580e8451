package dev.assay.report;

import dev.assay.chance.Seed;
import dev.assay.study.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Charts as a study of the Adult census extract shows them. The categories are those of the data set; the
/// numbers are made up, near enough to real ones that the page can be judged by eye.
final class SampleFigures {
    static final List<String> METHODS = List.of("zi-qrf", "cart", "independent", "bootstrap");

    private static final Seed SEED = Seed.of(20_261_121);
    private static final String NOTE =
            "Share of rows in each category. A method is good where its bars match the grey.";

    private SampleFigures() {}

    static List<Figure> marginals() {
        List<Figure> all = new ArrayList<>();
        all.add(histogram("age", 17, 90, 24, 37, 13));
        all.add(bars(
                "workclass",
                List.of(
                        "Private",
                        "Self-emp-not-inc",
                        "Local-gov",
                        "?",
                        "State-gov",
                        "Self-emp-inc",
                        "Federal-gov",
                        "Without-pay",
                        "Never-worked")));
        all.add(histogram("fnlwgt", 12_285, 1_490_400, 24, 170_000, 110_000));
        all.add(bars(
                "education",
                List.of(
                        "HS-grad",
                        "Some-college",
                        "Bachelors",
                        "Masters",
                        "Assoc-voc",
                        "11th",
                        "Assoc-acdm",
                        "10th",
                        "7th-8th",
                        "Prof-school",
                        "9th",
                        "12th",
                        "Doctorate",
                        "5th-6th",
                        "1st-4th",
                        "Preschool")));
        all.add(histogram("education-num", 1, 17, 16, 10, 2.6));
        all.add(bars(
                "marital-status",
                List.of(
                        "Married-civ-spouse",
                        "Never-married",
                        "Divorced",
                        "Separated",
                        "Widowed",
                        "Married-spouse-absent",
                        "Married-AF-spouse")));
        all.add(bars(
                "occupation",
                List.of(
                        "Prof-specialty",
                        "Craft-repair",
                        "Exec-managerial",
                        "Adm-clerical",
                        "Sales",
                        "Other-service",
                        "Machine-op-inspct",
                        "?",
                        "Transport-moving",
                        "Handlers-cleaners",
                        "Farming-fishing",
                        "Tech-support",
                        "Protective-serv",
                        "Priv-house-serv",
                        "Armed-Forces")));
        all.add(bars(
                "relationship",
                List.of("Husband", "Not-in-family", "Own-child", "Unmarried", "Wife", "Other-relative")));
        all.add(bars("race", List.of("White", "Black", "Asian-Pac-Islander", "Amer-Indian-Eskimo", "Other")));
        all.add(bars("sex", List.of("Male", "Female")));
        all.add(histogram("capital-gain", 0, 99_999, 20, 0, 9_000));
        all.add(histogram("capital-loss", 0, 4_356, 20, 0, 700));
        all.add(histogram("hours-per-week", 1, 99, 24, 40, 9));
        all.add(countries());
        return all;
    }

    static Figure prdc() {
        RandomGenerator random = SEED.child("prdc").generator();
        double[][] centre = {
            {0.962, 0.948, 0.981, 0.934},
            {0.951, 0.917, 0.944, 0.902},
            {0.611, 0.873, 0.318, 0.402},
            {0.998, 0.861, 1.042, 0.842}
        };
        List<Figure.IntervalSeries> series = new ArrayList<>();
        for (int m = 0; m < METHODS.size(); m++) {
            List<Double> values = new ArrayList<>();
            List<Double> low = new ArrayList<>();
            List<Double> high = new ArrayList<>();
            for (double v : centre[m]) {
                double half = 0.006 + 0.006 * random.nextDouble();
                values.add(v);
                low.add(v - half);
                high.add(v + half * 1.1);
            }
            series.add(new Figure.IntervalSeries(METHODS.get(m), values, low, high));
        }
        return new Figure.Intervals(
                "Precision, recall, density and coverage by method",
                "Nearest five neighbours, 3 016 held-out rows; 95 % intervals over 1 000 resamples of rows. Higher is better.",
                "score",
                List.of("precision", "recall", "density", "coverage"),
                series);
    }

    static Figure coverageByColumn() {
        RandomGenerator random = SEED.child("columns").generator();
        List<String> columns = marginals().stream().map(Figure::title).toList();
        List<Figure.IntervalSeries> series = new ArrayList<>();
        for (String method : List.of("zi-qrf", "cart")) {
            List<Double> values = new ArrayList<>();
            List<Double> low = new ArrayList<>();
            List<Double> high = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                double v = 0.01 + 0.05 * random.nextDouble() * (method.equals("cart") ? 1.4 : 1);
                values.add(v);
                low.add(v * 0.8);
                high.add(v * 1.25);
            }
            series.add(new Figure.IntervalSeries(method, values, low, high));
        }
        return new Figure.Intervals(
                "Wasserstein distance of each column",
                "Normalised by the spread of the held-out sample. Lower is better.",
                "normalised distance",
                columns,
                series);
    }

    static Figure weightRatios() {
        RandomGenerator random = SEED.child("weights").generator();
        List<Double> edges = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (int i = 0; i <= 40; i++) {
            edges.add(0.2 + i * 0.07);
        }
        for (int i = 0; i < 40; i++) {
            double x = edges.get(i) + 0.035;
            counts.add((double) Math.round(
                    9_000 * Math.exp(-Math.pow(Math.log(x) / 0.42, 2) / 2) * (0.9 + 0.2 * random.nextDouble())));
        }
        return new Figure.Histogram(
                "Weight ratios after calibration",
                "Final weight over design weight. Ratios stay within the bounds 0.2 and 3.",
                "final weight / design weight",
                "rows",
                edges,
                List.of(new Figure.Series("rows", counts)));
    }

    static Figure targetErrors() {
        RandomGenerator random = SEED.child("targets").generator();
        List<String> targets = new ArrayList<>();
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        for (String sex : List.of("women", "men")) {
            for (String age : List.of("17 to 24", "25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 and over")) {
                targets.add("population, " + sex + " aged " + age);
                before.add(100 * (0.02 + 0.11 * random.nextDouble()));
                after.add(100 * 0.0015 * random.nextDouble());
            }
        }
        return new Figure.Bars(
                "Relative error of the targets",
                "Absolute relative error of each published total before and after raking.",
                "target",
                "absolute relative error, %",
                targets,
                List.of(new Figure.Series("before", before), new Figure.Series("after", after)));
    }

    static Figure convergence() {
        List<Double> x = new ArrayList<>();
        List<Double> worst = new ArrayList<>();
        List<Double> mean = new ArrayList<>();
        for (int i = 1; i <= 24; i++) {
            x.add((double) i);
            worst.add(0.4 * Math.exp(-0.9 * i) + 1e-12);
            mean.add(0.09 * Math.exp(-0.93 * i));
        }
        return new Figure.Lines(
                "Convergence of the calibration",
                "Relative error against the targets after each Newton step.",
                "step",
                "relative error",
                true,
                x,
                List.of(new Figure.Series("worst target", worst), new Figure.Series("mean target", mean)));
    }

    static Figure targetPlane() {
        RandomGenerator random = SEED.child("plane").generator();
        List<Figure.PointSeries> series = new ArrayList<>();
        for (String name : List.of("before", "after")) {
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                double total = Math.pow(10, 2 + 4.5 * random.nextDouble());
                x.add(total);
                y.add(total * (name.equals("after") ? 1 : Math.exp(0.5 * random.nextGaussian())));
                labels.add("target " + (i + 1));
            }
            series.add(new Figure.PointSeries(name, x, y, labels));
        }
        return new Figure.Points(
                "Estimated against published totals",
                "On the diagonal the two agree.",
                "published total",
                "estimated total",
                true,
                true,
                series);
    }

    static Figure tradeOff() {
        return new Figure.Points(
                "Fidelity against disclosure",
                "Each mark is a method; right and low is better.",
                "coverage",
                "exact matches with the training sample, %",
                false,
                false,
                List.of(
                        new Figure.PointSeries("zi-qrf", List.of(0.934), List.of(0.41), List.of("zi-qrf")),
                        new Figure.PointSeries("cart", List.of(0.902), List.of(0.77), List.of("cart")),
                        new Figure.PointSeries("independent", List.of(0.402), List.of(0.02), List.of("independent")),
                        new Figure.PointSeries("bootstrap", List.of(0.842), List.of(9.8), List.of("bootstrap"))));
    }

    private static Figure countries() {
        List<String> names =
                new ArrayList<>(List.of("United-States", "Mexico", "?", "Philippines", "Germany", "Canada"));
        names.addAll(List.of("Puerto-Rico", "El-Salvador", "India", "Cuba", "England", "Jamaica", "South", "China"));
        names.addAll(List.of("Italy", "Dominican-Republic", "Vietnam", "Guatemala", "Japan", "Poland", "Columbia"));
        names.addAll(List.of("Taiwan", "Haiti", "Iran", "Portugal", "Nicaragua", "Peru", "France", "Greece"));
        names.addAll(List.of("Ecuador", "Ireland", "Hong", "Cambodia", "Trinadad&Tobago", "Thailand", "Laos"));
        names.addAll(List.of("Yugoslavia", "Outlying-US(Guam-USVI-etc)", "Hungary", "Honduras", "Scotland"));
        return bars("native-country", names);
    }

    private static Figure bars(String column, List<String> categories) {
        RandomGenerator random = SEED.child(column).generator();
        double[] shares = new double[categories.size()];
        double total = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.exp(-4.2 * i / Math.max(4, shares.length)) * (0.7 + 0.6 * random.nextDouble());
            total += shares[i];
        }
        List<Figure.Series> series = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("real"));
        names.addAll(METHODS);
        for (String name : names) {
            double spread = name.equals("real") ? 0 : name.equals("independent") ? 0.06 : 0.12;
            List<Double> values = new ArrayList<>();
            for (double share : shares) {
                values.add(Math.max(0, share / total * (1 + spread * random.nextGaussian())));
            }
            series.add(new Figure.Series(name, values));
        }
        return new Figure.Bars(column, NOTE, column, "share of rows", categories, series);
    }

    private static Figure histogram(String column, double low, double high, int bins, double mode, double spread) {
        RandomGenerator random = SEED.child(column).generator();
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i <= bins; i++) {
            edges.add(low + (high - low) * i / bins);
        }
        double[] shares = new double[bins];
        double total = 0;
        for (int i = 0; i < bins; i++) {
            double z = ((edges.get(i) + edges.get(i + 1)) / 2 - mode) / spread;
            shares[i] = Math.exp(-z * z / (z > 0 ? 3.2 : 1.4)) + 0.004;
            total += shares[i];
        }
        List<Figure.Series> series = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("real"));
        names.addAll(METHODS);
        for (String name : names) {
            List<Double> values = new ArrayList<>();
            for (double share : shares) {
                double wobble = name.equals("real") ? 1 : 1 + 0.1 * random.nextGaussian();
                values.add(Math.max(0, share / total * wobble));
            }
            series.add(new Figure.Series(name, values));
        }
        return new Figure.Histogram(column, "", column, "share of rows", edges, series);
    }
}
