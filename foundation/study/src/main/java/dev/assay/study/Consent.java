package dev.assay.study;

import dev.assay.fault.Fault;
import java.util.List;
import java.util.stream.Collectors;

/// Who is asked before anything leaves this machine. A study never answers for itself: whoever runs it
/// does.
///
/// ```java
/// RunSettings.DEFAULT.withConsent(HostConsent.of(HostRule.parse("models.example.com")));
/// ```
@FunctionalInterface
public interface Consent {
    /// What a stage wants to send.
    ///
    /// @param stage       its name
    /// @param inputs      what it reads, as it is written in the study; confidential files by their names, too,
    ///     so they are for the person who is asked and for nothing that is kept
    /// @param destination where to, and what
    record Request(String stage, List<String> inputs, Destination destination) {
        public Request {
            inputs = List.copyOf(inputs);
        }
    }

    /// Asks. Only what needs consent is asked for (see [Destination#needsConsent()]).
    ///
    /// @throws Fault (CONSENT) if one of them may not be sent; the sentence says what to do
    void ask(List<Request> requests);

    /// Nobody: all is refused that needs consent.
    static Consent none() {
        return requests -> {
            if (!requests.isEmpty()) {
                throw refused(requests, "the program that runs the stage must allow it");
            }
        };
    }

    /// What to tell of something that may not be sent.
    ///
    /// @param how what would allow it
    static Fault refused(List<Request> requests, String how) {
        String what = requests.stream()
                .map(r -> "stage '" + r.stage() + "' would send "
                        + r.destination().content() + " to "
                        + r.destination().origin()
                        + r.destination()
                                .variable()
                                .map(v -> ", with the key in " + v)
                                .orElse(""))
                .distinct()
                .collect(Collectors.joining("; "));
        return Fault.of(Fault.Kind.CONSENT, what + ": nothing was sent; " + how);
    }
}
