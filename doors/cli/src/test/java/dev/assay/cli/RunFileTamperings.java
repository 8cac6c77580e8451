package dev.assay.cli;

import static dev.assay.cli.Tampering.caught;

import dev.assay.cli.Tampering.Copy;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What can be done to the files of a run that people read.
final class RunFileTamperings {
    private static final String RUN = "mismatch subject run.json";

    private RunFileTamperings() {}

    static List<Tampering> all() {
        return List.of(
                caught("run.json has another status", RUN, run -> json(run, tree -> tree.put("status", "failed"))),
                caught("run.json has another seed", RUN, run -> json(run, tree -> tree.put("seed", "2"))),
                caught(
                        "run.json has another id",
                        RUN,
                        run -> json(run, tree -> tree.put("id", "20200101-000000-abcdef"))),
                caught("run.json has an id that leads out", RUN, run -> json(run, tree -> tree.put("id", "../../x"))),
                caught("run.json has another version", RUN, run -> json(run, tree -> tree.put("schemaVersion", 3))),
                caught(
                        "run.json has another number of rows",
                        RUN,
                        run -> run.change("run.json", text -> text.replaceFirst("(\"(?:rows|value)\" : )\\d", "$19"))),
                caught("run.json has a stage less", RUN, run -> stages(run, list -> list.remove(1))),
                caught(
                        "run.json has a stage more",
                        RUN,
                        run -> stages(run, list -> list.add(list.get(0).deepCopy()))),
                caught(
                        "run.json has its stages in another order",
                        RUN,
                        run -> stages(run, list -> list.add(list.remove(0)))),
                caught("run.json is written anew", RUN, run -> json(run, tree -> {})),
                caught("run.json is gone", "absent subject run.json", run -> run.delete("run.json")),
                caught(
                        "the study is changed",
                        "mismatch subject study.yaml",
                        run -> run.replace("study.yaml", "seed: 1", "seed: 2")),
                caught(
                        "a comment is added to the study",
                        "mismatch subject study.yaml",
                        run -> run.change("study.yaml", text -> text + "# checked\n")),
                caught(
                        "the events are cut",
                        "mismatch subject events.jsonl",
                        run -> run.change("events.jsonl", text -> text.substring(0, text.length() / 2))),
                caught(
                        "an event is taken out",
                        "mismatch subject events.jsonl",
                        run -> run.change(
                                "events.jsonl",
                                text -> text.lines().skip(1).collect(Collectors.joining("\n", "", "\n")))),
                caught(
                        "an event is added",
                        "mismatch subject events.jsonl",
                        run -> run.change("events.jsonl", text -> text + "{}\n")),
                caught("the events are gone", "absent subject events.jsonl", run -> run.delete("events.jsonl")),
                caught(
                        "the report is changed",
                        "mismatch subject report.html",
                        run -> run.change("report.html", text -> text.replace("</body>", "<p>Approved.</p></body>"))),
                caught("the report is gone", "absent subject report.html", run -> run.delete("report.html")),
                caught(
                        "the folder is that of another run",
                        "and the folder is that of run 20200101-000000-abcdef",
                        run -> {
                            // Under a name that is no run's it would be a copy that somebody renamed.
                            Files.createSymbolicLink(run.home.resolveSibling("20200101-000000-abcdef"), run.home);
                            run.home = run.home.resolveSibling("20200101-000000-abcdef");
                        }));
    }

    private static void json(Copy run, Consumer<ObjectNode> how) throws Exception {
        ObjectNode tree = run.json("run.json");
        how.accept(tree);
        run.write("run.json", tree.toString());
    }

    private static void stages(Copy run, Consumer<ArrayNode> how) throws Exception {
        json(run, tree -> how.accept((ArrayNode) tree.get("stages")));
    }
}
