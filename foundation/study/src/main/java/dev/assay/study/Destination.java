package dev.assay.study;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a stage sends something, and what.
///
/// @param origin   where to
/// @param content  what kind of content goes there, in words for the person who is asked: `the tasks,
///     one by one`
/// @param variable the environment variable whose value is sent along as a key, if there is one
public record Destination(Origin origin, String content, Optional<String> variable) {
    /// How the name of every variable begins whose value a study may have sent. No other variable is ever
    /// read, so that a study cannot ask for secrets that are in the environment for other programs.
    public static final String VARIABLE_PREFIX = "ASSAY_KEY_";

    /// What to do instead of writing a key into a study.
    static final String NAME_THE_KEY =
            "export the key under a name that begins with " + VARIABLE_PREFIX + ", and give that name as key-variable";

    private static final Pattern VARIABLE = Pattern.compile(VARIABLE_PREFIX + "[A-Za-z0-9_]{1,100}");

    /// @throws IllegalArgumentException if the content is not said, or the variable is none that may
    ///     be named
    public Destination {
        if (content.isBlank()) {
            throw new IllegalArgumentException("it must be said what is sent");
        }
        variable.ifPresent(Destination::variable);
    }

    /// The name of a variable that may hold a key.
    ///
    /// @throws IllegalArgumentException if it is none; the message does not repeat it, since it may be
    ///     the key
    public static String variable(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("only environment variables whose names begin with " + VARIABLE_PREFIX
                    + " are ever sent, and a key is never given itself: " + NAME_THE_KEY);
        }
        return name;
    }

    /// Whether the user must have agreed: what stays on this machine and carries no key needs nobody's
    /// consent.
    public boolean needsConsent() {
        return !origin.isLoopback() || variable.isPresent();
    }

    @Override
    public String toString() {
        return origin + variable.map(v -> " with " + v).orElse("");
    }
}
