package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where things are printed: results on standard output, everything about the work on standard error.
final class Console {
    /// Set by the launcher to the width of the terminal, if standard error is one.
    private static final String TERMINAL = "assay.terminal";

    private static final int DEFAULT_WIDTH = 80;

    private Console() {}

    /// Whether standard error is a terminal.
    static boolean isTerminal() {
        return System.getProperty(TERMINAL) != null;
    }

    /// Characters a line.
    static int width() {
        try {
            return Math.max(40, Integer.parseInt(System.getProperty(TERMINAL, "" + DEFAULT_WIDTH)));
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }

    /// Standard error in UTF-8, whatever the locale says. Asked for anew each time, so that it follows
    /// [System#setErr].
    static PrintStream error() {
        return new PrintStream(System.err, true, StandardCharsets.UTF_8);
    }

    private static PrintStream out() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    static void say(String line) {
        out().println(People.plain(line));
    }

    static void say(List<String> lines) {
        lines.forEach(Console::say);
    }

    static void note(String line) {
        error().println(People.plain(line));
    }

    /// One sentence about a problem.
    static void complain(String sentence) {
        error().println("assay: " + People.plain(sentence));
    }

    /// Tells why a command failed.
    ///
    /// @param trace whether to show where in the program it happened
    /// @return the exit code
    static int tell(Throwable failure, boolean trace) {
        int code;
        if (failure instanceof Fault fault) {
            complain(fault.getMessage());
            code = fault.kind().exitCode();
        } else if (CommandLines.stopped(failure)) {
            complain("interrupted; the same command goes on where it stopped.");
            code = Fault.Kind.INTERRUPTED.exitCode();
        } else {
            String what = failure.getMessage() == null ? "" : ": " + failure.getMessage();
            complain("a defect of the program, not of your input ("
                    + failure.getClass().getSimpleName() + what
                    + "); run it again with --trace and report what is printed.");
            code = Fault.Kind.STAGE_FAILED.exitCode();
        }
        if (trace) {
            failure.printStackTrace(error());
        }
        return code;
    }
}
