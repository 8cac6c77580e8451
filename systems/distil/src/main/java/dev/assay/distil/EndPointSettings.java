package dev.assay.distil;

import dev.assay.fault.Fault;
import java.util.Optional;

/// End points as stages' settings name them.
final class EndPointSettings {
    private EndPointSettings() {}

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
