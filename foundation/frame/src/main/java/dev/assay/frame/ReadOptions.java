package dev.assay.frame;

import java.util.List;
import java.util.Map;

/// How a file is read.
///
/// @param columns      the columns to read, in this order; empty for all of them, in the file's order
/// @param categories   which text columns become [Column.Categories]; columns that a file of ours marks
///                     as categories are read as such whatever this says
/// @param missingTexts what stands for a missing cell besides an empty field of CSV, such as `NA` or
///                     `-99`; in quotes in CSV only where the column is no texts
/// @param allText      whether the cells of CSV and JSON are all left as texts instead of being told
///                     numbers, booleans and times; declared types do not count then
/// @param types        the types of columns that are not to be told from their cells or from the file;
///                     each cell must be of its column's type
/// @param separator    between the fields of CSV, one character; empty if it is to be told from the
///     first lines
/// @param decimal      what stands in front of decimals in CSV
public record ReadOptions(
        List<String> columns,
        CategoryRule categories,
        List<String> missingTexts,
        boolean allText,
        Map<String, ColumnType> types,
        String separator,
        DecimalMark decimal) {

    /// All columns, no categories, only empty CSV fields are missing, types and separators are told
    /// from the file.
    public static final ReadOptions DEFAULTS =
            new ReadOptions(List.of(), new CategoryRule.None(), List.of(), false, Map.of(), "", DecimalMark.AUTO);

    /// @throws IllegalArgumentException if the separator has more than one character, or is a quote
    /// or line break
    public ReadOptions {
        columns = List.copyOf(columns);
        missingTexts = List.copyOf(missingTexts);
        types = Map.copyOf(types);
        if (separator.length() > 1
                || separator.equals("\"")
                || separator.equals("\n")
                || separator.equals("\r")
                || (!separator.isEmpty() && separator.charAt(0) >= 0x80)) {
            throw new IllegalArgumentException("a separator is one character of ASCII, no quote and no line break");
        }
    }

    /// What stands in front of the decimals of a number in CSV.
    public enum DecimalMark {
        /// A point; or a comma in columns whose numbers all have it, if fields are separated by
        /// something else.
        AUTO,
        /// A point.
        POINT,
        /// A comma.
        COMMA
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

    private ReadOptions with(List<String> newColumns, CategoryRule rule, List<String> missing, boolean text) {
        return new ReadOptions(newColumns, rule, missing, text, types, separator, decimal);
    }

    /// The same options for these columns only.
    public ReadOptions withColumns(String... names) {
        return with(List.of(names), categories, missingTexts, allText);
    }

    /// The same options with every text column of at most `levels` distinct texts read as categories.
    public ReadOptions withCategoriesUpTo(int levels) {
        return with(columns, new CategoryRule.AtMost(levels), missingTexts, allText);
    }

    /// The same options with these text columns read as categories.
    public ReadOptions withCategories(String... names) {
        return with(columns, new CategoryRule.Named(List.of(names)), missingTexts, allText);
    }

    /// The same options with these CSV texts read as missing, `NA` for instance.
    public ReadOptions withMissing(String... texts) {
        return with(columns, categories, List.of(texts), allText);
    }

    /// The same options with cells left as texts.
    public ReadOptions asText() {
        return with(columns, categories, missingTexts, true);
    }

    /// The same options with these types declared.
    public ReadOptions withTypes(Map<String, ColumnType> declared) {
        return new ReadOptions(columns, categories, missingTexts, allText, declared, separator, decimal);
    }

    /// The same options with this separator between the fields of CSV.
    ///
    /// @throws IllegalArgumentException as the constructor
    public ReadOptions withSeparator(String character) {
        return new ReadOptions(columns, categories, missingTexts, allText, types, character, decimal);
    }

    /// The same options with this mark in front of decimals in CSV.
    public ReadOptions withDecimal(DecimalMark mark) {
        return new ReadOptions(columns, categories, missingTexts, allText, types, separator, mark);
    }
}
