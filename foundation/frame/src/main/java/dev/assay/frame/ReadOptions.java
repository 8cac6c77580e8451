package dev.assay.frame;

import java.util.List;

/// How a file is read.
///
/// @param columns      the columns to read, in this order; empty for all of them, in the file's order
/// @param categories   which text columns become [Column.Categories]; columns that a file of ours marks as
///                     categories are read as such whatever this says
/// @param missingTexts what stands for a missing cell in CSV besides an unquoted empty field, such as `NA`; a
///                     quoted field never does
/// @param allText      whether CSV cells are all left as texts instead of being told numbers, booleans and
///                     instants
public record ReadOptions(List<String> columns, CategoryRule categories, List<String> missingTexts, boolean allText) {

    /// All columns, no categories, only empty CSV fields are missing, types are told from the cells.
    public static final ReadOptions DEFAULTS = new ReadOptions(List.of(), new CategoryRule.None(), List.of(), false);

    public ReadOptions {
        columns = List.copyOf(columns);
        missingTexts = List.copyOf(missingTexts);
    }

    /// Which text columns become categories, their levels in code-point order.
    public sealed interface CategoryRule {
        /// No text column does.
        record None() implements CategoryRule {}

        /// Every text column with at most this many distinct texts does.
        ///
        /// @param levels at least 1
        record AtMost(int levels) implements CategoryRule {
            /// @throws IllegalArgumentException if `levels < 1`
            public AtMost {
                if (levels < 1) {
                    throw new IllegalArgumentException("a category has at least 1 level, got a limit of " + levels);
                }
            }
        }

        /// These text columns do, however many levels they have.
        record Named(List<String> names) implements CategoryRule {
            public Named {
                names = List.copyOf(names);
            }
        }
    }

    /// The same options for these columns only.
    public ReadOptions withColumns(String... names) {
        return new ReadOptions(List.of(names), categories, missingTexts, allText);
    }

    /// The same options with every text column of at most `levels` distinct texts read as categories.
    public ReadOptions withCategoriesUpTo(int levels) {
        return new ReadOptions(columns, new CategoryRule.AtMost(levels), missingTexts, allText);
    }

    /// The same options with these text columns read as categories.
    public ReadOptions withCategories(String... names) {
        return new ReadOptions(columns, new CategoryRule.Named(List.of(names)), missingTexts, allText);
    }

    /// The same options with these CSV texts read as missing, `NA` for instance.
    public ReadOptions withMissing(String... texts) {
        return new ReadOptions(columns, categories, List.of(texts), allText);
    }

    /// The same options with CSV cells left as texts.
    public ReadOptions asText() {
        return new ReadOptions(columns, categories, missingTexts, true);
    }
}
