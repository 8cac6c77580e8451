package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.fault.Nearest;
import dev.assay.frame.Frame;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a condition may say: one expression over the cells of one row, made of nothing but the kinds of
/// nodes, the functions, the types and the columns that are listed here. Whatever the parser's tree
/// holds besides is refused, so that a new release of DuckDB adds nothing by itself.
final class ConditionRules {
    /// Longest text that `lpad` and `rpad` may make.
    private static final int PADDED = 1000;

    private static final Set<String> COMMON =
            Set.of("class", "type", "alias", "query_location", "query_location_length");
    private static final Set<String> OPERATORS = Set.of(
            "OPERATOR_NOT",
            "OPERATOR_IS_NULL",
            "OPERATOR_IS_NOT_NULL",
            "OPERATOR_COALESCE",
            "COMPARE_IN",
            "COMPARE_NOT_IN",
            "ARRAY_EXTRACT",
            "ARRAY_SLICE");

    private final Map<String, String> names = new HashMap<>();
    private final Frame frame;
    private final Limits limits;
    private final Set<String> alike;
    private @Nullable JsonNode around;

    /// Conditions on this frame.
    ConditionRules(Frame frame, Limits limits) {
        this.frame = frame;
        this.limits = limits;
        frame.schema().names().forEach(name -> names.put(Names.folded(name), name));
        alike = Names.alike(frame.schema().names());
    }

    /// The frame's columns by their names as SQL compares them.
    Map<String, String> names() {
        return names;
    }

    /// The query of a condition, as it is parsed.
    static String query(String condition) {
        return "SELECT 1 FROM rows WHERE (" + condition + "\n)";
    }

    /// The tree of [#query(String)], if the condition follows the rules.
    ///
    /// @throws Fault (BAD_DATA) if it does not, (BAD_SETTING) if it is too deep
    JsonNode tree(PreparedStatement parser, String condition) throws SQLException {
        ConditionText.require(condition, limits);
        JsonNode tree = SqlTree.of(parser, query(condition));
        if (around == null) {
            around = SqlTree.around(SqlTree.of(parser, query("true")));
        }
        if (!SqlTree.around(tree).equals(around)) {
            throw notPlain();
        }
        require(SqlTree.where(tree), condition, 1);
        return tree;
    }

    private static Fault notPlain() {
        return Fault.of(
                Fault.Kind.BAD_DATA,
                "a condition is one plain expression on one row: leave out subqueries, window functions, '*' and "
                        + "the like.");
    }

