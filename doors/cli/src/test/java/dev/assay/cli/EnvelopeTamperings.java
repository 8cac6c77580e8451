package dev.assay.cli;

import static dev.assay.cli.Tampering.caught;
import static dev.assay.cli.Tampering.named;
import static dev.assay.cli.Tampering.refused;

import dev.assay.cli.Tampering.Copy;
import dev.assay.receipt.Envelope;
import dev.assay.receipt.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;

/// What can be done to envelopes, signatures and the key that is given.
final class EnvelopeTamperings {
    private static final String PEOPLE = "receipts/people.dsse.json";
    private static final String FORM = "it is not written in the one form that envelopes have here";
    private static final String BAD = "bad signature receipt receipts/people.intoto.json";

    private EnvelopeTamperings() {}

    static List<Tampering> all() {
        return List.of(
                caught(
                        "a key id of another key",
                        "and names another key",
                        run -> run.envelope(PEOPLE, tree -> Copy.signature(tree).put("keyid", "0".repeat(64)))),
                caught(
                        "a key id in capitals",
                        "and names another key",
                        run -> run.envelope(
                                PEOPLE,
                                tree -> Copy.signature(tree)
                                        .put(
                                                "keyid",
                                                Copy.signature(tree)
                                                        .get("keyid")
                                                        .stringValue()
                                                        .toUpperCase(Locale.ROOT)))),
                caught(
                        "a key id of its own",
                        "and names another key",
                        run -> run.envelope(PEOPLE, tree -> Copy.signature(tree).put("keyid", ""))),
                caught(
                        "no key id",
                        FORM,
                        run -> run.envelope(PEOPLE, tree -> Copy.signature(tree).remove("keyid"))),
                caught(
                        "a signature twice",
                        "two signatures in it name one key",
                        run -> signatures(run, list -> list.add(list.get(0).deepCopy()))),
                caught(
                        "a signature of zeros that names the key",
                        "which did not make it",
                        run -> signatures(
                                run,
                                list -> list.insert(0, list.get(0).deepCopy())
                                        .path(0)
                                        .asObject()
                                        .put("sig", "A".repeat(86) + "=="))),
                caught(
                        "a further signature of no length",
                        "or not 64 bytes",
                        run -> signatures(
                                run,
                                list -> list.addObject()
                                        .put("keyid", "0".repeat(64))
                                        .put("sig", ""))),
                named(
                        "a further signature by somebody else",
                        "1 more signature names a key that was not given",
                        run -> signatures(
                                run,
                                list -> list.addObject()
                                        .put("keyid", "0".repeat(64))
                                        .put("sig", "A".repeat(86) + "=="))),
                named(
                        "a further signature in front",
                        "1 more signature names a key that was not given",
                        run -> signatures(
                                run,
                                list -> list.insertObject(0)
                                        .put("keyid", "0".repeat(64))
                                        .put("sig", "A".repeat(86) + "=="))),
                caught(
                        "no signature",
                        "an envelope must have a list of signatures",
                        run -> signatures(run, ArrayNode::removeAll)),
                caught(
                        "a signature with a bit changed",
                        BAD,
                        run -> run.envelope(
                                PEOPLE,
                                tree -> Copy.signature(tree)
                                        .put(
                                                "sig",
                                                flipped(Copy.signature(tree)
                                                        .get("sig")
                                                        .stringValue())))),
                caught("a signature by another key under the same key id", BAD, EnvelopeTamperings::forged),
                caught(
                        "a payload of another type",
                        BAD,
                        run -> run.envelope(PEOPLE, tree -> tree.put("payloadType", "application/json"))),
                caught(
                        "a payload type in capitals",
                        BAD,
                        run -> run.envelope(PEOPLE, tree -> tree.put("payloadType", "application/vnd.in-toto+JSON"))),
                caught("a member more", FORM, run -> run.envelope(PEOPLE, tree -> tree.put("note", "trust me"))),
                caught(
                        "a member twice",
                        "a name stands twice",
                        run -> run.change(
                                PEOPLE,
                                text -> "{\"payloadType\":\"application/vnd.in-toto+json\"," + text.substring(1))),
                caught("an envelope with white space", FORM, run -> run.change(PEOPLE, text -> text + "\n")),
                caught(
                        "a payload in lines",
                        "not base64",
                        payload(text -> text.substring(0, 76) + "\n" + text.substring(76))),
                caught(
                        "a payload in the other alphabet",
                        FORM,
                        run -> run.envelope(
                                PEOPLE,
                                tree -> Copy.signature(tree)
                                        .put(
                                                "sig",
                                                urlSafe(Copy.signature(tree)
                                                        .get("sig")
                                                        .stringValue())))),
                caught(
                        "a signature without padding",
                        FORM,
                        run -> run.envelope(
                                PEOPLE,
                                tree -> Copy.signature(tree)
                                        .put(
                                                "sig",
                                                Copy.signature(tree)
                                                        .get("sig")
                                                        .stringValue()
                                                        .replace("=", "")))),
                caught(
                        "a signature with bits behind its end",
                        "receipts/people",
                        run -> run.envelope(
                                PEOPLE,
                                tree -> Copy.signature(tree)
                                        .put(
                                                "sig",
                                                trailing(Copy.signature(tree)
                                                        .get("sig")
                                                        .stringValue())))),
                caught(
                        "the envelope of the last statement is gone",
                        "signature missing receipt run.intoto.json",
                        run -> run.delete("run.dsse.json")),
                caught("the last statement is gone", "are covered by nothing", run -> run.delete("run.intoto.json")),
                caught(
                        "the last statement is gone with its envelope",
                        "are covered by nothing",
                        run -> run.delete("run.intoto.json", "run.dsse.json")),
                caught(
                        "the envelope of a stage is gone",
                        "signature missing receipt receipts/people.intoto.json",
                        run -> run.delete(PEOPLE)),
                caught("all envelopes are gone", "signature missing receipt run.intoto.json", run -> {
                    for (String name : run.files("")) {
                        if (name.endsWith(".dsse.json")) {
                            run.delete(name);
                        }
                    }
                }),
                caught("all is signed anew by somebody else", BAD, EnvelopeTamperings::signedAnew),
                caught("the public key beside the runs is exchanged", BAD, run -> {
                    // Nothing reads it there: whoever verifies with it has not the signer's key.
                    run.key = run.around.resolve("other/pub.pem");
                }),
                refused(
                        "the key is a private one",
                        "keep this one to yourself",
                        run -> run.key = run.around.resolve("mine/key.pem")),
                refused("the key is of another kind", "the public key is not one of Ed25519", run -> key(run, RSA)),
                refused(
                        "the key is cut off",
                        "it is cut off, or damaged",
                        run -> key(run, text(run).substring(0, 60))),
                refused(
                        "the key is no base64",
                        "its lines are not base64",
                        run -> key(run, text(run).replace("MC", "M*"))),
                refused("two keys in one file", "more than one public key", run -> key(run, text(run) + text(run))),
                refused(
                        "a key of blank lines",
                        "the public key is not one of Ed25519",
                        run -> key(
                                run,
                                "-----BEGIN PUBLIC KEY-----" + "\n".repeat(60_000) + "-----END PUBLIC KEY-----\n")),
                refused("a key that is large", "a key is a small text file", run -> key(run, "x".repeat(1 << 20))));
    }

