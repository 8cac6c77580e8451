package dev.assay.weigh.internal;

import dev.assay.weigh.Design;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.Targets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The least sum of relative misses within the bounds, as a linear program in the ratios g:
/// minimise `sum (p + m)` subject to `sum_i (d_i x_i / s) g_i + p - m = T / s`, `L <= g <= U`, `p, m >= 0`.
///
/// A revised simplex with bounded variables and an explicit inverse of the basis, whose size is the number of targets;
/// rows are priced from the design's own storage, one block at a time. Slacks make the start feasible. A general
/// solver with a dense tableau would need a constraint for every finite bound.
final class MissProgram {
    /// A reduced cost counts beyond this part of the sum of its terms.
    private static final double PRICE_TOLERANCE = 1e-11;
    private static final double PIVOT_TOLERANCE = 1e-11;
    /// Steps of length 0 in a row after which the first candidate is taken instead of the best (Bland 1977).
    private static final int DEGENERATE_LIMIT = 500;

    private static final byte LOWER = 0;
    private static final byte UPPER = 1;
    private static final byte BASIC = 2;
    private static final byte FIXED = 3;

    private final Terms terms;
    private final List<RowBlock> blocks;
    private final int[] active;
    private final int[] place;
    private final double[] scale;
    private final double[] wanted;
    private final int rows;
    private final byte[] state;
    private final double[] norm;
    private final int[] basis;
    private final double[] value;
    private double[][] inverse;
    private final double[] prices;
    private long budget;
    private int nextBlock;
    private int degenerate;
    private int enters;
    private boolean fromUpper;

    /// What the program found.
    ///
    /// @param sum     the sum of misses reached
    /// @param misses  `(total - value) / scale` of each active target, in their order
    /// @param lambda  the dual solution in the units of [dev.assay.weigh.CalibrationResult#multipliers()]
    /// @param optimal whether the budget sufficed
    /// @param used    entries priced
    record Found(double sum, double[] misses, double[] lambda, boolean optimal, long used) {}

    private MissProgram(Terms terms, Targets targets, int[] active, double[] hint, long budget) {
        this.terms = terms;
        this.blocks = terms.design.blocks();
        this.active = active;
        this.rows = terms.design.rows();
        this.budget = budget;
        this.scale = new double[active.length];
        this.wanted = new double[active.length];
        this.place = new int[terms.design.columns()];
        Arrays.fill(place, -1);
        for (int a = 0; a < active.length; a++) {
            place[active[a]] = a;
            scale[a] = targets.get(active[a]).scale();
            wanted[a] = targets.get(active[a]).value() / scale[a];
        }
        this.prices = new double[terms.design.columns()];
        this.basis = new int[active.length];
        this.value = new double[active.length];
        this.inverse = new double[active.length][active.length];
        this.state = new byte[rows];
        this.norm = new double[rows];
        start(hint);
    }

    /// @param hint   multipliers whose sign at a row says which bound it starts from
    /// @param budget entries that may be priced
    static Found solve(Terms terms, Targets targets, int[] active, double[] hint, long budget) {
        MissProgram program = new MissProgram(terms, targets, active, hint, budget);
        boolean optimal = program.run();
        return program.found(optimal, budget);
    }

    private void start(double[] hint) {
        int[] ids = new int[terms.design.columns()];
        double[] values = new double[ids.length];
        for (RowBlock block : blocks) {
            for (int r = 0; r < block.rows(); r++) {
                int i = block.first() + r;
                if (terms.d[i] == 0 || terms.lower(i) == terms.upper(i)) {
                    state[i] = FIXED;
                } else {
                    boolean up = Double.isFinite(terms.upper(i))
                            && (Double.isInfinite(terms.lower(i)) || block.dot(r, hint) > 0);
                    state[i] = up ? UPPER : LOWER;
                }
                int count = block.unpack(r, ids, values);
                for (int e = 0; e < count; e++) {
                    int a = place[ids[e]];
                    norm[i] += a < 0 ? 0 : Math.abs(terms.d[i] * values[e]) / scale[a];
                }
            }
        }
        double[] rest = rest();
        for (int a = 0; a < active.length; a++) {
            basis[a] = rows + 2 * a + (rest[a] < 0 ? 1 : 0);
            inverse[a][a] = rest[a] < 0 ? -1 : 1;
            value[a] = Math.abs(rest[a]);
        }
    }

