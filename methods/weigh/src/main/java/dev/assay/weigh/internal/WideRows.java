package dev.assay.weigh.internal;

import dev.assay.weigh.RowBlock;

/// Rows with 32-bit column numbers. A row's entries that are 1 come first and have no value.
final class WideRows implements RowBlock {
    private final int first;
    private final int[] starts;
    private final int[] valueStarts;
    private final int[] columns;
    private final boolean single;
    private final float[] floats;
    private final double[] doubles;

    WideRows(
            int first,
            int[] starts,
            int[] valueStarts,
            int[] columns,
            boolean single,
            float[] floats,
            double[] doubles) {
        this.first = first;
        this.starts = starts;
        this.valueStarts = valueStarts;
        this.columns = columns;
        this.single = single;
        this.floats = floats;
        this.doubles = doubles;
    }

    @Override
    public int first() {
        return first;
    }

    @Override
    public int rows() {
        return starts.length - 1;
    }

    @Override
    public long nonzeros() {
        return columns.length;
    }

    @Override
    public long bytes() {
        return 4L * columns.length + 4L * floats.length + 8L * doubles.length + 8L * starts.length;
    }

    @Override
    public int entries(int row) {
        return starts[row + 1] - starts[row];
    }

    @Override
    public double dot(int row, double[] vector) {
        int at = starts[row];
        int end = starts[row + 1];
        int value = valueStarts[row];
        int split = end - (valueStarts[row + 1] - value);
        // Two sums, because one would wait for each addition to finish before the next.
        double even = 0;
        double odd = 0;
        for (; at + 1 < split; at += 2) {
            even += vector[columns[at]];
            odd += vector[columns[at + 1]];
        }
        if (at < split) {
            even += vector[columns[at++]];
        }
        if (single) {
            for (; at + 1 < end; at += 2, value += 2) {
                even += floats[value] * vector[columns[at]];
                odd += floats[value + 1] * vector[columns[at + 1]];
            }
            if (at < end) {
                even += floats[value] * vector[columns[at]];
            }
        } else {
            for (; at < end; at++, value++) {
                even += doubles[value] * vector[columns[at]];
            }
        }
        return even + odd;
    }

    @Override
    public void scatter(int row, double factor, double[] totals) {
        int at = starts[row];
        int end = starts[row + 1];
        int value = valueStarts[row];
        int split = end - (valueStarts[row + 1] - value);
        for (; at < split; at++) {
            totals[columns[at]] += factor;
        }
        if (single) {
            for (; at < end; at++, value++) {
                totals[columns[at]] += factor * floats[value];
            }
        } else {
            for (; at < end; at++, value++) {
                totals[columns[at]] += factor * doubles[value];
            }
        }
    }

    @Override
    public void scatterSquares(int row, double factor, double[] totals) {
        int at = starts[row];
        int end = starts[row + 1];
        int value = valueStarts[row];
        int split = end - (valueStarts[row + 1] - value);
        for (; at < split; at++) {
            totals[columns[at]] += factor;
        }
        for (; at < end; at++, value++) {
            double x = single ? floats[value] : doubles[value];
            totals[columns[at]] += factor * (x * x);
        }
    }

    @Override
    public int unpack(int row, int[] ids, double[] values) {
        int one = starts[row];
        int end = starts[row + 1];
        int value = valueStarts[row];
        int split = end - (valueStarts[row + 1] - value);
        int valued = split;
        int n = 0;
        while (one < split || valued < end) {
            if (valued == end || (one < split && columns[one] < columns[valued])) {
                ids[n] = columns[one++];
                values[n++] = 1;
            } else {
                ids[n] = columns[valued++];
                values[n++] = single ? floats[value] : doubles[value];
                value++;
            }
        }
        return n;
    }
}
