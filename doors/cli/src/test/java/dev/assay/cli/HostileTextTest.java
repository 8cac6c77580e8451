package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names and texts of a study and its files are one line on the terminal, whatever they hold.
class HostileTextTest {
    private static final String FORGED = "\u001b[2Jx\nassay: all signatures hold\r\u202e";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    private static void assertPlain(Assay.Outcome outcome) {
        for (String text : List.of(outcome.out(), outcome.err())) {
            assertThat(text.lines()).noneMatch(line -> line.startsWith("assay: all signatures hold"));
            assertThat(text.codePoints().filter(c -> c != '\n'))
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        }
    }

    private Assay.Outcome run(String... more) {
        String[] all = new String[3 + more.length];
        all[0] = "run";
        all[1] = folder.resolve("study.yaml").toString();
        all[2] = "--workspace=" + folder.resolve("work");
        System.arraycopy(more, 0, all, 3, more.length);
        return Assay.here(all);
    }

    @Test
    void aNameOfAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("a" + FORGED + ".csv"), "a,b\n1\n");
        String quoted = file.getFileName()
                .toString()
                .replace("\u001b", "\\e")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
        Files.writeString(
                folder.resolve("study.yaml"),
                "study: s\nseed: 1\nstages:\n  a: { kind: microdata.read, file: \"" + quoted + "\" }\n");
        Assay.Outcome outcome = run();
        assertPlain(outcome);
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.err()).contains("\\u001b[2Jx\\u000aassay: all signatures hold\\u000d\\u202e.csv");
        assertPlain(run("--dry-run"));
        assertPlain(run("--trace"));
    }

    @Test
    void textsOfAStudyAndWhatComesOfThem() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "a,b\n1,2\n3,4\n");
        String text = FORGED.replace("\u001b", "\\e").replace("\n", "\\n").replace("\r", "\\r");
        Files.writeString(folder.resolve("study.yaml"), """
                study: s
                title: "t%1$s"
                about: "a%1$s"
                seed: 1
                stages:
                  a: { kind: microdata.read, file: people.csv }
                claims:
                  - { id: c, says: "s%1$s", at: a.rows, above: 1 }
                """.formatted(text));
        Assay.Outcome outcome = run();
        assertPlain(outcome);
        assertPlain(Assay.here("show", "latest", "--workspace=" + folder.resolve("work")));
        assertPlain(Assay.here("runs", "--workspace=" + folder.resolve("work")));
        assertPlain(Assay.here("drift", "latest", "latest", "--json", "--workspace=" + folder.resolve("work")));
        assertPlain(Assay.here("receipts", "verify", "latest", "--all", "--workspace=" + folder.resolve("work")));
    }

    @Test
    void whatASpreadsheetWouldTakeForAFormula() throws Exception {
        Path file = Files.writeString(folder.resolve("people.csv"), "id,name\n-1,=1+1\n2,ann\n");
        String[] read = {"microdata", "read", "--file", file.toString(), "--workspace=" + folder.resolve("work")};
        for (boolean guarded : new boolean[] {false, true}) {
            Path out = folder.resolve("out" + guarded);
            List<String> line = new ArrayList<>(List.of(read));
            line.addAll(List.of("--out", out.toString(), "--format", "csv"));
            if (guarded) {
                line.add("--spreadsheet-guard");
            }
            Assay.Outcome outcome = Assay.here(line.toArray(String[]::new));
            assertThat(outcome.code()).as(outcome.err()).isZero();
            String wrote = outcome.out()
                    .lines()
                    .filter(l -> l.startsWith("wrote "))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(Path.of(wrote.substring(6))))
                    .contains(guarded ? "-1,'=1+1" : "-1,=1+1", "2,ann");
        }
        Assay.Outcome misused = Assay.here("microdata", "read", "--file", file.toString(), "--spreadsheet-guard");
        assertThat(misused.code()).isEqualTo(2);
        assertThat(misused.err()).contains("--spreadsheet-guard is for --format csv");
    }

    @Test
    void whatIsTyped() {
        assertPlain(Assay.here("run", folder.resolve("no" + FORGED).toString()));
        assertPlain(Assay.here("show", FORGED, "--workspace=" + folder));
        assertPlain(Assay.here("run", "--" + FORGED));
        assertPlain(Assay.here(FORGED));
    }
}
