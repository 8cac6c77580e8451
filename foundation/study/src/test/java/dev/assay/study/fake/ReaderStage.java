package dev.assay.study.fake;

import dev.assay.frame.Frame;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Reads a file, a folder or a table, and tells a test when it is about to.
public final class ReaderStage implements Stage<ReaderStage.In, ReaderStage.Out> {
    private final Consumer<StageContext> before;
    private final Consumer<StageContext> after;

    public ReaderStage(Consumer<StageContext> before, Consumer<StageContext> after) {
        this.before = before;
        this.after = after;
    }

    public record In(
            @Input("a file or a folder") Optional<Path> source,
            @Input("a table") Optional<Frame> table,
            @Input("what comes before") Optional<Numbers> follows,
            @Setting(value = "any number", defaultsTo = "0") int number) {}

    public record Out(
            @Artefact("what was read, as one text") Path text) {}

    @Override
    public String kind() {
        return "test.reader";
    }

    @Override
    public String summary() {
        return "reads what it is given";
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
        before.accept(context);
        try {
            StringBuilder text = new StringBuilder();
            if (input.source().isPresent()) {
                for (Path file : files(input.source().get())) {
                    text.append(Files.readString(file));
                }
            }
            input.table()
                    .ifPresent(frame -> frame.columns().forEach(column -> {
                        for (int row = 0; row < column.length(); row++) {
                            text.append(column.text(row)).append(';');
                        }
                    }));
            Path made = Files.writeString(context.folder().resolve("text.txt"), text);
            after.accept(context);
            return new Out(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path source) throws IOException {
        try (Stream<Path> paths = Files.walk(source)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
