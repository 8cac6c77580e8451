package dev.assay.report.internal;

import tools.jackson.databind.json.JsonMapper;

/// Data for the page's script, as a block of JSON that no text in it can end.
final class DataBlock {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DataBlock() {}

    /// The JSON of maps, lists, texts, numbers and nulls. `<`, `>`, `&` and the two line separators of
    /// Unicode stand in JSON only inside texts, so they can be replaced by their escapes wherever they are.
    static String of(Object data) {
        return JSON.writeValueAsString(data)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
