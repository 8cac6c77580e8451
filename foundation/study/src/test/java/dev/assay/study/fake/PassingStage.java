package dev.assay.study.fake;

import dev.assay.frame.FrameFile;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.IntStream;

/// Takes every other row of a table that it does not hold.
public final class PassingStage implements Stage<PassingStage.In, PassingStage.Out> {
    public record In(@Input("the table") FrameFile table) {}

    public record Out(@Artefact("every other row") FrameFile half) {}

    @Override
    public String kind() {
        return "test.passing";
    }

    @Override
    public String summary() {
        return "halves a table that is not held";
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
        BitSet even = new BitSet();
        IntStream.range(0, (int) input.table().rows()).filter(i -> i % 2 == 0).forEach(even::set);
        Path folder = context.folder();
        return new Out(input.table().keep(even, folder.resolve("half.parquet"), folder.resolve("spill")));
    }
}
