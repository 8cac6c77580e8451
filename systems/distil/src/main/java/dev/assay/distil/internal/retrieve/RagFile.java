package dev.assay.distil.internal.retrieve;

import dev.assay.distil.Category;
import dev.assay.distil.Playbook;
import dev.assay.distil.Playbooks;
import dev.assay.distil.RagSample;
import dev.assay.distil.internal.rows.JsonLines;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// A RAG export, read line by line.
public record RagFile(Path file) implements Playbooks {
    private static final int SCHEMA_VERSION = 1;
    private static final String NAME = "rag.jsonl";

    /// The file, or the one of the usual name in a folder.
    public static RagFile in(Path path) {
        return new RagFile(Files.isDirectory(path) ? path.resolve(NAME) : path);
    }

    @Override
    public void each(Consumer<Playbook> reader) {
        try {
            JsonLines.each(file, line -> reader.accept(playbook(line)));
        } catch (NoSuchFileException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file does not exist: check its path")
                    .at(file.toString())
                    .causedBy(e);
        } catch (IOException e) {
            throw Fault.of(
                            Fault.Kind.MISSING_FILE,
                            "the file cannot be read: check that it is a file and its permissions")
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    private Playbook playbook(RawRow line) {
        JsonNode row = JsonLines.value(line, String.valueOf(file.getFileName()));
        long number = line.position() + 1;
        JsonNode version = row.get("schema_version");
        if (version == null || !version.isNumber() || version.doubleValue() != SCHEMA_VERSION) {
            throw bad(number, "schema_version must be 1: export the file again with this version");
        }
        String score = text(row, "success_score", number);
        String content = text(row, "content", number);
        String id = text(row, "id", number);
        if (id.isEmpty() || content.isBlank()) {
            throw bad(number, "id and content must not be empty: export the file again");
        }
        JsonNode embedding = row.get("embedding_text");
        return new Playbook(
                id,
                text(row, "title", number),
                content,
                Category.of(score)
                        .filter(category -> category != Category.REJECTED)
                        .map(RagSample.Score::of)
                        .orElseThrow(() -> bad(
                                number,
                                "success_score must be accepted, partially_accepted or needs_human_review: "
                                        + "rejected runs are never shown to a model")),
                text(row, "source_run_id", number),
                embedding != null && embedding.isString() ? Optional.of(embedding.stringValue()) : Optional.empty());
    }

    private String text(JsonNode row, String member, long number) {
        JsonNode value = row.get(member);
        if (value == null || !value.isString()) {
            throw bad(number, "the member '" + member + "' must be a text: give a file of the RAG export");
        }
        return value.stringValue();
    }

    private Fault bad(long number, String sentence) {
        return Fault.of(Fault.Kind.BAD_DATA, sentence).at(place(number));
    }

    private String place(long number) {
        return file.getFileName() + ":" + number;
    }
}
