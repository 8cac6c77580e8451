package dev.assay.cli;

import static dev.assay.cli.Tampering.caught;

import dev.assay.cli.Tampering.Copy;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What can be done to statements, records and the summary.
final class StatementTamperings {
    private static final String PEOPLE = "receipts/people.intoto.json";
    private static final String OTHER_BYTES = "it holds other bytes than the statement beside it";
    private static final String BAD = "bad signature receipt ";

    private StatementTamperings() {}

    static List<Tampering> all() {
        return List.of(
                caught("a statement is changed", OTHER_BYTES, run -> run.replace(PEOPLE, "people.csv", "peopl3.csv")),
                caught(
                        "a statement is changed in its envelope too",
                        BAD + PEOPLE,
                        run -> run.statement("receipts/people", text -> text.replace("people.csv", "peopl3.csv"))),
                caught("a statement has white space", OTHER_BYTES, run -> run.change(PEOPLE, text -> " " + text)),
                caught(
                        "a statement has its members in another order",
                        OTHER_BYTES,
                        run -> run.change(
                                PEOPLE,
                                text -> "{\"predicateType\":\"https://slsa.dev/provenance/v1\","
                                        + text.substring(1)
                                                .replace(",\"predicateType\":\"https://slsa.dev/provenance/v1\"", ""))),
                caught(
                        "a statement has a member twice",
                        OTHER_BYTES,
                        run -> run.change(
                                PEOPLE, text -> "{\"_type\":\"https://in-toto.io/Statement/v1\"," + text.substring(1))),
                caught(
                        "a statement has an escape for a letter",
                        OTHER_BYTES,
                        run -> run.change(PEOPLE, text -> text.replace("people.csv", "\\u0070eople.csv"))),
                caught(
                        "a statement begins with a byte order mark",
                        OTHER_BYTES,
                        run -> run.change(PEOPLE, text -> "\uFEFF" + text)),
                caught(
                        "a statement ends with a line feed",
                        OTHER_BYTES,
                        run -> run.change(PEOPLE, text -> text + "\n")),
                caught(
                        "a statement ends with a zero byte",
                        OTHER_BYTES,
                        run -> run.change(PEOPLE, text -> text + "\0")),
                caught(
                        "a number is spelled otherwise",
                        "it is not in the canonical form that receipts have",
                        run -> run.change(
                                "receipts/people.record.json",
                                text -> text.replaceFirst("\"records_out\":(\\d+)", "\"records_out\":$1e0"))),
                caught(
                        "a statement of another predicate type",
                        BAD + PEOPLE,
                        run -> run.statement(
                                "receipts/people",
                                text -> text.replace(
                                        "https://slsa.dev/provenance/v1",
                                        "https://in-toto.io/attestation/test-result/v0.1"))),
                caught(
                        "the statement of another stage",
                        BAD + PEOPLE,
                        run -> run.statement(
                                "receipts/people", text -> text.replace("outputs/people", "outputs/towns"))),
                caught("the statement and envelope of another stage", "contradiction receipt " + PEOPLE, run -> {
                    move(run, "receipts/towns.intoto.json", PEOPLE);
                    move(run, "receipts/towns.dsse.json", "receipts/people.dsse.json");
                }),
                caught("statements of two stages changed places", "contradiction receipt " + PEOPLE, run -> {
                    for (String ending : List.of(".intoto.json", ".dsse.json")) {
                        swap(run, "receipts/people" + ending, "receipts/towns" + ending);
                    }
                }),
                caught(
                        "the statement of tests in the place of that of origin",
                        "contradiction receipt " + PEOPLE,
                        run -> {
                            move(run, "receipts/people.tests.intoto.json", PEOPLE);
                            move(run, "receipts/people.tests.dsse.json", "receipts/people.dsse.json");
                        }),
                caught(
                        "the statement of the run in the place of that of a stage",
                        "contradiction receipt " + PEOPLE,
                        run -> {
                            move(run, "run.intoto.json", PEOPLE);
                            move(run, "run.dsse.json", "receipts/people.dsse.json");
                        }),
                caught(
                        "the statement of a stage in the place of that of the run",
                        "it is no statement of a run",
                        run -> {
                            move(run, PEOPLE, "run.intoto.json");
                            move(run, "receipts/people.dsse.json", "run.dsse.json");
                        }),
                caught("the statement of a stage from an older run", "contradiction receipt " + PEOPLE, run -> {
                    for (String ending : List.of(".intoto.json", ".dsse.json")) {
                        older(run, "receipts/people" + ending);
                    }
                }),
                caught("all receipts of an older run", "it is the statement of another run", run -> {
                    for (String name : run.files("receipts")) {
                        if (Files.exists(run.around.resolve("older/" + name))) {
                            older(run, name);
                        } else {
                            run.delete(name);
                        }
                    }
                }),
                caught("the last statement of an older run", "it is the statement of another run", run -> {
                    older(run, "run.intoto.json");
                    older(run, "run.dsse.json");
                }),
                caught(
                        "the last statement leaves a file out",
                        BAD + "run.intoto.json",
                        run -> subjects(run, list -> list.remove(0))),
                caught(
                        "the last statement names a file more",
                        BAD + "run.intoto.json",
                        run -> subjects(run, list -> {
                            list.insert(0, list.get(0).deepCopy());
                            ((ObjectNode) list.get(0)).put("name", "a");
                        })),
                caught(
                        "a subject under another name",
                        BAD + "run.intoto.json",
                        run -> subjects(run, list -> ((ObjectNode) list.get(0)).put("name", "event.jsonl"))),
                caught(
                        "a subject's name in capitals",
                        BAD + "run.intoto.json",
                        run -> subjects(run, list -> ((ObjectNode) list.get(0)).put("name", "EVENTS.JSONL"))),
                caught(
                        "a digest in capitals",
                        BAD + "run.intoto.json",
                        run -> subjects(run, list -> {
                            ObjectNode digest = (ObjectNode) list.get(0).get("digest");
                            digest.put(
                                    "sha256", digest.get("sha256").stringValue().toUpperCase(Locale.ROOT));
                        })),
                caught(
                        "a digest of another kind besides",
                        BAD + "run.intoto.json",
                        run -> subjects(
                                run, list -> ((ObjectNode) list.get(0).get("digest")).put("sha512", "0".repeat(128)))),
                caught(
                        "a digest of another kind instead",
                        BAD + "run.intoto.json",
                        run -> subjects(run, list -> {
                            ObjectNode digest = (ObjectNode) list.get(0).get("digest");
                            digest.put("md5", "0".repeat(32)).remove("sha256");
                        })),
                caught("a list without subjects", BAD + "run.intoto.json", run -> subjects(run, ArrayNode::removeAll)),
                caught(
                        "a stage's two statements are gone",
                        "the stage has no such statement",
                        run -> run.delete(
                                PEOPLE,
                                "receipts/people.dsse.json",
                                "receipts/people.tests.intoto.json",
                                "receipts/people.tests.dsse.json")),
                caught(
                        "a stage's record is changed",
                        "mismatch subject receipts/people.record.json",
                        run -> run.change(
                                "receipts/people.record.json",
                                text -> text.replace("\"records_out\":3", "\"records_out\":4"))),
                caught(
                        "the summary is changed",
                        "mismatch subject receipts/summary.json",
                        run -> run.change(
                                "receipts/summary.json",
                                text -> text.replace("\"overall_passed\":true", "\"overall_passed\":false"))),
                caught(
                        "the page of the summary is changed",
                        "mismatch subject receipts/summary.md",
                        run -> run.replace("receipts/summary.md", "passed", "failed")),
                caught(
                        "the page of the summary is gone",
                        "absent subject receipts/summary.md",
                        run -> run.delete("receipts/summary.md")),
                caught(
                        "a statement more",
                        "the run has no such receipt",
                        run -> Files.copy(run.at(PEOPLE), run.at("receipts/more.intoto.json"))),
                caught("a statement more with its envelope", "the run has no such receipt", run -> {
                    Files.copy(run.at(PEOPLE), run.at("receipts/more.intoto.json"));
                    Files.copy(run.at("receipts/people.dsse.json"), run.at("receipts/more.dsse.json"));
                }),
                caught(
                        "an envelope more",
                        "unreceipted stray receipts/more.dsse.json",
                        run -> Files.copy(run.at("receipts/people.dsse.json"), run.at("receipts/more.dsse.json"))),
                caught(
                        "a failed stage is dropped, and the summary made anew",
                        "absent subject receipts/towns.record.json",
                        StatementTamperings::dropFailed));
    }

