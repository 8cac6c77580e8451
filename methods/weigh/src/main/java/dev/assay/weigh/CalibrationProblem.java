package dev.assay.weigh;

import dev.assay.fault.Fault;
import java.util.Arrays;
import java.util.Optional;

/// What is to be calibrated: rows with design weights, what each contributes to each target, and the
/// targets.
///
/// The arrays are kept, not copied, because they can be large; nobody may write to them.
///
/// @param design        `[rows, targets]`
/// @param designWeights `[rows]` finite, 0 or more; a row of weight 0 keeps weight 0
/// @param q             `[rows]` finite and positive: the greater, the farther a row's weight may move
/// @param targets       one a column of the design
/// @param rowBounds     ratio bounds of single rows beside those of the settings, if there are any
/// @param start         `[targets]` multipliers to start from, such as those of an earlier result; else 0
public record CalibrationProblem(
        Design design,
        double[] designWeights,
        double[] q,
        Targets targets,
        Optional<RowBounds> rowBounds,
        Optional<double[]> start) {
    /// @throws Fault (BAD_DATA) naming the first row whose design weight or q is out of range
    /// @throws IllegalArgumentException if lengths differ or a multiplier is not finite
    public CalibrationProblem {
        if (designWeights.length != design.rows() || q.length != design.rows()) {
            throw new IllegalArgumentException("the design has " + design.rows() + " rows, there are "
                    + designWeights.length + " design weights and " + q.length + " values of q");
        }
        if (targets.size() != design.columns()) {
            throw new IllegalArgumentException(
                    "the design has " + design.columns() + " columns, there are " + targets.size() + " targets");
        }
        if (rowBounds.isPresent() && rowBounds.get().lower().length != design.rows()) {
            throw new IllegalArgumentException("the design has " + design.rows() + " rows, there are "
                    + rowBounds.get().lower().length + " bounds of rows");
        }
        if (start.isPresent()
                && (start.get().length != targets.size()
                        || !Arrays.stream(start.get()).allMatch(Double::isFinite))) {
            throw new IllegalArgumentException("there must be one finite starting multiplier a target");
        }
        for (int i = 0; i < q.length; i++) {
            if (!(designWeights[i] >= 0) || Double.isInfinite(designWeights[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "The design weight of row " + (i + 1)
                                + " must be a finite number of 0 or more; correct or remove it.");
            }
            if (!(q[i] > 0) || Double.isInfinite(q[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "The scale q of row " + (i + 1) + " must be a finite number above 0; correct or remove it.");
            }
        }
    }

    /// A problem with `q = 1`, no bounds of single rows, from multipliers 0.
    ///
    /// @throws Fault (BAD_DATA) naming the first row whose design weight is out of range
    /// @throws IllegalArgumentException if lengths differ
    public static CalibrationProblem of(Design design, double[] designWeights, Targets targets) {
        double[] q = new double[design.rows()];
        Arrays.fill(q, 1);
        return new CalibrationProblem(design, designWeights, q, targets, Optional.empty(), Optional.empty());
    }

    /// This problem with other scales.
    public CalibrationProblem withQ(double[] newQ) {
        return new CalibrationProblem(design, designWeights, newQ, targets, rowBounds, start);
    }

    /// This problem with bounds of single rows.
    public CalibrationProblem withRowBounds(RowBounds newBounds) {
        return new CalibrationProblem(design, designWeights, q, targets, Optional.of(newBounds), start);
    }

    /// This problem without bounds of single rows.
    public CalibrationProblem withoutRowBounds() {
        return new CalibrationProblem(design, designWeights, q, targets, Optional.empty(), start);
    }

    /// This problem started from the multipliers of another result with the same targets: a good start saves
    /// steps when weights or values changed a little, and changes nothing else.
    public CalibrationProblem startingAt(double[] multipliers) {
        return new CalibrationProblem(design, designWeights, q, targets, rowBounds, Optional.of(multipliers));
    }

    /// This problem with other design weights.
    public CalibrationProblem withDesignWeights(double[] newWeights) {
        return new CalibrationProblem(design, newWeights, q, targets, rowBounds, start);
    }

    /// This problem with other targets of the same number.
    public CalibrationProblem withTargets(Targets newTargets) {
        return new CalibrationProblem(design, designWeights, q, newTargets, rowBounds, start);
    }

    /// The least ratio of weight to design weight that distance, bounds and the row's own bounds allow a
    /// row.
    public double lowerRatio(Distance distance, Bounds bounds, int row) {
        double lower = Math.max(distance.naturalLower(), bounds.lowerRatio(designWeights[row]));
        return rowBounds.isPresent() ? Math.max(lower, rowBounds.get().lower()[row]) : lower;
    }

    /// The greatest ratio of weight to design weight that bounds and the row's own bounds allow a row.
    public double upperRatio(Bounds bounds, int row) {
        double upper = bounds.upperRatio(designWeights[row]);
        return rowBounds.isPresent() ? Math.min(upper, rowBounds.get().upper()[row]) : upper;
    }

    /// The least weight that these settings allow a row.
    public double leastWeight(CalibrationSettings settings, int row) {
        double lower = lowerRatio(settings.distance(), settings.bounds(), row);
        return settings.bounds().clip(designWeights[row] * lower);
    }

    /// The greatest weight that these settings allow a row.
    public double greatestWeight(CalibrationSettings settings, int row) {
        return settings.bounds().clip(designWeights[row] * upperRatio(settings.bounds(), row));
    }
}
