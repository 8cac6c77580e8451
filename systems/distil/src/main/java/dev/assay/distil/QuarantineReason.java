package dev.assay.distil;

import java.util.Locale;

/// Why a row or a pair is not exported, in the order in which it is looked at; the first that holds is the
/// reason.
public enum QuarantineReason {
    /// No source file, position or hash.
    MISSING_PROVENANCE("no source file, position or hash is known"),
    /// A blank run id.
    MISSING_SOURCE_RUN_ID("its run has no id"),
    /// Rejected, or for human review, offered to supervised fine-tuning.
    UNSAFE_SFT_CATEGORY("rejected, or for a person to judge"),
    /// Rejected, offered to retrieval.
    UNSAFE_RAG_CATEGORY("rejected"),
    /// Another category that the settings do not allow.
    CATEGORY_DISALLOWED("of a category that the settings do not allow"),
    /// No text, or no prompt where one is needed.
    EMPTY_CONTENT("no text, or no prompt where one is needed"),
    /// A file that the row speaks of does not exist below the given folder.
    HALLUCINATED_FILE_PATH("a file that it speaks of does not exist"),
    /// Prompts differ inside a pair, or one content has both labels.
    INVALID_PREFERENCE_PAIRING("prompts differ inside a pair, or one content has both labels"),
    /// Both sides are of one run, or say the same.
    SELF_PAIRING("both sides are of one run, or say the same"),
    /// The same content is exported already.
    DUPLICATE_ID("the same content is exported already"),
    /// The sample breaks its own schema.
    SCHEMA_VIOLATION("the sample would break its own schema"),
    /// Personal data was found, and the policy sets such samples aside for a person.
    PERSONAL_DATA("personal data were found, and the policy sets such samples aside");

    private final String meaning;

    QuarantineReason(String meaning) {
        this.meaning = meaning;
    }

    /// What is wrong, for people, without a full stop.
    public String meaning() {
        return meaning;
    }

    /// As it stands in files.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
