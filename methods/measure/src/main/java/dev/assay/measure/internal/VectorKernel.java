package dev.assay.measure.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The tile in registers: 4 rows x 2 vectors of the widest kind that the machine has. Eight sums hide the
/// latency of the fused multiply-add and, with operands, still fit the 16 registers of AVX2.
final class VectorKernel implements TileKernel {
    /// Capped at 8 lanes, so that a tile has at most 64 cells.
    private static final VectorSpecies<Double> LANES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    private static final int LENGTH = LANES.length();
    private static final int WIDTH = 2 * LENGTH;

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public long hits(
            double[] a,
            int[] at,
            double[] panel,
            int panelAt,
            int columns,
            double[] rowLimits,
            double[] panelLimits,
            int limitsAt,
            double[] tile) {
        int a0 = at[0];
        int a1 = at[1];
        int a2 = at[2];
        int a3 = at[3];
        DoubleVector s00 = DoubleVector.zero(LANES);
        DoubleVector s01 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s20 = s00;
        DoubleVector s21 = s00;
        DoubleVector s30 = s00;
        DoubleVector s31 = s00;
        for (int c = 0; c < columns; c++) {
            DoubleVector b0 = DoubleVector.fromArray(LANES, panel, panelAt + c * WIDTH);
            DoubleVector b1 = DoubleVector.fromArray(LANES, panel, panelAt + c * WIDTH + LENGTH);
            DoubleVector x = DoubleVector.broadcast(LANES, a[a0 + c]);
            DoubleVector d0 = b0.sub(x);
            DoubleVector d1 = b1.sub(x);
            s00 = d0.fma(d0, s00);
            s01 = d1.fma(d1, s01);
            x = DoubleVector.broadcast(LANES, a[a1 + c]);
            d0 = b0.sub(x);
            d1 = b1.sub(x);
            s10 = d0.fma(d0, s10);
            s11 = d1.fma(d1, s11);
            x = DoubleVector.broadcast(LANES, a[a2 + c]);
            d0 = b0.sub(x);
            d1 = b1.sub(x);
            s20 = d0.fma(d0, s20);
            s21 = d1.fma(d1, s21);
            x = DoubleVector.broadcast(LANES, a[a3 + c]);
            d0 = b0.sub(x);
            d1 = b1.sub(x);
            s30 = d0.fma(d0, s30);
            s31 = d1.fma(d1, s31);
        }
        DoubleVector limit0 = DoubleVector.fromArray(LANES, panelLimits, limitsAt);
        DoubleVector limit1 = DoubleVector.fromArray(LANES, panelLimits, limitsAt + LENGTH);
        long found = below(s00, limit0, s01, limit1, rowLimits[0])
                | below(s10, limit0, s11, limit1, rowLimits[1]) << WIDTH
                | below(s20, limit0, s21, limit1, rowLimits[2]) << 2 * WIDTH
                | below(s30, limit0, s31, limit1, rowLimits[3]) << 3 * WIDTH;
        if (found != 0) {
            s00.intoArray(tile, 0);
            s01.intoArray(tile, LENGTH);
            s10.intoArray(tile, WIDTH);
            s11.intoArray(tile, WIDTH + LENGTH);
            s20.intoArray(tile, 2 * WIDTH);
            s21.intoArray(tile, 2 * WIDTH + LENGTH);
            s30.intoArray(tile, 3 * WIDTH);
            s31.intoArray(tile, 3 * WIDTH + LENGTH);
        }
        return found;
    }

    private static long below(DoubleVector s0, DoubleVector limit0, DoubleVector s1, DoubleVector limit1, double row) {
        DoubleVector limit = DoubleVector.broadcast(LANES, row);
        return s0.lt(limit0.max(limit)).toLong() | s1.lt(limit1.max(limit)).toLong() << LENGTH;
    }
}
