package dev.assay.distil.internal.export;

import dev.assay.distil.ExportKind;
import dev.assay.receipt.CanonicalJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The forms in which training programs read samples, written beside the native file.
public enum Shape {
    /// `{"messages": [...]}`: OpenAI chat, TRL.
    OPENAI_CHAT("openai-chat", ExportKind.SFT),
    /// `{"prompt", "completion"}`: TRL.
    PROMPT_COMPLETION("prompt-completion", ExportKind.SFT),
    /// `{"instruction", "input", "output"}`, or `chosen` and `rejected` for `output`.
    ALPACA("alpaca", ExportKind.SFT, ExportKind.PREFERENCE),
    /// `{"conversations": [...], "system"}`.
    SHAREGPT("sharegpt", ExportKind.SFT, ExportKind.PREFERENCE, ExportKind.KTO),
    /// `{"prompt", "chosen", "rejected"}` as lists of messages: TRL, for direct preference optimisation.
    DPO("dpo", ExportKind.PREFERENCE),
    /// `{"prompt", "completion", "label"}`: TRL.
    KTO("trl", ExportKind.KTO);

    private final String text;
    private final Set<ExportKind> kinds;

    Shape(String text, ExportKind... kinds) {
        this.text = text;
        this.kinds = Set.of(kinds);
    }

    /// As it stands in names of files.
    public String text() {
        return text;
    }

    /// The shapes of a kind.
    public static List<Shape> of(ExportKind kind) {
        return Arrays.stream(values())
                .filter(shape -> shape.kinds.contains(kind))
                .toList();
    }

    /// The line of a sample in this shape.
    ///
    /// @param sample the native form
    String line(ExportKind kind, JsonNode sample) {
        Map<String, Object> row = new LinkedHashMap<>();
        String prompt = text(sample, kind == ExportKind.SFT ? "instruction" : "prompt");
        String context = text(sample, "context");
        switch (this) {
            case OPENAI_CHAT -> row.put("messages", messages(context, prompt, text(sample, "response")));
            case PROMPT_COMPLETION -> {
                row.put("prompt", joined(context, prompt));
                row.put("completion", text(sample, "response"));
            }
            case ALPACA -> {
                row.put("instruction", prompt);
                row.put("input", context);
                if (kind == ExportKind.PREFERENCE) {
                    row.put("chosen", text(sample, "chosen"));
                    row.put("rejected", text(sample, "rejected"));
                } else {
                    row.put("output", text(sample, "response"));
                }
            }
            case SHAREGPT -> shareGpt(row, kind, sample, prompt, context);
            case DPO -> {
                row.put("prompt", messages(context, prompt));
                row.put("chosen", List.of(message("assistant", text(sample, "chosen"))));
                row.put("rejected", List.of(message("assistant", text(sample, "rejected"))));
            }
            case KTO -> {
                row.put("prompt", joined(context, prompt));
                row.put("completion", text(sample, "completion"));
                row.put("label", sample.get("label").booleanValue());
            }
        }
        return CanonicalJson.of(row);
    }

    private static void shareGpt(
            Map<String, Object> row, ExportKind kind, JsonNode sample, String prompt, String context) {
        List<Map<String, String>> turns = new ArrayList<>(List.of(turn("human", prompt)));
        switch (kind) {
            case SFT -> turns.add(turn("gpt", text(sample, "response")));
            case KTO -> {
                turns.add(turn("gpt", text(sample, "completion")));
                row.put("kto_tag", sample.get("label").booleanValue());
            }
            case PREFERENCE -> {
                row.put("chosen", turn("gpt", text(sample, "chosen")));
                row.put("rejected", turn("gpt", text(sample, "rejected")));
            }
            case RAG -> throw new IllegalStateException("there is no such shape for retrieval");
        }
        row.put("conversations", turns);
        if (!context.isEmpty()) {
            row.put("system", context);
        }
    }

    /// What `dataset_info.json` says of the file.
    Map<String, Object> info(ExportKind kind, String file) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("file_name", file);
        switch (this) {
            case ALPACA -> {
                info.put("formatting", "alpaca");
                info.put(
                        "columns",
                        kind == ExportKind.PREFERENCE
                                ? Map.of(
                                        "prompt",
                                        "instruction",
                                        "query",
                                        "input",
                                        "chosen",
                                        "chosen",
                                        "rejected",
                                        "rejected")
                                : Map.of("prompt", "instruction", "query", "input", "response", "output"));
            }
            case SHAREGPT -> {
                info.put("formatting", "sharegpt");
                Map<String, String> columns =
                        new LinkedHashMap<>(Map.of("messages", "conversations", "system", "system"));
                if (kind == ExportKind.PREFERENCE) {
                    columns.put("chosen", "chosen");
                    columns.put("rejected", "rejected");
                } else if (kind == ExportKind.KTO) {
                    columns.put("kto_tag", "kto_tag");
                }
                info.put("columns", columns);
            }
            case OPENAI_CHAT -> {
                info.put("formatting", "sharegpt");
                info.put("columns", Map.of("messages", "messages"));
                info.put(
                        "tags",
                        Map.of(
                                "role_tag", "role",
                                "content_tag", "content",
                                "user_tag", "user",
                                "assistant_tag", "assistant",
                                "system_tag", "system"));
            }
            case PROMPT_COMPLETION -> info.put("columns", Map.of("prompt", "prompt", "response", "completion"));
            case DPO -> info.put("columns", Map.of("prompt", "prompt", "chosen", "chosen", "rejected", "rejected"));
            case KTO -> info.put("columns", Map.of("prompt", "prompt", "response", "completion", "kto_tag", "label"));
        }
        if (kind == ExportKind.PREFERENCE) {
            info.put("ranking", true);
        }
        return info;
    }

    private static List<Map<String, String>> messages(String system, String user, String... assistant) {
        List<Map<String, String>> messages = new ArrayList<>();
        if (!system.isEmpty()) {
            messages.add(message("system", system));
        }
        messages.add(message("user", user));
        for (String each : assistant) {
            messages.add(message("assistant", each));
        }
        return messages;
    }

    private static Map<String, String> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }

    private static Map<String, String> turn(String from, String value) {
        return Map.of("from", from, "value", value);
    }

    /// Where there is no place for a context it stands before the prompt.
    private static String joined(String context, String prompt) {
        return context.isEmpty() ? prompt : context + "\n\n" + prompt;
    }

    private static String text(JsonNode sample, String name) {
        return sample.path(name).asString("");
    }
}
