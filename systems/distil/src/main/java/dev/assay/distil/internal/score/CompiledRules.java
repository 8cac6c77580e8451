package dev.assay.distil.internal.score;

import dev.assay.distil.Category;
import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.internal.mapping.Conversion;
import dev.assay.distil.internal.mapping.Expression;
import dev.assay.distil.internal.mapping.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Rules ready to run. Safe for any number of threads.
public final class CompiledRules {
    private final List<Expression> definitions;
    private final List<Rule> rules;
    private final SortedMap<String, Expression> scores;

    CompiledRules(List<Expression> definitions, List<Rule> rules, Map<String, Expression> scores) {
        this.definitions = List.copyOf(definitions);
        this.rules = List.copyOf(rules);
        this.scores = new TreeMap<>(scores);
    }

    /// One rule.
    record Rule(Predicate<Row> when, Category then, String reason) {}

    /// What rules say of a run.
    ///
    /// @param scores texts, numbers and truths by name; what is absent is left out
    public record Judgement(Category category, String reason, SortedMap<String, Object> scores) {}

    /// What rules say of a record.
    public Judgement judge(EvidenceRecord evidence) {
        Row row = new Row(evidence.members(), 0, definitions);
        try {
            for (Rule rule : rules) {
                if (rule.when().test(row)) {
                    return new Judgement(rule.then(), rule.reason(), scores(row));
                }
            }
            return new Judgement(Category.NEEDS_HUMAN_REVIEW, "no_rule_matched", scores(row));
        } catch (StackOverflowError e) {
            return new Judgement(Category.NEEDS_HUMAN_REVIEW, "rule_overflow", new TreeMap<>());
        }
    }

    private SortedMap<String, Object> scores(Row row) {
        SortedMap<String, Object> found = new TreeMap<>();
        scores.forEach((name, expression) -> {
            try {
                Object value = expression.value(row);
                if (value instanceof String || value instanceof BigDecimal || value instanceof Boolean) {
                    found.put(name, value);
                }
            } catch (Conversion e) {
                // A score that cannot be computed is absent.
            }
        });
        return found;
    }
}
