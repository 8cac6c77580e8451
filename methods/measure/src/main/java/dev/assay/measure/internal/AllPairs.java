package dev.assay.measure.internal;

import java.util.Arrays;

/// All pairs of distances between two sets of rows, a block of 256 x 256 at a time, so that the operands stay
/// in the second-level cache. One instance a thread of work: it owns the scratch space, `256 x columns`
/// numbers.
final class AllPairs {
    /// Rows in a block on either side. A multiple of every kernel's width and of the rows of a tile.
    static final int BLOCK = 256;

    /// Told about the pairs that matter.
    @FunctionalInterface
    interface Hit {
        /// @param left    row of the left side
        /// @param right   row of the right side
        /// @param squared squared distance
        void at(int left, int right, double squared);
    }

    private final TileKernel kernel;
    private final int columns;
    private final double[] panels;
    private final double[] tile;
    private final int[] at = new int[TileKernel.ROWS];
    private final double[] rowLimits = new double[TileKernel.ROWS];

    AllPairs(TileKernel kernel, int columns) {
        this.kernel = kernel;
        this.columns = columns;
        this.panels = new double[BLOCK * columns];
        this.tile = new double[TileKernel.ROWS * kernel.width()];
    }

    /// Number of blocks of so many rows.
    static int blocks(int rows) {
        return (rows + BLOCK - 1) / BLOCK;
    }

    /// Limits for the right side of so many rows, with room for the unused lanes of the last panel.
    static double[] limits(int rows, double limit) {
        double[] limits = new double[blocks(rows) * BLOCK];
        Arrays.fill(limits, limit);
        return limits;
    }

    /// Reports the pairs of two blocks whose squared distance is below the limit of either row.
    ///
    /// The limits are read again for each tile, so a `hit` that lowers them has an effect at once.
    ///
    /// @param left        row-major numbers, `leftRows` rows
    /// @param leftLimits  a limit for each left row
    /// @param rightLimits as made by [#limits(int, double)]
    void visit(
            double[] left,
            int leftRows,
            int leftBlock,
            double[] leftLimits,
            double[] right,
            int rightRows,
            int rightBlock,
            double[] rightLimits,
            Hit hit) {
        int width = kernel.width();
        int leftFrom = leftBlock * BLOCK;
        int leftTo = Math.min(leftRows, leftFrom + BLOCK);
        int rightFrom = rightBlock * BLOCK;
        int rightTo = Math.min(rightRows, rightFrom + BLOCK);
        pack(right, rightFrom, rightTo);
        for (int first = rightFrom; first < rightTo; first += width) {
            int panelAt = (first - rightFrom) * columns;
            for (int row = leftFrom; row < leftTo; row += TileKernel.ROWS) {
                for (int r = 0; r < TileKernel.ROWS; r++) {
                    // Past the end the last row stands in; its hits are left out below.
                    int source = Math.min(row + r, leftTo - 1);
                    at[r] = source * columns;
                    rowLimits[r] = leftLimits[source];
                }
                long found = kernel.hits(left, at, panels, panelAt, columns, rowLimits, rightLimits, first, tile);
                while (found != 0) {
                    int bit = Long.numberOfTrailingZeros(found);
                    found &= found - 1;
                    int leftRow = row + bit / width;
                    if (leftRow < leftTo) {
                        hit.at(leftRow, first + bit % width, tile[bit]);
                    }
                }
            }
        }
    }

    private void pack(double[] rows, int from, int to) {
        int width = kernel.width();
        for (int first = from; first < to; first += width) {
            int base = (first - from) * columns;
            int used = Math.min(width, to - first);
            for (int lane = 0; lane < used; lane++) {
                int source = (first + lane) * columns;
                for (int c = 0; c < columns; c++) {
                    panels[base + c * width + lane] = rows[source + c];
                }
            }
            for (int lane = used; lane < width; lane++) {
                for (int c = 0; c < columns; c++) {
                    panels[base + c * width + lane] = Double.NaN;
                }
            }
        }
    }
}
