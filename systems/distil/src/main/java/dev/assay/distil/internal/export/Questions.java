package dev.assay.distil.internal.export;

import dev.assay.distil.Decontamination;
import dev.assay.distil.KeyedText;
import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the questions of a benchmark.
public final class Questions {
    private Questions() {}

    /// @param file a table with a column `question`, and if wanted `id`
    /// @throws Fault (BAD_DATA) naming what is wrong
    public static Decontamination read(Path file) {
        Frame table = Frames.read(file, ReadOptions.DEFAULTS);
        String name = String.valueOf(file.getFileName());
        if (!table.schema().has("question")) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the questions need a column 'question'")
                    .at(name);
        }
        List<KeyedText> questions = new ArrayList<>();
        boolean named = table.schema().has("id");
        for (int i = 0; i < table.rows(); i++) {
            String text = table.column("question").text(i);
            String id = named ? table.column("id").text(i) : null;
            questions.add(new KeyedText(id == null ? "row " + (i + 1) : id, text == null ? "" : text));
        }
        return Decontamination.of(questions);
    }
}
