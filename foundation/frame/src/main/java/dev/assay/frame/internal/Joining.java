package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.JoinKind;
import dev.assay.frame.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Joins by key.
public final class Joining {
    private Joining() {}

    /// See [Frame#join(Frame, List, JoinKind, String)].
    public static Frame join(Frame left, Frame right, List<String> keys, JoinKind kind, String suffix) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a join needs at least one key column");
        }
        RowKeys.requireComparable(left, right, keys);
        for (String key : keys) {
            requireOneUnit(
                    left.schema().fields().get(left.schema().indexOf(key)),
                    right.schema().fields().get(right.schema().indexOf(key)));
        }
        RowKeys numbers = RowKeys.over(keys);
        int[] ofRight = numbers.number(right, true, false);
        int[] ofLeft = numbers.number(left, false, false);
        int[] start = starts(ofRight, numbers.count());
        int[] partners = partners(ofRight, start);
        int[] leftRows = new int[Math.max(16, left.rows())];
        int[] rightRows = new int[leftRows.length];
        int n = 0;
        for (int i = 0; i < ofLeft.length; i++) {
            int key = ofLeft[i];
            int from = key < 0 ? 0 : start[key];
            int to = key < 0 ? 0 : start[key + 1];
            int added = from == to && kind == JoinKind.LEFT ? 1 : to - from;
            if (n > Integer.MAX_VALUE - 8 - added) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA, "the join has too many rows for one frame; are the keys really keys?");
            }
            if (n + added > leftRows.length) {
                int length = Math.max(n + added, leftRows.length + (leftRows.length >> 1));
                length = length < 0 ? Integer.MAX_VALUE - 8 : length;
                leftRows = Arrays.copyOf(leftRows, length);
                rightRows = Arrays.copyOf(rightRows, length);
            }
            for (int k = 0; k < added; k++) {
                leftRows[n] = i;
                rightRows[n++] = from == to ? -1 : partners[from + k];
            }
        }
        return put(left.at(Arrays.copyOf(leftRows, n)), right.without(keys), Arrays.copyOf(rightRows, n), suffix);
    }

    /// Numbers in two units are equal by accident. A unit that nobody stated is none.
    ///
    /// @throws Fault (BAD_DATA) if a key is stated in one unit on the left and in another on the right
    static void requireOneUnit(Field left, Field right) {
        if (!left.unit().isEmpty() && !right.unit().isEmpty() && !left.unit().equals(right.unit())) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the key '" + left.name() + "' is in " + left.unit() + " in the left table and in " + right.unit()
                            + " in the right one; bring both to one unit, or correct 'units' where they are read");
        }
    }

    /// The fields of a join, those of the right side behind those of the left.
    ///
    /// @param right without the keys
    static List<Field> fields(Schema left, Schema right, String suffix) {
        List<Field> fields = new ArrayList<>(left.fields());
        for (Field field : right.fields()) {
            boolean twice = left.has(field.name());
            if (twice && suffix.isEmpty()) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "both frames have a column '" + field.name()
                                + "' that is no key; leave one out, or give a suffix for the right one.");
            }
            String name = twice ? field.name() + suffix : field.name();
            if (twice && (left.has(name) || right.has(name))) {
                throw Fault.of(Fault.Kind.BAD_DATA, "there already is a column '" + name + "'; choose another suffix.");
            }
            fields.add(new Field(name, field.type(), field.unit()));
        }
        return fields;
    }

    private static Frame put(Frame left, Frame right, int[] rightRows, String suffix) {
        List<Field> fields = fields(left.schema(), right.schema(), suffix);
        List<Column> columns = new ArrayList<>(left.columns());
        right.columns().forEach(column -> columns.add(column.at(rightRows)));
        return Frame.of(new Schema(fields), columns);
    }

    /// Where each key's rows start in [#partners].
    private static int[] starts(int[] keys, int count) {
        int[] start = new int[count + 1];
        for (int key : keys) {
            if (key >= 0) {
                start[key + 1]++;
            }
        }
        for (int i = 0; i < count; i++) {
            start[i + 1] += start[i];
        }
        return start;
    }

    private static int[] partners(int[] keys, int[] start) {
        int[] next = start.clone();
        int[] rows = new int[start[start.length - 1]];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] >= 0) {
                rows[next[keys[i]]++] = i;
            }
        }
        return rows;
    }
}
