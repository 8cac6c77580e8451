package dev.assay.study;

import java.util.Optional;

/// Somebody has agreed that something is sent to one destination, or nobody needs to. Only [Permissions]
/// makes one, and what sends wants one.
public final class Permission {
    private final Destination destination;

    Permission(Destination destination) {
        this.destination = destination;
    }

    /// What was agreed to.
    public Destination destination() {
        return destination;
    }

    /// Whether it is for this host and this key.
    public boolean covers(Origin origin, Optional<String> variable) {
        return destination.origin().equals(origin) && destination.variable().equals(variable);
    }
}
