package dev.assay.study.internal.run;

import dev.assay.study.Consent;
import dev.assay.study.Destination;
import dev.assay.study.Forecast;
import dev.assay.study.Permissions;
import dev.assay.study.Plan;
import dev.assay.study.StageSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What was agreed to in a run: nothing is asked twice, and never two things at once. Thread-safe.
public final class RunConsent {
    private final Consent consent;
    private final Set<Consent.Request> agreed = new HashSet<>();

    RunConsent(Consent consent) {
        this.consent = consent;
    }

    /// What the stages of a plan would send where, as far as their settings tell.
    public static List<Consent.Request> requests(Plan plan) {
        List<Consent.Request> requests = new ArrayList<>();
        for (StageSpec stage : plan.stages()) {
            for (Destination destination : stage.description().stage().destinations(stage.values())) {
                requests.add(new Consent.Request(stage.name(), inputs(stage), destination));
            }
        }
        return requests;
    }

    /// Asks about all that is known before the run begins. A stage whose results are there sends
    /// nothing.
    ///
    /// @throws dev.assay.fault.Fault (CONSENT) if something was not agreed to
    void begin(Plan plan, Supplier<List<Forecast>> forecasts) {
        List<Consent.Request> open = requests(plan).stream()
                .filter(r -> r.destination().needsConsent())
                .toList();
        if (open.isEmpty()) {
            return;
        }
        Set<String> reused = forecasts.get().stream()
                .filter(f -> f.action() == Forecast.Action.REUSE)
                .map(f -> f.stage().name())
                .collect(Collectors.toSet());
        ask(open.stream().filter(r -> !reused.contains(r.stage())).toList());
    }

    /// The permissions of a stage.
    Permissions of(StageSpec stage) {
        return Permissions.of(stage.name(), inputs(stage), this::ask);
    }

    private synchronized void ask(List<Consent.Request> requests) {
        List<Consent.Request> open =
                requests.stream().filter(r -> !agreed.contains(r)).toList();
        if (!open.isEmpty()) {
            consent.ask(open);
            agreed.addAll(open);
        }
    }

    private static List<String> inputs(StageSpec stage) {
        return stage.wires().stream().map(w -> w.shown() + ": " + w.from()).toList();
    }
}
