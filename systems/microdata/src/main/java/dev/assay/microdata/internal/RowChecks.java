package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.microdata.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks of one table that is not held, remembering for each row the first reason why it cannot stay:
/// one bit a row for each reason that occurs.
public final class RowChecks {
    /// As levels of categories are ordered.
    private static final Comparator<String> CODE_POINTS =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    /// What people call a number; Java would also take `1d`, `0x1p3` and `NaN`. Nothing is
    /// given back once it matched, so that a long text of digits takes one pass.
    private static final Pattern NUMBER = Pattern.compile("[-+]?+(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][-+]?+\\d++)?+");

    private final FrameFile table;
    private final Lines lines;
    private final Path spill;
    private final BitSet aside = new BitSet();
    private final Map<String, BitSet> rowsOf = new LinkedHashMap<>();
    private final Set<String> numberColumns = new HashSet<>();

    /// Checks of this table; nothing is wrong yet.
    ///
    /// @param spill a folder for what does not fit into memory, made if it is needed
    /// @throws Fault (BAD_DATA) if it has more rows than bits can be numbered
    public RowChecks(FrameFile table, Optional<Source> source, Path spill) {
        if (table.rows() > Integer.MAX_VALUE) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the table has " + table.rows() + " rows, more than the " + Integer.MAX_VALUE
                            + " that can be checked at once; divide it first");
        }
        this.table = table;
        this.lines = new Lines(source);
        this.spill = spill;
    }

    /// @throws Fault (BAD_DATA) naming a column without any value
    public void noColumnIsEmpty() {
        long[] missing = table.missing();
        for (int i = 0; i < missing.length; i++) {
            if (missing[i] == table.rows()) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "column '" + table.schema().fields().get(i).name()
                                        + "' has no value in any of the " + table.rows()
                                        + " rows; leave it out with 'columns' when reading, or mend the file")
                        .at(file());
            }
        }
    }

    private String file() {
        return lines.file().isEmpty() ? "table" : lines.file();
    }

    /// @throws Fault (BAD_DATA) naming the places of the first two rows that share a key
    public void keyIsUnique(List<String> key) {
        if (key.isEmpty()) {
            return;
        }
        table.doubled(key, true, spill).ifPresent(doubled -> {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the key (" + String.join(", ", key) + ") is not unique: " + doubled.rows()
                                    + (doubled.rows() == 1 ? " row repeats" : " rows repeat")
                                    + " the key of an earlier one, the first at "
                                    + lines.place(doubled.second()) + " repeats " + lines.place(doubled.first())
                                    + "; remove the duplicates or name more key columns")
                    .at(file());
        });
    }

    /// Rows without a value in one of these columns are set aside.
    public void required(List<String> columns) {
        each(columns, "missing ", (column, row) -> column.isMissing(row));
    }

    private interface Finding {
        boolean found(Column column, int row);
    }

    private void each(List<String> columns, String reason, Finding finding) {
        for (String name : columns) {
            long first = 0;
            try (Chunks chunks = table.chunks(name)) {
                while (chunks.hasNext()) {
                    Column column = chunks.next().columns().getFirst();
                    for (int row = 0; row < column.length(); row++) {
                        if (finding.found(column, row)) {
                            set((int) (first + row), reason + name);
                        }
                    }
                    first += column.length();
                }
            }
        }
    }

    /// Rows whose cell in one of these columns is not a finite number are set aside; missing cells pass.
    public void numbers(List<String> columns) {
        numberColumns.addAll(columns);
        each(columns, "not a number ", (column, row) -> !column.isMissing(row) && !isNumber(column, row));
    }

    /// Rows that break a condition are set aside under its name; a condition that a missing value
    /// leaves open is not broken.
    ///
    /// @throws Fault (BAD_SETTING) if a condition has no name; (BAD_DATA) if one is not SQL or names a
    ///     column that does not exist
    public void rules(Map<String, String> rules) {
        List<String> names = List.copyOf(rules.keySet());
        if (names.stream().anyMatch(String::isBlank)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "a rule needs a name: it is the reason that rows are set aside for");
        }
        List<BitSet> broken = new ArrayList<>();
        names.forEach(name -> broken.add(new BitSet()));
        NamedConditions.broken(
                table,
                List.copyOf(rules.values()),
                i -> "rule '" + names.get(i) + "'",
                (row, rule) -> broken.get(rule).set((int) row));
        for (int i = 0; i < names.size(); i++) {
            set(broken.get(i), names.get(i));
        }
    }

    /// Rows whose key does not occur in the parent table are set aside.
    public void hasParent(String column, FrameFile parent) {
        set(table.orphans(column, parent, spill), "no parent " + column);
    }

    /// How many rows nothing is wrong with.
    public long accepted() {
        return table.rows() - aside.cardinality();
    }

    /// Writes the rows nothing is wrong with. A text column of those that must hold numbers becomes one:
    /// it was text only because of the rows set aside.
    public FrameFile writeAccepted(Path target) {
        BitSet kept = (BitSet) aside.clone();
        kept.flip(0, (int) table.rows());
        boolean typed = table.schema().fields().stream()
                .anyMatch(f -> numberColumns.contains(f.name())
                        && (f.type() == ColumnType.TEXT || f.type() == ColumnType.CATEGORY));
        if (!typed) {
            return table.keep(kept, target, spill);
        }
        try (Chunks chunks = table.kept(kept).map(this::numbersTyped)) {
            return FrameFile.write(chunks, target);
        }
    }

    /// Writes the rows set aside, with columns `reason`, `file` and `line` in front.
    public FrameFile writeQuarantined(Path target) {
        List<String> reasons = rowsOf.keySet().stream().sorted(CODE_POINTS).toList();
        List<BitSet> rows = reasons.stream().map(rowsOf::get).toList();
        List<String> files = aside.isEmpty() ? List.of() : List.of(lines.file());
        int[] next = {aside.nextSetBit(0)};
        try (Chunks chunks = table.kept(aside).map(chunk -> {
            int[] why = new int[chunk.rows()];
            long[] line = new long[chunk.rows()];
            for (int i = 0; i < why.length; i++) {
                int row = next[0];
                while (!rows.get(why[i]).get(row)) {
                    why[i]++;
                }
                line[i] = lines.line(row);
                next[0] = aside.nextSetBit(row + 1);
            }
            Frame result = Frame.empty()
                    .with("reason", Column.Categories.of(why, reasons))
                    .with("file", Column.Categories.of(new int[chunk.rows()], files))
                    .with("line", Column.Longs.of(line));
            for (int i = 0; i < chunk.columns().size(); i++) {
                Field field = chunk.schema().fields().get(i);
                String name = result.schema().has(field.name()) ? field.name() + "_of_row" : field.name();
                result = result.with(
                        new Field(name, field.type(), field.unit()),
                        chunk.columns().get(i));
            }
            return result;
        })) {
            return FrameFile.write(chunks, target);
        }
    }

    /// How many rows were set aside for each reason, in the order the reasons were found.
    public Map<String, Long> countByReason() {
        Map<String, Long> counts = new LinkedHashMap<>();
        rowsOf.forEach((reason, rows) -> counts.put(reason, (long) rows.cardinality()));
        return counts;
    }

    /// The reason of the first row set aside, empty if none was.
    public String firstReason() {
        int first = aside.nextSetBit(0);
        return rowsOf.entrySet().stream()
                .filter(e -> first >= 0 && e.getValue().get(first))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /// The place of the first row set aside for this reason.
    public String firstPlace(String reason) {
        BitSet rows = rowsOf.get(reason);
        return rows == null ? "" : lines.place(rows.nextSetBit(0));
    }

    private void set(BitSet rows, String reason) {
        rows.stream().forEach(row -> set(row, reason));
    }

    private void set(int row, String reason) {
        if (!aside.get(row)) {
            aside.set(row);
            rowsOf.computeIfAbsent(reason, r -> new BitSet()).set(row);
        }
    }

    private Frame numbersTyped(Frame kept) {
        Frame typed = kept;
        for (int i = 0; i < kept.columns().size(); i++) {
            Column column = kept.columns().get(i);
            if (!numberColumns.contains(kept.schema().fields().get(i).name())) {
                continue;
            }
            if (column instanceof Column.Texts || column instanceof Column.Categories) {
                double[] values = new double[column.length()];
                for (int row = 0; row < values.length; row++) {
                    String text = column.text(row);
                    values[row] = text == null ? Double.NaN : Double.parseDouble(text.strip());
                }
                Field field = kept.schema().fields().get(i);
                typed = typed.with(new Field(field.name(), ColumnType.DOUBLE, field.unit()), Column.Doubles.of(values));
            }
        }
        return typed;
    }

    private static boolean isNumber(Column column, int row) {
        if (column instanceof Column.Texts || column instanceof Column.Categories) {
            String text = String.valueOf(column.text(row)).strip();
            return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
        }
        return Double.isFinite(column.number(row));
    }
}
