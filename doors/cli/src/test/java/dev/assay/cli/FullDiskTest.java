package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A workspace on a disk of one megabyte. Needs the right to mount one; skipped without.
class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void aFullDiskIsToldNothingIsHalfDoneAndTheRunGoesOnWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(command("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()), "may not mount a disk");
        try {
            String study = Assay.project().resolve("studies/travel-survey").toString();
            String work = disk.resolve("work").toString();

            Assay.Outcome full = Assay.here("run", study, "--workspace", work);

            assertThat(full.complaints()).anySatisfy(line -> assertThat(line).contains("the disk is full; "));
            assertThat(full.err()).doesNotContain("\tat ").doesNotContain("Exception");
            assertThat(full.code()).isEqualTo(Fault.Kind.STORAGE.exitCode());
            assertThat(Assay.here("runs", "--workspace", work).out()).doesNotContain("passed");
            try (Stream<Path> shelves = Files.walk(disk.resolve("work/store"), 2)) {
                assertThat(shelves.map(p -> p.getFileName().toString())).noneMatch(n -> n.contains(".gone."));
            }
            assertThat(disk.resolve("work/tmp")).isEmptyDirectory();

            assertThat(command("mount", "-o", "remount,size=64m", disk.toString()))
                    .isTrue();
            Assay.Outcome roomy = Assay.here("run", study, "--workspace", work);

            assertThat(roomy.code()).isZero();
            assertThat(roomy.err()).containsPattern("households +reused").doesNotContain("damaged");
        } finally {
            command("umount", disk.toString());
        }
    }

    private static boolean command(String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
