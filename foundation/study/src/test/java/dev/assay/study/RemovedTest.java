package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.study.fake.ShrunkStage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings that are gone.
class RemovedTest {
    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
        bench.stages.add(new ShrunkStage());
    }

    private static String shrunk(String keys) {
        return "study: s\nseed: 1\nstages:\n  a:\n    kind: test.shrunk\n" + keys.indent(4);
    }

    private Fault fault(String yaml, String... overrides) {
        return catchThrowableOfType(Fault.class, () -> bench.study(yaml, overrides));
    }

    @Test
    void aStudyThatStillGivesOneIsToldSoAtItsLine() {
        for (String value : List.of("checkpoint: ck.bin", "checkpoint:", "checkpoint: [1]")) {
            Fault fault = fault(shrunk("rounds: 3\n" + value));

            assertThat(fault.sentence()).isEqualTo(ShrunkStage.CHECKPOINT);
            assertThat(fault.place()).contains(folder.resolve("study.yaml") + ":7");
            assertThat(fault.kind()).isEqualTo(Fault.Kind.STUDY);
        }
    }

    @Test
    void eachOfSeveralIsTold() {
        assertThat(fault(shrunk("checkpoint: ck.bin\ncheckpoint-every: 20")).getMessage())
                .contains("2 problems", ":6: " + ShrunkStage.CHECKPOINT, ":7: 'checkpoint-every' is no longer");
    }

    @Test
    void aStudyWithoutThemIsValid() {
        assertThat(bench.study(shrunk("rounds: 3")).stage("a").values()).containsEntry("rounds", 3);
    }

    @Test
    void commandLinesAreToldTheSame() {
        assertThat(fault(shrunk("rounds: 3"), "a.checkpoint=ck.bin").getMessage())
                .isEqualTo("--set a.checkpoint: " + ShrunkStage.CHECKPOINT);
        Fault single = catchThrowableOfType(
                Fault.class,
                () -> StudyFile.single("test.shrunk", Map.of("checkpoint", "ck.bin"), 1, folder, bench.registry()));
        assertThat(single.getMessage()).isEqualTo("--checkpoint: " + ShrunkStage.CHECKPOINT);
    }

    @Test
    void nobodyElseHearsOfThem() {
        assertThat(fault(shrunk("chekpoint: ck.bin")).sentence())
                .isEqualTo("stage 'a' (test.shrunk) has no key 'chekpoint'. It knows rounds.");
        assertThat(StudySchema.of(bench.registry())).contains("test.shrunk").doesNotContain("checkpoint");
        assertThat(bench.registry().get("test.shrunk").keys()).containsExactly("rounds");
    }

    @Removed(name = "rounds", says = "is gone")
    record Contradictory(
            @Setting(value = "rounds", defaultsTo = "1") int rounds) {}

    @Test
    void aKeyThatIsThereCannotBeGone() {
        Stage<Contradictory, ShrunkStage.Out> stage = new Stage<>() {
            @Override
            public String kind() {
                return "test.contradictory";
            }

            @Override
            public String summary() {
                return "contradicts itself";
            }

            @Override
            public Class<Contradictory> input() {
                return Contradictory.class;
            }

            @Override
            public Class<ShrunkStage.Out> output() {
                return ShrunkStage.Out.class;
            }

            @Override
            public ShrunkStage.Out run(Contradictory input, StageContext context) {
                throw new IllegalStateException("is only described");
            }
        };

        assertThatThrownBy(() -> StageRegistry.of(List.of(stage)).get("test.contradictory"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'rounds'");
    }
}
