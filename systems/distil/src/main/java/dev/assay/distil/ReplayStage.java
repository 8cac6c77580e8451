package dev.assay.distil;

import dev.assay.distil.internal.endpoint.Sent;
import dev.assay.distil.internal.replay.ReplayRecords;
import dev.assay.distil.internal.replay.ReplayReport;
import dev.assay.distil.internal.replay.ReplaySession;
import dev.assay.distil.internal.replay.Replayer;
import dev.assay.distil.internal.replay.TaskFile;
import dev.assay.fault.Fault;
import dev.assay.study.Artefact;
import dev.assay.study.Destination;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Removed;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `distil.replay`: tasks given to a model together with what earlier runs say about them.
///
/// What a model answers is not a function of the stage's inputs: a run that is kept is what was answered
/// then. Until the stage has passed, every run is kept as soon as it is done, so that an attempt that was
/// stopped or failed is gone on with, and nobody is asked twice for an answer.
@Headline("gate-pass")
public final class ReplayStage implements Stage<ReplayStage.Settings, ReplayStage.Replayed> {
    /// Who answers.
    public enum Answering {
        /// A model behind an end point.
        CHAT,
        /// Sentences quoted from what was retrieved.
        EXTRACTIVE,
        /// Nobody.
        DRY_RUN
    }

    /// How playbooks are ranked.
    public enum Ranking {
        /// BM25 by Lucene.
        BM25,
        /// Cosine of TF-IDF vectors.
        TF_IDF,
        /// Jaccard's index of word sets.
        JACCARD,
        /// Cosine of the index's vectors.
        VECTORS,
        /// BM25 and vectors, by reciprocal ranks.
        BM25_AND_VECTORS;

        /// As studies say it.
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean needsVectors() {
            return switch (this) {
                case BM25, TF_IDF, JACCARD -> false;
                case VECTORS, BM25_AND_VECTORS -> true;
            };
        }

        RetrievalMethod method() {
            return switch (this) {
                case BM25 -> RetrievalMethod.DEFAULT;
                case TF_IDF -> new RetrievalMethod.TfIdf();
                case JACCARD -> new RetrievalMethod.Jaccard();
                case VECTORS -> new RetrievalMethod.Vectors();
                case BM25_AND_VECTORS ->
                    RetrievalMethod.Fused.of(RetrievalMethod.DEFAULT, new RetrievalMethod.Vectors());
            };
        }
    }

    /// A form that answers must have.
    public enum Form {
        /// Any.
        ANY,
        /// One JSON value.
        JSON,
        /// A block between lines of three backticks.
        FENCED_BLOCK
    }

    /// A model to turn to when the first one fails.
    public record Escalation(
            @Setting(value = "its end point, what stands before /chat/completions", form = Setting.Form.BASE_URL)
            Optional<String> baseUrl,

            @Setting("the model, as the end point knows it") Optional<String> model,

            @Setting(
                    value = "the environment variable that holds its key, ASSAY_KEY_ and more",
                    form = Setting.Form.KEY_VARIABLE)
            Optional<String> keyVariable) {}

