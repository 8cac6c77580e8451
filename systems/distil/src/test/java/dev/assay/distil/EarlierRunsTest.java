package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRunsTest {
    private static final ReplayTask FIRST = ReplayTask.of("t1", "Rename the caf\u00E9's queue.\nThen print.");
    private static final ReplayTask SECOND = ReplayTask.of("t2", "Reset the router.");

    @TempDir
    Path folder;

    private static EarlierRuns in(Path evidence, int threads) {
        try (LocalEngine engine = LocalEngine.of(threads)) {
            return EarlierRuns.in(evidence, List.of(FIRST, SECOND), engine);
        }
    }

    private static List<String> own(EarlierRuns runs, ReplayTask task, String... of) {
        List<String> own = new ArrayList<>();
        for (String each : of) {
            if (runs.isOwn(task, each)) {
                own.add(each);
            }
        }
        return own;
    }

    @Test
    void aRunIsATasksOwnByIdOrByPrompt() {
        Path evidence = Evidence.of(folder)
                .run("by-id", "t1", "")
                .run("by-id-in-other-words", "t1", "Rename it.")
                .run("by-prompt", "elsewhere", "  Rename the cafe\u0301's queue. \r\nThen print.\n")
                .run("other-case", "elsewhere", "rename the caf\u00E9's queue.\nThen print.")
                .run("longer", "elsewhere", "Please: Rename the caf\u00E9's queue.\nThen print.")
                .run("like-an-id", "t11", "t1")
                .run("second", "t2", "Reset it.")
                .run("both", "t2", FIRST.text())
                .write();
        String[] all = {
            "by-id",
            "by-id-in-other-words",
            "by-prompt",
            "other-case",
            "longer",
            "like-an-id",
            "second",
            "both",
            "none",
            ""
        };
        for (int threads : new int[] {1, 3}) {
            EarlierRuns runs = in(evidence, threads);
            assertThat(own(runs, FIRST, all)).containsExactly("by-id", "by-id-in-other-words", "by-prompt", "both");
            assertThat(own(runs, SECOND, all)).containsExactly("second", "both");
        }
    }

    @Test
    void runsOfOneIdInTwoStreamsAreBothOwn() {
        EarlierRuns runs = in(
                Evidence.of(folder)
                        .run("answers", "7", "elsewhere", "Something.")
                        .run("more", "7", "t2", "")
                        .run("more", "8", "t1", "")
                        .write(),
                2);
        assertThat(runs.isOwn(SECOND, "7")).isTrue();
        assertThat(runs.isOwn(FIRST, "7")).isFalse();
        assertThat(runs.isOwn(FIRST, "8")).isTrue();
    }

    @Test
    void itIsKnownWhichRunsTheEvidenceHolds() {
        EarlierRuns runs = in(
                Evidence.of(folder)
                        .run("a", "t1", "")
                        .run("more", "b", "elsewhere", "Something.")
                        .write(),
                2);
        assertThat(List.of("a", "b", "c", "")).filteredOn(runs::holds).containsExactly("a", "b");
    }

    @Test
    void whatCannotBeToldIsSaid() throws IOException {
        assertThatThrownBy(() -> in(folder, 1))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("this is no folder of evidence");
        Evidence.of(folder).run("a", "t1", "").write();
        assertThatThrownBy(() -> in(folder, 1).isOwn(ReplayTask.of("t1", "Another text."), "a"))
                .isInstanceOf(IllegalArgumentException.class);
        Path file = folder.resolve("2026/01/01/answers.jsonl");
        Files.writeString(file, Files.readString(file) + "{\"run_id\":\"b\"}\n");
        assertThatThrownBy(() -> in(folder, 1))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("the line is damaged")
                .hasMessageContaining("answers.jsonl:2");
    }
}
