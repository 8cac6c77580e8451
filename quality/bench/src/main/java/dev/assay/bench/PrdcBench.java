package dev.assay.bench;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.measure.Points;
import dev.assay.measure.Prdc;
import dev.assay.measure.PrdcScores;
import dev.assay.measure.PrdcSettings;
import java.util.SplittableRandom;

/// Precision, recall, density and coverage of two generated tables: `PrdcBench ROWS COLUMNS REPETITIONS`.
///
/// The numbers are sums of four uniforms from the 64-bit mixer of Steele, Lea and Flood, which the peer
/// script draws alike, so that both measure the same data.
public final class PrdcBench {
    private PrdcBench() {}

    public static void main(String[] arguments) {
        int rows = Integer.parseInt(arguments[0]);
        int columns = Integer.parseInt(arguments[1]);
        int repetitions = Integer.parseInt(arguments[2]);
        Points real = table(1, rows, columns, 0);
        Points fake = table(2, rows, columns, 0.05);
        try (LocalEngine engine = LocalEngine.ofAllCores()) {
            for (int i = 0; i < repetitions; i++) {
                long start = System.nanoTime();
                PrdcScores s = Prdc.of(PrdcSettings.defaults(), real, fake, engine, Progress.none());
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "assay %d x %d x %d, %d threads: %.2f s; precision %d recall %d density %d coverage %d%n",
                        rows,
                        rows,
                        columns,
                        engine.parallelism(),
                        seconds,
                        s.precisionCount(),
                        s.recallCount(),
                        s.densityCount(),
                        s.coverageCount());
            }
        }
    }

    private static Points table(long seed, int rows, int columns, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            double sum = random.nextDouble();
            sum += random.nextDouble();
            sum += random.nextDouble();
            sum += random.nextDouble();
            values[i] = sum + shift;
        }
        return Points.of(values, columns);
    }
}
