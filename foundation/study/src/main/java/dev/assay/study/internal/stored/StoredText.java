package dev.assay.study.internal.stored;

import dev.assay.fault.Fault;
import dev.assay.study.Claim;
import dev.assay.study.RunView;
import dev.assay.study.StageView;
import java.util.Arrays;
import java.util.function.Function;

/// The texts that stand for constants on disk. They never change, whatever the constants are called.
final class StoredText {
    private StoredText() {}

    /// The constant that a text stands for.
    ///
    /// @throws IllegalArgumentException if it stands for none
    static <E extends Enum<E>> E read(Class<E> type, Function<E, String> text, String stored) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> text.apply(constant).equals(stored))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + stored + "' is not known where one of "
                        + Arrays.stream(type.getEnumConstants()).map(text).toList() + " is expected"));
    }

    static String of(RunView.Status status) {
        return switch (status) {
            case RUNNING -> "RUNNING";
            case PASSED -> "PASSED";
            case FAILED -> "FAILED";
            case INTERRUPTED -> "INTERRUPTED";
        };
    }

    static String of(StageView.Status status) {
        return switch (status) {
            case WAITING -> "WAITING";
            case RUNNING -> "RUNNING";
            case PASSED -> "PASSED";
            case FAILED -> "FAILED";
            case SKIPPED -> "SKIPPED";
            case INTERRUPTED -> "INTERRUPTED";
        };
    }

    static String of(StageView.Form form) {
        return switch (form) {
            case TABLE -> "TABLE";
            case DOCUMENT -> "DOCUMENT";
            case FILE -> "FILE";
            case FOLDER -> "FOLDER";
        };
    }

    static String of(RunView.Severity severity) {
        return switch (severity) {
            case OK -> "OK";
            case WARN -> "WARN";
            case ALERT -> "ALERT";
        };
    }

    static String of(Claim.Side side) {
        return switch (side) {
            case ABOVE -> "ABOVE";
            case BELOW -> "BELOW";
        };
    }

    static String of(Claim.Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> "HOLDS";
            case CONTRADICTED -> "CONTRADICTED";
            case UNDECIDED -> "UNDECIDED";
            case NOT_MEASURED -> "NOT_MEASURED";
        };
    }

    static String of(Fault.Kind kind) {
        return switch (kind) {
            case STAGE_FAILED -> "STAGE_FAILED";
            case USAGE -> "USAGE";
            case DRIFT_ALERT -> "DRIFT_ALERT";
            case STUDY -> "STUDY";
            case MISSING_FILE -> "MISSING_FILE";
            case MALFORMED_FILE -> "MALFORMED_FILE";
            case BAD_DATA -> "BAD_DATA";
            case BAD_SETTING -> "BAD_SETTING";
            case STORAGE -> "STORAGE";
            case VERIFICATION -> "VERIFICATION";
            case CONSENT -> "CONSENT";
            case CONTRADICTED -> "CONTRADICTED";
            case INTERRUPTED -> "INTERRUPTED";
        };
    }
}
