package dev.assay.report.internal;

import dev.assay.report.DriftSummary;
import dev.assay.report.RunStatus;
import dev.assay.report.StageStatus;
import dev.assay.report.Verdict;
import java.util.Locale;

/// How states are called and signed on the page: always a word and a sign, colour comes on top.
final class Words {
    private Words() {}

    static String word(StageStatus status) {
        return switch (status) {
            case PASSED -> "passed";
            case REUSED -> "reused";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
            case INTERRUPTED -> "interrupted";
        };
    }

    static String sign(StageStatus status) {
        return switch (status) {
            case PASSED -> "\u2713";
            case REUSED -> "\u21BA";
            case FAILED -> "\u2717";
            case SKIPPED -> "\u2013";
            case INTERRUPTED -> "!";
        };
    }

    static String word(RunStatus status) {
        return switch (status) {
            case PASSED -> "Passed";
            case CONTRADICTED -> "Contradicted";
            case FAILED -> "Failed";
            case INTERRUPTED -> "Interrupted";
        };
    }

    static String sign(RunStatus status) {
        return switch (status) {
            case PASSED -> "\u2713";
            case CONTRADICTED -> "\u2260";
            case FAILED -> "\u2717";
            case INTERRUPTED -> "!";
        };
    }

    static String word(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> "holds";
            case CONTRADICTED -> "contradicted";
            case UNDECIDED -> "undecided";
            case NOT_MEASURED -> "not measured";
        };
    }

    static String sign(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> "\u2713";
            case CONTRADICTED -> "\u2717";
            case UNDECIDED -> "?";
            case NOT_MEASURED -> "\u2013";
        };
    }

    static String word(DriftSummary.Severity severity) {
        return switch (severity) {
            case OK -> "ok";
            case WARN -> "warning";
            case ALERT -> "alert";
        };
    }

    static String sign(DriftSummary.Severity severity) {
        return switch (severity) {
            case OK -> "\u2713";
            case WARN -> "!";
            case ALERT -> "\u2717";
        };
    }

    /// The name of a constant as a class of the style sheet: `NOT_MEASURED` becomes `not-measured`.
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A badge: sign and word.
    static void badge(Html html, Enum<?> constant, String sign, String word) {
        html.open("span", "class", "badge " + name(constant));
        html.leaf("span", sign, "class", "sign", "aria-hidden", "true");
        html.text(" " + word).close("span");
    }

    /// `1 stage`, `3 stages`.
    static String many(long n, String one, String more) {
        return Numbers.count(n) + " " + (n == 1 ? one : more);
    }
}
