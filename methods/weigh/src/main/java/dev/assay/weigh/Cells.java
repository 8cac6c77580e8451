package dev.assay.weigh;

import dev.assay.fault.Fault;
import java.util.Arrays;

/// Designs of indicators.
final class Cells {
    private Cells() {}

    /// The indicators of one classification.
    static Design design(int[] cells, int count) {
        return design(new int[][] {cells}, new int[] {count});
    }

    /// The indicators of several classifications, side by side.
    ///
    /// @param codes  `[classifications][rows]`, -1 for a row that a classification leaves out
    /// @param counts `[classifications]` number of cells
    static Design design(int[][] codes, int[] counts) {
        int columns = 0;
        int[] first = new int[counts.length];
        for (int m = 0; m < counts.length; m++) {
            first[m] = columns;
            columns += counts[m];
        }
        Design.Builder design = Design.builder(columns);
        int[] ids = new int[counts.length];
        double[] ones = new double[counts.length];
        Arrays.fill(ones, 1);
        for (int i = 0; i < codes[0].length; i++) {
            int count = 0;
            for (int m = 0; m < counts.length; m++) {
                if (codes[m][i] == -1) {
                    continue;
                }
                if (codes[m][i] < 0 || codes[m][i] >= counts[m]) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "Row " + (i + 1) + " lies in cell " + codes[m][i] + ", but there are " + counts[m]
                                    + "; give every cell a total.");
                }
                ids[count++] = first[m] + codes[m][i];
            }
            design.row(count, ids, ones);
        }
        return design.build();
    }
}
