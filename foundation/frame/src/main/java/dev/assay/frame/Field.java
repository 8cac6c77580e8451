package dev.assay.frame;

/// A column's name, type and unit.
///
/// @param name not empty, unique in its frame
/// @param type what the cells hold
/// @param unit the unit of measurement in the field's own notation (`USD/year`, `h`), empty if there is none
public record Field(String name, ColumnType type, String unit) {
    /// @throws IllegalArgumentException if the name is empty
    public Field {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }

    /// A field without a unit.
    public static Field of(String name, ColumnType type) {
        return new Field(name, type, "");
    }

    /// The same field with another unit.
    public Field withUnit(String newUnit) {
        return new Field(name, type, newUnit);
    }
}
