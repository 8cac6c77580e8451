package dev.assay.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is filled anew for each input.
final class Scratch {
    private static final Path FOLDER = folder();

    private Scratch() {}

    private static Path folder() {
        try {
            return Files.createTempDirectory("assay-fuzz-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(String name, byte[] bytes) {
        try {
            return Files.write(FOLDER.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
