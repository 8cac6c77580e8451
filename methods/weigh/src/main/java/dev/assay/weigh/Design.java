package dev.assay.weigh;

import dev.assay.weigh.internal.BlockPacker;
import java.util.ArrayList;
import java.util.List;

/// What each row contributes to each target: a sparse matrix `[rows, targets]`, stored by row.
///
/// Rows are written once and stay in blocks of [#BLOCK_ROWS] rows, each with its own arrays, so the number of
/// nonzeros may pass 2^31 and building needs memory for one block beyond the result. An entry takes 2 bytes for
/// its column (4 if there are more than 65,536 columns); its value takes nothing if it is 1, 4 bytes if every
/// value of the block is a float without loss, else 8. No value is ever rounded.
public final class Design {
    /// Rows a block. Partial sums are per block and merged in a fixed order, so results do not depend on
    /// threads.
    public static final int BLOCK_ROWS = 8_192;

    private final int rows;
    private final int columns;
    private final List<RowBlock> blocks;

    private Design(int rows, int columns, List<RowBlock> blocks) {
        this.rows = rows;
        this.columns = columns;
        this.blocks = List.copyOf(blocks);
    }

    /// A builder for a design with this many columns.
    ///
    /// @throws IllegalArgumentException if there are no columns
    public static Builder builder(int columns) {
        return new Builder(columns);
    }

    /// The design of a dense matrix `[rows][columns]`; zeros are not stored.
    ///
    /// @throws IllegalArgumentException if there are no rows, rows differ in length or a cell is not finite
    public static Design fromDense(double[][] cells) {
        if (cells.length == 0) {
            throw new IllegalArgumentException("a design needs at least one row");
        }
        Builder builder = builder(cells[0].length);
        int[] every = new int[cells[0].length];
        for (int j = 0; j < every.length; j++) {
            every[j] = j;
        }
        for (double[] row : cells) {
            if (row.length != every.length) {
                throw new IllegalArgumentException("rows have " + every.length + " and " + row.length + " cells");
            }
            builder.row(row.length, every, row);
        }
        return builder.build();
    }

    /// Number of rows.
    public int rows() {
        return rows;
    }

    /// Number of columns, one a target.
    public int columns() {
        return columns;
    }

    /// Number of stored entries.
    public long nonzeros() {
        return blocks.stream().mapToLong(RowBlock::nonzeros).sum();
    }

    /// Bytes that entries and offsets take; one pass over the design reads them once.
    public long bytes() {
        return blocks.stream().mapToLong(RowBlock::bytes).sum();
    }

    /// The blocks, in row order; all but the last hold [#BLOCK_ROWS] rows.
    public List<RowBlock> blocks() {
        return blocks;
    }

    /// The block that holds a row.
    public RowBlock block(int row) {
        return blocks.get(row / BLOCK_ROWS);
    }

    /// The totals of all columns under weights, in one thread.
    ///
    /// @param weights `[rows]`
    public double[] totals(double[] weights) {
        double[] totals = new double[columns];
        for (RowBlock block : blocks) {
            for (int r = 0; r < block.rows(); r++) {
                block.scatter(r, weights[block.first() + r], totals);
            }
        }
        return totals;
    }

    /// Collects rows in order. Not thread-safe.
    public static final class Builder {
        private final int columns;
        private final BlockPacker packer;
        private final List<RowBlock> blocks = new ArrayList<>();
        private int rows;

        private Builder(int columns) {
            if (columns < 1) {
                throw new IllegalArgumentException("a design needs at least one column");
            }
            this.columns = columns;
            this.packer = new BlockPacker(columns);
        }

        /// Appends one row. Zeros are not stored. The arrays may be reused afterwards.
        ///
        /// @param count     entries given, the first of both arrays
        /// @param columnIds distinct, `0 <= id < columns`, in any order
        /// @param values    finite
        /// @throws IllegalArgumentException if a column is out of range or twice in the row, or a value is NaN
        ///                                  or infinite
        public Builder row(int count, int[] columnIds, double[] values) {
            if (rows == Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a design holds at most " + Integer.MAX_VALUE + " rows");
            }
            packer.add(rows, count, columnIds, values);
            rows++;
            if (packer.rows() == BLOCK_ROWS) {
                blocks.add(packer.pack(rows - BLOCK_ROWS));
            }
            return this;
        }

        /// The design of the rows so far.
        ///
        /// @throws IllegalArgumentException if there are none
        public Design build() {
            if (rows == 0) {
                throw new IllegalArgumentException("a design needs at least one row");
            }
            if (packer.rows() > 0) {
                blocks.add(packer.pack(rows - packer.rows()));
            }
            return new Design(rows, columns, blocks);
        }
    }
}
