package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.util.ArrayDeque;
import java.util.Deque;

/// A condition as text, looked at before any parser recurses over it: its parentheses match, nothing in
/// it can reach past them, and it is not deeper than [Limit#DEPTH].
final class ConditionText {
    private static final int QUOTED_CHARACTERS = 80;

    private ConditionText() {}

    /// The condition as messages quote it, in one line and cut to a length that fits there.
    static String quoted(String condition) {
        int end = Math.min(condition.length(), QUOTED_CHARACTERS);
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < end; i++) {
            char c = condition.charAt(i);
            text.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
        return text.append(end < condition.length() ? "...'" : "'").toString();
    }

    /// How deep a tree may get is bounded by the tokens on the way to it since the last comma, AND, OR,
    /// WHEN, THEN or ELSE: an operator takes two of them (itself and an operand).
    ///
    /// @throws Fault (BAD_DATA) if the text would become part of the query around it, (BAD_SETTING) if
    ///     it is too deep
    static void require(String condition, Limits limits) {
        Scan scan = new Scan(condition, limits);
        while (scan.at < condition.length()) {
            scan.step();
        }
        if (!scan.open.isEmpty()) {
            throw unmatched();
        }
    }

    private static Fault unmatched() {
        return Fault.of(Fault.Kind.BAD_DATA, "the parentheses of the condition do not match; correct them.");
    }

    /// One pass over the characters.
    private static final class Scan {
        private final String text;
        private final Limits limits;
        private final long most;
        /// For each level that is open, its bracket and the tokens on the way to it.
        private final Deque<Level> open = new ArrayDeque<>();
        private long base;
        private long tokens;
        private int at;

        private record Level(char bracket, long base, long tokens) {}

        Scan(String text, Limits limits) {
            this.text = text;
            this.limits = limits;
            this.most = limits.of(Limit.DEPTH);
        }

        void step() {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                at = end < 0 ? text.length() : end + 1;
                token();
            } else if (text.startsWith("--", at) || text.startsWith("/*", at) || c == ';' || c == '$' || c == 0) {
                throw Fault.of(Fault.Kind.BAD_DATA, "a condition has no comments, ';' or '$'; leave them out.");
            } else if (c == '(' || c == '[' || c == '{') {
                push(c);
                at++;
            } else if (c == ')' || c == ']' || c == '}') {
                pop(c == ')' ? '(' : c == ']' ? '[' : '{');
                at++;
            } else if (c == ',') {
                tokens = base;
                at++;
            } else if (isWord(c)) {
                word();
            } else {
                token();
                at++;
            }
        }

        private static boolean isWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c > 127;
        }

        private void word() {
            int end = at;
            while (end < text.length() && isWord(text.charAt(end))) {
                end++;
            }
            String word = text.substring(at, end).toLowerCase(java.util.Locale.ROOT);
            if (end < text.length() && text.charAt(end) == '\'' && word.length() == 1) {
                // E'\'' ends at another place than the scan thinks; X'41' and B'1' are no text.
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "a condition has plain texts only; leave out the '" + word + "' in front of the quote.");
            }
            at = end;
            switch (word) {
                case "and", "or", "when", "then", "else" -> tokens = base;
                case "case" -> push('c');
                case "end" -> {
                    // A column may have this name; the tree tells later.
                    if (!open.isEmpty() && open.peek().bracket() == 'c') {
                        pop('c');
                    }
                }
                default -> token();
            }
        }

        private void push(char bracket) {
            open.push(new Level(bracket, base, tokens));
            base = tokens + 2;
            tokens = base;
            deep();
        }

        private void pop(char bracket) {
            // A column may be named case, which opens a level that nothing closes.
            while (bracket != 'c' && !open.isEmpty() && open.peek().bracket() == 'c') {
                open.pop();
            }
            if (open.isEmpty() || open.peek().bracket() != bracket) {
                throw unmatched();
            }
            Level level = open.pop();
            base = level.base();
            tokens = level.tokens();
            token();
        }

        private void token() {
            tokens++;
            deep();
        }

        private void deep() {
            if (tokens > 2 * most + 2) {
                throw tooDeep(text, limits);
            }
        }
    }

    /// The fault for a condition that is too deep.
    static Fault tooDeep(String condition, Limits limits) {
        return limits.exceeded(
                Fault.Kind.BAD_SETTING,
                Limit.DEPTH,
                "the condition " + quoted(condition) + " has more than " + limits.of(Limit.DEPTH)
                        + " operators or parentheses within each other");
    }
}
