package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.ReadStage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What `microdata.read` is told, as the reader takes it.
public final class ReadSettings {
    private ReadSettings() {}

    /// @throws Fault (BAD_SETTING) if a type is none, or a key is declared to be something else than text
    public static ReadOptions options(ReadStage.Settings input) {
        ReadOptions options = ReadOptions.DEFAULTS
                .withMissing(input.missing().toArray(String[]::new))
                .withColumns(input.columns().toArray(String[]::new))
                .withTypes(types(input))
                .withSeparator(
                        switch (input.separator()) {
                            case AUTO -> "";
                            case COMMA -> ",";
                            case SEMICOLON -> ";";
                            case TAB -> "\t";
                            case BAR -> "|";
                        })
                .withDecimal(
                        switch (input.decimal()) {
                            case AUTO -> ReadOptions.DecimalMark.AUTO;
                            case POINT -> ReadOptions.DecimalMark.POINT;
                            case COMMA -> ReadOptions.DecimalMark.COMMA;
                        });
        return input.maxLevels() > 0 ? options.withCategoriesUpTo(input.maxLevels()) : options;
    }

    private static Map<String, ColumnType> types(ReadStage.Settings input) {
        Map<String, ColumnType> types = new HashMap<>();
        input.types().forEach((column, name) -> types.put(column, type(column, name)));
        for (String key : input.keys()) {
            // What is declared goes before, numbers included.
            types.putIfAbsent(key, ColumnType.TEXT);
        }
        return types;
    }

    private static ColumnType type(String column, String name) {
        List<String> names =
                Arrays.stream(ColumnType.values()).map(ColumnType::spoken).toList();
        int at = names.indexOf(name.strip());
        if (at < 0) {
            throw Fault.of(
                            Fault.Kind.BAD_SETTING,
                            "'" + name + "' is no type." + Nearest.clause(name, names) + " The types are "
                                    + String.join(", ", names) + ".")
                    .at("types." + column);
        }
        return ColumnType.values()[at];
    }
}
