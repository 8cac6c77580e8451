package dev.assay.bench;

import dev.assay.chance.Seed;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.weigh.Design;
import dev.assay.weigh.HouseholdProblem;
import dev.assay.weigh.HouseholdTables;
import dev.assay.weigh.TargetTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// From tables and a target table with SQL filters to a sparse design, timed. See `weigh_assembly.sh`.
/// Arguments: persons, targets.
///
/// Targets are counts of persons by district, age group and sex, sums of income by district and age group,
/// and counts of households by district and size, as far as the number asked for.
final class WeighAssembly {
    private static final int AGE_GROUPS = 18;

    private WeighAssembly() {}

    public static void main(String[] args) throws Exception {
        int persons = Integer.parseInt(args[0]);
        int targets = Integer.parseInt(args[1]);
        int districts = Math.max(1, targets / (AGE_GROUPS * 2 + AGE_GROUPS + 5));
        int households = persons * 2 / 5;
        RandomGenerator random = Seed.of(1).generator();
        long[] home = new long[households];
        int[] district = new int[households];
        long[] size = new long[households];
        for (int h = 0; h < households; h++) {
            home[h] = h;
            district[h] = random.nextInt(districts);
            size[h] = 1 + random.nextInt(5);
        }
        List<String> names = new ArrayList<>();
        for (int r = 0; r < districts; r++) {
            names.add("D" + r);
        }
        Frame homes = Frame.empty()
                .with("home", Column.Longs.of(home))
                .with("district", Column.Categories.of(district, names))
                .with("size", Column.Longs.of(size));
        long[] of = new long[persons];
        long[] age = new long[persons];
        int[] sex = new int[persons];
        double[] income = new double[persons];
        for (int p = 0; p < persons; p++) {
            of[p] = (long) p * households / persons;
            age[p] = random.nextInt(90);
            sex[p] = random.nextInt(2);
            income[p] = Math.rint(20_000 * random.nextDouble());
        }
        Frame people = Frame.empty()
                .with("home", Column.Longs.of(of))
                .with("age", Column.Longs.of(age))
                .with("sex", Column.Categories.of(sex, List.of("F", "M")))
                .with("income", Column.Doubles.of(income));
        TargetTable table = TargetTable.of(lines(districts));
        say(
                "%d households, %d persons, %d targets",
                households, persons, table.rows().size());
        long start = System.nanoTime();
        HouseholdTables tables = HouseholdTables.of("homes", homes, "home").with("people", people);
        Design design = HouseholdProblem.of(tables, table).design();
        double seconds = (System.nanoTime() - start) / 1e9;
        say(
                "design: %.1f s, %d nonzeros in %.1f MB, %.2f million rows a second",
                seconds, design.nonzeros(), design.bytes() / 1e6, (households + persons) / seconds / 1e6);
        say("peak resident memory: %s", WeighLarge.peak());
    }

    private static Frame lines(int districts) {
        List<String> table = new ArrayList<>();
        List<String> variable = new ArrayList<>();
        List<String> filter = new ArrayList<>();
        for (int r = 0; r < districts; r++) {
            for (int a = 0; a < AGE_GROUPS; a++) {
                String group = "district = 'D" + r + "' AND age BETWEEN " + 5 * a + " AND " + (5 * a + 4);
                for (String s : List.of("F", "M")) {
                    table.add("people");
                    variable.add("");
                    filter.add(group + " AND sex = '" + s + "'");
                }
                table.add("people");
                variable.add("income");
                filter.add(group);
            }
            for (int n = 1; n <= 5; n++) {
                table.add("homes");
                variable.add("");
                filter.add("district = 'D" + r + "' AND size = " + n);
            }
        }
        double[] value = new double[table.size()];
        Arrays.fill(value, 1);
        return Frame.empty()
                .with("table", Column.Texts.of(table.toArray(String[]::new)))
                .with("variable", Column.Texts.of(variable.toArray(String[]::new)))
                .with("filter", Column.Texts.of(filter.toArray(String[]::new)))
                .with("value", Column.Doubles.of(value));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
