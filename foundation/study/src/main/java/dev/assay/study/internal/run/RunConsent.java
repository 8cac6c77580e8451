package dev.assay.study.internal.run;

import dev.assay.study.Consent;
import dev.assay.study.Destination;
import dev.assay.study.Forecast;
import dev.assay.study.Permissions;
import dev.assay.study.Plan;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What was agreed to in a run: nothing is asked twice, and never two things at once. Thread-safe.
public final class RunConsent {
    private final Consent consent;
    private final Plan plan;
    private final Set<Consent.Request> agreed = new HashSet<>();

    RunConsent(Consent consent, Plan plan) {
        this.consent = consent;
        this.plan = plan;
    }

    /// What the stages of a plan would send where, as far as their settings tell.
    public static List<Consent.Request> requests(Plan plan) {
        List<Consent.Request> requests = new ArrayList<>();
        for (StageSpec stage : plan.stages()) {
            for (Destination destination : stage.description().stage().destinations(stage.values())) {
                requests.add(new Consent.Request(stage.name(), inputs(plan, stage), destination));
            }
        }
        return requests;
    }

    /// Asks about all that is known before the run begins. A stage whose results are there sends
    /// nothing.
    ///
    /// @throws dev.assay.fault.Fault (CONSENT) if something was not agreed to
    void begin(Supplier<List<Forecast>> forecasts) {
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
        return Permissions.of(stage.name(), inputs(plan, stage), this::ask);
    }

    private synchronized void ask(List<Consent.Request> requests) {
        List<Consent.Request> open =
                requests.stream().filter(r -> !agreed.contains(r)).toList();
        if (!open.isEmpty()) {
            consent.ask(open);
            agreed.addAll(open);
        }
    }

    /// What a stage reads. Of what another stage made also the files that this was made of, so that no file leaves
    /// the machine without a word because a stage copied it before.
    private static List<String> inputs(Plan plan, StageSpec stage) {
        return stage.wires().stream()
                .map(w -> {
                    Set<String> files = new TreeSet<>();
                    if (w.from() instanceof Source.Output output) {
                        files(plan, output.stage(), new HashSet<>(), files);
                    }
                    return w.shown() + ": " + name(w.from())
                            + (files.isEmpty() ? "" : " (made of " + String.join(", ", files) + ")");
                })
                .toList();
    }

    /// A file as it is written in the study, a confidential one too: whoever is asked must know what would leave,
    /// and what is asked is not kept.
    private static String name(Source source) {
        return source instanceof Source.UserFile file ? file.given() : source.toString();
    }

    private static void files(Plan plan, String stage, Set<String> seen, Set<String> files) {
        if (!seen.add(stage)) {
            return;
        }
        for (StageSpec each : plan.stages()) {
            if (each.name().equals(stage)) {
                for (StageSpec.Wire wire : each.wires()) {
                    switch (wire.from()) {
                        case Source.Output output -> files(plan, output.stage(), seen, files);
                        case Source.UserFile file -> files.add(name(file));
                    }
                }
            }
        }
    }
}
