package dev.assay.study.fake;

import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.util.Map;
import java.util.Optional;

/// Does what a test wants it to do.
public final class FreeStage implements Stage<FreeStage.In, FreeStage.Out> {
    private final String kind;
    private final Work work;
    private final Optional<String> outside;
    private boolean draws = true;

    public FreeStage(String kind, Work work) {
        this(kind, work, Optional.empty());
    }

    public FreeStage(String kind, Work work, Optional<String> outside) {
        this.kind = kind;
        this.work = work;
        this.outside = outside;
    }

    /// Says from now on that it draws nothing.
    public FreeStage drawingNothing() {
        draws = false;
        return this;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return draws;
    }

    @Override
    public Optional<String> outside(In input) {
        return outside;
    }

    /// What a test wants.
    @FunctionalInterface
    public interface Work {
        Numbers run(In input, StageContext context) throws Exception;
    }

    public record In(
            @Input("what comes before") Optional<Map<String, Numbers>> after,
            @Setting(value = "any number", defaultsTo = "0") int number) {}

    public record Out(@Artefact("what it made") Numbers made) {}

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String summary() {
        return "does what a test wants";
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
            return new Out(work.run(input, context));
        } catch (Exception e) {
            throw sneaky(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Exception> RuntimeException sneaky(Exception e) throws T {
        throw (T) e;
    }
}
