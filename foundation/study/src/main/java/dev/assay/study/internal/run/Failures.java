package dev.assay.study.internal.run;

import dev.assay.fault.Fault;
import dev.assay.files.OwnFolder;
import dev.assay.files.Unwritable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// From what a stage threw to what a person is told.
final class Failures {
    private Failures() {}

    /// The fault that a failure is.
    ///
    /// @param trace where the trace will be
    static Fault fault(Throwable failure, Path trace) {
        if (failure instanceof Fault fault) {
            return fault;
        }
        Optional<Fault> full = Unwritable.full(failure);
        if (full.isPresent()) {
            return full.get();
        }
        if (failure instanceof OutOfMemoryError) {
            return Fault.of(
                            Fault.Kind.STAGE_FAILED,
                            "ran out of memory; give Java more with -Xmx, or run fewer stages at once")
                    .causedBy(failure);
        }
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return Fault.of(
                        Fault.Kind.STAGE_FAILED,
                        "ended in an error of the program, "
                                + failure.getClass().getSimpleName() + message + " (trace in " + trace + ")")
                .causedBy(failure);
    }

    /// Keeps the trace for people who ask for it.
    static void keepTrace(Throwable failure, Path file, OwnFolder files) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            files.write(file, bytes);
        } catch (Fault unwritable) {
            // the failure itself matters more
        }
    }
}
