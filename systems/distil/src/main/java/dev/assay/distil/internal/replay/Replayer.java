package dev.assay.distil.internal.replay;

import dev.assay.distil.EarlierRuns;
import dev.assay.distil.GateVerdict;
import dev.assay.distil.Hit;
import dev.assay.distil.OwnRuns;
import dev.assay.distil.ReplayArm;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplaySettings;
import dev.assay.distil.ReplayTask;
import dev.assay.distil.Responder;
import dev.assay.distil.Retriever;
import dev.assay.distil.TextAnalysis;
import dev.assay.distil.internal.endpoint.ChatAnswer;
import dev.assay.distil.internal.endpoint.EndPointFailure;
import dev.assay.distil.internal.endpoint.Pacing;
import dev.assay.distil.internal.export.NormalText;
import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.study.Permissions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Replays tasks.
public final class Replayer implements AutoCloseable {
    private static final long NANOS_A_MILLISECOND = 1_000_000;

    private final ReplaySettings settings;
    private final Optional<Retriever> retriever;
    private final Optional<EarlierRuns> earlier;
    private final Map<Responder, Chat> chats;
    private final RunLog log;
    private final Pacing pacing;

    private Replayer(
            ReplaySettings settings,
            Optional<Retriever> retriever,
            Optional<EarlierRuns> earlier,
            Map<Responder, Chat> chats,
            RunLog log,
            Pacing pacing) {
        this.settings = settings;
        this.retriever = retriever;
        this.earlier = earlier;
        this.chats = chats;
        this.log = log;
        this.pacing = pacing;
    }

