package dev.assay.distil;

import dev.assay.fault.Fault;
import dev.assay.study.Destination;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// End points as stages' settings name them.
final class EndPointSettings {
    private EndPointSettings() {}

    /// An end point as a stage names what it depends on: `model at base URL`, without key or user.
    static String words(EndPoint endPoint) {
        return endPoint.model() + " at " + endPoint.baseUrl();
    }

    /// The same of settings; nothing if they name no end point.
    ///
    /// @param what what it is: `the model`
    static Optional<String> words(String what, Optional<String> baseUrl, Optional<String> model) {
        if (baseUrl.isEmpty() || model.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(what + " " + words(EndPoint.of(baseUrl.get(), model.get())));
        } catch (IllegalArgumentException e) {
            // Such as one with a user, which must not be repeated; the stage says what is wrong.
            return Optional.empty();
        }
    }

    /// Where settings that are named as in [IndexStage.Settings] send something; nowhere if the end point
    /// is elsewhere though nothing may leave, since the stage refuses that.
    static List<Destination> destinations(Map<String, Object> settings, String content) {
        return destination(
                        text(settings, "base-url"),
                        text(settings, "model"),
                        text(settings, "key-variable"),
                        Boolean.TRUE.equals(settings.get("local-only")),
                        content)
                .stream()
                .toList();
    }

    /// The same of single settings.
    static Optional<Destination> destination(
            Optional<String> baseUrl,
            Optional<String> model,
            Optional<String> keyVariable,
            boolean localOnly,
            String content) {
        if (baseUrl.isEmpty() || model.isEmpty()) {
            return Optional.empty();
        }
        EndPoint endPoint = new EndPoint(baseUrl.get(), "-", keyVariable, EndPoint.Patience.DEFAULT);
        return localOnly && !endPoint.isLocal() ? Optional.empty() : Optional.of(endPoint.destination(content));
    }

    private static Optional<String> text(Map<String, Object> settings, String name) {
        return settings.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// @param absent what to say if base URL or model is not given
    /// @throws Fault (BAD_SETTING) if it cannot be one
    static EndPoint endPoint(
            Optional<String> baseUrl,
            Optional<String> model,
            Optional<String> keyVariable,
            EndPoint.Patience patience,
            String absent) {
        if (baseUrl.isEmpty() || model.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_SETTING, absent);
        }
        try {
            return new EndPoint(baseUrl.get(), model.get(), keyVariable, patience);
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.BAD_SETTING, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }
}
