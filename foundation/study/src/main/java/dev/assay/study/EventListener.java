package dev.assay.study;

/// Told what happens in a run, one event after the other, from the threads on which it happens. Should return
/// soon: the run waits. What it throws fails the stage that spoke, or ends the run if no stage did.
@FunctionalInterface
public interface EventListener {
    /// @param event in the order of the run's events
    void on(Event event);

    /// Listens to nothing.
    static EventListener none() {
        return event -> {};
    }

    /// Tells this one first, then the other.
    default EventListener and(EventListener other) {
        return event -> {
            on(event);
            other.on(event);
        };
    }
}