    private static void move(Copy run, String from, String to) throws Exception {
        Files.copy(run.at(from), run.at(to), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void swap(Copy run, String one, String other) throws Exception {
        byte[] first = Files.readAllBytes(run.at(one));
        move(run, other, one);
        run.write(other, first);
    }

    private static void older(Copy run, String name) throws Exception {
        Files.copy(run.around.resolve("older/" + name), run.at(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /// Changes the subjects of the last statement, in its envelope too.
    private static void subjects(Copy run, Consumer<ArrayNode> how) throws Exception {
        ObjectNode tree = run.json("run.intoto.json");
        how.accept((ArrayNode) tree.get("subject"));
        String changed = new String(CanonicalJson.bytes(tree), StandardCharsets.UTF_8);
        run.statement("run", text -> changed);
    }

    /// What one without the key can do: the run looks as if the stage that failed had never been.
    private static void dropFailed(Copy run) throws Exception {
        Tampering.deleteAll(run.home);
        Tampering.copy(run.around.resolve("failed"), run.home);
        for (String name : run.files("receipts")) {
            if (name.contains("/towns.")) {
                run.delete(name);
            }
        }
        ObjectNode summary = run.json("receipts/summary.json");
        ArrayNode stages = (ArrayNode) summary.get("stages");
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (!stages.get(i).get("status").stringValue().equals("passed")) {
                stages.remove(i);
            }
        }
        summary.put("overall_passed", true);
        run.write("receipts/summary.json", CanonicalJson.bytes(summary));
        if (Digest.ofFile(run.at("receipts/summary.json"))
                .equals(Digest.ofFile(run.around.resolve("failed/receipts/summary.json")))) {
            throw new AssertionError("no stage failed");
        }
    }
}
