package dev.assay.measure;

import dev.assay.fault.Fault;
import dev.assay.measure.internal.NumberDistances;
import java.util.BitSet;

/// Standardisation of columns: (x - mean) / sd with mean and sd (divisor n) of a training part, applied
/// to any other.
///
/// A column that is constant in training carries no scale: it becomes 0 everywhere and is counted.
public final class Scaling {
    /// A power of two by which a column is divided before anything else, so that nothing overflows.
    private final double[] scale;
    /// Of the divided column.
    private final double[] mean;
    private final double[] deviation;
    private final BitSet constant;

    private Scaling(double[] scale, double[] mean, double[] deviation, BitSet constant) {
        this.scale = scale;
        this.mean = mean;
        this.deviation = deviation;
        this.constant = constant;
    }

    /// The scaling of a training part.
    ///
    /// @throws Fault (BAD_DATA) if there are no rows
    public static Scaling fit(Points training) {
        int n = training.rows();
        int columns = training.columns();
        if (n == 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "there are no training rows to take a scale from; give some.");
        }
        double[] mean = new double[columns];
        double[] deviation = new double[columns];
        double[] scale = new double[columns];
        BitSet constant = new BitSet(columns);
        for (int c = 0; c < columns; c++) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = training.value(i, c);
            }
            scale[c] = NumberDistances.scale(values);
            double first = values[0] / scale[c];
            double shift = 0;
            boolean same = true;
            for (int i = 0; i < n; i++) {
                // Sums of differences to the first row lose fewer digits than sums of the values.
                values[i] /= scale[c];
                shift += values[i] - first;
                same &= values[i] == first;
            }
            mean[c] = first + shift / n;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double d = values[i] - mean[c];
                squares += d * d;
            }
            deviation[c] = Math.sqrt(squares / n);
            constant.set(c, same || deviation[c] == 0);
        }
        return new Scaling(scale, mean, deviation, constant);
    }

    /// The same points on the training part's scale.
    ///
    /// @throws IllegalArgumentException if the number of columns differs
    public Points apply(Points points) {
        if (points.columns() != mean.length) {
            throw new IllegalArgumentException(
                    "the scaling has " + mean.length + " columns, the points have " + points.columns());
        }
        double[] scaled = new double[points.rows() * mean.length];
        for (int i = 0; i < points.rows(); i++) {
            for (int c = 0; c < mean.length; c++) {
                scaled[i * mean.length + c] = scaled(points.value(i, c), c);
            }
        }
        return Points.of(scaled, mean.length);
    }

    /// A number of a column on the training part's scale. Finite for every finite number, but for one
    /// that is more than 1e300 deviations away.
    double scaled(double value, int column) {
        return constant.get(column) ? 0 : (value / scale[column] - mean[column]) / deviation[column];
    }

    /// Mean of a column in training.
    public double mean(int column) {
        return mean[column] * scale[column];
    }

    /// Standard deviation (divisor n) of a column in training.
    public double deviation(int column) {
        return deviation[column] * scale[column];
    }

    /// Number of columns that are constant in training and become 0.
    public int constantColumns() {
        return constant.cardinality();
    }
}
