package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Queries as DuckDB's parser sees them.
final class SqlTree {
    /// Takes a query, gives its tree as JSON.
    static final String PARSE = "SELECT json_serialize_sql(?)";
    /// Takes a tree as JSON, gives the query.
    static final String WRITE = "SELECT json_deserialize_sql(?)";

    /// A level of an expression is up to four levels of JSON, and the depth has been looked at before.
    private static final int JSON_DEPTH = 10_000;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JSON_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(JSON_DEPTH)
                            .build())
                    .build())
            .build();

    private SqlTree() {}

    /// The tree of a query that is one SELECT.
    ///
    /// @throws Fault (BAD_DATA) with the parser's reason if it does not parse or is another statement
    static JsonNode of(PreparedStatement parser, String query) throws SQLException {
        JsonNode tree;
        try {
            tree = JSON.readTree(ask(parser, query));
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree that is not JSON", e);
        }
        if (tree.path("error").asBoolean(true)) {
            String reason = tree.path("error_message").asString("");
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    tree.path("error_type").asString("").equals("parser")
                            ? "the SQL does not work: " + Troubles.shortReason("Parser Error: " + reason)
                            : "a condition is one plain expression on one row: leave out PIVOT and other statements.");
        }
        return tree;
    }

    private static String ask(PreparedStatement statement, String argument) throws SQLException {
        statement.setString(1, argument);
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }

    /// The WHERE of the query.
    static JsonNode where(JsonNode tree) {
        return tree.path("statements").path(0).path("node").path("where_clause");
    }

    /// The query without its WHERE and without places, to be compared with another's.
    static JsonNode around(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        if (copy.path("statements").path(0).path("node") instanceof ObjectNode select) {
            select.remove("where_clause");
        }
        strip(copy);
        return copy;
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
        flatten(where(tree), terms);
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
            parts.add(names.getOrDefault(Names.folded(written), written));
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
            object.remove(List.of("query_location", "query_location_length"));
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
