package dev.assay.distil;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Prompts and answers of the sets that ship with the project, read without any of its own code.
final class RunTexts {
    private static final Pattern ANSWER =
            Pattern.compile("\"answer\"[ \\t\\r\\n]*:[ \\t\\r\\n]*(\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*\"|[^,}\\n]*)");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RunTexts() {}

    record Run(String runId, String taskId, String prompt, String text, boolean accepted) {
        KeyedText keyed() {
            return new KeyedText(runId, text);
        }
    }

    /// The answers of six models to GSM8K.
    static List<Run> zeroeval() throws IOException {
        List<Run> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(data().resolve("zeroeval"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json.gz"))
                    .sorted()
                    .toList()) {
                for (JsonNode row : read(file)) {
                    String text = row.get("output").get(0).asString();
                    runs.add(new Run(
                            row.get("generator").asString() + ":"
                                    + row.get("id").asString(),
                            row.get("id").asString(),
                            row.get("chat_history").get(0).asString(),
                            text,
                            right(text, row.get("answer").asString())));
                }
            }
        }
        return runs;
    }

    /// The questions of GSM8K, cut out of the prompts.
    static List<KeyedText> questions(List<Run> zeroeval) {
        return zeroeval.stream()
                .filter(run -> run.runId().startsWith("meta-llama/Meta-Llama-3.1-8B-Instruct:"))
                .map(run -> new KeyedText(
                        run.taskId(), run.prompt().split("## Question:", 2)[1].split("## Instruction", 2)[0]))
                .toList();
    }

    /// The dialogues of the airline and retail tasks.
    static List<Run> tauBench() throws IOException {
        List<Run> runs = new ArrayList<>();
        for (JsonNode row : read(data().resolve("tau_bench/gpt-4o-airline.json.gz"))) {
            String task = row.get("task_id").asString();
            runs.add(new Run(
                    "gpt-4o-airline:" + task + ":" + row.get("trial").asString(),
                    task,
                    row.get("info").get("task").get("instruction").asString(),
                    transcript(row.get("traj")),
                    row.get("reward").doubleValue() == 1));
        }
        for (String name : List.of("MockAirlineDomainEnv-few_shot", "MockRetailDomainEnv-few_shot")) {
            List<String> lines = Files.readAllLines(data().resolve("tau_bench/" + name + ".jsonl"));
            for (int i = 0; i < lines.size(); i++) {
                String text =
                        JSON.readTree(lines.get(i)).get("messages_display").asString();
                runs.add(new Run(name + ":" + i, name + ":" + i, "", text, false));
            }
        }
        return runs;
    }

    private static boolean right(String text, String reference) {
        Optional<String> last = Optional.empty();
        for (Matcher m = ANSWER.matcher(text); m.find(); ) {
            last = Optional.of(m.group(1));
        }
        return last.flatMap(RunTexts::number).equals(number(reference));
    }

    private static Optional<BigDecimal> number(String text) {
        Matcher m = NUMBER.matcher(text.replace("$", "").replace(",", ""));
        return m.find() ? Optional.of(new BigDecimal(m.group()).stripTrailingZeros()) : Optional.empty();
    }

    private static String transcript(JsonNode messages) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String role = message.get("role").asString();
            if (role.equals("tool")) {
                lines.add("tool: " + message.get("name").asString() + " "
                        + message.get("content").asString());
                continue;
            }
            if (message.hasNonNull("content")) {
                lines.add(role + ": " + message.get("content").asString());
            }
            for (JsonNode call : message.path("tool_calls")) {
                lines.add("call: " + call.get("function").get("name").asString() + " "
                        + call.get("function").get("arguments").asString());
            }
        }
        return String.join("\n", lines);
    }

    private static JsonNode read(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return JSON.readTree(in);
        }
    }

    private static Path data() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("studies/model-runs/data"))) {
            at = Objects.requireNonNull(at.getParent(), "no folder above holds the data of the study");
        }
        return at.resolve("studies/model-runs/data");
    }
}
