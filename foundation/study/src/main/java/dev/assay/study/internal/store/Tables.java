package dev.assay.study.internal.store;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import java.nio.file.Path;

/// Tables in files.
final class Tables {
    private Tables() {}

    static Frame read(Path file) {
        throw Fault.of(Fault.Kind.MALFORMED_FILE, "tables cannot be read yet").at(file.toString());
    }

    static void write(Frame frame, Path file) {
        throw Fault.of(Fault.Kind.STORAGE, "tables cannot be written yet").at(file.toString());
    }

    static String digest(Frame frame, Path file) {
        return "";
    }
}
