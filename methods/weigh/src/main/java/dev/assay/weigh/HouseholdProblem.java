package dev.assay.weigh;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.weigh.internal.DesignAssembly;
import dev.assay.weigh.internal.Membership;
import java.util.List;

/// A calibration of households whose targets are about households, persons, or anything else that belongs to
/// households: one row a household, and members' contributions summed. All members take their household's
/// weight, so household and person totals are met together.
public final class HouseholdProblem {
    private final HouseholdTables tables;
    private final Design design;
    private final Targets targets;
    private final long[] undecided;

    private HouseholdProblem(HouseholdTables tables, Design design, Targets targets, long[] undecided) {
        this.undecided = undecided;
        this.tables = tables;
        this.design = design;
        this.targets = targets;
    }

    /// Evaluates the targets' filters, all in one pass over each table, and builds the design row by row:
    /// beside the design there is memory for the columns and four bytes a row for each set of columns that
    /// conditions look at.
    ///
    /// A filter that matches no row gives an empty column: the calibration drops it if its value is 0, and
    /// ends as [CalibrationStatus#EMPTY_SUPPORT] if not.
    ///
    /// @throws Fault (BAD_DATA) naming target and line if a table or column does not exist, a column is not
    ///     numeric or has a missing or infinite cell in a row that counts, a filter is wrong or, as a
    ///     cell is
    ///     missing, neither true nor false for some rows, or two targets count the same
    public static HouseholdProblem of(HouseholdTables tables, TargetTable targets) {
        return of(tables, targets, MissingCells.REFUSE);
    }

    /// As [#of(HouseholdTables, TargetTable)], with rows for which a filter is neither true nor false.
    ///
    /// @throws Fault (BAD_DATA) as there, and naming how many such rows there are if they are refused
    public static HouseholdProblem of(HouseholdTables tables, TargetTable targets, MissingCells missing) {
        DesignAssembly.Assembled assembled =
                DesignAssembly.build(tables.households().rows(), tables.tables(), targets, missing);
        List<Target> list = targets.rows().stream()
                .map(r -> new Target(r.name(), r.value(), r.tolerance(), r.floor(), r.cost()))
                .toList();
        return new HouseholdProblem(tables, assembled.design(), new Targets(list), assembled.undecided());
    }

    /// What each household contributes to each target, `[households, targets]`.
    public Design design() {
        return design;
    }

    /// The targets, one a column of the design.
    public Targets targets() {
        return targets;
    }

    /// For each target the rows of its table for which its filter is neither true nor false; they do not
    /// count.
    public long[] undecided() {
        return undecided.clone();
    }

    /// Design weights of the households from a numeric column.
    ///
    /// @throws Fault (BAD_DATA) naming column and row if one is missing, negative or infinite
    public double[] designWeights(String column) {
        double[] weights = tables.households().numbers(column);
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "The weight column '" + column
                                + "' must hold finite numbers of 0 or more; correct it or remove the" + " row: "
                                + tables.households().place(i) + " has none.");
            }
        }
        return weights;
    }

    /// The weight of each row of a table: its household's.
    ///
    /// @param householdWeights `[households]`
    /// @return `[rows of the table]`, in the table's order
    /// @throws Fault (BAD_DATA) if there is no such table
    public double[] spread(double[] householdWeights, String table) {
        return member(table).spread(householdWeights);
    }

    /// `1 / m` for a household of m rows in a table: as `q` of the calibration it makes the distance one
    /// between persons' weights (Lemaître and Dufour 1987).
    ///
    /// @throws Fault (BAD_DATA) if there is no such table, or naming the first household without members
    public double[] memberScales(String table) {
        double[] scales = member(table).sizes();
        for (int i = 0; i < scales.length; i++) {
            if (scales[i] == 0) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        tables.households().place(i) + " has no row in table '" + table
                                + "', so no scale per member exists; leave it out or calibrate without.");
            }
            scales[i] = 1 / scales[i];
        }
        return scales;
    }

    private Membership member(String table) {
        Membership member = tables.tables().get(table);
        if (member == null) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "There is no table '" + table + "'."
                            + Nearest.clause(table, tables.tables().keySet()));
        }
        return member;
    }
}
