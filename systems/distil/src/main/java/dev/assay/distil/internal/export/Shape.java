package dev.assay.distil.internal.export;

import dev.assay.distil.ExportKind;
import dev.assay.distil.internal.LineView;
import dev.assay.receipt.CanonicalBytes;
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

    /// The line of a sample in this shape, with its line feed. Texts are copied as they stand.
    ///
    /// @param sample the native form
    byte[] line(ExportKind kind, LineView sample) {
        String prompt = kind == ExportKind.SFT ? "instruction" : "prompt";
        boolean given = !"\"\"".equals(sample.raw("context"));
        Line row = new Line(sample);
        switch (this) {
            case OPENAI_CHAT -> {
                row.add("{\"messages\":[");
                row.asked(given, prompt).add(",").message("assistant", "response");
                row.add("]}");
            }
            case PROMPT_COMPLETION ->
                row.add("{\"completion\":")
                        .copy("response")
                        .add(",\"prompt\":")
                        .joined(given, prompt)
                        .add("}");
            case ALPACA -> {
                boolean pair = kind == ExportKind.PREFERENCE;
                row.add(pair ? "{\"chosen\":" : "{");
                if (pair) {
                    row.copy("chosen").add(",");
                }
                row.add("\"input\":").copy("context").add(",\"instruction\":").copy(prompt);
                row.add(pair ? ",\"rejected\":" : ",\"output\":").copy(pair ? "rejected" : "response");
                row.add("}");
            }
            case SHAREGPT -> shareGpt(row, kind, sample, prompt, given);
            case DPO -> {
                row.add("{\"chosen\":[").message("assistant", "chosen").add("],\"prompt\":[");
                row.asked(given, prompt).add("],\"rejected\":[");
                row.message("assistant", "rejected").add("]}");
            }
            case KTO -> {
                row.add("{\"completion\":")
                        .copy("completion")
                        .add(",\"label\":")
                        .copy("label");
                row.add(",\"prompt\":").joined(given, prompt).add("}");
            }
        }
        return row.end();
    }

    private static void shareGpt(Line row, ExportKind kind, LineView sample, String prompt, boolean given) {
        switch (kind) {
            case SFT -> {
                row.add("{\"conversations\":[").turn("human", prompt).add(",");
                row.turn("gpt", "response").add("]");
            }
            case KTO -> {
                row.add("{\"conversations\":[").turn("human", prompt).add(",");
                row.turn("gpt", "completion").add("],\"kto_tag\":").copy("label");
            }
            case PREFERENCE -> {
                row.add("{\"chosen\":").turn("gpt", "chosen").add(",\"conversations\":[");
                row.turn("human", prompt).add("],\"rejected\":").turn("gpt", "rejected");
            }
            case RAG -> throw new IllegalStateException("there is no such shape for retrieval");
        }
        if (given) {
            row.add(",\"system\":").copy("context");
        }
        row.add("}");
    }

    /// A line in the making. Members are written by hand in the order of their names.
    private static final class Line {
        private final LineView sample;
        private final CanonicalBytes out;

        private Line(LineView sample) {
            this.sample = sample;
            this.out = new CanonicalBytes(sample.line().length + 256);
        }

        private Line add(String plain) {
            out.plain(plain);
            return this;
        }

        private Line copy(String member) {
            sample.copy(member, out);
            return this;
        }

        private Line message(String role, String member) {
            return add("{\"content\":")
                    .copy(member)
                    .add(",\"role\":\"")
                    .add(role)
                    .add("\"}");
        }

        private Line turn(String from, String member) {
            return add("{\"from\":\"")
                    .add(from)
                    .add("\",\"value\":")
                    .copy(member)
                    .add("}");
        }

        private Line asked(boolean given, String prompt) {
            if (given) {
                message("system", "context").add(",");
            }
            return message("user", prompt);
        }

        /// Where there is no place for a context it stands before the prompt.
        private Line joined(boolean given, String prompt) {
            if (!given) {
                return copy(prompt);
            }
            byte[] before = sample.bytes("context");
            byte[] after = sample.bytes(prompt);
            out.plain(before, 0, before.length - 1).plain("\\n\\n").plain(after, 1, after.length);
            return this;
        }

        private byte[] end() {
            byte[] line = out.plain('\n').toBytes();
            out.close();
            return line;
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
}
