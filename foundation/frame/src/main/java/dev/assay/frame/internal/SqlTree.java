package dev.assay.frame.internal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Queries as DuckDB's parser sees them.
final class SqlTree {
    /// Takes a query, gives its tree as JSON.
    static final String PARSE = "SELECT json_serialize_sql(?)";
    /// Takes a tree as JSON, gives the query.
    static final String WRITE = "SELECT json_deserialize_sql(?)";

    private static final ObjectMapper JSON = new ObjectMapper();

    private SqlTree() {}

    /// The tree of a query, empty if it does not parse.
    static Optional<JsonNode> of(PreparedStatement parser, String query) throws SQLException {
        String text = ask(parser, query);
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.path("error").asBoolean(true) ? Optional.empty() : Optional.of(tree);
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree that is not JSON", e);
        }
    }

    private static String ask(PreparedStatement statement, String argument) throws SQLException {
        statement.setString(1, argument);
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }

    /// Whether this is a single SELECT without subqueries, window functions or anything after its WHERE.
    static boolean isOneSelect(JsonNode tree) {
        JsonNode statements = tree.path("statements");
        JsonNode node = statements.path(0).path("node");
        return statements.size() == 1
                && node.path("type").asString("").equals("SELECT_NODE")
                && node.path("modifiers").isEmpty()
                && count(tree, "type", "SELECT_NODE") == 1
                && count(tree, "class", "SUBQUERY") == 0
                && count(tree, "class", "WINDOW") == 0;
    }

    private static int count(JsonNode node, String field, String value) {
        int n = node.isObject()
                        && node.path(field).isString()
                        && node.path(field).asString().equals(value)
                ? 1
                : 0;
        for (JsonNode child : node) {
            n += count(child, field, value);
        }
        return n;
    }

    /// Names of functions, and of columns, which may be functions without parentheses; in lower case.
    static Set<String> functions(JsonNode tree) {
        Set<String> names = new LinkedHashSet<>();
        collect(tree, names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.path("function_name").isString()) {
            names.add(node.path("function_name").asString().toLowerCase(Locale.ROOT));
        }
        for (JsonNode child : node) {
            collect(child, names);
        }
    }

    /// Names of columns, as written.
    static Set<String> columns(JsonNode node) {
        Set<String> names = new LinkedHashSet<>();
        collectColumns(node, names);
        return names;
    }

    private static void collectColumns(JsonNode node, Set<String> names) {
        JsonNode parts = node.path("column_names");
        if (node.path("class").asString("").equals("COLUMN_REF") && parts.isArray() && !parts.isEmpty()) {
            names.add(parts.path(parts.size() - 1).asString());
        }
        for (JsonNode child : node) {
            collectColumns(child, names);
        }
    }

    /// The terms of the WHERE that are joined by AND at its top.
    static List<JsonNode> terms(JsonNode tree) {
        List<JsonNode> terms = new ArrayList<>();
        flatten(tree.path("statements").path(0).path("node").path("where_clause"), terms);
        return terms;
    }

    private static void flatten(JsonNode node, List<JsonNode> terms) {
        if (node.path("type").asString("").equals("CONJUNCTION_AND")) {
            for (JsonNode child : node.path("children")) {
                flatten(child, terms);
            }
        } else {
            terms.add(node);
        }
    }

    /// A term whose columns are written as the frame writes them.
    ///
    /// @param names the frame's names by the same in lower case
    static JsonNode named(JsonNode term, Map<String, String> names) {
        JsonNode copy = term.deepCopy();
        rename(copy, names);
        return copy;
    }

    private static void rename(JsonNode node, Map<String, String> names) {
        if (node.path("class").asString("").equals("COLUMN_REF")
                && node.path("column_names") instanceof ArrayNode parts
                && !parts.isEmpty()) {
            String written = parts.path(parts.size() - 1).asString();
            parts.remove(parts.size() - 1);
            parts.add(names.getOrDefault(written.toLowerCase(Locale.ROOT), written));
        }
        for (JsonNode child : node) {
            rename(child, names);
        }
    }

    /// A term without the places where its parts stood: the same for the same term elsewhere.
    static JsonNode placeless(JsonNode term) {
        JsonNode copy = term.deepCopy();
        strip(copy);
        return copy;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("query_location");
        }
        for (JsonNode child : node) {
            strip(child);
        }
    }

    /// A term as SQL, written in one way whatever its spacing and case were.
    ///
    /// @param tree the query it stands in, whose select list is `1` and whose table is `rows`
    static String written(PreparedStatement writer, JsonNode tree, JsonNode term) throws SQLException {
        ObjectNode copy = (ObjectNode) tree.deepCopy();
        ObjectNode select = (ObjectNode) copy.path("statements").path(0).path("node");
        select.set("where_clause", term);
        String query = ask(writer, JSON.writeValueAsString(copy));
        return query.substring(query.indexOf(" WHERE ") + " WHERE ".length());
    }
}
