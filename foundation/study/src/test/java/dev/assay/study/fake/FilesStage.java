package dev.assay.study.fake;

import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies a file, and makes a folder and a file of random bytes that are computed on all threads.
public class FilesStage implements Stage<FilesStage.In, FilesStage.Out> {
    public record In(@Input("the file to copy") Path file) {}

    public record Out(
            @Artefact("the copy") Path copy,
            @Artefact("a folder") Path folder,
            @Artefact("random bytes") Path noise) {}

    @Override
    public String kind() {
        return "test.files";
    }

    @Override
    public String summary() {
        return "copies a file";
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
        Path folder = context.folder();
        try {
            Path copy = Files.copy(input.file(), folder.resolve("whatever.txt"));
            Path parts = folder.resolve("parts");
            Files.createDirectories(parts.resolve("deep"));
            Files.writeString(parts.resolve("one.txt"), "one");
            Files.writeString(parts.resolve("deep/two.txt"), "two");
            Files.writeString(folder.resolve("scrap.txt"), "nobody wants this");
            String noise = context.engine()
                    .reduce(
                            50,
                            p -> Long.toHexString(
                                            context.seed().child(p).generator().nextLong()) + "\n",
                            String::concat);
            return new Out(copy, parts, Files.writeString(folder.resolve("noise.hex"), noise));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
