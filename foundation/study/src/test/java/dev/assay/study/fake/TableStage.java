package dev.assay.study.fake;

import dev.assay.frame.Frame;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;

/// Takes every other row of a table.
public final class TableStage implements Stage<TableStage.In, TableStage.Out> {
    public record In(@Input("the table") Frame table) {}

    public record Out(@Artefact("every other row") Frame half) {}

    @Override
    public String kind() {
        return "test.table";
    }

    @Override
    public String summary() {
        return "halves a table";
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
        return new Out(input.table().filter(row -> row % 2 == 0));
    }
}
