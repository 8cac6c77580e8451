package dev.assay.distil.internal.replay;

import dev.assay.distil.AnswerFormat;
import dev.assay.distil.GateSettings;
import dev.assay.distil.ReplayArm;
import dev.assay.distil.ReplayRecord;
import dev.assay.distil.ReplayRecord.Entry;
import dev.assay.distil.ReplayRecord.Part;
import dev.assay.distil.ReplayRun;
import dev.assay.distil.ReplaySettings;
import dev.assay.distil.Responder;
import dev.assay.receipt.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes records of replays.
public final class ReplayRecords {
    private ReplayRecords() {}

    /// The record of a replay.
    ///
    /// @param index   what is retrieved from; nothing in the arm without retrieval
    /// @param ranking how studies call the ranking
    /// @param runs    what came of it
    public static ReplayRecord of(ReplaySettings settings, Optional<Path> index, String ranking, List<ReplayRun> runs) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(
                "arm",
                Part.RETRIEVAL,
                word(index.isPresent() ? ReplayArm.RETRIEVAL.text() : ReplayArm.NO_RETRIEVAL.text())));
        index.ifPresent(folder -> {
            entries.add(
                    new Entry("index", Part.RETRIEVAL, Digest.ofFolder(folder).hex()));
            entries.add(new Entry("ranking", Part.RETRIEVAL, ranking));
            entries.add(new Entry("k", Part.RETRIEVAL, String.valueOf(settings.k())));
            entries.add(new Entry("floor", Part.RETRIEVAL, String.valueOf(settings.floor())));
            entries.add(new Entry(
                    "own-runs", Part.RETRIEVAL, word(settings.ownRuns().name())));
        });
        asking(settings, entries);
        judging(settings.gate(), entries);
        return new ReplayRecord(ReplayRecord.SCHEMA, digest(runs), entries);
    }

    private static void asking(ReplaySettings settings, List<Entry> entries) {
        switch (settings.responders().getFirst()) {
            case Responder.Chat chat -> {
                asking(entries, "answering", "chat");
                asking(entries, "model", chat.model());
                asking(entries, "base-url", chat.endPoint().baseUrl());
            }
            case Responder.Extractive extractive -> {
                asking(entries, "answering", "extractive");
                asking(entries, "sentences", String.valueOf(extractive.sentences()));
            }
            case Responder.DryRun dry -> asking(entries, "answering", "dry-run");
        }
        settings.responders().stream()
                .skip(1)
                .filter(next -> settings.allowEscalation() && !settings.localOnly())
                .forEach(next -> {
                    asking(entries, "escalation.model", next.model());
                    if (next instanceof Responder.Chat chat) {
                        asking(entries, "escalation.base-url", chat.endPoint().baseUrl());
                    }
                });
        settings.responders().stream()
                .filter(Responder.Chat.class::isInstance)
                .map(Responder.Chat.class::cast)
                .findFirst()
                .ifPresent(chat -> {
                    asking(entries, "model-seed", String.valueOf(chat.seed()));
                    asking(entries, "max-tokens", String.valueOf(chat.maxTokens()));
                    asking(entries, "temperature", String.valueOf(Chat.TEMPERATURE));
                    asking(entries, "prompt", Prompt.version());
                });
    }

    private static void asking(List<Entry> entries, String name, String value) {
        entries.add(new Entry(name, Part.ASKING, value));
    }

    private static void judging(GateSettings gate, List<Entry> entries) {
        judging(entries, "least-length", String.valueOf(gate.leastCodePoints()));
        judging(entries, "hedges", String.valueOf(gate.hedges()));
        judging(entries, "validation", String.valueOf(gate.validation()));
        judging(entries, "least-grounded", String.valueOf(gate.leastGrounded()));
        judging(
                entries,
                "form",
                gate.format()
                        .map(format -> switch (format) {
                            case AnswerFormat.Json json -> "json";
                            case AnswerFormat.FencedBlock block -> "fenced-block";
                            case AnswerFormat.Matching matching -> "matching " + matching.pattern();
                        })
                        .orElse("any"));
        judging(entries, "finished", String.valueOf(gate.finished()));
    }

    private static void judging(List<Entry> entries, String name, String value) {
        entries.add(new Entry("gate." + name, Part.JUDGING, value));
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The digest of runs, as records hold it.
    static Digest digest(List<ReplayRun> runs) {
        MessageDigest sha = Digest.sha256();
        for (ReplayRun run : runs) {
            sha.update((run.line() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Digest.from(sha);
    }
}
