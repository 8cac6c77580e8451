package dev.assay.bench;

import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.Calibration;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Design;
import dev.assay.weigh.Distance;
import dev.assay.weigh.internal.pass.FusedPass;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The large calibration problem, timed in parts: building the design, reading memory as fast as it goes, one
/// pass over the design, and whole solves. See `weigh_large.sh`.
///
/// Arguments: rows, then any of `pass`, `raking`, `logit`, `linear`; `60`, `500` or `4000` targets as
/// second argument.
final class WeighLarge {
    private static final long CHUNK = 1L << 20;
    private static final int REPEATS = 9;

    private WeighLarge() {}

    public static void main(String[] args) throws IOException {
        int rows = Integer.parseInt(args[0]);
        int targets = Integer.parseInt(args[1]);
        try (LocalEngine engine = LocalEngine.ofAllCores()) {
            long start = System.nanoTime();
            GeneratedProblem problem = switch (targets) {
                case 60 -> GeneratedProblem.small(rows);
                case 500 -> GeneratedProblem.middling(rows);
                case 4_000 -> GeneratedProblem.large(rows);
                default -> throw new IllegalArgumentException("60, 500 or 4000 targets, not " + targets);
            };
            Design design = problem.design();
            say(
                    "%d rows x %d targets, %d nonzeros in %.3f GB, generated in %.1f s",
                    rows, targets, design.nonzeros(), design.bytes() / 1e9, seconds(start));
            for (String part : List.of(args).subList(2, args.length)) {
                switch (part) {
                    case "pass" -> pass(design, problem.weights(), engine);
                    case "linear" -> solve(part, CalibrationSettings.linear(), problem, engine);
                    case "raking" -> solve(part, CalibrationSettings.raking(), problem, engine);
                    case "logit" ->
                        solve(
                                part,
                                CalibrationSettings.of(new Distance.Logit(), Bounds.ofRatio(0.4, 3)),
                                problem,
                                engine);
                    default -> throw new IllegalArgumentException("pass, linear, raking or logit, not " + part);
                }
            }
            say("peak resident memory: %s", peak());
        }
    }

    private static void pass(Design design, double[] factors, LocalEngine engine) {
        double[] ceiling = new double[REPEATS];
        long bytes = 1L << 30;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment segment = arena.allocate(bytes, 64);
            segment.fill((byte) 1);
            for (int i = 0; i < REPEATS; i++) {
                long start = System.nanoTime();
                long sum = engine.reduce((int) (bytes / CHUNK), p -> read(segment, p * CHUNK), Long::sum);
                ceiling[i] = bytes / seconds(start) / 1e9;
                if (sum != bytes / 8 * 0x0101010101010101L) {
                    throw new IllegalStateException("memory was not read");
                }
            }
        }
        Arrays.sort(ceiling);
        double best = ceiling[REPEATS / 2];
        FusedPass pass = new FusedPass(design, engine);
        double[] vector = new double[design.columns()];
        Arrays.fill(vector, 1e-3);
        double[] times = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            pass.run(vector, (first, count, products, out) -> {
                for (int r = 0; r < count; r++) {
                    out[r] = factors[first + r] * products[r];
                }
                return 0;
            });
            times[i] = seconds(start);
        }
        Arrays.sort(times);
        double median = times[REPEATS / 2];
        double moved = design.bytes() + 24.0 * design.rows();
        double plain = 6.0 * design.nonzeros() + 32.0 * design.rows();
        say(
                "reading memory: %.1f GB/s (%.1f-%.1f), %d threads",
                best, ceiling[0], ceiling[REPEATS - 1], engine.parallelism());
        say(
                "one pass: %.3f s (%.3f-%.3f), %.2f ns a nonzero; %.2f GB read at %.1f GB/s, %.0f %% of the ceiling",
                median,
                times[0],
                times[REPEATS - 1],
                median * 1e9 / design.nonzeros(),
                moved / 1e9,
                moved / median / 1e9,
                100 * moved / median / 1e9 / best);
        say(
                "the same pass over 6 bytes a nonzero would move %.2f GB: %.1f GB/s, %.0f %% of the ceiling",
                plain / 1e9, plain / median / 1e9, 100 * plain / median / 1e9 / best);
    }

    private static long read(MemorySegment segment, long from) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (long at = from; at < from + CHUNK; at += 32) {
            a += segment.get(ValueLayout.JAVA_LONG, at);
            b += segment.get(ValueLayout.JAVA_LONG, at + 8);
            c += segment.get(ValueLayout.JAVA_LONG, at + 16);
            d += segment.get(ValueLayout.JAVA_LONG, at + 24);
        }
        return a + b + c + d;
    }

    private static void solve(String name, CalibrationSettings settings, GeneratedProblem problem, LocalEngine engine) {
        long start = System.nanoTime();
        CalibrationResult result = Calibration.solve(
                settings, problem.design(), problem.weights(), problem.targets(), engine, Progress.none());
        say(
                "%s: %.2f s, %s, %d Newton steps, %d conjugate-gradient steps, %d passes, greatest relative error %.1e,"
                        + " ratios %.3f to %.3f, %d threads",
                name,
                seconds(start),
                result.status(),
                result.newtonSteps(),
                result.cgSteps(),
                result.passes(),
                result.maxError(),
                result.distribution().ratio().min(),
                result.distribution().ratio().max(),
                engine.parallelism());
    }

    static String peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.isReadable(status)
                ? "not known"
                : Files.readAllLines(status).stream()
                        .filter(l -> l.startsWith("VmHWM"))
                        .map(l -> l.substring(6).trim())
                        .findFirst()
                        .orElse("not known");
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
