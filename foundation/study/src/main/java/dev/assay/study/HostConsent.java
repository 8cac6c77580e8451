package dev.assay.study;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Consent by rules about hosts, and by a person about what no rule allows.
///
/// A person is not asked to send anything to another machine without encryption, nor a key to a host that
/// it is not bound to: that must be said in so many words, by a rule.
public final class HostConsent implements Consent {
    /// A person at a terminal.
    public interface Person {
        /// Nobody is there.
        Person NOBODY = new Person() {
            @Override
            public boolean isThere() {
                return false;
            }

            @Override
            public boolean agrees(List<Request> requests) {
                return false;
            }
        };

        /// Whether there is somebody to ask.
        boolean isThere();

        /// Shows what would be sent where, and asks.
        boolean agrees(List<Request> requests);

        /// Shows what is sent where, which rules allow. Nothing is asked.
        default void told(List<Request> requests) {}
    }

    private final List<HostRule> given;
    private final List<HostRule> configured;
    private final Person person;

    private HostConsent(List<HostRule> given, List<HostRule> configured, Person person) {
        this.given = List.copyOf(given);
        this.configured = List.copyOf(configured);
        this.person = person;
    }

    /// @param given      for this run alone
    /// @param configured the user's standing ones; a variable that they name is bound to their hosts
    /// @param person     asked about the rest
    public static HostConsent of(List<HostRule> given, List<HostRule> configured, Person person) {
        return new HostConsent(given, configured, person);
    }

    @Override
    public void ask(List<Request> requests) {
        Set<String> bound = configured.stream()
                .flatMap(rule -> rule.variables().stream())
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        List<Request> open = requests.stream()
                .filter(r -> given.stream().noneMatch(rule -> rule.permits(r.destination(), bound)))
                .filter(r -> configured.stream().noneMatch(rule -> rule.permits(r.destination(), Set.of())))
                .toList();
        if (open.isEmpty()) {
            person.told(requests);
            return;
        }
        List<Request> never = new ArrayList<>();
        for (Request request : open) {
            Origin origin = request.destination().origin();
            boolean plain = !origin.isEncrypted() && !origin.isLoopback();
            if (plain
                    || request.destination().variable().filter(bound::contains).isPresent()) {
                never.add(request);
            }
        }
        if (!never.isEmpty()) {
            throw Consent.refused(never, why(never, bound) + "; allow it with " + flags(never));
        }
        if (!person.isThere()) {
            throw Consent.refused(open, "allow it with " + flags(open));
        }
        if (!person.agrees(open)) {
            throw Consent.refused(open, "you did not agree; allow it with " + flags(open));
        }
        List<Request> allowed = requests.stream().filter(r -> !open.contains(r)).toList();
        if (!allowed.isEmpty()) {
            person.told(allowed);
        }
    }

    private static String why(List<Request> never, Set<String> bound) {
        boolean keys = never.stream()
                .anyMatch(
                        r -> r.destination().variable().filter(bound::contains).isPresent());
        boolean plain = never.stream()
                .anyMatch(r -> !r.destination().origin().isEncrypted()
                        && !r.destination().origin().isLoopback());
        return (plain ? "what goes over http to another machine can be read and changed on the way" : "")
                + (plain && keys ? ", and " : "")
                + (keys ? "your configuration keeps the key for other hosts" : "");
    }

    private static String flags(List<Request> requests) {
        Set<String> flags = new LinkedHashSet<>();
        requests.forEach(r -> flags.add(HostRule.flag(r.destination())));
        return String.join(" ", flags);
    }
}
