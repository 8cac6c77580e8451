package dev.assay.cli;

import static dev.assay.cli.Tampering.caught;

import dev.assay.receipt.Envelope;
import dev.assay.receipt.SigningKey;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Run folders that are made to hold the reader up, to lead it elsewhere, or to have it say something.
final class HostileFolders {
    private static final String PEOPLE = "receipts/people.intoto.json";
    private static final String LINK = "it is a symbolic link, or lies behind one";
    private static final String LEVELS = "it has too many levels or values";

    private HostileFolders() {}

    static List<Tampering> all() {
        return List.of(
                caught("the receipts lie behind a link", "refused receipt receipts", run -> {
                    Files.move(run.at("receipts"), run.home.resolveSibling("moved"));
                    Files.createSymbolicLink(run.at("receipts"), run.home.resolveSibling("moved"));
                }),
                caught("the receipts lie behind a link in the run", LINK, run -> {
                    Files.move(run.at("receipts"), run.at("moved"));
                    Files.createSymbolicLink(run.at("receipts"), Path.of("moved"));
                }),
                caught("a statement is a link", LINK, run -> {
                    Files.move(run.at(PEOPLE), run.at("receipts/moved"));
                    Files.createSymbolicLink(run.at(PEOPLE), Path.of("moved"));
                }),
                caught("an envelope is a link", LINK, run -> {
                    Files.move(run.at("run.dsse.json"), run.at("moved"));
                    Files.createSymbolicLink(run.at("run.dsse.json"), Path.of("moved"));
                }),
                caught("a statement is a folder", "the stage has no such statement", run -> {
                    run.delete(PEOPLE);
                    Files.createDirectory(run.at(PEOPLE));
                }),
                caught("a statement of 100 MB", "a receipt is a file of at most 64 MiB", run -> {
                    try (OutputStream out = Files.newOutputStream(run.at(PEOPLE))) {
                        byte[] blanks = new byte[1 << 20];
                        Arrays.fill(blanks, (byte) ' ');
                        for (int i = 0; i < 100; i++) {
                            out.write(blanks);
                        }
                    }
                }),
                caught(
                        "a summary of a million levels",
                        LEVELS,
                        run -> run.write("receipts/summary.json", "[".repeat(1_000_000))),
                caught(
                        "an envelope of a million levels",
                        LEVELS,
                        run -> run.write("run.dsse.json", "{\"a\":".repeat(1_000_000))),
                caught(
                        "a record of many values",
                        LEVELS,
                        run -> run.write("receipts/people.record.json", "[" + "[],".repeat(3_000_000) + "[]]")),
                caught(
                        "a number of a million digits",
                        LEVELS,
                        run -> run.write("receipts/summary.json", "1".repeat(1_000_000))),
                caught("thirty-two signatures and one", "at most 32 signatures", run -> {
                    String one = "{\"keyid\":\"\",\"sig\":\"\"}";
                    run.change(
                            "run.dsse.json",
                            text -> text.replaceFirst(
                                    "\"signatures\":\\[", "\"signatures\":[" + (one + ",").repeat(32)));
                }),
                caught(
                        "a record that quotes a line break",
                        "\\u000a0 findings speak against nothing",
                        run -> run.change(
                                "receipts/people.record.json",
                                text -> text.replace(
                                        "\"stage\":\"people\"",
                                        "\"status_\\n0 findings speak against nothing\":1,\"stage\":\"people\""))),
                caught(
                        "signed by the right key, names that lead out",
                        "the name leads out of its folder",
                        run -> signed(run, "\"name\":\"events.jsonl\"", "\"name\":\"../x\"")),
                caught(
                        "signed by the right key, a name with a line break",
                        "outputs/x\\u000a0 findings",
                        run -> signed(run, "\"name\":\"events.jsonl\"", "\"name\":\"outputs/x\\n0 findings\"")),
                caught(
                        "signed by the right key, a name of a megabyte",
                        "aaa...aaa",
                        run -> signed(run, "\"name\":\"events.jsonl\"", "\"name\":\"" + "a".repeat(1_000_000) + "\"")),
                caught(
                        "signed by the right key, a study with a line break",
                        "study small\\u000arun x",
                        run -> signed(run, "\"pipeline\":\"small\"", "\"pipeline\":\"small\\nrun x\"")),
                caught(
                        "signed by the right key, a digest in capitals",
                        "it has no SHA-256 to compare with",
                        run -> signed(run, "\"sha256\":\"", "\"sha256\":\"A")),
                caught(
                        "signed by the right key, no subjects",
                        "a statement must have a subject",
                        run -> signedAll(
                                run,
                                run.text("run.intoto.json").replaceFirst("\"subject\":\\[.*\\]", "\"subject\":[]"))),
                caught(
                        "signed by the right key, a digest of two kinds",
                        "it states no SHA-256 of events.jsonl",
                        run -> signed(run, "{\"digest\":{\"sha256\"", "{\"digest\":{\"md5\":\"x\",\"sha256\"")),
                caught(
                        "signed by the right key, not in canonical form",
                        "it is not in the canonical form",
                        run -> signedAll(run, run.text("run.intoto.json") + "\n")));
    }

    /// What a signer who means harm could hand over.
    private static void signed(Tampering.Copy run, String from, String to) throws Exception {
        int at = run.text("run.intoto.json").indexOf(from);
        if (at < 0) {
            throw new AssertionError("there is no " + from);
        }
        String text = run.text("run.intoto.json");
        signedAll(run, text.substring(0, at) + to + text.substring(at + from.length()));
    }

    private static void signedAll(Tampering.Copy run, String statement) throws Exception {
        byte[] bytes = statement.getBytes(StandardCharsets.UTF_8);
        run.write("run.intoto.json", bytes);
        run.write(
                "run.dsse.json",
                Envelope.of(bytes, SigningKey.read(run.around.resolve("mine/key.pem")))
                        .json());
    }
}
