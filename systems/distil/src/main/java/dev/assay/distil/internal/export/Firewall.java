package dev.assay.distil.internal.export;

import dev.assay.distil.Category;
import dev.assay.distil.ExportKind;
import dev.assay.distil.QuarantineReason;
import java.util.Optional;

/// The exporter's own test of categories, before any sample is built. It stands beside that of the record
/// types, which cannot hold a forbidden category; either would do alone.
@FunctionalInterface
public interface Firewall {
    /// Why a run of this category is not exported; empty if it may be.
    Optional<QuarantineReason> refuses(Category category);

    /// The rules of a kind.
    ///
    /// @param includeReview  whether what nobody judged may be retrieved
    /// @param includePartial whether what is right in part may be learnt
    static Firewall of(ExportKind kind, boolean includeReview, boolean includePartial) {
        return switch (kind) {
            case RAG ->
                category -> switch (category) {
                    case ACCEPTED, PARTIALLY_ACCEPTED -> Optional.empty();
                    case REJECTED -> Optional.of(QuarantineReason.UNSAFE_RAG_CATEGORY);
                    case NEEDS_HUMAN_REVIEW ->
                        includeReview ? Optional.empty() : Optional.of(QuarantineReason.CATEGORY_DISALLOWED);
                };
            case SFT ->
                category -> switch (category) {
                    case ACCEPTED -> Optional.empty();
                    case PARTIALLY_ACCEPTED ->
                        includePartial ? Optional.empty() : Optional.of(QuarantineReason.CATEGORY_DISALLOWED);
                    case REJECTED, NEEDS_HUMAN_REVIEW -> Optional.of(QuarantineReason.UNSAFE_SFT_CATEGORY);
                };
            case KTO ->
                category -> switch (category) {
                    case ACCEPTED, REJECTED -> Optional.empty();
                    case PARTIALLY_ACCEPTED, NEEDS_HUMAN_REVIEW -> Optional.of(QuarantineReason.CATEGORY_DISALLOWED);
                };
            case PREFERENCE ->
                category -> switch (category) {
                    case ACCEPTED, PARTIALLY_ACCEPTED, REJECTED -> Optional.empty();
                    case NEEDS_HUMAN_REVIEW -> Optional.of(QuarantineReason.CATEGORY_DISALLOWED);
                };
        };
    }
}
