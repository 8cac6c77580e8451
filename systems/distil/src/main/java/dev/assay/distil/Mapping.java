package dev.assay.distil;

import dev.assay.distil.internal.mapping.MappingReader;
import java.nio.file.Path;
import java.util.Map;

/// How the rows of source files become the evidence of one stream. A mapping is data: it names fields and a
/// few functions, and nothing in it can be executed.
///
/// ```yaml
/// schema_version: 1
/// stream: zeroeval
/// class: verdict
/// source: zeroeval/gsm.*.json
/// format: json-array
/// licence: Apache-2.0
/// rules: zeroeval
/// pinned: { timestamp: "2025-04-14T22:14:25Z" }
/// fields:
///   run_id: concat($.generator, ":", $.id)
///   task_id: $.id
///   timestamp: pinned(timestamp)
///   prompt: $.chat_history[0]
///   text: $.output[0]
/// ```
///
/// Expressions: `$.a.b[0]`, `"text"` or `'text'`, numbers, `concat(e, ...)`, `first(e, ...)`, `number(e)`,
/// `integer(e)`, `round(e)`, `text(e)`, `scale(e, k)`, `slice(e, from, to)` in code points, `time(e,
/// pattern)` with a pattern of [java.time.format.DateTimeFormatter], `rfc3339`, `epoch-seconds` or
/// `epoch-millis`, `positive_keys(k, ...)`, `transcript(e)`, `pinned(name)`, `position()`, `stream()`,
/// `last_match(e, pattern, group)`, `first_number(e)`, `length(e)`. What is missing or null is absent, and a
/// field that is absent is left out. A conversion that fails skips the row.
///
/// @param stream      letters, digits, `_` and `-`
/// @param streamClass what its rows carry
/// @param source      a glob below the source folder, `/` between parts, without `.gz`
/// @param format      how files hold rows
/// @param licence     SPDX identifier, empty if not known
/// @param rules       which rules score it
/// @param notice      what users of the stream have to know, empty if nothing; it stands in the card of every
///                    dataset
/// @param pinned      fixed values by name
/// @param fields      field of evidence to expression, as written
/// @param digest      SHA-256 of the canonical form of the file
/// @param compiled    the same, ready to run
public record Mapping(
        String stream,
        StreamClass streamClass,
        String source,
        SourceFormat format,
        String licence,
        String rules,
        String notice,
        Map<String, String> pinned,
        Map<String, String> fields,
        String digest,
        RowTransform compiled) {
    /// The version that is read.
    public static final int SCHEMA_VERSION = 1;

    /// Copies the maps.
    public Mapping {
        pinned = Map.copyOf(pinned);
        fields = Map.copyOf(fields);
    }

    /// Reads a mapping, YAML or JSON.
    ///
    /// @throws Fault (STUDY, MISSING_FILE) naming file and line of what is wrong
    public static Mapping read(Path file) {
        return MappingReader.read(file);
    }
}