    private static final String RSA = """
            -----BEGIN PUBLIC KEY-----
            MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf
            9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQ==
            -----END PUBLIC KEY-----
            """;

    private static void signatures(Copy run, Consumer<ArrayNode> how) throws Exception {
        run.envelope(PEOPLE, tree -> how.accept((ArrayNode) tree.get("signatures")));
    }

    private static Tampering.Deed payload(UnaryOperator<String> how) {
        return run -> run.envelope(
                PEOPLE,
                tree -> tree.put("payload", how.apply(tree.get("payload").stringValue())));
    }

    private static String flipped(String base64) {
        return (base64.charAt(0) == 'A' ? 'B' : 'A') + base64.substring(1);
    }

    private static String urlSafe(String base64) {
        String other = base64.replace('+', '-').replace('/', '_');
        return other.equals(base64) ? base64.replace("=", "") : other;
    }

    /// 64 bytes end in one character of which four bits count, and two `=`.
    private static String trailing(String base64) {
        int last = base64.length() - 3;
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        return base64.substring(0, last) + letters.charAt(letters.indexOf(base64.charAt(last)) | 1) + "==";
    }

    private static void forged(Copy run) throws Exception {
        SigningKey other = SigningKey.read(run.around.resolve("other/key.pem"));
        byte[] statement = Files.readAllBytes(run.at("receipts/people.intoto.json"));
        String mine = Copy.signature(run.json(PEOPLE)).get("keyid").stringValue();
        run.write(PEOPLE, Envelope.of(statement, other).json());
        run.envelope(PEOPLE, tree -> Copy.signature(tree).put("keyid", mine));
    }

    private static void signedAnew(Copy run) throws Exception {
        SigningKey other = SigningKey.read(run.around.resolve("other/key.pem"));
        for (String name : run.files("")) {
            if (name.endsWith(".dsse.json")) {
                byte[] statement = Files.readAllBytes(run.at(name.replace(".dsse.", ".intoto.")));
                run.write(name, Envelope.of(statement, other).json());
            }
        }
    }

    private static String text(Copy run) throws Exception {
        return Files.readString(run.around.resolve("mine/pub.pem"));
    }

    private static void key(Copy run, String text) throws Exception {
        Path file = run.home.resolveSibling("key.pem");
        Files.writeString(file, text);
        run.key = file;
    }
}
