package dev.assay.cli;

import static dev.assay.cli.Tampering.caught;
import static dev.assay.cli.Tampering.named;

import dev.assay.cli.Tampering.Copy;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/// What can be done to outputs, and to files and folders besides.
final class OutputTamperings {
    private static final String TABLE = "outputs/people/table.parquet";
    private static final String MISMATCH = "mismatch subject " + TABLE;
    private static final String LINK = "it is a symbolic link, or lies behind one";
    private static final String NOT_COVERED = "not covered: permissions, owners and times of files, hard links";

    private OutputTamperings() {}

    static List<Tampering> all() {
        return List.of(
                caught("a bit of an output", MISMATCH, run -> {
                    byte[] bytes = Files.readAllBytes(run.at(TABLE));
                    bytes[bytes.length / 2] ^= 1;
                    run.write(TABLE, bytes);
                }),
                caught("a byte behind an output", MISMATCH, run -> {
                    byte[] bytes = Files.readAllBytes(run.at(TABLE));
                    run.write(TABLE, Arrays.copyOf(bytes, bytes.length + 1));
                }),
                caught("an output without bytes", MISMATCH, run -> run.write(TABLE, "")),
                caught(
                        "an output of another stage",
                        MISMATCH,
                        run -> run.write(TABLE, Files.readAllBytes(run.at("outputs/towns/table.parquet")))),
                caught(
                        "an output of an older run",
                        MISMATCH,
                        run -> run.write(TABLE, Files.readAllBytes(run.around.resolve("older/" + TABLE)))),
                caught("an output is gone", "absent subject " + TABLE, run -> run.delete(TABLE)),
                caught(
                        "an output under another name",
                        "absent subject " + TABLE,
                        run -> Files.move(run.at(TABLE), run.at("outputs/people/Table.parquet"))),
                caught(
                        "all outputs are gone",
                        "absent subject " + TABLE,
                        run -> Tampering.deleteAll(run.at("outputs"))),
                caught(
                        "an output more",
                        "unreceipted stray outputs/people/more.csv",
                        run -> run.write("outputs/people/more.csv", "a\n")),
                caught(
                        "an output more in a folder of its own",
                        "unreceipted stray outputs/people/a/b/c.csv",
                        run -> run.write("outputs/people/a/b/c.csv", "a\n")),
                caught("a hidden file", "unreceipted stray .hidden", run -> run.write(".hidden", "")),
                caught(
                        "a file that ends like an envelope",
                        "unreceipted stray outputs/x.dsse.json",
                        run -> run.write("outputs/x.dsse.json", "{}")),
                caught("an output is a link to the same bytes outside", "a link leads out of the folder", run -> {
                    Path moved = Files.move(run.at(TABLE), run.home.resolveSibling("table"));
                    Files.createSymbolicLink(run.at(TABLE), moved);
                }),
                caught("an output is a link to the same bytes inside", LINK, run -> {
                    Files.move(run.at(TABLE), run.at("outputs/moved"));
                    Files.createSymbolicLink(run.at(TABLE), Path.of("../moved"));
                }),
                caught("the outputs of a stage lie behind a link", LINK, run -> {
                    Files.move(run.at("outputs/people"), run.at("outputs/moved"));
                    Files.createSymbolicLink(run.at("outputs/people"), Path.of("moved"));
                }),
                caught("an output is a link to itself", "refused subject " + TABLE, run -> {
                    run.delete(TABLE);
                    Files.createSymbolicLink(run.at(TABLE), run.at(TABLE));
                }),
                caught(
                        "a link to nothing",
                        "unreceipted stray outputs/people/link",
                        run -> Files.createSymbolicLink(run.at("outputs/people/link"), Path.of("nothing"))),
                caught("an output is a folder", MISMATCH, run -> {
                    run.delete(TABLE);
                    Files.createDirectory(run.at(TABLE));
                }),
                caught("an output is a folder that holds it", MISMATCH, run -> {
                    byte[] bytes = Files.readAllBytes(run.at(TABLE));
                    run.delete(TABLE);
                    run.write(TABLE + "/table.parquet", bytes);
                }),
                caught("an output is a pipe", "it is neither a regular file nor a folder", run -> {
                    run.delete(TABLE);
                    pipe(run, TABLE);
                }),
                caught("a pipe more", "unreceipted stray outputs/people/pipe", run -> pipe(run, "outputs/people/pipe")),
                caught("a pipe in the place of a statement", "it is neither a regular file nor a folder", run -> {
                    run.delete("receipts/people.intoto.json");
                    pipe(run, "receipts/people.intoto.json");
                }),
                caught("a pipe in the place of the last envelope", "it is neither a regular file nor a folder", run -> {
                    run.delete("run.dsse.json");
                    pipe(run, "run.dsse.json");
                }),
                caught(
                        "a file of nothing but a hole more",
                        "unreceipted stray outputs/hole",
                        run -> hole(run, "outputs/hole")),
                caught("an output is a hole", "if you trust it, allow more than", run -> {
                    run.delete(TABLE);
                    hole(run, TABLE);
                }),
                caught("a lock that holds something", "unreceipted stray .lock", run -> run.write(".lock", "x")),
                caught(
                        "a name with a line break",
                        "unreceipted stray outputs/x\\u000a0 findings",
                        run -> run.write("outputs/x\n0 findings", "")),
                caught(
                        "a name that steers the terminal",
                        "unreceipted stray outputs/x\\u001b[2K",
                        run -> run.write("outputs/x\u001B[2K", "")),
                caught(
                        "a name that turns what follows",
                        "unreceipted stray outputs/x\\u202evsc.elbat",
                        run -> run.write("outputs/x\u202Evsc.elbat", "")),
                caught(
                        "a name that looks like an escape",
                        "unreceipted stray outputs/x\\u000a",
                        run -> run.write("outputs/x\\u000a", "")),
                caught(
                        "a name of no width more",
                        "unreceipted stray outputs/people/table.parquet\\u200b",
                        run -> run.write(TABLE + "\u200B", "")),
                caught("two names that look the same", "unreceipted stray outputs/e\u0301", run -> {
                    run.write("outputs/\u00E9", "");
                    run.write("outputs/e\u0301", "");
                }),
                caught(
                        "names that are no text",
                        "unreceipted stray outputs/a\\xFE.csv",
                        run -> shell(
                                run,
                                "printf x > \"$(printf 'outputs/a\\377.csv')\"; printf x > \"$(printf 'outputs/a\\376.csv')\"")),
                named("an output is a hard link", NOT_COVERED, run -> {
                    Files.copy(run.at(TABLE), run.home.resolveSibling("table"));
                    run.delete(TABLE);
                    Files.createLink(run.at(TABLE), run.home.resolveSibling("table"));
                }),
                named(
                        "an empty folder more",
                        "1 empty folder is covered by nothing: outputs/empty",
                        run -> Files.createDirectory(run.at("outputs/empty"))),
                named(
                        "other permissions",
                        NOT_COVERED,
                        run -> Files.setPosixFilePermissions(
                                run.at(TABLE), PosixFilePermissions.fromString("rwxrwxrwx"))),
                named(
                        "other times",
                        NOT_COVERED,
                        run -> Files.setLastModifiedTime(run.at(TABLE), FileTime.fromMillis(0))),
                named("no lock", "an empty .lock", run -> Files.deleteIfExists(run.at(".lock"))),
                named("labels", "labels, key files beside the runs", run -> {
                    Files.createDirectories(run.home.resolveSibling("labels"));
                    Files.writeString(run.home.resolveSibling("labels/copy.json"), "{}");
                }),
                named(
                        "a key file beside the run",
                        "labels, key files beside the runs",
                        run -> Files.copy(
                                run.around.resolve("other/pub.pem"),
                                run.home.resolveSibling("0".repeat(64) + ".pem"))));
    }

    private static void hole(Copy run, String name) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(run.at(name).toFile(), "rw")) {
            file.setLength(1L << 40);
        }
    }

    private static void pipe(Copy run, String name) throws Exception {
        shell(run, "mkfifo " + name);
    }

    private static void shell(Copy run, String line) throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", line)
                .directory(run.home.toFile())
                .redirectErrorStream(true)
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
