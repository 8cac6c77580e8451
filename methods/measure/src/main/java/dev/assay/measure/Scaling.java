package dev.assay.measure;

import dev.assay.fault.Fault;
import java.util.BitSet;

/// Standardisation of columns: (x - mean) / sd with mean and sd (divisor n) of a training part, applied to
/// any other.
///
/// A column that is constant in training carries no scale: it becomes 0 everywhere and is counted.
public final class Scaling {
    private final double[] mean;
    private final double[] deviation;
    private final BitSet constant;

    private Scaling(double[] mean, double[] deviation, BitSet constant) {
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
        BitSet constant = new BitSet(columns);
        for (int c = 0; c < columns; c++) {
            double first = training.value(0, c);
            double shift = 0;
            boolean same = true;
            for (int i = 0; i < n; i++) {
                // Sums of differences to the first row lose fewer digits than sums of the values.
                shift += training.value(i, c) - first;
                same &= training.value(i, c) == first;
            }
            mean[c] = first + shift / n;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double d = training.value(i, c) - mean[c];
                squares += d * d;
            }
            deviation[c] = Math.sqrt(squares / n);
            constant.set(c, same || deviation[c] == 0);
        }
        return new Scaling(mean, deviation, constant);
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
                scaled[i * mean.length + c] = constant.get(c) ? 0 : (points.value(i, c) - mean[c]) / deviation[c];
            }
        }
        return Points.of(scaled, mean.length);
    }

    /// Mean of a column in training.
    public double mean(int column) {
        return mean[column];
    }

    /// Standard deviation (divisor n) of a column in training.
    public double deviation(int column) {
        return deviation[column];
    }

    /// Number of columns that are constant in training and become 0.
    public int constantColumns() {
        return constant.cardinality();
    }
}
