package dev.assay.distil.internal.replay;

import dev.assay.distil.EarlierRuns;
import dev.assay.distil.EndPoint;
import dev.assay.distil.Replay;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplaySettings;
import dev.assay.distil.ReplayTask;
import dev.assay.distil.Responder;
import dev.assay.distil.RetrievalMethod;
import dev.assay.distil.Retriever;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.export.NormalText;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.study.Permissions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// All tasks of a stage, several at a time, gone on with where an earlier attempt stopped.
///
/// @param settings  how tasks are replayed
/// @param index     the index, unless tasks are given alone
/// @param earlier   the evidence that the index was made of, if runs of the very tasks are to be told from others
/// @param method    how it is searched
/// @param inFlight  tasks under way at the same time
/// @param licence   of the answers, for exports of the evidence; may be empty
/// @param folder    where log and evidence go
/// @param resumable where runs are kept as they come, for the next attempt with the same settings and inputs
/// @param permissions asked before anything is sent
public record ReplaySession(
        ReplaySettings settings,
        Optional<Path> index,
        Optional<Path> earlier,
        RetrievalMethod method,
        int inFlight,
        String licence,
        Path folder,
        Path resumable,
        Permissions permissions) {
    /// What to do when there is no model.
    public static final String HOW_TO_GET_A_MODEL =
            "start an OpenAI-compatible server and set base-url and model, such as http://localhost:11434/v1 for Ollama "
                    + "(ollama serve), http://localhost:8080/v1 for llama.cpp (llama-server -m MODEL.gguf) or "
                    + "http://localhost:8000/v1 for vLLM (vllm serve MODEL), or set answering to extractive, "
                    + "which needs none";

    private static final String LOG = "replay_runs.jsonl";

    /// What came of it.
    ///
    /// @param runs     in the order of the tasks
    /// @param resumed  how many of them were answered in an earlier attempt
    /// @param log      the runs as a file
    /// @param evidence the runs as a folder of evidence
    public record Result(List<ReplayRun> runs, int resumed, Path log, Path evidence) {
        /// Copies the list.
        public Result {
            runs = List.copyOf(runs);
        }
    }

    /// Replays all tasks.
    ///
    /// @throws Fault STAGE_FAILED if nothing answers at the first end point when the first task is to be asked
    /// @throws CancellationException if the thread is interrupted; what was answered until then is kept
    public Result run(List<ReplayTask> tasks, Engine engine, Progress progress) {
        Path file = resumable.resolve(LOG);
        Map<String, ReplayRun> known = known(file);
        List<@Nullable ReplayRun> done = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            ReplayRun before = known.get(name(tasks.get(i)));
            done.add(before);
            if (before == null) {
                open.add(i);
            }
        }
        int resumed = tasks.size() - open.size();
        if (!open.isEmpty()) {
            Optional<EarlierRuns> own = told().map(evidence -> EarlierRuns.in(evidence, tasks, engine));
            Optional<Retriever> retriever = index.map(folder -> Retriever.open(folder, method, permissions));
            try (Replay replay = Replay.open(settings, retriever, own, file, permissions)) {
                if (!replay.isReachable()) {
                    throw unreachable();
                }
                replay(replay, tasks, open, done, progress);
            } finally {
                retriever.ifPresent(Retriever::close);
            }
        }
        List<ReplayRun> runs = new ArrayList<>(done.size());
        for (ReplayRun run : done) {
            if (run == null) {
                throw new IllegalStateException("a task was not replayed");
            }
            runs.add(run);
        }
        return new Result(runs, resumed, log(runs), evidence(tasks, runs));
    }

    /// The evidence that runs are looked up in; of no use if nothing is retrieved.
    private Optional<Path> told() {
        return index.flatMap(folder -> earlier);
    }

    private Fault unreachable() {
        EndPoint endPoint = settings.responders().getFirst() instanceof Responder.Chat chat
                ? chat.endPoint()
                : EndPoint.of("http://localhost", "none");
        return Fault.of(Fault.Kind.STAGE_FAILED, "nothing answers here: " + HOW_TO_GET_A_MODEL)
                .at(endPoint.baseUrl());
    }

    private void replay(
            Replay replay,
            List<ReplayTask> tasks,
            List<Integer> open,
            List<@Nullable ReplayRun> done,
            Progress progress) {
        AtomicInteger finished = new AtomicInteger(tasks.size() - open.size());
        AtomicBoolean failed = new AtomicBoolean();
        progress.at(finished.get(), tasks.size());
        Semaphore places = new Semaphore(inFlight);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ReplayRun>> coming = new ArrayList<>();
            try {
                for (int i : open) {
                    places.acquire();
                    if (failed.get()) {
                        break;
                    }
                    coming.add(threads.submit(() -> {
                        try {
                            ReplayRun run = replay.run(tasks.get(i));
                            progress.at(finished.incrementAndGet(), tasks.size());
                            return run;
                        } catch (RuntimeException e) {
                            failed.set(true);
                            throw e;
                        } finally {
                            places.release();
                        }
                    }));
                }
                for (int i = 0; i < coming.size(); i++) {
                    done.set(open.get(i), coming.get(i).get());
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new CancellationException("stopped while replaying");
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }
    }

    /// Runs of earlier attempts by task; those without an answer are tried again, and so are those of which
    /// nothing can be read any more.
    private static Map<String, ReplayRun> known(Path file) {
        Map<String, ReplayRun> known = new HashMap<>();
        if (Files.exists(file)) {
            for (ReplayRun run : RunLines.readable(file)) {
                if (run.modelError().isEmpty()) {
                    known.put(run.taskId() + "\n" + run.taskHash(), run);
                }
            }
        }
        return known;
    }

    private static String name(ReplayTask task) {
        return task.id() + "\n" + Digest.of(NormalText.of(task.text())).hex();
    }

    private Path log(List<ReplayRun> runs) {
        Path log = folder.resolve(LOG);
        try (OutputStream out = Storage.create(log)) {
            for (ReplayRun run : runs) {
                out.write((run.line() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw Storage.fault(log, e);
        }
        return log;
    }

    /// Dry runs are no evidence of anything.
    private Path evidence(List<ReplayTask> tasks, List<ReplayRun> runs) {
        Path evidence = folder.resolve("evidence");
        boolean dry = settings.responders().getFirst() instanceof Responder.DryRun;
        Path partition = evidence.resolve(EvidenceFolder.partition(settings.recordedAt(), ReplayEvidence.STREAM));
        int made = dry ? 0 : runs.size();
        if (made > 0) {
            try (OutputStream out = Storage.create(partition)) {
                for (int i = 0; i < runs.size(); i++) {
                    out.write(
                            ReplayEvidence.of(runs.get(i), tasks.get(i), LOG, i).bytes());
                    out.write('\n');
                }
            } catch (IOException e) {
                throw Storage.fault(partition, e);
            }
        }
        EvidenceFolder.describe(
                evidence,
                List.of(new EvidenceFolder.StreamInfo(
                        ReplayEvidence.STREAM,
                        "verdict",
                        licence,
                        ReplayEvidence.STREAM,
                        "",
                        "Answers of models, judged by a gate that sees neither truth nor reasoning.",
                        1,
                        runs.size(),
                        made,
                        (long) runs.size() - made,
                        0)));
        return evidence;
    }
}
