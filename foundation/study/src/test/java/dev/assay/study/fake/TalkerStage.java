package dev.assay.study.fake;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.Artefact;
import dev.assay.study.Figure;
import dev.assay.study.Input;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Says everything it knows about a table, in every way that a stage has.
public final class TalkerStage implements Stage<TalkerStage.In, TalkerStage.Out> {
    public record In(
            @Input("the table") Frame table,

            @Setting(value = "whether it fails", defaultsTo = "false")
            boolean fails) {}

    public record Out(
            @Artefact("the table again") Frame table,
            @Artefact("a folder") Path folder,
            @Artefact("the first text") Numbers first) {}

    @Override
    public String kind() {
        return "test.talker";
    }

    @Override
    public String summary() {
        return "says everything it knows";
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
        Column texts = input.table().columns().getFirst();
        String value = String.valueOf(texts.text(0));
        int rows = input.table().rows();
        context.progress("reading " + value).at(1, 2);
        context.measured(Metric.exact("rows." + Metric.part(value), rows, rows));
        context.measured(Metric.exact("rows", rows, rows));
        context.measured(Metric.exact("few", 3, rows));
        context.measured(Metric.exact("share", 3.0 / rows, rows));
        context.measured(Metric.exact("all-but-few", 1 - 2.0 / rows, rows));
        context.measured(Metric.estimate("mean", 0.7123, 0.6, 0.8, rows, "row"));
        context.measured(Metric.estimate("weighted-few", 3.0126, 1, 5, rows, "row"));
        context.measured(Metric.estimate("large", 1234.5, 987.6, 1500, rows, "row"));
        context.measuredWithin(Metric.estimate("mean of somewhere", 0.7123, 0.6, 0.8, rows, "row"));
        context.count("records_in", rows);
        context.count("records_out", rows - 3L);
        context.count("quarantined", 3);
        context.warn("The value " + value + " is odd.");
        context.table(new Listing("Rows", value, List.of("value"), List.of(List.of(value))));
        context.figure(
                new Figure.Bars("Values", "", "", "", List.of(value), List.of(new Figure.Series(value, List.of(3.0)))));
        if (input.fails()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "row 1 holds " + value);
        }
        try {
            Path folder = Files.createDirectories(context.folder().resolve("parts"));
            Files.writeString(folder.resolve("part-" + value + ".txt"), value);
            return new Out(input.table(), folder, new Numbers(value, List.of(3L)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
