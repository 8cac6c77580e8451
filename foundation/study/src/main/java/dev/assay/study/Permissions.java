package dev.assay.study;

import java.util.List;

/// Gives permission to send, after asking whom it has to ask. Thread-safe if the consent is.
public final class Permissions {
    private final String stage;
    private final List<String> inputs;
    private final Consent consent;

    private Permissions(String stage, List<String> inputs, Consent consent) {
        this.stage = stage;
        this.inputs = List.copyOf(inputs);
        this.consent = consent;
    }

    /// Permissions for one stage, or for a program that does the same without stages.
    ///
    /// @param stage   who wants to send, for the question
    /// @param inputs  what it reads
    /// @param consent who is asked
    public static Permissions of(String stage, List<String> inputs, Consent consent) {
        return new Permissions(stage, inputs, consent);
    }

    /// Only to end points on this machine, and without a key.
    public static Permissions loopback() {
        return new Permissions("", List.of(), Consent.none());
    }

    /// Only to these destinations, which the program's own code names, and to this machine without a key.
    /// What a file names, such as an index in a folder, is not among them unless the program says so.
    public static Permissions only(List<Destination> destinations) {
        List<Destination> allowed = List.copyOf(destinations);
        return new Permissions("", List.of(), requests -> {
            List<Consent.Request> others = requests.stream()
                    .filter(r -> allowed.stream()
                            .noneMatch(d -> d.origin().equals(r.destination().origin())
                                    && d.variable().equals(r.destination().variable())))
                    .toList();
            Consent.none().ask(others);
        });
    }

    /// Permission to send.
    ///
    /// @throws dev.assay.fault.Fault (CONSENT) if there is none
    public Permission to(Destination destination) {
        if (destination.needsConsent()) {
            consent.ask(List.of(new Consent.Request(stage, inputs, destination)));
        }
        return new Permission(destination);
    }
}
