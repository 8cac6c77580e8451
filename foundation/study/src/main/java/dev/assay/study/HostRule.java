package dev.assay.study;

import dev.assay.fault.Fault;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// A host that the user lets a run send to.
///
/// @param host      as [Origin#host()]
/// @param port      the only port, or any
/// @param variables the keys that may be sent along; any that the user has not bound to other hosts if
///     it is absent.
///                  Without encryption none goes along that is not named here
/// @param plain     whether what is sent may go there without encryption; never matters on this machine
public record HostRule(String host, OptionalInt port, Optional<Set<String>> variables, boolean plain) {
    private static final String PLAIN = "http://";
    private static final Pattern WITH_PORT = Pattern.compile(".*:[0-9]+");

    public HostRule {
        variables = variables.map(Set::copyOf);
    }

    /// A rule as on the command line: `HOST`, `HOST:PORT`, `HOST=VARIABLE`, and `http://HOST:PORT` for a
    /// host that is spoken to without encryption.
    ///
    /// @throws Fault (USAGE) if it is none
    public static HostRule parse(String text) {
        int equals = text.indexOf('=');
        String place = equals < 0 ? text : text.substring(0, equals);
        boolean plain = place.startsWith(PLAIN);
        String authority = place.replaceFirst("^https?://", "");
        try {
            Optional<Set<String>> variables = equals < 0
                    ? Optional.empty()
                    : Optional.of(Set.of(Destination.variable(text.substring(equals + 1))));
            return of(authority, variables, plain);
        } catch (IllegalArgumentException e) {
            throw Fault.of(
                            Fault.Kind.USAGE,
                            "--allow-host takes HOST, HOST:PORT, HOST=VARIABLE or http://HOST:PORT: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /// A rule for `HOST` or `HOST:PORT`.
    ///
    /// @throws IllegalArgumentException if it is neither
    static HostRule of(String authority, Optional<Set<String>> variables, boolean plain) {
        if (authority.endsWith("/")) {
            throw new IllegalArgumentException("a host has no path");
        }
        Origin origin = Origin.of(plain ? "http" : "https", authority);
        boolean withPort = WITH_PORT
                .matcher(authority.substring(authority.indexOf(']') + 1))
                .matches();
        return new HostRule(
                origin.host(), withPort ? OptionalInt.of(origin.port()) : OptionalInt.empty(), variables, plain);
    }

    /// Whether it lets this go there.
    ///
    /// @param bound variables that are bound to hosts by other rules
    boolean permits(Destination destination, Set<String> bound) {
        Origin origin = destination.origin();
        boolean hidden = origin.isEncrypted() || origin.isLoopback();
        if (!host.equals(origin.host())
                || (port.isPresent() && port.getAsInt() != origin.port())
                || !(hidden || plain)) {
            return false;
        }
        return destination.variable().isEmpty()
                || variables
                        .map(named -> named.contains(destination.variable().get()))
                        .orElse(hidden && !bound.contains(destination.variable().get()));
    }

    /// What to give after `--allow-host` to allow this and no more.
    static String flag(Destination destination) {
        Origin origin = destination.origin();
        boolean plain = !origin.isEncrypted() && !origin.isLoopback();
        return "--allow-host " + (plain ? PLAIN : "") + origin.hostAndPort()
                + destination.variable().map(v -> "=" + v).orElse("");
    }
}
