package dev.assay.measure.internal;

/// The same tile without the Vector API, for a virtual machine that was started without that module.
final class PlainKernel implements TileKernel {
    private static final int WIDTH = 8;

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
        long found = 0;
        for (int lane = 0; lane < WIDTH; lane++) {
            int a0 = at[0];
            int a1 = at[1];
            int a2 = at[2];
            int a3 = at[3];
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int b = panelAt + lane;
            for (int c = 0; c < columns; c++, b += WIDTH) {
                double x = panel[b];
                double d0 = x - a[a0 + c];
                double d1 = x - a[a1 + c];
                double d2 = x - a[a2 + c];
                double d3 = x - a[a3 + c];
                s0 = Math.fma(d0, d0, s0);
                s1 = Math.fma(d1, d1, s1);
                s2 = Math.fma(d2, d2, s2);
                s3 = Math.fma(d3, d3, s3);
            }
            double limit = panelLimits[limitsAt + lane];
            found |= below(s0, limit, rowLimits[0], lane);
            found |= below(s1, limit, rowLimits[1], WIDTH + lane);
            found |= below(s2, limit, rowLimits[2], 2 * WIDTH + lane);
            found |= below(s3, limit, rowLimits[3], 3 * WIDTH + lane);
            tile[lane] = s0;
            tile[WIDTH + lane] = s1;
            tile[2 * WIDTH + lane] = s2;
            tile[3 * WIDTH + lane] = s3;
        }
        return found;
    }

    private static long below(double s, double limit, double rowLimit, int bit) {
        return s < limit || s < rowLimit ? 1L << bit : 0;
    }
}
