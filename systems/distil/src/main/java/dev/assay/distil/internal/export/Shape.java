package dev.assay.distil.internal.export;

import dev.assay.distil.ExportKind;
import dev.assay.distil.internal.JsonLine;
import dev.assay.distil.internal.LineView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    String line(ExportKind kind, LineView sample) {
        String prompt = text(sample, kind == ExportKind.SFT ? "instruction" : "prompt");
        String context = text(sample, "context");
        JsonLine row = new JsonLine();
        return switch (this) {
            case OPENAI_CHAT ->
                row.json("messages", messages(context, prompt, text(sample, "response")))
                        .end();
            case PROMPT_COMPLETION ->
                row.text("completion", text(sample, "response"))
                        .text("prompt", joined(context, prompt))
                        .end();
            case ALPACA ->
                kind == ExportKind.PREFERENCE
                        ? row.text("chosen", text(sample, "chosen"))
                                .text("input", context)
                                .text("instruction", prompt)
                                .text("rejected", text(sample, "rejected"))
                                .end()
                        : row.text("input", context)
                                .text("instruction", prompt)
                                .text("output", text(sample, "response"))
                                .end();
            case SHAREGPT -> shareGpt(row, kind, sample, prompt, context);
            case DPO ->
                row.json("chosen", "[" + message("assistant", text(sample, "chosen")) + "]")
                        .json("prompt", messages(context, prompt))
                        .json("rejected", "[" + message("assistant", text(sample, "rejected")) + "]")
                        .end();
            case KTO ->
                row.text("completion", text(sample, "completion"))
                        .truth("label", "true".equals(sample.raw("label")))
                        .text("prompt", joined(context, prompt))
                        .end();
        };
    }

    private static String shareGpt(JsonLine row, ExportKind kind, LineView sample, String prompt, String context) {
        String asked = turn("human", prompt);
        switch (kind) {
            case SFT -> row.json("conversations", "[" + asked + "," + turn("gpt", text(sample, "response")) + "]");
            case KTO ->
                row.json("conversations", "[" + asked + "," + turn("gpt", text(sample, "completion")) + "]")
                        .truth("kto_tag", "true".equals(sample.raw("label")));
            case PREFERENCE ->
                row.json("chosen", turn("gpt", text(sample, "chosen")))
                        .json("conversations", "[" + asked + "]")
                        .json("rejected", turn("gpt", text(sample, "rejected")));
            case RAG -> throw new IllegalStateException("there is no such shape for retrieval");
        }
        return context.isEmpty() ? row.end() : row.text("system", context).end();
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

    private static String messages(String system, String user, String... assistant) {
        StringBuilder messages = new StringBuilder("[");
        if (!system.isEmpty()) {
            messages.append(message("system", system)).append(',');
        }
        messages.append(message("user", user));
        for (String each : assistant) {
            messages.append(',').append(message("assistant", each));
        }
        return messages.append(']').toString();
    }

    private static String message(String role, String content) {
        return new JsonLine().text("content", content).text("role", role).end();
    }

    private static String turn(String from, String value) {
        return new JsonLine().text("from", from).text("value", value).end();
    }

    /// Where there is no place for a context it stands before the prompt.
    private static String joined(String context, String prompt) {
        return context.isEmpty() ? prompt : context + "\n\n" + prompt;
    }

    private static String text(LineView sample, String name) {
        String text = sample.text(name);
        return text == null ? "" : text;
    }
}
