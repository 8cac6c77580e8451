package dev.assay.microdata.internal;

import dev.assay.frame.Column;

/// Numbers of results as columns of tables.
final class Decimals {
    private Decimals() {}

    /// A column in which a number that does not exist is a missing cell, whether the method tells it as NaN or as
    /// infinite, such as the cost of a target that must be met: every format can say that.
    static Column.Doubles column(double[] values) {
        double[] told = values.clone();
        for (int i = 0; i < told.length; i++) {
            told[i] = Double.isInfinite(told[i]) ? Double.NaN : told[i];
        }
        return Column.Doubles.of(told);
    }
}
