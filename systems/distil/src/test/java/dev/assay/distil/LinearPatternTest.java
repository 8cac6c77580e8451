package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.testkit.Property;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {
    private static final int LONG = 200_000;

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(
            strings = {
                "[ ]+$",
                "(a*?)*?b$",
                "(a|a)*$",
                "(a|aa)+$",
                "(?:[^\"\\\\]|\\\\.)*$",
                "(a+)+b",
                "((a*)*)*b",
                "(.*)*x$",
                "(?s)(.|\\n)*x$",
                "a*a*a*a*a*a*a*b",
                "(\\w+\\s?)+x$"
            })
    void takesTimeInProportionToTheText(String text) {
        LinearPattern pattern = LinearPattern.of(text);
        for (String filling : List.of("a", " ", "a ", "\\", "\"", "\n")) {
            String hostile = filling.repeat(LONG / filling.length());
            pattern.isFoundIn(hostile + "!");
            pattern.isFoundIn(hostile);
        }
    }

    @Test
    @Timeout(60)
    void patternsThatExplodeInOtherEnginesAreAllowed() {
        assertThat(LinearPattern.of("(?:[^\"\\\\]|\\\\.)*!$").isFoundIn("\\\"".repeat(LONG / 4) + "!"))
                .isTrue();
        assertThat(LinearPattern.of("^(a+)+$").isFoundIn("a".repeat(LONG) + "b"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    (a)\\1       ~ 4 ~ back references are not supported, because they may take for ever
                    (?P=n)       ~ 1 ~ back references are not supported, because they may take for ever
                    a(?=b)       ~ 2 ~ look-around is not supported, because it may take for ever; use a group
                    (?<!a)b      ~ 1 ~ look-around is not supported, because it may take for ever; use a group
                    a++          ~ 2 ~ possessive repetitions are not needed, because nothing is tried twice; leave out '+'
                    (?>a)        ~ 1 ~ (?> is not needed, because nothing is tried twice; write (?:
                    x\\h         ~ 2 ~ there is no \\h; write [ \\t]
                    x\\R         ~ 2 ~ there is no \\R; write (?:\\r\\n|\\n|\\r)
                    x\\Z         ~ 2 ~ there is no \\Z; write \\n?\\z
                    \\0101       ~ 1 ~ there is no \\0; write \\x41 for a character by its number
                    \\y          ~ 1 ~ this escape is not known
                    [a-z&&[^b]]  ~ 5 ~ classes cannot be intersected by &&; write \\& for the character
                    [a[bc]]      ~ 3 ~ a class inside a class is not supported; write \\[ for the character
                    (?x)a        ~ 1 ~ only the flags i, m and s are known here
                    ab(c         ~ 3 ~ this '(' is not closed
                    abc)         ~ 4 ~ this ')' closes nothing; write \\) for the character
                    ab[c         ~ 3 ~ this '[' is not closed
                    *a           ~ 1 ~ there is nothing to repeat
                    a|*          ~ 3 ~ there is nothing to repeat
                    a**          ~ 3 ~ a repetition of a repetition; put the first one in a group
                    a{2,1}       ~ 2 ~ the least count is greater than the most
                    a{1001}      ~ 2 ~ a part can be repeated 1000 times at most
                    a{x}         ~ 2 ~ this '{' is no count such as {2,5}; write \\{ for the character
                    a\\          ~ 2 ~ a backslash at the end stands for nothing
                    x[z-a]       ~ 3 ~ invalid character class range
                    """)
    void saysWhatIsWrongAndWhere(String pattern, int place, String what) {
        String text = pattern.strip().replace("\\\\", "\\");
        assertThatThrownBy(() -> LinearPattern.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pattern is wrong at character " + place + ": "
                        + what.strip().replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(strings = {"(a{1000}){1000}", "((a{100}){100}){100}", "(((((a{9}){9}){9}){9}){9}){9}"})
    void boundsWhatRepetitionsBecome(String text) {
        assertThatThrownBy(() -> LinearPattern.of(text))
                .hasMessage("the pattern becomes more than 2000 steps when its repetitions are written out; if you "
                        + "trust it, allow more than 2000 with --limit pattern-steps=N");
    }

    @Test
    @Timeout(60)
    void boundsLengthAndDepth() {
        for (String text : List.of("a".repeat(LONG), "a?".repeat(LONG), "a|".repeat(LONG), "\\Q" + "a".repeat(LONG))) {
            assertThatThrownBy(() -> LinearPattern.of(text)).hasMessageContaining("pattern-steps");
        }
        for (String text : List.of("(".repeat(LONG), "(?:".repeat(LONG), "(?i:".repeat(LONG), "(?<n>".repeat(LONG))) {
            assertThatThrownBy(() -> LinearPattern.of(text)).hasMessageContaining("--limit depth=N");
        }
        assertThat(LinearPattern.of("(".repeat(200) + "a" + ")".repeat(200)).isFoundIn("a"))
                .isTrue();
    }

    @ParameterizedTest
    @Timeout(60)
    @CsvSource({"2000, 512", "4000, 1024"})
    void theLargestPatternsRunOnASmallStack(int steps, int stackKilobytes) throws InterruptedException {
        Limits limits = Limits.STANDARD.with(Limit.PATTERN_STEPS, steps);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    for (String text : List.of(
                            "(?:a?){" + steps / 6 + "}",
                            "a?".repeat(steps / 2),
                            "(?:(?:a|b)?c?){" + steps / 12 + "}",
                            "a|bc|".repeat(steps / 6))) {
                        LinearPattern.of(text, limits).isFoundIn("ab".repeat(20));
                    }
                },
                "small",
                stackKilobytes << 10);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void findsTheLastOfTheMatchesThatFollowEachOther() {
        LinearPattern number = LinearPattern.of("x([0-9]+)|(y)");
        assertThat(number.groups()).isEqualTo(2);
        assertThat(number.last("x1 x23 z", 1)).contains("23");
        assertThat(number.last("x1 x23 y", 1)).isEmpty();
        assertThat(number.last("x1 x23 y", 0)).contains("y");
        assertThat(number.last("", 0)).isEmpty();
        assertThat(LinearPattern.of("").last("ab", 0)).contains("");
    }

    @Test
    @Timeout(60)
    void manyMatchesThatEachLookAtTheWholeTextAreRefused() {
        LinearPattern pattern = LinearPattern.of("a.*b|a");
        assertThat(pattern.last("a".repeat(500), 0)).contains("a");
        assertThatThrownBy(() -> pattern.last("a".repeat(LONG), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pattern begins to match in too many places of a text");
    }

    /// Where both engines know a pattern, they find the same: the leftmost match, by the order of alternatives.
    @Test
    void findsWhatJavaFinds() {
        Property.holds(2_000, seed -> {
            RandomGenerator r = seed.generator();
            String text = pattern(r, 3);
            StringBuilder subject = new StringBuilder();
            for (int i = r.nextInt(12); i > 0; i--) {
                subject.append("ab1 \t-".charAt(r.nextInt(6)));
            }
            Matcher matcher = Pattern.compile(text).matcher(subject);
            String last = null;
            while (matcher.find()) {
                last = matcher.group();
            }
            assertThat(LinearPattern.of(text).last(subject, 0))
                    .as("'%s' in '%s'", text, subject)
                    .isEqualTo(Optional.ofNullable(last));
        });
    }

    private static String pattern(RandomGenerator r, int depth) {
        String one = switch (depth == 0 ? r.nextInt(6) : r.nextInt(9)) {
            case 0 -> "a";
            case 1 -> "b";
            case 2 -> "[a1]";
            case 3 -> "\\w";
            case 4 -> "\\s";
            case 5 -> ".";
            case 6 -> pattern(r, depth - 1) + pattern(r, depth - 1);
            case 7 -> "(" + pattern(r, depth - 1) + "|" + pattern(r, depth - 1) + ")";
            default -> "(?:" + pattern(r, depth - 1) + pattern(r, depth - 1) + ")";
        };
        return r.nextInt(4) == 0
                ? "(?:" + one + "b)"
                        + List.of("*", "+", "?", "{1,3}", "*?", "+?").get(r.nextInt(6))
                : one;
    }
}