    /// What the rows at their bounds leave of the wanted totals.
    private double[] rest() {
        double[] totals = new double[terms.design.columns()];
        for (RowBlock block : blocks) {
            for (int r = 0; r < block.rows(); r++) {
                int i = block.first() + r;
                double g = switch (state[i]) {
                    case BASIC -> 0;
                    case UPPER -> terms.upper(i);
                    default -> terms.d[i] == 0 ? 0 : terms.lower(i);
                };
                if (g != 0 && terms.d[i] != 0) {
                    block.scatter(r, terms.d[i] * g, totals);
                }
            }
        }
        double[] rest = wanted.clone();
        for (int a = 0; a < rest.length; a++) {
            rest[a] -= totals[active[a]] / scale[a];
        }
        return rest;
    }

    private boolean run() {
        int refactor = Math.max(100, active.length);
        for (int iteration = 1; ; iteration++) {
            if (iteration % refactor == 0) {
                refactor();
            }
            double[] y = price();
            double[] column = choose(y);
            if (column == null) {
                return true;
            }
            if (budget < 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            step(column);
        }
    }

    private double[] price() {
        int size = active.length;
        double[] y = new double[size];
        for (int k = 0; k < size; k++) {
            if (basis[k] >= rows) {
                for (int a = 0; a < size; a++) {
                    y[a] += inverse[k][a];
                }
            }
        }
        Arrays.fill(prices, 0);
        for (int a = 0; a < size; a++) {
            prices[active[a]] = y[a] / scale[a];
        }
        return y;
    }

    /// The column that enters, times the inverse; null if none improves. Blocks are searched in turn, from the one
    /// after the last find, and the best candidate of the first block that has one enters.
    private double @Nullable [] choose(double[] y) {
        boolean first = degenerate > DEGENERATE_LIMIT;
        double best = PRICE_TOLERANCE;
        enters = -1;
        for (int a = 0; a < y.length; a++) {
            double gain = Math.abs(y[a]) - 1;
            if (gain > Math.max(best, 1e-9)) {
                best = gain;
                enters = rows + 2 * a + (y[a] > 0 ? 0 : 1);
                fromUpper = false;
            }
        }
        for (int turn = 0; turn < blocks.size() && enters < 0; turn++) {
            RowBlock block = blocks.get((first ? turn : nextBlock + turn) % blocks.size());
            budget -= block.nonzeros() + block.rows();
            for (int r = 0; r < block.rows(); r++) {
                int i = block.first() + r;
                if (state[i] > UPPER || norm[i] == 0) {
                    continue;
                }
                double gain = terms.d[i] * block.dot(r, prices) * (state[i] == LOWER ? 1 : -1) / norm[i];
                if (gain > best) {
                    best = gain;
                    enters = i;
                    fromUpper = state[i] == UPPER;
                    if (first) {
                        break;
                    }
                }
            }
            if (enters >= 0) {
                nextBlock = (nextBlock + turn) % blocks.size();
            }
        }
        return enters < 0 ? null : times(columnOf(enters));
    }

    private double[] columnOf(int variable) {
        double[] column = new double[active.length];
        if (variable >= rows) {
            column[(variable - rows) / 2] = (variable - rows) % 2 == 0 ? 1 : -1;
            return column;
        }
        RowBlock block = blocks.get(variable / Design.BLOCK_ROWS);
        int r = variable - block.first();
        int[] ids = new int[block.entries(r)];
        double[] values = new double[ids.length];
        int count = block.unpack(r, ids, values);
        for (int e = 0; e < count; e++) {
            if (place[ids[e]] >= 0) {
                column[place[ids[e]]] = terms.d[variable] * values[e] / scale[place[ids[e]]];
            }
        }
        return column;
    }

    private double[] times(double[] column) {
        double[] result = new double[column.length];
        for (int k = 0; k < result.length; k++) {
            double sum = 0;
            for (int a = 0; a < column.length; a++) {
                sum += inverse[k][a] * column[a];
            }
            result[k] = sum;
        }
        return result;
    }

    private double lower(int variable) {
        return variable >= rows ? 0 : terms.lower(variable);
    }

    private double upper(int variable) {
        return variable >= rows ? Double.POSITIVE_INFINITY : terms.upper(variable);
    }

    private void step(double[] column) {
        double sign = fromUpper ? -1 : 1;
        double length = upper(enters) - lower(enters);
        int leaves = -1;
        boolean toUpper = false;
        double largest = 0;
        for (double entry : column) {
            largest = Math.max(largest, Math.abs(entry));
        }
        for (int k = 0; k < column.length; k++) {
            double change = -sign * column[k];
            if (Math.abs(change) <= PIVOT_TOLERANCE * largest) {
                continue;
            }
            double limit = change < 0
                    ? Math.max(0, value[k] - lower(basis[k])) / -change
                    : Math.max(0, upper(basis[k]) - value[k]) / change;
            boolean tie =
                    leaves >= 0 && limit <= length * (1 + 1e-12) && Math.abs(column[k]) > Math.abs(column[leaves]);
            if (limit < length * (1 - 1e-12) || (limit < length && leaves < 0) || tie) {
                length = Math.min(limit, length);
                leaves = k;
                toUpper = change > 0;
            }
        }
        degenerate = length <= 1e-14 ? degenerate + 1 : 0;
        for (int k = 0; k < column.length; k++) {
            value[k] -= sign * length * column[k];
        }
        if (leaves < 0) {
            state[enters] = fromUpper ? LOWER : UPPER;
            return;
        }
        if (basis[leaves] < rows) {
            state[basis[leaves]] = toUpper ? UPPER : LOWER;
        }
        value[leaves] = (fromUpper ? upper(enters) : lower(enters)) + sign * length;
        basis[leaves] = enters;
        if (enters < rows) {
            state[enters] = BASIC;
        }
        double[] pivot = inverse[leaves];
        for (int a = 0; a < pivot.length; a++) {
            pivot[a] /= column[leaves];
        }
        for (int k = 0; k < column.length; k++) {
            if (k != leaves && column[k] != 0) {
                double factor = column[k];
                double[] row = inverse[k];
                for (int a = 0; a < row.length; a++) {
                    row[a] -= factor * pivot[a];
                }
            }
        }
    }

    /// The inverse and the basic values anew, without the roundings of earlier steps.
    private void refactor() {
        int size = active.length;
        double[][] work = new double[size][2 * size];
        for (int k = 0; k < size; k++) {
            double[] column = columnOf(basis[k]);
            for (int a = 0; a < size; a++) {
                work[a][k] = column[a];
            }
            work[k][size + k] = 1;
        }
        for (int k = 0; k < size; k++) {
            int pivot = k;
            for (int a = k + 1; a < size; a++) {
                pivot = Math.abs(work[a][k]) > Math.abs(work[pivot][k]) ? a : pivot;
            }
            if (work[pivot][k] == 0) {
                return;
            }
            double[] row = work[pivot];
            work[pivot] = work[k];
            work[k] = row;
            double divisor = row[k];
            for (int c = k; c < 2 * size; c++) {
                row[c] /= divisor;
            }
            for (int a = 0; a < size; a++) {
                double factor = work[a][k];
                if (a != k && factor != 0) {
                    double[] other = work[a];
                    for (int c = k; c < 2 * size; c++) {
                        other[c] -= factor * row[c];
                    }
                }
            }
        }
        for (int k = 0; k < size; k++) {
            inverse[k] = Arrays.copyOfRange(work[k], size, 2 * size);
        }
        System.arraycopy(times(rest()), 0, value, 0, size);
    }

    private Found found(boolean optimal, long given) {
        refactor();
        price();
        double sum = 0;
        double[] misses = new double[active.length];
        for (int k = 0; k < basis.length; k++) {
            if (basis[k] >= rows) {
                int a = (basis[k] - rows) / 2;
                misses[a] += (basis[k] - rows) % 2 == 0 ? -value[k] : value[k];
                sum += Math.abs(value[k]);
            }
        }
        return new Found(sum, misses, prices.clone(), optimal, given - budget);
    }
}
