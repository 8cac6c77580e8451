package dev.assay.distil.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/// Goes through the text of a regular expression before it is compiled: names the place of what the linear engine
/// does not have or reads otherwise than `java.util.regex`, and bounds how deep it nests and how large it gets.
public final class PatternScan {
    /// Escapes of `java.util.regex` that the engine lacks, or reads as something else, and what to write.
    private static final Map<Character, String> OTHERWISE = Map.ofEntries(
            Map.entry('0', "write \\x41 for a character by its number"),
            Map.entry('C', "write (?s:.)"),
            Map.entry('E', "it closes no \\Q"),
            Map.entry('G', "leave it out"),
            Map.entry('H', "write [^ \\t]"),
            Map.entry('K', "use a group"),
            Map.entry('N', "write [^\\n]"),
            Map.entry('R', "write (?:\\r\\n|\\n|\\r)"),
            Map.entry('V', "write [^\\n\\x0B\\f\\r]"),
            Map.entry('X', "write ."),
            Map.entry('Z', "write \\n?\\z"),
            Map.entry('c', "write \\x01"),
            Map.entry('e', "write \\x1B"),
            Map.entry('h', "write [ \\t]"),
            Map.entry('u', "write \\x{e9} for a character by its number"),
            Map.entry('v', "write [\\n\\x0B\\f\\r]"));

    private static final String KNOWN_ESCAPES = "ABDPSWabdfnprstwxz";
    private static final String FLAGS = "ims-";
    /// What the engine takes in one pair of braces.
    private static final int MOST_REPEATS = 1_000;

    private final String text;
    private final Limits limits;
    private final Deque<Group> open = new ArrayDeque<>();
    private Group group = new Group(-1);
    private int at;

    /// Steps of what was read of a group: without its last part, which a repetition may follow, and of that.
    private static final class Group {
        private final int from;
        private long before;
        private long last;
        private boolean repeated;

        Group(int from) {
            this.from = from;
        }

        void part(long steps) {
            before += last;
            last = steps;
            repeated = false;
        }
    }

    private PatternScan(String text, Limits limits) {
        this.text = text;
        this.limits = limits;
    }

    /// @throws IllegalArgumentException in one sentence that says what and where
    public static void check(String text, Limits limits) {
        new PatternScan(text, limits).run();
    }

