package dev.assay.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.Artefact;
import dev.assay.study.Removed;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.study.StageDescription;
import dev.assay.study.StageRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class StageOptionsTest {
    private static final StageDescription STAGE =
            StageRegistry.of(List.of(new ShrunkStage())).get("test.shrunk");

    private static final class ShrunkStage implements Stage<ShrunkStage.In, ShrunkStage.Out> {
        @Removed(name = "checkpoint", says = "'checkpoint' is no longer a setting; remove this line.")
        record In(
                @Setting(value = "rounds", defaultsTo = "1") int rounds) {}

        record Out(@Artefact("what it makes") Path made) {}

        @Override
        public String kind() {
            return "test.shrunk";
        }

        @Override
        public String summary() {
            return "has fewer settings than before";
        }

        @Override
        public Class<In> input() {
            return In.class;
        }

        @Override
        public Class<Out> output() {
            return Out.class;
        }

        @Override
        public Out run(In input, StageContext context) {
            throw new IllegalStateException("is only described");
        }
    }

    private static CommandLine command() {
        CommandSpec spec = CommandSpec.create().name("shrunk");
        StageOptions.add(spec, STAGE);
        return new CommandLine(spec);
    }

    @Test
    void anOptionThatIsGoneIsTakenSoThatItCanBeToldWhatBecameOfIt() {
        assertThat(StageOptions.given(command().parseArgs("--rounds", "3", "--checkpoint", "ck.bin"), STAGE))
                .isEqualTo(Map.of("rounds", "3", "checkpoint", "ck.bin"));
        assertThat(StageOptions.given(command().parseArgs("--checkpoint"), STAGE))
                .isEqualTo(Map.of("checkpoint", ""));
    }

    @Test
    void helpDoesNotTellOfIt() {
        assertThat(command().getUsageMessage()).contains("--rounds").doesNotContain("checkpoint");
        assertThat(String.join(" ", StageOptions.synopsis(STAGE))).doesNotContain("checkpoint");
    }
}
