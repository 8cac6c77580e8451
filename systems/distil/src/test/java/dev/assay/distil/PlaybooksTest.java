package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybooksTest {
    private static final String ROW = """
            {"schema_version":1,"id":"r1","title":"T","content":"C","tags":["s"],"source_run_id":"run","success_score":"accepted","source_category":"s","created_at":"2026-01-01T00:00:00Z","provenance":{}}
            """;

    @TempDir
    Path folder;

    private List<Playbook> read(String text) throws IOException {
        Path file = folder.resolve("rag.jsonl");
        Files.writeString(file, text);
        List<Playbook> playbooks = new ArrayList<>();
        Playbooks.in(file).each(playbooks::add);
        return playbooks;
    }

    @Test
    void aRowOfTheExportIsAPlaybook() throws IOException {
        Playbook playbook = read(ROW + "\n"
                        + ROW.replace("r1", "r2").replace("\"tags\"", "\"embedding_text\":\"E\",\"tags\""))
                .getLast();
        assertThat(playbook.id()).isEqualTo("r2");
        assertThat(playbook.score()).isEqualTo(RagSample.Score.ACCEPTED);
        assertThat(playbook.searchText()).isEqualTo("E");
        assertThat(read(ROW).getFirst().searchText()).isEqualTo("T\nC");
    }

    @Test
    void aRejectedRunIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read(ROW + ROW.replace("accepted", "rejected")))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("rag.jsonl:2: success_score must be accepted");
    }

    @Test
    void whatIsNoRowIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("\n{"))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("rag.jsonl:2: the line is not JSON");
        assertThatThrownBy(() -> read(ROW.replace("\"schema_version\":1", "\"schema_version\":2")))
                .hasMessageContaining("schema_version must be 1");
        assertThatThrownBy(() -> read(ROW.replace("\"content\":\"C\"", "\"content\":\" \"")))
                .hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> read(ROW.replace("\"title\":\"T\",", "")))
                .hasMessageContaining("the member 'title' must be a text");
        assertThatThrownBy(() -> Playbooks.in(folder.resolve("none.jsonl")).each(p -> {}))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("does not exist");
    }
}
