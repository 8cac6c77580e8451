package dev.assay.frame;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.internal.RowPlan;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Conditions made by a grammar, some of them with characters changed: each is judged or a fault.
public final class ConditionFuzz {
    private static final Frame FRAME = RandomFrame.of(Seed.of(77), 40);
    private static final Limits LIMITS = Limits.STANDARD.with(Limit.CONDITION_SECONDS, 60);
    private static final Set<Fault.Kind> ALLOWED = Set.of(Fault.Kind.BAD_SETTING, Fault.Kind.BAD_DATA);
    private static final String[] FUNCTIONS = {
        "abs", "length", "lower", "round", "coalesce", "greatest", "date_part", "regexp_matches", "replace", "lpad",
                "random",
        "sum", "repeat", "range", "age", "string_split", "list_value", "nullif", "concat", "query", "hex", "if"
    };
    private static final String[] OPERATORS = {
        "+",
        "-",
        "*",
        "/",
        "//",
        "%",
        "^",
        "=",
        "<>",
        "<",
        ">=",
        "||",
        "AND",
        "OR",
        "LIKE",
        "IS DISTINCT FROM",
        "~",
        "IN",
        "::",
        "->",
        "SIMILAR TO",
        "<<",
        "&"
    };
    private static final String[] LEAVES = {
        "1",
        "0",
        "-1",
        "1e308",
        "9223372036854775807",
        "0.1",
        "'a'",
        "''",
        "'2000-01-01'",
        "'['",
        "NULL",
        "true",
        "count",
        "amount",
        "\"größe\"",
        "current_date",
        "rowid",
        "*",
        "DATE '2000-01-01'",
        "INTERVAL 1 DAY",
        "[1, 2]",
        "(1, 2)",
        "#1",
        "?",
        "$1",
        "(SELECT 1)",
        "x -> x",
        "COLUMNS(*)",
        "INT",
        "VARCHAR"
    };
    private static final String CHARACTERS = "()[]{}'\",;:.$#?*+-/\\ \n\t\0aE1_%\u00e4\u202e\ud83d";

    private ConditionFuzz() {}

    /// Judges conditions; how many of them could be.
    ///
    /// @throws AssertionError with the condition if one ends in anything but rows or a fault about data
    ///     or settings
    public static int run(int iterations, Seed seed) {
        int judged = 0;
        for (int i = 0; i < iterations; i++) {
            RandomGenerator random = seed.child(i).generator();
            String condition = expression(random, 4);
            if (random.nextInt(3) == 0) {
                condition = changed(condition, random);
            }
            try {
                RowPlan.of(FRAME, List.of(condition), c -> "here", LIMITS)
                        .matches(0, FRAME.rows(), (row, ids, n) -> {});
                judged++;
            } catch (Fault fault) {
                if (!ALLOWED.contains(fault.kind())) {
                    throw new AssertionError("condition " + i + " of " + seed + ": " + condition, fault);
                }
            } catch (RuntimeException | Error other) {
                throw new AssertionError("condition " + i + " of " + seed + ": " + condition, other);
            }
        }
        return judged;
    }

    private static String expression(RandomGenerator random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return LEAVES[random.nextInt(LEAVES.length)];
        }
        String one = expression(random, depth - 1);
        String two = expression(random, depth - 1);
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> one + " " + OPERATORS[random.nextInt(OPERATORS.length)] + " " + two;
            case 3, 4 ->
                FUNCTIONS[random.nextInt(FUNCTIONS.length)] + "(" + one + (random.nextBoolean() ? "" : ", " + two)
                        + ")";
            case 5 -> "(" + one + ")";
            case 6 -> "CASE WHEN " + one + " THEN " + two + " ELSE " + one + " END";
            case 7 -> "TRY_CAST(" + one + " AS " + (random.nextBoolean() ? "DOUBLE" : "VARCHAR") + ")";
            default -> one + (random.nextBoolean() ? " IS NULL" : " IN (" + two + ")");
        };
    }

    private static String changed(String condition, RandomGenerator random) {
        StringBuilder text = new StringBuilder(condition);
        for (int c = 0; c <= random.nextInt(3); c++) {
            int at = random.nextInt(text.length() + 1);
            char some = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            if (at < text.length() && random.nextBoolean()) {
                text.setCharAt(at, some);
            } else {
                text.insert(at, some);
            }
        }
        return text.toString();
    }
}
