package dev.assay.weigh.internal;

/// A symmetric matrix, its upper triangle by rows in one array: entry (a, b), `a <= b`, at `start(a) + b`.
final class Packed {
    final int size;
    final double[] cells;
    private final int[] starts;

    Packed(int size) {
        this.size = size;
        this.cells = new double[Math.multiplyExact(size, size + 1) / 2];
        this.starts = new int[size];
        for (int a = 1; a < size; a++) {
            starts[a] = starts[a - 1] + size - a;
        }
    }

    double get(int a, int b) {
        return a <= b ? cells[starts[a] + b] : cells[starts[b] + a];
    }

    /// Adds `h x x'` for a sparse `x` with ascending ids.
    void addOuter(double h, int count, int[] ids, double[] values) {
        for (int a = 0; a < count; a++) {
            int start = starts[ids[a]];
            double factor = h * values[a];
            for (int b = a; b < count; b++) {
                cells[start + ids[b]] += factor * values[b];
            }
        }
    }

    Packed add(Packed later) {
        Terms.addTo(cells, later.cells);
        return this;
    }

    /// Rows of the upper triangle of the chosen part, row and column j divided by `scales[j]`: row a holds
    /// columns `a..chosen.length-1` at their own places.
    double[][] upper(int[] chosen, double[] scales) {
        double[][] rows = new double[chosen.length][chosen.length];
        for (int a = 0; a < chosen.length; a++) {
            for (int b = a; b < chosen.length; b++) {
                rows[a][b] = get(chosen[a], chosen[b]) / (scales[chosen[a]] * scales[chosen[b]]);
            }
        }
        return rows;
    }
}
