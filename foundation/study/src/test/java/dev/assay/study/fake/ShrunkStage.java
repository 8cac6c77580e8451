package dev.assay.study.fake;

import dev.assay.study.Artefact;
import dev.assay.study.Removed;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;

/// Has fewer settings than it once had.
public final class ShrunkStage implements Stage<ShrunkStage.In, ShrunkStage.Out> {
    public static final String CHECKPOINT =
            "'checkpoint' is no longer a setting: what is needed to go on after a stop is kept in the workspace; remove "
                    + "this line.";

    @Removed(name = "checkpoint", says = CHECKPOINT)
    @Removed(name = "checkpoint-every", says = "'checkpoint-every' is no longer a setting; remove this line.")
    public record In(
            @Setting(value = "rounds", defaultsTo = "1") int rounds) {}

    public record Out(@Artefact("nothing much") Numbers numbers) {}

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
