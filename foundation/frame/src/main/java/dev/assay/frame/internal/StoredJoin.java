package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.JoinKind;
import dev.assay.frame.Schema;
import dev.assay.frame.WriteOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Joins by key of stored tables, which DuckDB does, and sorts back into the order of the left rows.
public final class StoredJoin {
    private StoredJoin() {}

    /// A table and how many rows of each side have no partner.
    public record Joined(StoredRows table, long leftAlone, long rightAlone) {}

    /// See [dev.assay.frame.FrameFile#join].
    public static Joined join(
            StoredRows left,
            StoredRows right,
            List<String> keys,
            JoinKind kind,
            String suffix,
            Path target,
            Path spill) {
        keys.forEach(key -> requireAlike(key, left, right));
        Frame others = right.none().without(keys);
        List<Field> fields = Joining.fields(left.none().schema(), others.schema(), suffix);
        List<Column> columns = new ArrayList<>(left.none().columns());
        columns.addAll(others.columns());
        Frame none = Frame.of(new Schema(fields), columns);
        FileFormat format = StoredRows.parquet(target);
        long[] alone = new long[2];
        StoredRows made = StoredRows.filled(left.file(), target, spill, (database, fresh) -> {
            create(database, "l", left, keys, left.none().schema().names());
            create(database, "r", right, keys, others.schema().names());
            String same = IntStream.range(0, keys.size())
                    .mapToObj(i -> "l.k" + i + " = r.k" + i)
                    .collect(Collectors.joining(" AND "));
            alone[0] = database.number("SELECT count(*) FROM l ANTI JOIN r ON " + same);
            alone[1] = database.number("SELECT count(*) FROM r ANTI JOIN l ON " + same);
            List<String> selected = new ArrayList<>();
            List<String> names = Names.apart(fields.stream().map(Field::name).toList());
            int ofLeft = left.none().columns().size();
            for (int i = 0; i < fields.size(); i++) {
                selected.add((i < ofLeft ? "l.c" + i : "r.c" + (i - ofLeft)) + " AS " + Sql.name(names.get(i)));
            }
            String join = kind == JoinKind.LEFT ? " LEFT JOIN " : " JOIN ";
            FileWriter.requireWritable(none, format);
            FileWriter.copy(
                    database,
                    "SELECT " + String.join(", ", selected) + " FROM l" + join + "r ON " + same
                            + " ORDER BY l.row, r.row",
                    none,
                    fresh,
                    format,
                    WriteOptions.DEFAULTS);
        });
        return new Joined(made, alone[0], alone[1]);
    }

    private static void requireAlike(String key, StoredRows left, StoredRows right) {
        Field one = left.none().schema().fields().get(left.none().schema().indexOf(key));
        Field other = right.none().schema().fields().get(right.none().schema().indexOf(key));
        if (!StoredKeys.alike(one.type(), other.type())) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the key '" + key + "' is " + one.type().spoken() + " in the left table and "
                            + other.type().spoken() + " in the right one; read both alike, with 'types' or 'keys'");
        }
        Joining.requireOneUnit(one, other);
    }

    private static void create(
            Database database, String view, StoredRows table, List<String> keys, List<String> columns)
            throws SQLException {
        List<String> selected = new ArrayList<>(List.of(table.rowNumber(database) + " AS row"));
        for (int i = 0; i < keys.size(); i++) {
            selected.add(StoredKeys.key(table, keys.get(i)) + " AS k" + i);
        }
        for (int i = 0; i < columns.size(); i++) {
            selected.add(StoredKeys.pick(table, columns.get(i)).stored() + " AS c" + i);
        }
        database.run("CREATE VIEW " + view + " AS SELECT " + String.join(", ", selected) + " FROM "
                + table.numbered(database));
    }
}
