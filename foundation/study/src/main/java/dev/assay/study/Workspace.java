package dev.assay.study;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.RunFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A folder where runs and their results are kept. Several processes may use one at the same time.
///
/// | below | what |
/// |---|---|
/// | `runs/<id>/` | `run.json`, `study.yaml`, `events.jsonl`, `outputs/<stage>/`, `receipts/`, `errors/` |
/// | `runs/<id>/run.intoto.json` | the run's last statement, about all of these |
/// | `store/` | results by the key of what they follow from; safe to delete, stages then run again |
/// | `tmp/` | what is being written |
public final class Workspace {
    private static final Pattern LATEST = Pattern.compile("latest(?::([A-Za-z0-9._-]{1,200}))?(?:~(\\d{1,6}))?");
    private static final int SHOWN = 5;

    private final Layout layout;

    private Workspace(Layout layout) {
        this.layout = layout;
    }

    /// The workspace in this folder, which need not exist yet; reading makes nothing.
    public static Workspace at(Path folder) {
        return new Workspace(Layout.of(folder));
    }

    /// The folder.
    public Path folder() {
        return layout.root();
    }

    /// All runs that can be read, newest first. A run whose process has ended without a word is shown as
    /// interrupted. Those of earlier programs are among them; for the rest see [#unreadable()].
    public List<RunView> runs() {
        return RunFiles.all(layout).runs();
    }

    /// The folders among the runs that hold no run that can be read: damaged, written by a later program, or
    /// never begun. By name.
    public List<UnreadableRun> unreadable() {
        return RunFiles.all(layout).unreadable();
    }

    /// One run.
    ///
    /// @param id its id or the beginning of it; `latest`; `latest~1` for the one before of the same study;
    ///           `latest:STUDY` and `latest:STUDY~1` for those of another study
    /// @throws Fault (USAGE) if there is no such run, or the beginning fits several; (MALFORMED_FILE) if it
    ///               is the whole id of a run that cannot be read
    public RunView run(String id) {
        RunFiles.Listed all = RunFiles.all(layout);
        List<RunView> runs = all.runs();
        Matcher latest = LATEST.matcher(id);
        if (latest.matches()) {
            String study = latest.group(1) != null
                    ? latest.group(1)
                    : runs.isEmpty() ? "" : runs.getFirst().study();
            List<RunView> ofStudy =
                    runs.stream().filter(run -> run.study().equals(study)).toList();
            int back = latest.group(2) == null ? 0 : Integer.parseInt(latest.group(2));
            if (back < ofStudy.size()) {
                return ofStudy.get(back);
            }
            throw unknown(
                    "there is no run '" + OneLine.of(id) + "' in " + folder() + ", where the study '"
                            + OneLine.of(study) + "' has " + ofStudy.size() + (ofStudy.size() == 1 ? " run" : " runs"),
                    ofStudy.isEmpty() ? latestOfEach(runs) : ofStudy);
        }
        List<RunView> fitting = runs.stream()
                .filter(r -> !id.isEmpty() && r.id().startsWith(id))
                .toList();
        Optional<RunView> exact =
                fitting.stream().filter(r -> r.id().equals(id)).findFirst();
        if (exact.isPresent()) {
            return exact.get();
        }
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        Optional<UnreadableRun> damaged =
                all.unreadable().stream().filter(u -> u.id().equals(id)).findFirst();
        if (damaged.isPresent()) {
            throw Fault.of(
                            Fault.Kind.MALFORMED_FILE,
                            "the run cannot be read: " + damaged.get().reason())
                    .at(layout.run(id).toString());
        }
        throw fitting.isEmpty()
                ? unknown("there is no run '" + OneLine.of(id) + "' in " + folder(), runs)
                : unknown("'" + id + "' fits " + fitting.size() + " runs", fitting);
    }

    private static List<RunView> latestOfEach(List<RunView> runs) {
        Set<String> studies = new HashSet<>();
        return runs.stream().filter(run -> studies.add(run.study())).toList();
    }

    /// The folder of a run.
    public Path folder(RunView run) {
        return layout.run(run.id());
    }

    /// The file or folder of an artefact of a run.
    public Path artefact(RunView run, StageView stage, StageView.OutputView output) {
        return layout.output(run.id(), stage.name(), output.file());
    }

    /// Where the trace of a failed stage is kept: in the run's folder, or apart from it if the stage read
    /// something confidential.
    public Path trace(RunView run, StageView stage) {
        return stage.confidential()
                ? layout.withheldTrace(run.id(), stage.name())
                : layout.trace(run.id(), stage.name());
    }

    /// The key of the digests of confidential files of this workspace, if one was made.
    public Optional<Path> digestKey() {
        return Optional.of(layout.digestKey()).filter(layout.files()::isFile);
    }

    private static Fault unknown(String what, List<RunView> runs) {
        if (runs.isEmpty()) {
            return Fault.of(Fault.Kind.USAGE, what + "; no study has been run there");
        }
        List<String> ids = runs.stream()
                .map(run -> run.id() + " of " + OneLine.of(run.study()))
                .limit(SHOWN)
                .toList();
        int more = runs.size() - ids.size();
        return Fault.of(
                Fault.Kind.USAGE,
                what + "; there " + (runs.size() == 1 ? "is " : "are ") + String.join(", ", ids)
                        + (more > 0 ? " and " + more + " older" : ""));
    }
}
