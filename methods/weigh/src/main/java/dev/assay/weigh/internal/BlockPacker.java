package dev.assay.weigh.internal;

import dev.assay.weigh.Design;
import dev.assay.weigh.RowBlock;
import java.util.Arrays;

/// Gathers the rows of one block and packs them into arrays of exact size. Reused from block to block.
public final class BlockPacker {
    private static final int NARROW_COLUMNS = 65_536;

    private final int width;
    private final int[] starts = new int[Design.BLOCK_ROWS + 1];
    private final int[] valueStarts = new int[Design.BLOCK_ROWS + 1];
    private int[] columns = new int[1 << 12];
    private double[] values = new double[1 << 12];
    private int[] order = new int[16];
    private double[] ordered = new double[16];
    private int rows;
    private boolean single = true;

    /// @param width columns of the design
    public BlockPacker(int width) {
        this.width = width;
    }

    /// Rows gathered since the last pack.
    public int rows() {
        return rows;
    }

    /// Gathers one row: entries that are 1 first, without their values, then the others.
    ///
    /// @throws IllegalArgumentException if a column is out of range or repeated, or a value is not finite
    public void add(int designRow, int count, int[] ids, double[] cells) {
        int kept = keep(designRow, count, ids, cells);
        int at = starts[rows];
        int value = valueStarts[rows];
        reserve(at + kept, value + kept);
        for (int e = 0; e < kept; e++) {
            if (ordered[e] == 1) {
                columns[at++] = order[e];
            }
        }
        for (int e = 0; e < kept; e++) {
            if (ordered[e] != 1) {
                columns[at++] = order[e];
                values[value++] = ordered[e];
                single &= (float) ordered[e] == ordered[e];
            }
        }
        rows++;
        starts[rows] = at;
        valueStarts[rows] = value;
    }

    /// The block of the rows gathered; the packer starts anew.
    public RowBlock pack(int first) {
        int entries = starts[rows];
        int valued = valueStarts[rows];
        int[] rowStarts = Arrays.copyOf(starts, rows + 1);
        int[] rowValues = Arrays.copyOf(valueStarts, rows + 1);
        float[] floats = single ? new float[valued] : new float[0];
        double[] doubles = single ? new double[0] : Arrays.copyOf(values, valued);
        for (int v = 0; v < floats.length; v++) {
            floats[v] = (float) values[v];
        }
        rows = 0;
        boolean fits = single;
        single = true;
        if (width > NARROW_COLUMNS) {
            return new WideRows(first, rowStarts, rowValues, Arrays.copyOf(columns, entries), fits, floats, doubles);
        }
        char[] narrow = new char[entries];
        for (int e = 0; e < entries; e++) {
            narrow[e] = (char) columns[e];
        }
        return new NarrowRows(first, rowStarts, rowValues, narrow, fits, floats, doubles);
    }

    private int keep(int designRow, int count, int[] ids, double[] cells) {
        if (order.length < count) {
            order = new int[count * 2];
            ordered = new double[count * 2];
        }
        int kept = 0;
        for (int e = 0; e < count; e++) {
            if (ids[e] < 0 || ids[e] >= width) {
                throw new IllegalArgumentException(
                        "row " + designRow + " names column " + ids[e] + ", the design has " + width);
            }
            if (!Double.isFinite(cells[e])) {
                throw new IllegalArgumentException(
                        "row " + designRow + ", column " + ids[e] + " has a value that is not finite");
            }
            if (cells[e] == 0) {
                continue;
            }
            int at = kept++;
            while (at > 0 && order[at - 1] > ids[e]) {
                order[at] = order[at - 1];
                ordered[at] = ordered[at - 1];
                at--;
            }
            if (at > 0 && order[at - 1] == ids[e]) {
                throw new IllegalArgumentException("row " + designRow + " names column " + ids[e] + " twice");
            }
            order[at] = ids[e];
            ordered[at] = cells[e];
        }
        return kept;
    }

    private void reserve(int entries, int valued) {
        if (columns.length < entries) {
            columns = Arrays.copyOf(columns, Math.max(entries, columns.length + (columns.length >> 1)));
        }
        if (values.length < valued) {
            values = Arrays.copyOf(values, Math.max(valued, values.length + (values.length >> 1)));
        }
    }
}
