package dev.assay.study.internal.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a module stands on at run time, as the build resolved it: a resource that every module has.
///
/// @param module  the module itself
/// @param closure all modules and libraries that it reaches
record ModuleList(Coordinates module, List<Coordinates> closure) {
    /// The resource: a line for the module itself, then one for each module and library of the closure, with its
    /// scope at the end.
    static final String RESOURCE = "META-INF/assay/module.txt";

    ModuleList {
        closure = List.copyOf(closure);
    }

    /// The list of what lies in this jar or folder, if it has one.
    ///
    /// @throws IllegalStateException if it is not one that the build makes
    static Optional<ModuleList> in(Path place) {
        return ClassFiles.text(place, RESOURCE).map(text -> of(text, place));
    }

    private static ModuleList of(String text, Path place) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        try {
            return new ModuleList(
                    Coordinates.of(lines.getFirst()),
                    lines.stream()
                            .skip(1)
                            .map(line -> Coordinates.of(line.substring(0, line.lastIndexOf(':'))))
                            .toList());
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    RESOURCE + " in " + place + " is not a list that the build made; build the module again", e);
        }
    }
}
