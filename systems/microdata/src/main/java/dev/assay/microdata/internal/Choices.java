package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.CalibrationChoices;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationModel;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Distance;
import dev.assay.weigh.RowBounds;
import dev.assay.weigh.Solver;
import dev.assay.weigh.Targets;
import dev.assay.weigh.ZeroTargets;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/// What was chosen, made into a calibration of a sample.
public final class Choices {
    private Choices() {}

    /// The calibration.
    ///
    /// @throws Fault (BAD_SETTING) if choices contradict each other; (BAD_DATA) naming a column and row
    ///     whose
    ///     cell is out of range
    public static CalibrationModel model(Weighing weighing, CalibrationChoices choices) {
        return new CalibrationModel(
                settings(choices), problem(weighing, choices), choices.cluster().map(weighing::codes));
    }

    /// What is calibrated, without the settings of the solve.
    public static CalibrationProblem problem(Weighing weighing, CalibrationChoices choices) {
        if (choices.q().isPresent() && choices.personDistance()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'q' and 'person-distance' both set the scale of a row; leave one of them out");
        }
        Frame sample = weighing.sample();
        Targets targets = weighing.problem().targets();
        if (choices.cost().isPresent()) {
            targets = new Targets(targets.list().stream()
                    .map(t -> t.isExact() ? t.withCost(choices.cost().get()) : t)
                    .toList());
        }
        CalibrationProblem problem = weighing.calibration().withTargets(targets);
        if (choices.personDistance()) {
            problem = problem.withQ(weighing.problem().memberScales(weighing.personsName()));
        } else if (choices.q().isPresent()) {
            problem = problem.withQ(numbers(weighing, choices.q().get(), v -> v > 0, "finite numbers above 0"));
        }
        if (choices.lowerBound().isPresent() || choices.upperBound().isPresent()) {
            double[] lower = choices.lowerBound()
                    .map(c -> numbers(weighing, c, v -> v <= 1, "numbers of at most 1"))
                    .orElseGet(() -> filled(sample.rows(), Double.NEGATIVE_INFINITY));
            double[] upper = choices.upperBound()
                    .map(c -> numbers(weighing, c, v -> v >= 1, "numbers of at least 1"))
                    .orElseGet(() -> filled(sample.rows(), Double.POSITIVE_INFINITY));
            problem = problem.withRowBounds(new RowBounds(lower, upper));
        }
        return problem;
    }

    private static double[] numbers(Weighing weighing, String column, DoublePredicate allowed, String what) {
        double[] numbers = weighing.sample().numbers(column);
        for (int i = 0; i < numbers.length; i++) {
            if (!allowed.test(numbers[i]) || !Double.isFinite(numbers[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "column '" + column + "' of the sample must hold " + what + ", and " + weighing.sampleRow(i)
                                + " does not; correct it or remove the row");
            }
        }
        return numbers;
    }

    private static CalibrationSettings settings(CalibrationChoices choices) {
        Distance distance = switch (choices.distance()) {
            case LINEAR, TRUNCATED_LINEAR -> new Distance.Linear();
            case RAKING -> new Distance.Raking();
            case LOGIT -> new Distance.Logit();
            case SINH -> new Distance.Sinh(choices.alpha());
        };
        return CalibrationSettings.of(distance, bounds(choices))
                .withTolerance(choices.tolerance())
                .withMaxNewton(choices.maxNewton())
                .withZeroTargets(
                        switch (choices.zeroTargets()) {
                            case ERROR -> ZeroTargets.ERROR;
                            case ZERO_ROWS -> ZeroTargets.ZERO_ROWS;
                            case PENALISE -> ZeroTargets.PENALISE;
                        })
                .withSolver(
                        switch (choices.solver()) {
                            case AUTOMATIC -> Solver.AUTOMATIC;
                            case EXPLICIT -> Solver.EXPLICIT;
                            case CONJUGATE_GRADIENT -> Solver.CONJUGATE_GRADIENT;
                        });
    }

    private static Bounds bounds(CalibrationChoices choices) {
        boolean byRow = choices.lowerBound().isPresent() || choices.upperBound().isPresent();
        if (choices.distance() == DistanceName.TRUNCATED_LINEAR
                && choices.bounds().isEmpty()
                && choices.weightBounds().isEmpty()
                && !byRow) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING, "the truncated linear distance needs bounds, such as --bounds 0.3,3");
        }
        Bounds bounds = Bounds.none();
        List<Double> ratios = choices.bounds();
        if (!ratios.isEmpty()) {
            if (ratios.size() != 2 || !(ratios.get(0) <= 1) || !(ratios.get(1) >= 1)) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "bounds are two numbers, one below and one above 1, such as [0.3, 3]; got " + ratios);
            }
            bounds = Bounds.ofRatio(ratios.get(0), ratios.get(1));
        }
        List<Double> weights = choices.weightBounds();
        if (!weights.isEmpty()) {
            if (weights.size() != 2 || !(weights.get(0) <= weights.get(1))) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "weight-bounds are the least and the greatest weight, such as [50, 3000]; got " + weights);
            }
            bounds = bounds.andWeight(weights.get(0), weights.get(1));
        }
        return bounds;
    }

    private static double[] filled(int rows, double value) {
        double[] filled = new double[rows];
        Arrays.fill(filled, value);
        return filled;
    }
}
