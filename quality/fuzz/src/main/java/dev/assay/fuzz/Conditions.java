package dev.assay.fuzz;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A condition on rows of three columns.
public final class Conditions {
    private static final Frame ROWS = Frame.of(
            new Schema(List.of(
                    Field.of("age", ColumnType.LONG),
                    Field.of("x", ColumnType.DOUBLE),
                    Field.of("name", ColumnType.TEXT))),
            List.of(
                    Column.Longs.of(1, 20, 300),
                    Column.Doubles.of(0.5, Double.NaN, -1e9),
                    Column.Texts.of("ann", null, "b'\"%")));

    private Conditions() {}

    /// One input.
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Frames.conditions(ROWS, List.of(new String(input, StandardCharsets.UTF_8)));
        } catch (Fault refused) {
            // A sentence for whoever wrote the condition.
        }
    }
}
