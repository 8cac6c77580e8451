package dev.assay.trees;

import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.List;

/// One predictor: a name and a value a row.
///
/// The records take ownership of the arrays they are given; the caller must not touch them afterwards.
public sealed interface Feature {
    /// The column's name.
    String name();

    /// Number of rows.
    int length();

    /// The values at these rows, in this order.
    Feature at(int[] rows);

    /// A number a row, NaN where missing. Trees use the order of the values only.
    record Numeric(String name, double[] values) implements Feature {
        /// @throws Fault (BAD_DATA) if a value is infinite
        public Numeric {
            for (int i = 0; i < values.length; i++) {
                if (Double.isInfinite(values[i])) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "predictor '" + name + "' is infinite in row " + i
                                    + "; give a finite value or mark the cell as missing.");
                }
            }
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public Numeric at(int[] rows) {
            double[] chosen = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = values[rows[i]];
            }
            return new Numeric(name, chosen);
        }
    }

    /// A code a row, `0..levels-1`, -1 where missing. Codes of training rows and of later rows are matched
    /// through the
    /// texts of their levels, so two tables may number the same levels differently.
    record Categorical(String name, int[] codes, List<String> levels) implements Feature {
        /// @throws Fault (BAD_DATA) if a code has no level
        public Categorical {
            levels = List.copyOf(levels);
            for (int i = 0; i < codes.length; i++) {
                if (codes[i] < -1 || codes[i] >= levels.size()) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "predictor '" + name + "' has a code without a level in row " + i + "; there are "
                                    + levels.size() + " levels, counted from 0.");
                }
            }
        }

        /// Codes whose levels are named by their numbers.
        public static Categorical of(String name, int[] codes, int levelCount) {
            List<String> levels = new ArrayList<>(levelCount);
            for (int i = 0; i < levelCount; i++) {
                levels.add(Integer.toString(i));
            }
            return new Categorical(name, codes, levels);
        }

        @Override
        public int length() {
            return codes.length;
        }

        @Override
        public Categorical at(int[] rows) {
            int[] chosen = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = codes[rows[i]];
            }
            return new Categorical(name, chosen, levels);
        }
    }
}
