package dev.assay.distil.internal.collect;

import java.nio.file.Path;
import java.util.List;

/// What patterns of files name, for tests of other packages.
public final class SourceGlobs {
    private SourceGlobs() {}

    public static boolean matches(String glob, String name) {
        return !SourceFiles.matching(List.of(new SourceFiles.SourceFile(Path.of(name), name)), glob)
                .isEmpty();
    }
}
