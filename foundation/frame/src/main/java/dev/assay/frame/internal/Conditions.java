package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/// Many conditions over one frame.
///
/// The columns are copied once into a table of DuckDB's; each condition is then a filter of its own
/// that returns the row numbers it holds for. Tried against 256 conditions a query as boolean columns,
/// and as one `bitstring_agg` each: this is a little faster than the first and twenty times faster than
/// the second, holds one bit a row, and knows which condition failed.
public final class Conditions {
    private static final String ROW = "row number of the frame";

    private Conditions() {}

    /// See [dev.assay.frame.Frames#conditions(Frame, List, ObjIntConsumer)].
    public static void evaluate(Frame frame, List<String> conditions, ObjIntConsumer<BitSet> each) {
        IntFunction<String> place = conditions.size() == 1 ? i -> "" : i -> "condition " + i;
        evaluate(frame, conditions, place, Limits.ofProcess(), each);
    }

    /// The same within these limits, where a fault stands at the place of its condition.
    public static void evaluate(
            Frame frame,
            List<String> conditions,
            IntFunction<String> place,
            Limits limits,
            ObjIntConsumer<BitSet> each) {
        evaluate(frame, conditions, place, Watch.start(limits), each);
    }

    static void evaluate(
            Frame frame, List<String> conditions, IntFunction<String> place, Watch watch, ObjIntConsumer<BitSet> each) {
        judge(frame, new ConditionRules(frame, watch.limits()), conditions, place, watch, each);
    }

    /// See [dev.assay.frame.FrameFile#conditions].
    public static void evaluate(
            StoredRows table,
            List<String> conditions,
            IntFunction<String> place,
            List<String> also,
            Limits limits,
            FrameFile.Judged each) {
        ConditionRules rules = new ConditionRules(table.none(), limits);
        Watch watch = Watch.start(limits);
        String mentioned = mentioned(conditions);
        List<String> columns = new ArrayList<>(table.none().schema().fields().stream()
                .filter(field -> isMentioned(field, mentioned) || also.contains(field.name()))
                .map(Field::name)
                .toList());
        if (columns.isEmpty()) {
            // A frame without columns has no rows.
            columns.addAll(table.none().schema().names().subList(0, 1));
        }
        long first = 0;
        try (Chunks chunks = table.chunks(StoredRows.rowsPerChunk(columns.size(), Integer.MAX_VALUE), columns)) {
            // Without rows, conditions that are wrong are told all the same.
            Frame chunk = chunks.hasNext() ? chunks.next() : chunks.none();
            while (true) {
                Frame now = chunk;
                long from = first;
                judge(now, rules, conditions, place, watch, (rows, index) -> each.chunk(now, from, rows, index));
                if (!chunks.hasNext()) {
                    return;
                }
                first += now.rows();
                chunk = chunks.next();
            }
        }
    }

    private static void judge(
            Frame frame,
            ConditionRules rules,
            List<String> conditions,
            IntFunction<String> place,
            Watch watch,
            ObjIntConsumer<BitSet> each) {
        ConditionSize size = ConditionSize.of(frame);
        long most = watch.limits().of(Limit.CONDITION_BYTES);
        String row = rowName(rules);
        try (Database database = Database.open()) {
            load(database, frame, row, conditions);
            database.allow(most);
            database.lock();
            try (Patience patience = new Patience(database, watch);
                    PreparedStatement parser = database.prepare(SqlTree.PARSE)) {
                for (int i = 0; i < conditions.size(); i++) {
                    String condition = conditions.get(i);
                    BitSet chosen;
                    try {
                        if (size.of(SqlTree.where(rules.tree(parser, condition))) > most) {
                            throw watch.tooLarge(condition);
                        }
                        chosen = rows(database, patience, row, frame.rows(), condition);
                    } catch (SQLException e) {
                        throw at(Troubles.condition(e, condition, watch), place.apply(i));
                    } catch (Fault fault) {
                        throw at(fault, place.apply(i));
                    }
                    each.accept(chosen, i);
                }
            }
        } catch (SQLException e) {
            throw Troubles.query(e);
        }
    }

    private static Fault at(Fault fault, String place) {
        return place.isEmpty() ? fault : fault.at(place);
    }

    /// A name for the column of row numbers that no column of the frame has.
    private static String rowName(ConditionRules rules) {
        String name = ROW;
        while (rules.names().containsKey(name)) {
            name += "_";
        }
        return name;
    }

    private static void load(Database database, Frame frame, String row, List<String> conditions) throws SQLException {
        Set<String> alike = Names.alike(frame.schema().names());
        String mentioned = mentioned(conditions);
        String select = FrameSource.register(
                database,
                "frame",
                numbered(frame, row),
                FrameSource.TimesAs.TIMESTAMPS,
                true,
                field -> field.name().equals(row) || isMentioned(field, mentioned) && !alike.contains(field.name()));
        database.run("CREATE TABLE rows AS " + select);
    }

    private static Frame numbered(Frame frame, String row) {
        long[] numbers = new long[frame.rows()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return frame.with(row, Column.Longs.of(numbers));
    }

    private static String mentioned(List<String> conditions) {
        return String.join("\n", conditions).toLowerCase(Locale.ROOT);
    }

    private static boolean isMentioned(Field field, String conditions) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return conditions.contains(name) || conditions.contains(name.replace("\"", "\"\""));
    }

    private static BitSet rows(Database database, Patience patience, String row, int rows, String condition)
            throws SQLException {
        String query = "SELECT " + Sql.name(row) + " FROM rows WHERE (" + condition + "\n)";
        return patience.call(condition, () -> {
            BitSet chosen = new BitSet(rows);
            try (PreparedStatement statement = database.prepare(query);
                    ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    chosen.set((int) result.getLong(1));
                }
            }
            return chosen;
        });
    }
}
