package dev.assay.cli;

import dev.assay.cli.internal.CommandLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program: in this process, or in one of its own with streams and exit code as a shell sees them.
final class Assay {
    private static final int MINUTES = 3;

    private Assay() {}

    /// What came of a command.
    record Outcome(int code, String out, String err) {
        /// What standard error says of problems, a line each.
        List<String> complaints() {
            return err.lines().filter(line -> line.startsWith("assay: ")).toList();
        }
    }

    /// The project's folder.
    static Path project() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("studies"))) {
            Path up = at.getParent();
            if (up == null) {
                throw new IllegalStateException("no folder above holds the studies");
            }
            at = up;
        }
        return at;
    }

    /// Runs one command in this process, where a start costs nothing. Paths are the caller's business: the
    /// current folder is the module's.
    static Outcome here(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = CommandLines.run(arguments);
            return new Outcome(
                    code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /// Runs one command in a process of its own in a folder and waits for its end.
    static Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(folder, Map.of(), arguments);
    }

    /// The same with more in its environment.
    static Outcome run(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("assay", ".out");
        Path err = Files.createTempFile("assay", ".err");
        try {
            Process process = start(folder, out, err, environment, arguments);
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + MINUTES + " minutes: " + List.of(arguments));
            }
            return new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /// Starts one command.
    static Process start(Path folder, Path out, Path err, String... arguments) throws IOException {
        return start(folder, out, err, Map.of(), arguments);
    }

    private static Process start(Path folder, Path out, Path err, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-Dassay.state=" + System.getProperty("assay.state"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.assay.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }
}
