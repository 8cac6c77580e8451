package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.frame.Frame;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageSpec.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inputs that lie beside others and come with them.
class BesideTest {
    @TempDir
    Path folder;

    Bench bench;

    record Note(String text) {}

    record Nothing() {}

    record Made(
            @Artefact("a table") Frame table,
            @Artefact("a note") Note note) {}

    record Used(
            @Input("a table") Frame table,

            @Input(value = "what is noted of it", beside = "table")
            Optional<Note> note) {}

    record Compared(
            @Input("one table") Frame one,

            @Input("another table") Frame other,

            @Input(value = "what is noted of the one", beside = "one", artefact = "note")
            Optional<Note> oneNote,

            @Input(value = "what is noted of the other", beside = "other", artefact = "note")
            Optional<Note> otherNote) {}

    private record Described<I extends Record, O extends Record>(String kind, Class<I> input, Class<O> output)
            implements Stage<I, O> {
        @Override
        public String summary() {
            return "is only described";
        }

        @Override
        public O run(I input, StageContext context) {
            throw new IllegalStateException("is only described");
        }
    }

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
        bench.stages.add(new Described<>("test.made", Nothing.class, Made.class));
        bench.stages.add(new Described<>("test.used", Used.class, Nothing.class));
        bench.stages.add(new Described<>("test.compared", Compared.class, Nothing.class));
    }

    private List<Wire> wires(String use) {
        return bench.study(
                        "study: s\nseed: 1\nstages:\n  a: { kind: test.made }\n  b: { kind: test.used, " + use + " }\n")
                .stage("b")
                .wires();
    }

    @Test
    void ofAStageItIsTheArtefactOfItsName() {
        Wire note = new Wire("note", "", new Source.Output("a", "note"));
        assertThat(wires("table: a.table")).contains(note).hasSize(2);
        assertThat(wires("table: a")).contains(note);
    }

    @Test
    void ofAFileItIsTheFileOfItsNameIfThereIsOne() throws Exception {
        Files.createDirectory(folder.resolve("made"));
        Files.writeString(folder.resolve("made/table.csv"), "x\n1\n");
        assertThat(wires("table: made/table.csv")).hasSize(1);
        Path note = Files.writeString(folder.resolve("made/note.json"), "{\"text\": \"n\"}");
        assertThat(wires("table: made/table.csv"))
                .contains(new Wire("note", "", new Source.UserFile("made/note.json", note, false)));
        assertThat(StudyFile.single("test.used", Map.of("table", "made/table.csv"), 1, folder, bench.registry())
                        .stage("used")
                        .wires())
                .hasSize(2);
        // It is as confidential as what it lies beside.
        assertThat(wires("table: { path: made/table.csv, confidential: true }"))
                .contains(new Wire("note", "", new Source.UserFile("made/note.json", note, true)));
    }

    @Test
    void whatIsGivenCounts() throws Exception {
        Files.writeString(folder.resolve("table.csv"), "x\n1\n");
        Files.writeString(folder.resolve("note.json"), "{\"text\": \"n\"}");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"text\": \"o\"}");
        assertThat(wires("table: table.csv, note: other.json"))
                .contains(new Wire("note", "", new Source.UserFile("other.json", other, false)))
                .hasSize(2);
    }

    @Test
    void twoInputsOfOneKindEachHaveTheirOwnOfOneName() throws Exception {
        Files.createDirectory(folder.resolve("made"));
        Files.writeString(folder.resolve("made/table.csv"), "x\n1\n");
        Path note = Files.writeString(folder.resolve("made/note.json"), "{\"text\": \"n\"}");
        assertThat(bench.study("""
                                study: s
                                seed: 1
                                stages:
                                  a: { kind: test.made }
                                  b: { kind: test.compared, one: a, other: made/table.csv }
                                """).stage("b").wires())
                .contains(
                        new Wire("one-note", "", new Source.Output("a", "note")),
                        new Wire("other-note", "", new Source.UserFile("made/note.json", note, false)))
                .hasSize(4);
    }
}
