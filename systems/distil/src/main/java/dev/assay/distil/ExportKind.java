package dev.assay.distil;

import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
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
        StringBuilder list = new StringBuilder("[\"").append(text()).append('"');
        for (String each : evidenceIds) {
            CanonicalJson.append(list.append(','), each);
        }
        return Digest.of(list.append(']').toString()).hex();
    }

    /// All names.
    public static List<String> names() {
        return java.util.Arrays.stream(values()).map(ExportKind::text).toList();
    }
}
