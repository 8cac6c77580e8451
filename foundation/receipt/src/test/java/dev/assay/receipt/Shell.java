package dev.assay.receipt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Tools that know nothing of this program.
final class Shell {
    record Result(int exit, String output) {}

    private Shell() {}

    /// Skips the test with a word where one of the tools is not installed.
    static void needs(String... tools) {
        for (String tool : tools) {
            boolean there = Arrays.stream(
                            System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            Assumptions.assumeTrue(there, tool + " is not installed: not checked with it");
        }
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell: not checked with it");
    }

    static Result run(Path folder, String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the line did not end: " + line);
        }
        return new Result(process.exitValue(), output);
    }
}
