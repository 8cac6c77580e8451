package dev.assay.bench;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.Calibration;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Design;
import dev.assay.weigh.Distance;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.Target;
import dev.assay.weigh.Targets;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Calibration, timed. See `weigh.sh`.
///
/// - `rows N [threads]`: raking of N rows to 500 targets, three times in one process, and the peak of its
///     memory.
/// - `write N folder`: a problem of N rows and 60 targets as CSV, for a peer.
/// - `file folder [threads]`: that problem read back and calibrated, compared with the peer's weights if they
///   are there.
final class Weigh {
    private static final int RUNS = 3;

    private Weigh() {}

    public static void main(String[] args) throws IOException {
        int threads = args.length > 2 && !args[0].equals("write")
                ? Integer.parseInt(args[2])
                : Runtime.getRuntime().availableProcessors();
        try (LocalEngine engine = LocalEngine.of(threads)) {
            switch (args[0]) {
                case "rows" -> rows(GeneratedProblem.middling(Integer.parseInt(args[1])), engine);
                case "write" -> write(GeneratedProblem.small(Integer.parseInt(args[1])), Path.of(args[2]));
                case "file" -> file(Path.of(args[1]), engine);
                default -> throw new IllegalArgumentException("rows, write or file, not " + args[0]);
            }
        }
    }

    private static void rows(GeneratedProblem problem, LocalEngine engine) throws IOException {
        Design design = problem.design();
        say(
                "%d rows x %d targets, %d nonzeros in %.1f MB",
                design.rows(), design.columns(), design.nonzeros(), design.bytes() / 1e6);
        for (int run = 0; run < RUNS; run++) {
            time("raking", CalibrationSettings.raking(), design, problem.weights(), problem.targets(), engine);
        }
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            say(
                    "peak resident memory: %s",
                    Files.readAllLines(status).stream()
                            .filter(l -> l.startsWith("VmHWM"))
                            .map(l -> l.substring(6).trim())
                            .findFirst()
                            .orElse("not known"));
        }
    }

    private static void write(GeneratedProblem problem, Path folder) throws IOException {
        Files.write(
                folder.resolve("targets.csv"),
                problem.targets().list().stream()
                        .map(Target::value)
                        .map(v -> Double.toString(v))
                        .toList());
        int columns = problem.design().columns();
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("rows.csv"))) {
            StringBuilder line = new StringBuilder("d");
            for (int j = 0; j < columns; j++) {
                line.append(",x").append(j);
            }
            int[] ids = new int[columns];
            double[] values = new double[columns];
            out.append(line.append('\n'));
            for (RowBlock block : problem.design().blocks()) {
                for (int r = 0; r < block.rows(); r++) {
                    int count = block.unpack(r, ids, values);
                    double[] dense = new double[columns];
                    for (int e = 0; e < count; e++) {
                        dense[ids[e]] = values[e];
                    }
                    line.setLength(0);
                    line.append(problem.weights()[block.first() + r]);
                    for (double cell : dense) {
                        line.append(',').append(cell == Math.rint(cell) ? Long.toString((long) cell) : "" + cell);
                    }
                    out.append(line.append('\n'));
                }
            }
        }
    }

    private static void file(Path folder, LocalEngine engine) throws IOException {
        Targets targets = Targets.of(Files.readAllLines(folder.resolve("targets.csv")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray());
        List<String> lines = Files.readAllLines(folder.resolve("rows.csv"));
        double[] d = new double[lines.size() - 1];
        double[][] cells = new double[d.length][targets.size()];
        for (int i = 0; i < d.length; i++) {
            String[] parts = lines.get(i + 1).split(",");
            d[i] = Double.parseDouble(parts[0]);
            for (int j = 0; j < targets.size(); j++) {
                cells[i][j] = Double.parseDouble(parts[j + 1]);
            }
        }
        Design design = Design.fromDense(cells);
        for (int run = 0; run < RUNS; run++) {
            compare("linear", time("linear", CalibrationSettings.linear(), design, d, targets, engine), folder);
            compare("raking", time("raking", CalibrationSettings.raking(), design, d, targets, engine), folder);
            CalibrationSettings logit = CalibrationSettings.of(new Distance.Logit(), Bounds.ofRatio(0.4, 3));
            compare("logit", time("logit", logit, design, d, targets, engine), folder);
        }
    }

    private static void compare(String method, double[] weights, Path folder) throws IOException {
        Path peer = folder.resolve(method + ".txt");
        if (Files.exists(peer)) {
            List<String> lines = Files.readAllLines(peer);
            double most = 0;
            for (int i = 0; i < weights.length; i++) {
                most = Math.max(
                        most,
                        Math.abs(weights[i] / Double.parseDouble(lines.get(i).trim()) - 1));
            }
            say("greatest relative difference from the peer's %s weights: %.1e", method, most);
        }
    }

    private static double[] time(
            String name, CalibrationSettings settings, Design design, double[] d, Targets targets, LocalEngine engine) {
        long start = System.nanoTime();
        CalibrationResult result = Calibration.solve(settings, design, d, targets, engine, Progress.none());
        say(
                "%s: %.3f s, %s, %d Newton steps, %d conjugate-gradient steps, %d passes, max error %.1e, %d threads",
                name,
                (System.nanoTime() - start) / 1e9,
                result.status(),
                result.newtonSteps(),
                result.cgSteps(),
                result.passes(),
                result.maxError(),
                engine.parallelism());
        return result.weights();
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