    /// Opens the log and a connection to each end point that may be asked; to no other.
    ///
    /// @param permissions asked before anything is sent
    public static Replayer open(
            ReplaySettings settings,
            Optional<Retriever> retriever,
            Optional<EarlierRuns> earlier,
            Path log,
            Permissions permissions,
            Pacing pacing,
            Function<String, @Nullable String> environment) {
        if (settings.localOnly()
                && retriever
                        .flatMap(Retriever::endPoint)
                        .filter(e -> !e.isLocal())
                        .isPresent()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "nothing may leave this machine, but the index embeds queries at an end point that is elsewhere: "
                            + "rank by words, or allow it");
        }
        if (settings.ownRuns() == OwnRuns.LEAVE_OUT && retriever.isPresent() && earlier.isEmpty()) {
            throw cannotTell();
        }
        Map<Responder, Chat> chats = new HashMap<>();
        try {
            for (Responder each : asked(settings)) {
                if (each instanceof Responder.Chat chat && !chats.containsKey(each)) {
                    chats.put(each, new Chat(chat, permissions, pacing, environment));
                }
            }
            return new Replayer(settings, retriever, earlier, chats, RunLog.open(log), pacing);
        } catch (RuntimeException e) {
            chats.values().forEach(Chat::close);
            throw e;
        }
    }

    /// What is wrong if runs are to be left out and nobody knows which.
    public static Fault cannotTell() {
        return Fault.of(
                Fault.Kind.BAD_SETTING,
                "runs of the very tasks cannot be left out, because nothing says which they are: give 'evidence', that "
                        + "which the index was made of, or set own-runs to keep");
    }

    private static List<Responder> asked(ReplaySettings settings) {
        boolean onward = settings.allowEscalation() && !settings.localOnly();
        return onward ? settings.responders() : settings.responders().subList(0, 1);
    }

    /// Whether the first responder can be reached.
    public boolean isReachable() {
        Chat chat = chats.get(settings.responders().getFirst());
        return chat == null || chat.reachable();
    }

    /// An answer, or why there is none.
    private record Attempt(
            String text,
            Optional<GateVerdict> verdict,
            Optional<String> finish,
            Optional<ReplayRun.Usage> usage,
            Optional<String> error) {
        /// Whether nobody else needs to be asked: the gate let it pass, or there is nothing to judge.
        boolean isFinal() {
            return error.isEmpty() && verdict.map(GateVerdict::passed).orElse(true);
        }

        static Attempt failed(String why) {
            return new Attempt("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(why));
        }
    }

    /// Replays and logs a task.
    public ReplayRun run(ReplayTask task) {
        String hash = Digest.of(NormalText.of(task.text())).hex();
        Bundle bundle = Bundle.empty();
        Optional<String> lost = Optional.empty();
        try {
            bundle = retriever.map(r -> Bundle.of(hits(r, task))).orElseGet(Bundle::empty);
        } catch (Fault fault) {
            if (fault.kind() != Fault.Kind.STAGE_FAILED) {
                throw fault;
            }
            lost = Optional.of(fault.getMessage());
        }
        Prompt prompt = Prompt.of(task.text(), bundle);
        List<String> path = new ArrayList<>();
        Attempt attempt = Attempt.failed(lost.orElse("nobody was asked"));
        long start = pacing.nanos();
        boolean waited = false;
        for (Responder each : asked(settings)) {
            path.add(each.model());
            if (lost.isPresent()) {
                break;
            }
            attempt = attempt(each, task.text(), hash, prompt, bundle);
            waited |= each instanceof Responder.Chat;
            if (attempt.isFinal()) {
                break;
            }
        }
        ReplayRun run = new ReplayRun(
                task.id(),
                task.text(),
                hash,
                retriever.isPresent() ? ReplayArm.RETRIEVAL : ReplayArm.NO_RETRIEVAL,
                path.getLast(),
                path,
                retrieved(task, bundle),
                prompt.digest().hex(),
                attempt.text(),
                attempt.verdict(),
                attempt.finish(),
                attempt.usage(),
                waited ? (pacing.nanos() - start) / NANOS_A_MILLISECOND : 0,
                attempt.error(),
                settings.recordedAt());
        log.append(run);
        return run;
    }

    private Attempt attempt(Responder responder, String task, String hash, Prompt prompt, Bundle bundle) {
        return switch (responder) {
            case Responder.Chat model -> {
                Chat chat = chats.get(model);
                if (chat == null) {
                    throw new IllegalStateException(
                            "there is no connection to " + model.endPoint().baseUrl());
                }
                try {
                    ChatAnswer answer = chat.ask(prompt);
                    yield new Attempt(
                            answer.text(),
                            Optional.of(judged(answer.text(), task, bundle, answer.finish())),
                            answer.finish(),
                            answer.usage().map(u -> new ReplayRun.Usage(u.promptTokens(), u.completionTokens())),
                            Optional.empty());
                } catch (EndPointFailure failure) {
                    yield Attempt.failed(failure.sentence());
                }
            }
            case Responder.Extractive extractive -> {
                TextAnalysis analysis =
                        retriever.map(r -> r.manifest().settings().analysis()).orElse(TextAnalysis.ENGLISH);
                String text = Extract.answer(task, bundle, analysis, extractive.sentences());
                yield new Attempt(
                        text,
                        Optional.of(judged(text, task, bundle, Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            }
            case Responder.DryRun dryRun ->
                new Attempt("dry-run:" + hash, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        };
    }

    private GateVerdict judged(String answer, String task, Bundle bundle, Optional<String> finish) {
        List<String> given = new ArrayList<>(List.of(task));
        given.addAll(bundle.texts());
        return Gate.judge(settings.gate(), answer, given, bundle.steps(), finish);
    }

    private List<Hit> hits(Retriever from, ReplayTask task) {
        if (settings.ownRuns() == OwnRuns.LEAVE_OUT && earlier.isPresent()) {
            EarlierRuns runs = earlier.get();
            return from.relevant(
                    task.text(),
                    settings.k(),
                    settings.floor(),
                    playbook -> !isOwn(runs, task, playbook.sourceRunId()));
        }
        return from.relevant(task.text(), settings.k(), settings.floor());
    }

    private static boolean isOwn(EarlierRuns runs, ReplayTask task, String runId) {
        if (!runs.holds(runId)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "runs of the very tasks cannot be left out, because the index holds a run that 'evidence' does not: give "
                            + "all the evidence that the index was made of, or set own-runs to keep");
        }
        return runs.isOwn(task, runId);
    }

    /// How many are the task's own; not known without evidence, nor if it does not hold all that is
    /// shown, not asked if nothing is retrieved from.
    private OptionalInt ownRuns(ReplayTask task, Bundle bundle) {
        if (retriever.isEmpty() || earlier.isEmpty()) {
            return OptionalInt.empty();
        }
        EarlierRuns runs = earlier.get();
        if (!bundle.hits().stream().allMatch(hit -> runs.holds(hit.playbook().sourceRunId()))) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) bundle.hits().stream()
                .filter(hit -> runs.isOwn(task, hit.playbook().sourceRunId()))
                .count());
    }

    private ReplayRun.Retrieved retrieved(ReplayTask task, Bundle bundle) {
        String outcome = retriever.isEmpty() ? "off" : bundle.hits().isEmpty() ? "none_relevant" : "found";
        return new ReplayRun.Retrieved(
                outcome,
                bundle.hits().stream().map(hit -> hit.playbook().id()).toList(),
                bundle.hits().stream().map(Hit::score).toList(),
                bundle.steps(),
                ownRuns(task, bundle));
    }

    @Override
    public void close() {
        chats.values().forEach(Chat::close);
        log.close();
    }
}
