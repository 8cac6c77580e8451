package dev.assay.frame;

/// Which rows a join keeps.
public enum JoinKind {
    /// Rows of the left frame that have a partner.
    INNER,
    /// All rows of the left frame; without a partner, the right frame's cells are missing.
    LEFT
}
