package dev.assay.bench;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.weigh.Calibration;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Design;
import dev.assay.weigh.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Calibration of 1,000,000 rows to 500 targets, and of the file that R's survey calibrates in the same run.
///
/// `Weigh rows N [threads]` or `Weigh file targets.csv rows.csv [threads]`.
final class Weigh {
    private Weigh() {}

    public static void main(String[] args) throws IOException {
        int threads = args.length > 0 && args[0].equals("rows") ? number(args, 2) : number(args, 3);
        try (LocalEngine engine = LocalEngine.of(threads)) {
            if (args[0].equals("rows")) {
                long start = System.nanoTime();
                CalibrationProblem problem = CalibrationProblem.middling(Integer.parseInt(args[1]));
                say("generated in %.2f s: %d rows x %d targets, %d nonzeros, %.1f MB", seconds(start),
                        problem.design().rows(), problem.design().columns(), problem.design().nonzeros(),
                        problem.design().bytes() / 1e6);
                for (int run = 0; run < 3; run++) {
                    time("raking", CalibrationSettings.raking(), problem.design(), problem.weights(), problem.targets(),
                            engine);
                }
                say("peak resident memory: %s", peak());
            } else {
                fromFile(Path.of(args[1]), Path.of(args[2]), engine);
            }
        }
    }

    private static int number(String[] args, int at) {
        return args.length > at ? Integer.parseInt(args[at]) : Runtime.getRuntime().availableProcessors();
    }

    private static void fromFile(Path targetFile, Path rowFile, LocalEngine engine) throws IOException {
        double[] totals = Files.readAllLines(targetFile).stream().mapToDouble(Double::parseDouble).toArray();
        List<String> lines = Files.readAllLines(rowFile);
        double[] d = new double[lines.size() - 1];
        Design.Builder builder = Design.builder(totals.length);
        int[] every = new int[totals.length];
        double[] cells = new double[totals.length];
        for (int i = 0; i < d.length; i++) {
            String[] parts = lines.get(i + 1).split(",");
            d[i] = Double.parseDouble(parts[0]);
            for (int j = 0; j < every.length; j++) {
                every[j] = j;
                cells[j] = Double.parseDouble(parts[j + 1]);
            }
            builder.row(every.length, every, cells);
        }
        Design design = builder.build();
        for (int run = 0; run < 3; run++) {
            time("linear", CalibrationSettings.linear(), design, d, Targets.of(totals), engine);
            time("raking", CalibrationSettings.raking(), design, d, Targets.of(totals), engine);
        }
    }

    private static void time(
            String name, CalibrationSettings settings, Design design, double[] d, Targets targets, LocalEngine engine) {
        long start = System.nanoTime();
        CalibrationResult result = Calibration.solve(settings, design, d, targets, engine, Progress.none());
        say("%s: %.3f s, %s, %d Newton steps, %d passes, max error %.1e, %d threads", name, seconds(start),
                result.status(), result.newtonSteps(), result.passes(), result.maxError(), engine.parallelism());
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                ? Files.readAllLines(status).stream()
                        .filter(l -> l.startsWith("VmHWM"))
                        .map(l -> l.substring(6).trim())
                        .findFirst()
                        .orElse("not known")
                : "not known";
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
