package dev.assay.study.internal.stored;

import dev.assay.study.Listing;
import java.util.List;

/// A table for people on disk.
record StoredListing(String title, String note, List<String> columns, List<List<Object>> rows) {
    static StoredListing of(Listing l) {
        return new StoredListing(l.title(), l.note(), l.columns(), l.rows());
    }

    Listing view() {
        return new Listing(title, note, columns, rows);
    }
}
