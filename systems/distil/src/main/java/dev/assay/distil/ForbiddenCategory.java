package dev.assay.distil;

/// A sample was made of a run whose category must never be in such a sample. The record type itself refuses;
/// that it was asked at all is a defect of the program.
public final class ForbiddenCategory extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ForbiddenCategory(ExportKind kind, Category category) {
        super("a sample for " + kind.text() + " cannot be made of a run that is " + category.text());
    }
}
