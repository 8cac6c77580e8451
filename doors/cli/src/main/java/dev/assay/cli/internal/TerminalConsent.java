package dev.assay.cli.internal;

import dev.assay.study.Consent;
import dev.assay.study.Destination;
import dev.assay.study.HostConsent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal what may be sent where. Anything but `y` or `yes` is a refusal, and so
/// is the end of input.
final class TerminalConsent implements HostConsent.Person {
    private final boolean there;
    private final Consumer<String> shown;
    private final Supplier<@Nullable String> answers;

    /// @param there   whether somebody can see and answer
    /// @param shown   shows a line
    /// @param answers waits for a line, null at the end of input
    TerminalConsent(boolean there, Consumer<String> shown, Supplier<@Nullable String> answers) {
        this.there = there;
        this.shown = shown;
        this.answers = answers;
    }

    /// The terminal that the process was started from, if both its input and its standard error are
    /// one.
    static TerminalConsent ofProcess() {
        java.io.Console console = System.console();
        boolean there = console != null && console.isTerminal() && Console.isTerminal();
        return new TerminalConsent(there, Console::note, () -> console == null ? null : console.readLine());
    }

    @Override
    public boolean isThere() {
        return there;
    }

    @Override
    public boolean agrees(List<Consent.Request> requests) {
        shown.accept("This run would send data to other machines, or use your keys:");
        lines(requests).forEach(shown);
        shown.accept("Send this? [y/N]");
        String answer = Optional.ofNullable(answers.get()).orElse("").strip().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    @Override
    public void told(List<Consent.Request> requests) {
        shown.accept("This run sends, as you allowed:");
        lines(requests).forEach(shown);
    }

    /// What would be sent where, some lines for each.
    static List<String> lines(List<Consent.Request> requests) {
        Set<String> lines = new LinkedHashSet<>();
        for (Consent.Request request : requests) {
            Destination to = request.destination();
            StringBuilder line = new StringBuilder("  host ")
                    .append(to.origin().host())
                    .append(" (")
                    .append(to.origin())
                    .append(to.origin().isEncrypted() ? "" : ", not encrypted")
                    .append("): stage '")
                    .append(request.stage())
                    .append("' sends ")
                    .append(to.content());
            line.append(to.variable()
                    .map(v -> ", with the key in the variable " + v)
                    .orElse(", without a key"));
            // Names of files come last: whoever made the study chose them, and nothing is to follow that they could
            // pretend to be.
            if (!request.inputs().isEmpty()) {
                line.append("; it reads ").append(String.join(", ", request.inputs()));
            }
            lines.add(line.toString());
        }
        return List.copyOf(lines);
    }
}
