package dev.assay.distil.internal.score;

import dev.assay.distil.Category;
import dev.assay.distil.LinearPattern;
import dev.assay.distil.RuleFile;
import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.mapping.Conversion;
import dev.assay.distil.internal.mapping.Expression;
import dev.assay.distil.internal.mapping.ExpressionParser;
import dev.assay.distil.internal.mapping.Row;
import dev.assay.distil.internal.mapping.Values;
import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import dev.assay.study.Yaml;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads rule files.
public final class RuleReader {
    private static final List<String> KEYS = List.of("version", "define", "rules", "scores");
    private static final List<String> RULE_KEYS = List.of("when", "then", "reason");
    private static final List<String> PREDICATES = List.of(
            "all", "any", "not", "exists", "blank", "eq", "ne", "lt", "le", "gt", "ge", "in", "matches", "same_number");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(?:-[0-9A-Za-z.-]+)?");
    private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9_]{0,79}");
    private static final int DIGEST_DIGITS = 12;

    private final Yaml.Entries root;
    private final Set<String> fields = new TreeSet<>();
    private ExpressionParser.Scope scope = new ExpressionParser.Scope("", Map.of(), Map.of(), fields);

    private RuleReader(Yaml.Entries root) {
        this.root = root;
    }

    /// See [RuleFile#read(Path)].
    public static RuleFile read(Path file) {
        return new RuleReader(Yaml.read(file).entries("a rule file")).read();
    }

    private RuleFile read() {
        known(root, KEYS, "a rule file");
        String version = get(root, "version").text("'version'").text();
        if (!VERSION.matcher(version).matches()) {
            throw wrong(get(root, "version"), "a version is written 1.0.0, got '" + version + "'");
        }
        List<Expression> definitions = definitions();
        List<CompiledRules.Rule> rules = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        for (Yaml item : get(root, "rules").items("'rules'").items()) {
            Yaml.Entries rule = item.entries("a rule");
            known(rule, RULE_KEYS, "a rule");
            String category = get(rule, "then").text("'then'").text();
            List<String> names =
                    Arrays.stream(Category.values()).map(Category::text).toList();
            Category then = Category.of(category)
                    .orElseThrow(() -> wrong(
                            get(rule, "then"),
                            "'" + category + "' is no category; there are " + String.join(", ", names) + "."
                                    + Nearest.clause(category, names)));
            String reason = get(rule, "reason").text("'reason'").text();
            if (!REASON.matcher(reason).matches()) {
                throw wrong(get(rule, "reason"), "a reason is a word of small letters, digits and '_'");
            }
            rules.add(new CompiledRules.Rule(predicate(get(rule, "when")), then, reason));
            outcomes.add(then.text() + "/" + reason);
        }
        Map<String, Expression> scores = new TreeMap<>();
        if (root.entries().containsKey("scores")) {
            get(root, "scores")
                    .entries("'scores'")
                    .entries()
                    .forEach((name, value) -> scores.put(name, expression(value)));
        }
        String digest = Digest.of(CanonicalJson.of(root.plain())).hex();
        return new RuleFile(
                version + "+" + digest.substring(0, DIGEST_DIGITS),
                digest,
                outcomes,
                new CompiledRules(definitions, rules, scores));
    }

    /// Definitions may use those before them.
    private List<Expression> definitions() {
        List<Expression> definitions = new ArrayList<>();
        if (root.entries().containsKey("define")) {
            Map<String, Integer> places = new LinkedHashMap<>();
            scope = new ExpressionParser.Scope("", Map.of(), Collections.unmodifiableMap(places), fields);
            get(root, "define").entries("'define'").entries().forEach((name, value) -> {
                definitions.add(expression(value));
                places.put(name, definitions.size() - 1);
            });
        }
        return definitions;
    }

    private Expression expression(Yaml value) {
        Yaml.Text text = value.text("an expression");
        Set<String> before = Set.copyOf(fields);
        Expression expression = ExpressionParser.parse(text.text(), text.place(), scope);
        for (String field : fields) {
            // A misspelt field would be absent from every run, and no rule would ever complain.
            if (!before.contains(field) && !field.isEmpty() && !EvidenceSchema.FIELDS.containsKey(field)) {
                throw wrong(
                        value,
                        "evidence has no field '" + field + "'."
                                + Nearest.clause(field, new TreeSet<>(EvidenceSchema.FIELDS.keySet())));
            }
        }
        return expression;
    }

    private Predicate<Row> predicate(Yaml given) {
        Yaml.Entries entries = given.entries("a condition");
        if (entries.entries().size() != 1) {
            throw wrong(given, "a condition has one key, such as { blank: $.text }; join several by 'all' or 'any'");
        }
        Map.Entry<String, Yaml> only = entries.entries().entrySet().iterator().next();
        Yaml value = only.getValue();
        return switch (only.getKey()) {
            case "all" -> {
                List<Predicate<Row>> parts = predicates(value);
                yield row -> parts.stream().allMatch(part -> part.test(row));
            }
            case "any" -> {
                List<Predicate<Row>> parts = predicates(value);
                yield row -> parts.stream().anyMatch(part -> part.test(row));
            }
            case "not" -> predicate(value).negate();
            case "exists" -> {
                Expression e = expression(value);
                yield row -> value(e, row) != null;
            }
            case "blank" -> {
                Expression e = expression(value);
                yield row -> Values.blank(value(e, row));
            }
            case "eq" -> same(value, true);
            case "ne" -> same(value, false);
            case "lt" -> compared(value, c -> c < 0);
            case "le" -> compared(value, c -> c <= 0);
            case "gt" -> compared(value, c -> c > 0);
            case "ge" -> compared(value, c -> c >= 0);
            case "in" -> in(value);
            case "matches" -> matches(value);
            case "same_number" -> {
                List<Expression> two = two(value);
                yield row -> {
                    BigDecimal a = Values.firstNumber(value(two.getFirst(), row));
                    BigDecimal b = Values.firstNumber(value(two.getLast(), row));
                    return a != null && b != null && a.compareTo(b) == 0;
                };
            }
            default ->
                throw wrong(
                        given,
                        "there is no condition '" + only.getKey() + "'." + Nearest.clause(only.getKey(), PREDICATES)
                                + " Conditions are " + String.join(", ", PREDICATES));
        };
    }

    /// A value that cannot be converted is as good as absent.
    private static @Nullable Object value(Expression expression, Row row) {
        try {
            return expression.value(row);
        } catch (Conversion e) {
            return null;
        }
    }

    private List<Predicate<Row>> predicates(Yaml value) {
        return value.items("the conditions of 'all' and 'any'").items().stream()
                .map(this::predicate)
                .toList();
    }

    private List<Expression> two(Yaml value) {
        List<Yaml> items = value.items("a comparison").items();
        if (items.size() != 2) {
            throw wrong(value, "a comparison has two sides, such as [ $.verdict, 1 ]");
        }
        return items.stream().map(this::expression).toList();
    }

    private Predicate<Row> same(Yaml value, boolean wanted) {
        List<Expression> two = two(value);
        return row -> {
            Object a = value(two.getFirst(), row);
            Object b = value(two.getLast(), row);
            return a != null && b != null && Values.same(a, b) == wanted;
        };
    }

    private Predicate<Row> compared(Yaml value, IntPredicate sign) {
        List<Expression> two = two(value);
        return row -> {
            BigDecimal a = number(value(two.getFirst(), row));
            BigDecimal b = number(value(two.getLast(), row));
            return a != null && b != null && sign.test(a.compareTo(b));
        };
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        try {
            return value == null ? null : Values.number(value);
        } catch (Conversion e) {
            return null;
        }
    }

    private Predicate<Row> in(Yaml value) {
        List<Yaml> items = value.items("'in'").items();
        if (items.size() != 2) {
            throw wrong(value, "'in' takes an expression and a list, such as [ $.stream, [ '\"a\"', '\"b\"' ] ]");
        }
        Expression e = expression(items.getFirst());
        List<Expression> list = items.getLast().items("the list of 'in'").items().stream()
                .map(this::expression)
                .toList();
        return row -> {
            Object one = value(e, row);
            return one != null && list.stream().anyMatch(each -> Values.same(one, value(each, row)));
        };
    }

    private Predicate<Row> matches(Yaml value) {
        List<Yaml> items = value.items("'matches'").items();
        if (items.size() != 2) {
            throw wrong(value, "'matches' takes an expression and a pattern, such as [ $.text, 'error [0-9]+' ]");
        }
        Expression e = expression(items.getFirst());
        LinearPattern pattern;
        try {
            pattern = LinearPattern.of(items.getLast().text("a pattern").text());
        } catch (IllegalArgumentException wrong) {
            throw wrong(items.getLast(), String.valueOf(wrong.getMessage()));
        }
        return row -> value(e, row) instanceof String text && pattern.isFoundIn(text);
    }

    private static Yaml get(Yaml.Entries of, String key) {
        Yaml value = of.entries().get(key);
        if (value == null) {
            throw wrong(of, "the key '" + key + "' is missing");
        }
        return value;
    }

    private static void known(Yaml.Entries entries, List<String> keys, String what) {
        entries.entries().forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw wrong(value, what + " has no key '" + key + "'." + Nearest.clause(key, keys));
            }
        });
    }

    private static Fault wrong(Yaml at, String sentence) {
        return Fault.of(Fault.Kind.STUDY, sentence).at(at.place());
    }
}
