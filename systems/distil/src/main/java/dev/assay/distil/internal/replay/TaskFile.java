package dev.assay.distil.internal.replay;

import dev.assay.distil.ReplayTask;
import dev.assay.distil.internal.rows.JsonLines;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads tasks: JSON Lines, or a table, with `task_id`, `task` and, if known, `reference`.
public final class TaskFile {
    private static final String ID = "task_id";
    private static final String TEXT = "task";
    private static final String REFERENCE = "reference";

    private TaskFile() {}

    /// Reads a file.
    ///
    /// @throws Fault naming file and line, if a task has no id or text, or an id stands twice
    public static List<ReplayTask> read(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean json = name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json");
        List<ReplayTask> tasks = json ? lines(file, name) : table(file, name);
        if (tasks.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "there is not one task: give at least one")
                    .at(name);
        }
        return tasks;
    }

    private static List<ReplayTask> lines(Path file, String name) {
        List<ReplayTask> tasks = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try {
            JsonLines.each(file, line -> {
                JsonNode row = JsonLines.value(line, name);
                tasks.add(task(
                        scalar(row, ID), scalar(row, TEXT), scalar(row, REFERENCE), ids, JsonLines.place(line, name)));
            });
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the tasks cannot be read: check that it is a file in UTF-8")
                    .at(file.toString())
                    .causedBy(e);
        }
        return tasks;
    }

    private static @Nullable String scalar(JsonNode row, String member) {
        JsonNode value = row.get(member);
        return value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }

    private static List<ReplayTask> table(Path file, String name) {
        Frame table = Frames.read(file, ReadOptions.DEFAULTS.asText());
        for (String column : List.of(ID, TEXT)) {
            if (!table.schema().has(column)) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "the column '" + column
                                        + "' is missing: tasks have task_id, task and, if known, reference")
                        .at(name);
            }
        }
        Column references = table.schema().has(REFERENCE) ? table.column(REFERENCE) : null;
        List<ReplayTask> tasks = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < table.rows(); i++) {
            tasks.add(task(
                    table.column(ID).text(i),
                    table.column(TEXT).text(i),
                    references == null ? null : references.text(i),
                    ids,
                    name + ", row " + (i + 1)));
        }
        return tasks;
    }

    private static ReplayTask task(
            @Nullable String id, @Nullable String text, @Nullable String reference, Set<String> ids, String place) {
        if (id == null || id.isBlank() || text == null || text.isBlank()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "a task needs a task_id and a task, neither of them empty")
                    .at(place);
        }
        if (!ids.add(id)) {
            throw Fault.of(Fault.Kind.BAD_DATA, "this task_id stands twice: ids must be unique")
                    .at(place);
        }
        return new ReplayTask(id, text, Optional.ofNullable(reference).filter(r -> !r.isBlank()));
    }
}
