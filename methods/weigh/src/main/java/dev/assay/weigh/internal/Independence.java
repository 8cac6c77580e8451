package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Distance;
import java.util.stream.IntStream;

/// How many targets are independent.
public final class Independence {
    private Independence() {}

    /// The rank of the design weighted by the design weights, where its Gram matrix is small enough to be
    /// formed ([CalibrationSettings#EXPLICIT_TARGETS]); else the number of targets that some row contributes
    /// to.
    public static int count(CalibrationProblem problem, Engine engine) {
        Terms terms = new Terms(problem, new Distance.Linear(), Bounds.none(), engine);
        ColumnSummary columns = ColumnSummary.of(terms, engine);
        int[] supported = IntStream.range(0, columns.rows.length)
                .filter(j -> columns.rows[j] > 0)
                .toArray();
        if (supported.length > CalibrationSettings.EXPLICIT_TARGETS) {
            return supported.length;
        }
        double[] scales = new double[columns.rows.length];
        for (int j = 0; j < scales.length; j++) {
            scales[j] = columns.squares[j] > 0 ? Math.sqrt(columns.squares[j]) : 1;
        }
        return Dependence.of(terms.gram(), scales, supported, new double[scales.length])
                .independent()
                .length;
    }
}