    private void require(JsonNode node, String condition, int depth) {
        // A comparison around what is as deep as it may be.
        if (depth > limits.of(Limit.DEPTH) + 2) {
            throw ConditionText.tooDeep(condition, limits);
        }
        if (!node.path("alias").asString("").isEmpty()) {
            throw notPlain();
        }
        switch (node.path("class").asString("")) {
            case "CONSTANT" -> fields(node, Set.of("literal"));
            case "COLUMN_REF" -> {
                fields(node, Set.of("column_names"));
                column(node.path("column_names"));
            }
            case "COMPARISON" -> {
                fields(node, Set.of("left", "right"));
                require(node.path("left"), condition, depth + 1);
                require(node.path("right"), condition, depth + 1);
            }
            case "CONJUNCTION" -> {
                fields(node, Set.of("children"));
                requireAll(node.path("children"), condition, depth + 1);
            }
            case "OPERATOR" -> {
                fields(node, Set.of("children"));
                if (!OPERATORS.contains(node.path("type").asString(""))) {
                    throw notPlain();
                }
                requireAll(node.path("children"), condition, depth + 1);
            }
            case "BETWEEN" -> {
                fields(node, Set.of("input", "lower", "upper"));
                require(node.path("input"), condition, depth + 1);
                require(node.path("lower"), condition, depth + 1);
                require(node.path("upper"), condition, depth + 1);
            }
            case "CASE" -> {
                fields(node, Set.of("case_checks", "else_expr"));
                for (JsonNode check : node.path("case_checks")) {
                    if (check.size() != 2) {
                        throw notPlain();
                    }
                    require(check.path("when_expr"), condition, depth + 1);
                    require(check.path("then_expr"), condition, depth + 1);
                }
                require(node.path("else_expr"), condition, depth + 1);
            }
            case "CAST" -> {
                fields(node, Set.of("child", "try_cast", "type_expr"));
                type(node.path("type_expr"));
                require(node.path("child"), condition, depth + 1);
            }
            case "COLLATE" -> {
                fields(node, Set.of("child", "collation"));
                String collation = node.path("collation").asString("").toLowerCase(Locale.ROOT);
                if (!ConditionWords.COLLATIONS.containsAll(List.of(collation.split("\\.", -1)))) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "a condition collates by " + String.join(", ", ConditionWords.COLLATIONS) + " only.");
                }
                require(node.path("child"), condition, depth + 1);
            }
            case "FUNCTION" -> function(node, condition, depth);
            default -> throw notPlain();
        }
    }

    private void requireAll(JsonNode nodes, String condition, int depth) {
        for (JsonNode node : nodes) {
            require(node, condition, depth);
        }
    }

    private static void fields(JsonNode node, Set<String> own) {
        for (String field : node.propertyNames()) {
            if (!COMMON.contains(field) && !own.contains(field)) {
                throw notPlain();
            }
        }
    }

    private void column(JsonNode parts) {
        String last = parts.path(parts.size() - 1).asString("");
        if (parts.size() != 1) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "a condition names columns of its own table, without a table: '" + last + "'.");
        }
        String folded = Names.folded(last);
        if (names.containsKey(folded)) {
            List<String> same =
                    alike.stream().filter(n -> Names.folded(n).equals(folded)).toList();
            if (!same.isEmpty()) {
                throw Names.ambiguous(same);
            }
            return;
        }
        String lower = last.toLowerCase(Locale.ROOT);
        if (ConditionWords.SESSION.contains(lower)) {
            throw unsteady(lower);
        }
        List<String> known = frame.schema().names();
        throw Fault.of(
                Fault.Kind.BAD_DATA,
                "there is no column '" + last + "'." + Nearest.clause(last, known) + " " + Wanted.listed(known));
    }

    private void function(JsonNode node, String condition, int depth) {
        fields(
                node,
                Set.of(
                        "function_name",
                        "schema",
                        "catalog",
                        "qualified_name",
                        "filter",
                        "order_bys",
                        "distinct",
                        "is_operator",
                        "export_state",
                        "arguments"));
        String name = node.path("function_name").asString("").toLowerCase(Locale.ROOT);
        if (!ConditionWords.FUNCTIONS.contains(name)) {
            throw unsteady(name);
        }
        if (!node.path("schema").asString("").isEmpty()
                || !node.path("catalog").asString("").isEmpty()
                || node.path("qualified_name").path("path").size() != 1
                || !node.path("filter").isNull()
                || !node.path("order_bys").path("orders").isEmpty()
                || node.path("distinct").asBoolean(true)
                || node.path("export_state").asBoolean(true)) {
            throw notPlain();
        }
        JsonNode arguments = node.path("arguments");
        if (ConditionWords.PADDING.contains(name)) {
            JsonNode literal = arguments.path(1).path("expression").path("literal");
            String width = literal.path("kind").asString("").equals("INTEGER")
                    ? literal.path("text").asString("")
                    : "";
            if (width.isEmpty() || width.length() > 4 || Integer.parseInt(width) > PADDED) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA, "'" + name + "' needs a plain number up to " + PADDED + " as its length.");
            }
        }
        if (ConditionWords.TWO_ARGUMENTS.contains(name) && arguments.size() != 2) {
            // With one of them the other is today.
            throw unsteady(name);
        }
        for (JsonNode argument : arguments) {
            fields(argument, Set.of("name", "expression"));
            if (!argument.path("name").asString("").isEmpty()) {
                throw notPlain();
            }
            require(argument.path("expression"), condition, depth + 1);
        }
    }

    private static Fault unsteady(String name) {
        return Fault.of(
                Fault.Kind.BAD_DATA,
                "a condition must give the same answer every time from one row alone: leave out '" + name
                        + "', which is none of the functions that it may use.");
    }

    private static void type(JsonNode node) {
        fields(node, Set.of("catalog", "schema", "type_name", "children", "qualified_name"));
        String name = node.path("type_name").asString("").toLowerCase(Locale.ROOT);
        if (!ConditionWords.TYPES.contains(name)
                || !node.path("catalog").asString("").isEmpty()
                || !node.path("schema").asString("").isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "a condition casts to plain types only, such as BIGINT, DOUBLE, VARCHAR, DATE; not to '" + name
                            + "'.");
        }
        for (JsonNode child : node.path("children")) {
            if (!child.path("literal").path("kind").asString("").equals("INTEGER")) {
                throw notPlain();
            }
        }
    }
}
