package dev.assay.study.internal.bind;

/// Where something was written: a line of a file, or an option of a command line.
///
/// @param name the file's name or the option
/// @param line from 1; 0 if there are no lines
public record Place(String name, int line) {
    /// A place without lines.
    public static Place of(String name) {
        return new Place(name, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? name : name + ":" + line;
    }
}
