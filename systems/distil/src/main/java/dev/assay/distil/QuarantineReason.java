package dev.assay.distil;

import java.util.Locale;

/// Why a row or a pair is not exported, in the order in which it is looked at; the first that holds is the
/// reason.
public enum QuarantineReason {
    /// No source file, position or hash.
    MISSING_PROVENANCE,
    /// A blank run id.
    MISSING_SOURCE_RUN_ID,
    /// Rejected, or for human review, offered to supervised fine-tuning.
    UNSAFE_SFT_CATEGORY,
    /// Rejected, offered to retrieval.
    UNSAFE_RAG_CATEGORY,
    /// Another category that the settings do not allow.
    CATEGORY_DISALLOWED,
    /// No text, or no prompt where one is needed.
    EMPTY_CONTENT,
    /// A file that the row speaks of does not exist below the given folder.
    HALLUCINATED_FILE_PATH,
    /// Prompts differ inside a pair, or one content has both labels.
    INVALID_PREFERENCE_PAIRING,
    /// Both sides are of one run, or say the same.
    SELF_PAIRING,
    /// The same content is exported already.
    DUPLICATE_ID,
    /// The sample breaks its own schema.
    SCHEMA_VIOLATION,
    /// Personal data was found, and the policy sets such samples aside for a person.
    PERSONAL_DATA;

    /// As it stands in files.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
