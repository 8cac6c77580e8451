package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
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

    /// A line, whatever the names and texts in it hold.
    static void say(String line) {
        out().println(OneLine.of(line));
    }

    /// A table of [People#table], whose cells are in one line each.
    static void say(List<String> table) {
        table.forEach(out()::println);
    }

    /// A text of several lines that the program itself wrote, such as a schema.
    static void print(String text) {
        out().println(text);
    }

    /// A JSON text in one line. What could steer a terminal is written as JSON writes it, so that the text means
    /// the same.
    static void json(String json) {
        StringBuilder plain = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            String text = Character.toString(point);
            plain.append(point == '\\' ? text : OneLine.of(text));
        });
        out().println(plain);
    }

    static void note(String line) {
        error().println(OneLine.of(line));
    }

    /// A text of several lines whose origin is not known: each line is marked, so that none passes for one of the
    /// program's own.
    static void quote(String text) {
        PrintStream error = error();
        text.lines().forEach(line -> error.println("| " + OneLine.of(line.replace("\t", "    "))));
    }

    /// One sentence about a problem.
    static void complain(String sentence) {
        error().println("assay: " + OneLine.of(sentence));
    }

    /// Tells why a command failed.
    ///
    /// @param trace whether to show where in the program it happened
    /// @return the exit code
    static int tell(Throwable failure, boolean trace) {
        int code;
        if (failure instanceof Fault fault) {
            complain(fault.headline());
            fault.items().forEach(item -> error().println("  " + OneLine.of(item)));
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
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            quote(text.toString());
        }
        return code;
    }
}
