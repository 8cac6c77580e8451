package dev.assay.study.fake;

import dev.assay.study.Artefact;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes a folder of rows whose content is not their bytes, and one without a file.
public final class RowsStage implements Stage<RowsStage.In, RowsStage.Out> {
    private final String extra;

    public RowsStage() {
        this("notes.txt");
    }

    /// @param extra the name of one of the files
    public RowsStage(String extra) {
        this.extra = extra;
    }

    public record In() {}

    public record Out(
            @Artefact("rows") Path rows,
            @Artefact("nothing") Path nothing) {}

    @Override
    public String kind() {
        return "test.rows";
    }

    @Override
    public String summary() {
        return "makes rows";
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
        try {
            Path rows = Files.createDirectories(context.folder().resolve("any/2025"));
            Files.writeString(rows.resolve("b.jsonl"), "{\"b\":1, \"a\":2}\n{\"id\":1}\n");
            Files.writeString(rows.resolve("a.jsonl"), "{\"damaged\n");
            Files.writeString(rows.resolveSibling(extra), "text");
            Files.writeString(rows.resolveSibling("one.json"), "{\"id\":7,\"x\":1.0}");
            return new Out(
                    rows.resolveSibling(""),
                    Files.createDirectories(context.folder().resolve("empty")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
