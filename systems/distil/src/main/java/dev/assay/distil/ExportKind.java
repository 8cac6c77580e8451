package dev.assay.distil;

import dev.assay.receipt.CanonicalBytes;
import java.util.List;
import java.util.Locale;

/// What samples are for.
public enum ExportKind {
    /// Retrieved and shown to a model.
    RAG,
    /// Supervised fine-tuning.
    SFT,
    /// One answer preferred to another.
    PREFERENCE,
    /// Answers marked desirable or not (Ethayarajh et al. 2024).
    KTO;

    /// As it stands in files.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The id of a sample: SHA-256 of the canonical form of `[kind, evidence id]`, of a pair with both ids.
    public String id(String... evidenceIds) {
        try (CanonicalBytes list = new CanonicalBytes(256)) {
            list.plain('[').text(text());
            for (String each : evidenceIds) {
                list.plain(',').text(each);
            }
            return list.plain(']').digest().hex();
        }
    }

    /// All names.
    public static List<String> names() {
        return java.util.Arrays.stream(values()).map(ExportKind::text).toList();
    }
}
