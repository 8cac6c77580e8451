package dev.assay.distil.internal.mapping;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.fault.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads expressions: `$.a.b[0]`, `"text"` (or `'text'`, in which a quote is written twice), numbers, names of
/// definitions, and functions of these. Nothing else, and nothing that could be executed.
public final class ExpressionParser {
    /// Characters of an expression that an error shows.
    private static final int SHOWN = 80;

    private final int mostLevels = Limits.ofProcess().intOf(Limit.DEPTH);
    private final String text;
    private final String place;
    private final Scope scope;
    private int at;
    private int depth;

    /// What expressions may refer to.
    ///
    /// @param stream  the name of the stream
    /// @param pinned  fixed values by name
    /// @param defined definitions by name and place in [Row]
    /// @param fields  where the first steps of paths are noted; `""` for a path that begins otherwise
    public record Scope(String stream, Map<String, String> pinned, Map<String, Integer> defined, Set<String> fields) {}

    private ExpressionParser(String text, String place, Scope scope) {
        this.text = text;
        this.place = place;
        this.scope = scope;
    }

    /// @param place where the text stands, for errors
    /// @throws Fault (STUDY) naming the place if it is no expression
    public static Expression parse(String text, String place, Scope scope) {
        ExpressionParser parser = new ExpressionParser(text, place, scope);
        Expression expression = parser.expression();
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.wrong("something follows after the expression");
        }
        return expression;
    }

    private Expression expression() {
        if (++depth > mostLevels) {
            throw wrong("the expression nests more than " + mostLevels + " levels deep");
        }
        skipSpace();
        Expression expression;
        if (at >= text.length()) {
            throw wrong("an expression is missing");
        }
        char c = text.charAt(at);
        if (c == '$') {
            expression = path();
        } else if (c == '"' || c == '\'') {
            String literal = quoted();
            expression = row -> literal;
        } else if (c == '-' || Character.isDigit(c)) {
            BigDecimal number = number();
            expression = row -> number;
        } else if (Character.isLetter(c)) {
            expression = named();
        } else {
            throw wrong("'" + c + "' begins no expression; texts stand in quotes, paths begin with $");
        }
        depth--;
        return expression;
    }

    private Expression path() {
        at++;
        List<Object> steps = new ArrayList<>();
        while (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == '[')) {
            if (text.charAt(at) == '.') {
                at++;
                int from = at;
                while (at < text.length() && partOfName(text.charAt(at))) {
                    at++;
                }
                if (from == at) {
                    throw wrong("a name is missing after '.'");
                }
                steps.add(text.substring(from, at));
            } else {
                at++;
                if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
                    steps.add(quoted());
                } else {
                    int from = at;
                    while (at < text.length() && Character.isDigit(text.charAt(at)) && at - from < 9) {
                        at++;
                    }
                    if (from == at) {
                        throw wrong("an index or a quoted name is missing after '['");
                    }
                    steps.add(Integer.valueOf(text.substring(from, at)));
                }
                expect(']');
            }
        }
        Object[] way = steps.toArray();
        scope.fields().add(way.length > 0 && way[0] instanceof String first ? first : "");
        return new RowPath(way);
    }

    private static boolean partOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private BigDecimal number() {
        int from = at;
        while (at < text.length() && (partOfName(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        try {
            return Values.bounded(new BigDecimal(text.substring(from, Math.min(at, from + Values.MAX_DIGITS + 1))));
        } catch (NumberFormatException | Conversion e) {
            throw wrong("'" + shown(text.substring(from, at)) + "' is no number of at most " + Values.MAX_DIGITS
                    + " digits");
        }
    }

    /// Backslashes stand for themselves, so that patterns need no second layer of escapes.
    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder literal = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                literal.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                literal.append(quote);
                at++;
            } else {
                return literal.toString();
            }
        }
        throw wrong("a text has no closing quote");
    }

    private Expression named() {
        int from = at;
        while (at < text.length() && partOfName(text.charAt(at))) {
            at++;
        }
        String name = text.substring(from, at);
        skipSpace();
        if (at >= text.length() || text.charAt(at) != '(') {
            Integer index = scope.defined().get(name);
            if (index == null) {
                throw wrong("there is no definition '" + name + "'."
                        + Nearest.clause(name, scope.defined().keySet())
                        + " Texts stand in quotes, fields are written $." + name);
            }
            return row -> row.defined(index);
        }
        at++;
        if (name.equals("positive_keys")) {
            List<String> keys = names();
            scope.fields().addAll(keys);
            return Functions.positiveKeys(keys);
        }
        List<Expression> arguments = new ArrayList<>();
        List<String> written = new ArrayList<>();
        skipSpace();
        if (at < text.length() && text.charAt(at) == ')') {
            at++;
        } else {
            while (true) {
                skipSpace();
                int start = at;
                arguments.add(
                        name.equals("pinned") && at < text.length() && Character.isLetter(text.charAt(at))
                                ? pinnedName()
                                : expression());
                written.add(text.substring(start, at).strip());
                skipSpace();
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                } else {
                    expect(')');
                    break;
                }
            }
        }
        try {
            return Functions.of(name, arguments, written, scope);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Expression pinnedName() {
        int from = at;
        while (at < text.length() && partOfName(text.charAt(at))) {
            at++;
        }
        String name = text.substring(from, at);
        return row -> name;
    }

    /// Names of keys, up to the closing parenthesis.
    private List<String> names() {
        List<String> names = new ArrayList<>();
        do {
            skipSpace();
            int from = at;
            while (at < text.length() && partOfName(text.charAt(at))) {
                at++;
            }
            if (from == at) {
                throw wrong("a name of a key is missing");
            }
            names.add(text.substring(from, at));
            skipSpace();
        } while (at < text.length() && text.charAt(at) == ',' && at++ >= 0);
        expect(')');
        return names;
    }

    private void expect(char c) {
        skipSpace();
        if (at >= text.length() || text.charAt(at) != c) {
            throw wrong("'" + c + "' is missing");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private Fault wrong(String what) {
        return Fault.of(Fault.Kind.STUDY, "in '" + shown(text.strip()) + "', character " + (at + 1) + ": " + what)
                .at(place);
    }
}