    /// What answers must have.
    public record Gate(
            @Setting(value = "fewest code points of an answer", defaultsTo = "80", min = 0, max = 1_000_000)
            int leastLength,

            @Setting(value = "whether answers that excuse themselves fail", defaultsTo = "true")
            boolean hedges,

            @Setting(
                    value = "whether an answer that shares no word with the validation steps fails",
                    defaultsTo = "true")
            boolean validation,

            @Setting(
                    value =
                            "least part of an answer's paths, identifiers and numbers that stand in task or retrieved texts",
                    defaultsTo = "0.8",
                    min = 0,
                    max = 1)
            double leastGrounded,

            @Setting(value = "form of answers: any, json or fenced-block", defaultsTo = "any")
            Form form,

            @Setting("a regular expression that must be found in answers")
            Optional<String> matching,

            @Setting(
                    value = "whether an answer fails that the model did not end itself (its finish_reason is not stop)",
                    defaultsTo = "true")
            boolean finished) {
        GateSettings settings() {
            if (form != Form.ANY && matching.isPresent()) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING, "give either 'gate.form' or 'gate.matching': an answer has one form");
            }
            Optional<AnswerFormat> format = switch (form) {
                case ANY -> matching.map(Gate::pattern);
                case JSON -> Optional.of(new AnswerFormat.Json());
                case FENCED_BLOCK -> Optional.of(new AnswerFormat.FencedBlock());
            };
            return new GateSettings(leastLength, hedges, validation, leastGrounded, format, finished);
        }

        private static AnswerFormat pattern(String regex) {
            try {
                return new AnswerFormat.Matching(LinearPattern.of(regex));
            } catch (IllegalArgumentException e) {
                throw Fault.of(Fault.Kind.BAD_SETTING, "'gate.matching': " + e.getMessage())
                        .causedBy(e);
            }
        }
    }

    /// Tasks, index, model.
    @Removed(
            name = "journal",
            says = "'journal' is no longer a setting: what is needed to go on after a stop is kept in the workspace; "
                    + "take it out.")
    public record Settings(
            @Input("the tasks: JSON Lines or CSV with task_id, task and, if known, reference")
            Path tasks,

            @Input("the index of earlier runs, such as distil.index makes; needed unless the arm is no-retrieval")
            Optional<Path> index,

            @Input(
                    "the evidence that the index was made of: with it, earlier runs of the very tasks are told from others")
            Optional<Path> evidence,

            @Setting(value = "retrieval, or no-retrieval for the baseline of a comparison", defaultsTo = "retrieval")
            ReplayArm arm,

            @Setting(
                    value =
                            "who answers: chat (a model behind base-url), extractive (sentences quoted from what was retrieved, no model) or dry-run",
                    defaultsTo = "chat")
            Answering answering,

            @Setting(
                    value =
                            "the model's end point, OpenAI-compatible, what stands before /chat/completions: http://localhost:11434/v1",
                    form = Setting.Form.BASE_URL)
            Optional<String> baseUrl,

            @Setting("the model, as the end point knows it") Optional<String> model,

            @Setting(
                    value =
                            "the environment variable that holds the key of the end point, ASSAY_KEY_ and more; the key itself is never written",
                    form = Setting.Form.KEY_VARIABLE)
            Optional<String> keyVariable,

            @Setting("a second model, asked the same when the first fails and allow-escalation is true")
            Escalation escalation,

            @Setting(value = "whether the second model may be asked", defaultsTo = "false")
            boolean allowEscalation,

            @Setting(
                    value =
                            "whether nothing may leave this machine and its private network: the first end point must be local, and no other is asked",
                    defaultsTo = "false")
            boolean localOnly,

            @Setting(
                    value = "how earlier runs are ranked: bm25, tf-idf, jaccard, vectors or bm25-and-vectors",
                    defaultsTo = "bm25")
            Ranking ranking,

            @Setting(value = "earlier runs retrieved at most", defaultsTo = "8", min = 1, max = 100)
            int k,

            @Setting(
                    value = "least share of a task's words, by weight, that an earlier run must hold",
                    defaultsTo = "0.25",
                    min = 0,
                    max = 1)
            double floor,

            @Setting(
                    value =
                            "what becomes of earlier runs of the very task: keep (they are counted if evidence is given) or leave-out (they are not retrieved; needs evidence)",
                    defaultsTo = "keep")
            OwnRuns ownRuns,

            @Setting("what answers must have to pass") Gate gate,

            @Setting(
                    value = "sentences quoted at most, if answering is extractive",
                    defaultsTo = "5",
                    min = 1,
                    max = 100)
            int sentences,

            @Setting(value = "the seed that is sent along to models", defaultsTo = "1")
            long modelSeed,

            @Setting(value = "longest answer in tokens", defaultsTo = "1024", min = 1, max = 1_000_000)
            int maxTokens,

            @Setting(
                    value =
                            "whether answers are asked for piece by piece; answer-seconds is then the wait for the next piece",
                    defaultsTo = "false")
            boolean streamed,

            @Setting(value = "tasks under way at the same time", defaultsTo = "1", min = 1, max = 256)
            int inFlight,

            @Setting(value = "seconds to wait for a connection", defaultsTo = "10", min = 0.001, max = 3600)
            double connectSeconds,

            @Setting(value = "seconds to wait for an answer", defaultsTo = "300", min = 0.001, max = 86_400)
            double answerSeconds,

            @Setting(
                    value = "tries after the first, when an end point is busy or the connection breaks",
                    defaultsTo = "3",
                    min = 0,
                    max = 100)
            int retries,

            @Setting(
                    value = "requests in a row that must fail before the end point is left alone for a minute",
                    defaultsTo = "5",
                    min = 1,
                    max = 1_000_000)
            int breakAfter,

            @Setting(
                    value =
                            "tasks that may stay without an answer; with more the stage fails, keeps the answers it has, and asks only for the rest when run again; no limit if it is left out",
                    min = 0,
                    max = 2_000_000_000)
            Optional<Integer> maxUnanswered,

            @Setting(
                    value = "licence of the answers (SPDX), for exports of the evidence; empty if it is not known",
                    defaultsTo = "''")
            String licence,

            @Setting("when this is recorded, RFC 3339 in UTC such as 2026-01-31T00:00:00Z; pinned, so that runs repeat")
            String recordedAt) {}

    /// What comes out.
    public record Replayed(
            @Artefact("every task replayed, a line each: what was retrieved, asked, answered and judged")
            Path runs,

            @Artefact("the same as a folder of evidence, for distil.score")
            Path evidence,

            @Artefact("what was retrieved, asked and judged with; what compares the runs goes by it")
            ReplayRecord replay) {}

    @Override
    public String kind() {
        return "distil.replay";
    }

    @Override
    public String summary() {
        return "give tasks to a local model with what earlier runs say, judge the answers, log everything";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Replayed> output() {
        return Replayed.class;
    }

    /// The models that answer, and the one that turns tasks into vectors if the index has its vectors from an
    /// end point.
    @Override
    public Optional<String> outside(Settings input) {
        List<String> named = new ArrayList<>();
        if (input.answering() == Answering.CHAT) {
            EndPointSettings.words("the model", input.baseUrl(), input.model()).ifPresent(named::add);
        }
        if (input.allowEscalation() && !input.localOnly()) {
            Escalation second = input.escalation();
            EndPointSettings.words("the model", second.baseUrl(), second.model())
                    .ifPresent(named::add);
        }
        if (input.arm() == ReplayArm.RETRIEVAL && input.ranking().needsVectors()) {
            input.index().flatMap(ReplayStage::embeddings).ifPresent(named::add);
        }
        return named.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", named));
    }

    /// Where queries of an index become vectors; nothing if that is a matter of the index alone.
    private static Optional<String> embeddings(Path index) {
        try {
            return RetrievalIndex.manifest(index).settings().vectors() instanceof VectorSource.Embedded embedded
                    ? Optional.of("the vectors of " + EndPointSettings.words(embedded.endPoint()))
                    : Optional.empty();
        } catch (Fault unreadable) {
            return Optional.empty();
        }
    }

    /// The models that answer. Where an index turns tasks into vectors is known when it is there.
    @Override
    public List<Destination> destinations(Map<String, Object> settings) {
        List<Destination> destinations = new ArrayList<>();
        if (Answering.CHAT.equals(settings.get("answering"))) {
            destinations.addAll(EndPointSettings.destinations(settings, Sent.TASKS));
        }
        boolean onward = Boolean.TRUE.equals(settings.get("allow-escalation"))
                && !Boolean.TRUE.equals(settings.get("local-only"));
        if (onward && settings.get("escalation") instanceof Escalation second) {
            EndPointSettings.destination(second.baseUrl(), second.model(), second.keyVariable(), false, Sent.TASKS)
                    .ifPresent(destinations::add);
        }
        return destinations;
    }

    @Override
    public Replayed run(Settings input, StageContext context) {
        ReplaySettings settings = settings(input);
        if (input.arm() == ReplayArm.RETRIEVAL && input.index().isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "there is nothing to retrieve from: give 'index', or set arm to no-retrieval");
        }
        if (input.ownRuns() == OwnRuns.LEAVE_OUT && input.evidence().isEmpty()) {
            throw Replayer.cannotTell();
        }
        Optional<Path> index = input.arm() == ReplayArm.RETRIEVAL ? input.index() : Optional.empty();
        List<ReplayTask> tasks = TaskFile.read(input.tasks());
        ReplaySession session = new ReplaySession(
                settings,
                index,
                input.evidence(),
                input.ranking().method(),
                input.inFlight(),
                input.licence(),
                context.folder(),
                context.resumable(),
                context.permissions());
        ReplaySession.Result result = session.run(tasks, context.engine(), context.progress("replaying"));
        ReplayReport.tell(context, tasks, result, input.maxUnanswered());
        return new Replayed(
                result.log(),
                result.evidence(),
                ReplayRecords.of(settings, index, input.ranking().word(), result.runs()));
    }

    private static ReplaySettings settings(Settings input) {
        EndPoint.Patience patience = new EndPoint.Patience(
                seconds(input.connectSeconds()),
                seconds(input.answerSeconds()),
                input.retries(),
                EndPoint.Patience.DEFAULT.firstPause(),
                EndPoint.Patience.DEFAULT.longestPause(),
                input.breakAfter(),
                EndPoint.Patience.DEFAULT.rest());
        List<Responder> responders = new ArrayList<>();
        responders.add(
                switch (input.answering()) {
                    case CHAT ->
                        new Responder.Chat(
                                EndPointSettings.endPoint(
                                        input.baseUrl(),
                                        input.model(),
                                        input.keyVariable(),
                                        patience,
                                        "there is no model to ask: " + ReplaySession.HOW_TO_GET_A_MODEL),
                                input.modelSeed(),
                                input.maxTokens(),
                                input.streamed());
                    case EXTRACTIVE -> new Responder.Extractive(input.sentences());
                    case DRY_RUN -> new Responder.DryRun();
                });
        Escalation second = input.escalation();
        if (second.baseUrl().isPresent() || second.model().isPresent()) {
            responders.add(new Responder.Chat(
                    EndPointSettings.endPoint(
                            second.baseUrl(),
                            second.model(),
                            second.keyVariable(),
                            patience,
                            "the second model needs both 'escalation.base-url' and 'escalation.model'"),
                    input.modelSeed(),
                    input.maxTokens(),
                    input.streamed()));
        }
        if (input.allowEscalation() && responders.size() == 1) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "there is no second model to escalate to: set 'escalation', or allow-escalation to false");
        }
        try {
            return new ReplaySettings(
                    responders,
                    input.k(),
                    input.floor(),
                    input.ownRuns(),
                    input.gate().settings(),
                    input.allowEscalation(),
                    input.localOnly(),
                    input.recordedAt());
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.BAD_SETTING, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
    }
}
