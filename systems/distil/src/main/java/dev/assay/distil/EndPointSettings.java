package dev.assay.distil;

import dev.assay.fault.Fault;
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