    private void run() {
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '\\' -> escape();
                case '[' -> list();
                case '(' -> opens();
                case ')' -> closes();
                case '|' -> {
                    group.part(1);
                    group.part(0);
                    at++;
                }
                case '*', '+', '?' -> repeats(1, 1, at);
                case '{' -> counted();
                default -> {
                    group.part(1);
                    at++;
                }
            }
            if (group.before + group.last > limits.of(Limit.PATTERN_STEPS)) {
                throw new IllegalArgumentException(limits.exceeded(
                                Fault.Kind.STUDY,
                                Limit.PATTERN_STEPS,
                                "the pattern becomes more than " + limits.of(Limit.PATTERN_STEPS)
                                        + " steps when its repetitions are written out")
                        .sentence());
            }
        }
        if (!open.isEmpty()) {
            throw wrong(group.from, "this '(' is not closed");
        }
    }

    private void escape() {
        int from = at;
        if (at + 1 == text.length()) {
            throw wrong(from, "a backslash at the end stands for nothing");
        }
        char c = text.charAt(at + 1);
        if ((c >= '1' && c <= '9') || c == 'k') {
            throw wrong(from, "back references are not supported, because they may take for ever");
        }
        if (c == 'Q') {
            int end = text.indexOf("\\E", at + 2);
            int to = end < 0 ? text.length() : end;
            for (int i = at + 2; i < to; i++) {
                group.part(1);
            }
            at = end < 0 ? to : end + 2;
            return;
        }
        refuse(c, from);
        at += 2;
        if ((c == 'p' || c == 'P' || c == 'x') && at < text.length() && text.charAt(at) == '{') {
            int end = text.indexOf('}', at);
            if (end < 0) {
                throw wrong(from, "this '{' is not closed");
            }
            at = end + 1;
        }
        group.part(1);
    }

    private void refuse(char c, int from) {
        String instead = OTHERWISE.get(c);
        if (instead != null) {
            throw wrong(from, "there is no \\" + c + "; " + instead);
        }
        if ((Character.isLetterOrDigit(c) && KNOWN_ESCAPES.indexOf(c) < 0) || c > '~' || c < ' ') {
            throw wrong(from, "this escape is not known");
        }
    }

    /// A class of characters.
    private void list() {
        int from = at++;
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        for (int first = at; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ']' && at > first) {
                at++;
                group.part(1);
                return;
            }
            if (c == '\\' && at + 1 < text.length()) {
                if (text.charAt(at + 1) != 'b') {
                    refuse(text.charAt(at + 1), at);
                }
                at++;
            } else if (c == '[') {
                int end = text.startsWith("[:", at) ? text.indexOf(":]", at) : -1;
                if (end < 0) {
                    throw wrong(at, "a class inside a class is not supported; write \\[ for the character");
                }
                at = end + 1;
            } else if (c == '&' && text.startsWith("&&", at)) {
                throw wrong(at, "classes cannot be intersected by &&; write \\& for the character");
            }
        }
        throw wrong(from, "this '[' is not closed");
    }

    private void opens() {
        int from = at++;
        if (at < text.length() && text.charAt(at) == '?') {
            at++;
            if (startsAny("=", "!", "<=", "<!")) {
                throw wrong(from, "look-around is not supported, because it may take for ever; use a group");
            }
            if (startsAny(">")) {
                throw wrong(from, "(?> is not needed, because nothing is tried twice; write (?:");
            }
            if (startsAny("P=", "P>")) {
                throw wrong(from, "back references are not supported, because they may take for ever");
            }
            if (startsAny("P<", "<")) {
                int end = text.indexOf('>', at);
                if (end < 0) {
                    throw wrong(from, "the name of the group is not closed");
                }
                at = end + 1;
            } else if (flags(from)) {
                return;
            }
        }
        if (open.size() >= limits.of(Limit.DEPTH)) {
            throw new IllegalArgumentException(
                    limits.exceeded(Fault.Kind.STUDY, Limit.DEPTH, "the groups of the pattern nest too deep")
                            .sentence());
        }
        open.push(group);
        group = new Group(from);
    }

    private boolean startsAny(String... heads) {
        for (String head : heads) {
            if (text.startsWith(head, at)) {
                return true;
            }
        }
        return false;
    }

    /// @return whether these are flags for what follows, and no group
    private boolean flags(int from) {
        while (at < text.length() && FLAGS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == text.length() || (text.charAt(at) != ':' && text.charAt(at) != ')')) {
            throw wrong(from, "only the flags i, m and s are known here");
        }
        return text.charAt(at++) == ')';
    }

    private void closes() {
        if (open.isEmpty()) {
            throw wrong(at, "this ')' closes nothing; write \\) for the character");
        }
        long steps = group.before + group.last;
        group = open.pop();
        group.part(steps + 2);
        at++;
    }

    private void counted() {
        int from = at;
        int end = text.indexOf('}', at);
        String inside = end < 0 ? "" : text.substring(at + 1, Math.min(end, at + 20));
        int comma = inside.indexOf(',');
        String least = comma < 0 ? inside : inside.substring(0, comma);
        String most = comma < 0 ? inside : inside.substring(comma + 1);
        if (!digits(least) || !(most.isEmpty() || digits(most))) {
            throw wrong(from, "this '{' is no count such as {2,5}; write \\{ for the character");
        }
        if (count(least) > MOST_REPEATS || count(most) > MOST_REPEATS) {
            throw wrong(from, "a part can be repeated " + MOST_REPEATS + " times at most");
        }
        if (!most.isEmpty() && count(most) < count(least)) {
            throw wrong(from, "the least count is greater than the most");
        }
        at = end;
        // What may be there has a step more, which decides.
        repeats(Math.max(count(least), 1), Math.max(count(most), count(least) + (most.isEmpty() ? 1 : 0)), from);
    }

    private static boolean digits(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int count(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /// The repetition whose last character is here.
    private void repeats(int least, int most, int from) {
        if (group.repeated) {
            throw wrong(from, "a repetition of a repetition; put the first one in a group");
        }
        if (group.last == 0) {
            throw wrong(from, "there is nothing to repeat");
        }
        group.last = Math.max(least, most) * (group.last + 1);
        group.repeated = true;
        at++;
        if (at < text.length() && text.charAt(at) == '?') {
            at++;
        } else if (at < text.length() && text.charAt(at) == '+') {
            throw wrong(from, "possessive repetitions are not needed, because nothing is tried twice; leave out '+'");
        }
    }

    private static IllegalArgumentException wrong(int place, String what) {
        return new IllegalArgumentException("the pattern is wrong at character " + (place + 1) + ": " + what);
    }
}
