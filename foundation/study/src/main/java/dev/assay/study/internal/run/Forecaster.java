package dev.assay.study.internal.run;

import dev.assay.study.Forecast;
import dev.assay.study.Forecast.Action;
import dev.assay.study.Plan;
import dev.assay.study.RunSettings;
import dev.assay.study.RunView;
import dev.assay.study.StageSpec;
import dev.assay.study.StageView;
import dev.assay.study.StageView.InputView;
import dev.assay.study.Workspace;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.Store;
import dev.assay.study.internal.store.UserKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what a run would do with each stage, and why. Artefacts are not hashed here; a damaged one is found
/// when the stage's turn comes.
public final class Forecaster {
    private final RunSettings settings;
    private final Layout layout;
    private final Store store;
    private final List<RunView> runs;
    private final StageCode code;
    private final Clock clock;

    public Forecaster(Workspace workspace, RunSettings settings, Clock clock) {
        this.clock = clock;
        this.settings = settings;
        this.layout = Layout.of(workspace.folder());
        this.store = new Store(layout, UserKey.ofProcess());
        this.runs = workspace.runs();
        this.code = new StageCode(settings.codeVersion());
    }

    /// The forecast of each stage, in the order of the plan.
    public List<Forecast> forecast(Plan plan) {
        Discretion discretion = Discretion.forReading(plan, layout);
        InputFiles files = new InputFiles(layout, discretion, clock);
        Map<String, StageView> known = new HashMap<>();
        List<Forecast> forecasts = new ArrayList<>();
        for (StageSpec stage : plan.stages()) {
            List<String> anew =
                    stage.upstream().stream().filter(s -> !known.containsKey(s)).toList();
            if (settings.fresh()) {
                forecasts.add(new Forecast(stage, Action.RUN, "earlier results are not to count"));
            } else if (!anew.isEmpty()) {
                forecasts.add(new Forecast(stage, Action.RUN_UNLESS_UNCHANGED, String.join(", ", anew) + " will run"));
            } else {
                List<InputView> inputs = files.views(stage, known);
                String key = StageKey.of(
                        stage,
                        code.of(stage.description().stage()),
                        inputs,
                        plan.study().seed(),
                        discretion);
                Optional<StageView> manifest = store.manifest(key).map(discretion::disclosed);
                manifest.ifPresent(m -> known.put(stage.name(), m));
                forecasts.add(
                        manifest.isPresent()
                                ? new Forecast(stage, Action.REUSE, "nothing has changed since it ran")
                                : new Forecast(stage, Action.RUN, reason(plan, stage, inputs)));
            }
        }
        return forecasts;
    }

    private String reason(Plan plan, StageSpec stage, List<InputView> inputs) {
        for (RunView run : runs) {
            Optional<StageView> then = run.stage(stage.name());
            if (run.study().equals(plan.study().name())
                    && then.isPresent()
                    && then.get().status() != StageView.Status.WAITING
                    && then.get().status() != StageView.Status.SKIPPED) {
                return reason(run, then.get(), plan, stage, inputs);
            }
        }
        return "it has not run yet";
    }

    private String reason(RunView run, StageView then, Plan plan, StageSpec stage, List<InputView> inputs) {
        List<String> changes = new ArrayList<>();
        if (!then.kind().equals(stage.description().kind())) {
            changes.add("kind was " + then.kind());
        }
        Set<String> keys = new LinkedHashSet<>(stage.settings().keySet());
        keys.addAll(then.settings().keySet());
        for (String key : keys) {
            String before = shown(then.settings().get(key));
            String now = shown(stage.settings().get(key));
            if (!before.equals(now)) {
                changes.add(key + " " + before + " -> " + now);
            }
        }
        Map<String, String> before = new HashMap<>();
        then.inputs().forEach(i -> before.put(i.name(), i.digest()));
        for (InputView input : inputs) {
            if (!input.digest().equals(before.get(input.name()))) {
                changes.add("input " + input.name() + " has changed");
            }
        }
        if (stage.draws() && run.seed() != plan.study().seed()) {
            changes.add("seed " + run.seed() + " -> " + plan.study().seed());
        }
        if (!then.code().equals(code.of(stage.description().stage()))) {
            changes.add("the program has changed" + changedParts(run, stage));
        }
        if (!changes.isEmpty()) {
            return String.join("; ", changes);
        }
        return switch (then.status()) {
            case FAILED -> "it failed last time";
            case INTERRUPTED, RUNNING -> "it was interrupted last time";
            case PASSED, WAITING, SKIPPED -> "its earlier results are no longer there";
        };
    }

    /// Which modules and libraries, as far as the earlier run wrote them down.
    private String changedParts(RunView run, StageSpec stage) {
        if (run.program().isEmpty()) {
            return "";
        }
        List<String> changed = new ArrayList<>();
        code.parts(stage.description().stage()).forEach((part, digest) -> {
            if (!digest.equals(run.program().get(part))) {
                changed.add(part);
            }
        });
        return changed.isEmpty() ? "" : ": " + String.join(", ", changed);
    }

    /// Whole numbers read back from JSON as `int` or `long`; they are the same setting.
    private static String shown(@Nullable Object value) {
        return value == null ? "(none)" : String.valueOf(value);
    }
}
