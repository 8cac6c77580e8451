package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InMemoryContextTest extends StageContextContract {
    @TempDir
    Path home;

    @Override
    Kept kept(Work work) throws Exception {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, home)) {
            work.in(context);
            return new Kept(
                    context.metrics(), context.figures(), context.listings(), context.counts(), context.warnings());
        }
    }

    @Test
    void nothingIsMadeBeforeItIsAskedFor() {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 1, home)) {
            context.count("records_in", 1);
            assertThat(home).isEmptyDirectory();
        }
    }

    @Test
    void aSecondAttemptHasAFolderOfItsOwnAndFindsWhatTheFirstOneLeft() throws Exception {
        try (InMemoryContext first = InMemoryContext.of(Seed.of(1), 1, home);
                InMemoryContext second = InMemoryContext.of(Seed.of(1), 1, home)) {
            Files.writeString(first.folder().resolve("made"), "made");
            Files.writeString(first.resumable().resolve("kept"), "kept");
            assertThat(second.folder()).isEmptyDirectory();
            assertThat(second.resumable().resolve("kept")).hasContent("kept");
        }
    }

    @Test
    void anEngineThatIsNotItsOwnStaysOpen() {
        try (LocalEngine engine = LocalEngine.of(1)) {
            InMemoryContext.of(Seed.of(1), engine, home).close();
            assertThat(engine.map(3, p -> p)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void whatWasSaidIsFoundByItsName() {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 1, home)) {
            context.measured(Metric.exact("share", 0.5, 2));
            context.measured(Metric.absent("error", 0, "there is no row"));
            context.table(new Listing("Rows", "", List.of(), List.of()));
            assertThat(context.value("share")).isEqualTo(0.5);
            assertThat(context.metric("error").reason()).isEqualTo("there is no row");
            assertThat(context.listing("Rows").columns()).isEmpty();
            assertThatThrownBy(() -> context.value("error"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("the metric 'error' has no value: there is no row");
            assertThatThrownBy(() -> context.metric("shore"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("there is no metric 'shore' among [share, error]");
            assertThatThrownBy(() -> context.listing("Columns"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("there is no table 'Columns' among [Rows]");
        }
    }
}
