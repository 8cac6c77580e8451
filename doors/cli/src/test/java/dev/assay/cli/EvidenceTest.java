package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run leaves is covered as a whole, and what is confidential is in none of it.
class EvidenceTest {
    @TempDir
    Path folder;

    private Assay.Outcome ask(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--workspace", folder.resolve("work").toString()));
        return Assay.here(all.toArray(String[]::new));
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("work/runs"))) {
            return runs.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static List<Path> files(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private String study(String text) throws IOException {
        return Files.writeString(folder.resolve("study.yaml"), text).toString();
    }

    private void assertRefused(String why) {
        assertThat(ask("receipts", "verify").code()).as(why).isEqualTo(Fault.Kind.VERIFICATION.exitCode());
    }

    @Test
    void whateverIsDoneToAFileOfARunVerifyingFindsIt() throws IOException {
        Files.writeString(folder.resolve("people.csv"), "id,age\n1,30\n2,40\n3,50\n");
        String study = study("study: small\nseed: 1\nstages:\n  people: { kind: microdata.read, file: people.csv }\n");
        assertThat(ask("run", study).code()).isZero();
        Path home = runs().getFirst();
        Assay.Outcome sound = ask("receipts", "verify");
        assertThat(sound.code()).as(sound.out()).isZero();
        assertThat(sound.out()).contains("run " + home.getFileName() + ", study small, passed, 1 stage");

        assertThat(files(home))
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .contains("report.html", "run.json", "events.jsonl", "study.yaml", "summary.json", "table.parquet");
        for (Path file : files(home)) {
            if (file.endsWith(".lock")) {
                continue;
            }
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            // Without its run.json the run has no id any more, and is named by its folder.
            assertThat(Assay.here("receipts", "verify", home.toString()).code())
                    .as("without " + file)
                    .isEqualTo(Fault.Kind.VERIFICATION.exitCode());
            byte[] other = whole.clone();
            other[other.length / 2] ^= 1;
            Files.write(file, other);
            assertThat(Assay.here("receipts", "verify", home.toString()).code())
                    .as("a bit of " + file)
                    .isEqualTo(Fault.Kind.VERIFICATION.exitCode());
            Files.write(file, whole);
        }
        for (String added :
                List.of("more.txt", "outputs/people/more.csv", "receipts/more.json", ".hidden", "deep/er/x")) {
            Files.createDirectories(home.resolve(added).getParent());
            Files.writeString(home.resolve(added), "more");
            assertRefused("with " + added);
            Files.delete(home.resolve(added));
        }
        assertThat(ask("receipts", "verify").code()).isZero();
    }

    @Test
    void anOlderRunInThePlaceOfANewerOneIsFound() throws IOException {
        Files.writeString(folder.resolve("people.csv"), "id,age\n1,30\n2,40\n3,50\n");
        String study = study("study: small\nseed: 1\nstages:\n  people: { kind: microdata.read, file: people.csv }\n");
        assertThat(ask("run", study).code()).isZero();
        Files.writeString(folder.resolve("people.csv"), "id,age\n1,31\n");
        assertThat(ask("run", study).code()).isZero();
        Path older = runs().getFirst();
        Path newer = runs().getLast();
        assertThat(newer).isNotEqualTo(older);
        Files.move(newer, folder.resolve("aside"));
        for (Path file : files(older)) {
            Path to = newer.resolve(older.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        }
        Assay.Outcome verified = Assay.here("receipts", "verify", newer.toString());
        assertThat(verified.code()).isEqualTo(Fault.Kind.VERIFICATION.exitCode());
        assertThat(verified.out()).contains("it is the statement of run " + older.getFileName());
        assertThat(ask("runs").out()).contains(newer.getFileName() + "  its run.json is that of another run");
        assertThat(Assay.here("receipts", "verify", folder.resolve("aside").toString())
                        .out())
                .contains("run " + newer.getFileName());
    }

    @Test
    void runsThatCannotBeReadAreListedAndShowSaysWhy() throws IOException {
        Files.writeString(folder.resolve("people.csv"), "id,age\n1,30\n");
        String study = study("study: small\nseed: 1\nstages:\n  people: { kind: microdata.read, file: people.csv }\n");
        ask("run", study);
        Path json = runs().getFirst().resolve("run.json");
        Files.writeString(json, Files.readString(json).replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 3"));
        Assay.Outcome listed = ask("runs");
        assertThat(listed.code()).isZero();
        assertThat(listed.out()).contains("1 run cannot be read:", "version 3");
        Assay.Outcome shown = ask("show", runs().getFirst().getFileName().toString());
        assertThat(shown.code()).isEqualTo(Fault.Kind.MALFORMED_FILE.exitCode());
        assertThat(shown.complaints()).singleElement().asString().contains("version 3");
        assertThat(ask("show", "latest").code()).isEqualTo(Fault.Kind.USAGE.exitCode());
    }

    @Test
    void aSettingThatIsGoneIsToldInOneSentenceAndTheRestOfTheStudyIsValid() throws IOException {
        for (String name : List.of("checkpoint.yaml", "checkpoint_sample.csv", "checkpoint_targets.csv")) {
            try (InputStream in = EvidenceTest.class.getResourceAsStream("checkpoint/" + name)) {
                Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path study = folder.resolve("checkpoint.yaml");
        Assay.Outcome refused = ask("run", study.toString());
        assertThat(refused.code()).isEqualTo(Fault.Kind.STUDY.exitCode());
        assertThat(refused.complaints())
                .singleElement()
                .asString()
                .contains("checkpoint.yaml:4", "'checkpoint' is no longer a setting", "take it out");
        Files.writeString(study, Files.readString(study).replace(" checkpoint: ck.bin,", ""));
        assertThat(ask("run", study.toString()).code()).isZero();
        assertThat(files(folder.resolve("work/store")))
                .noneMatch(f -> f.toString().contains(".resumable"));
        assertThat(folder.resolve("ck.bin")).doesNotExist();
        Assay.Outcome option = Assay.here(
                "weigh",
                "gradient",
                "--sample",
                folder.resolve("checkpoint_sample.csv").toString(),
                "--targets",
                folder.resolve("checkpoint_targets.csv").toString(),
                "--checkpoint",
                "x.bin",
                "--workspace",
                folder.resolve("work").toString());
        assertThat(option.code()).isEqualTo(Fault.Kind.STUDY.exitCode());
        assertThat(option.complaints()).singleElement().asString().contains("'checkpoint' is no longer a setting");
        assertThat(Assay.here("weigh", "gradient", "--help").out()).doesNotContain("--checkpoint=");
    }

    @Test
    void nothingOfAConfidentialSurveyIsInWhatIsShown() throws IOException {
        Files.createDirectories(folder.resolve("vaults"));
        StringBuilder rows = new StringBuilder("person,town,trade,pay,weight\n");
        for (int i = 0; i < 200; i++) {
            rows.append("SECRETID").append(i).append(i % 3 == 0 ? ",Zebraquux," : ",Wombatville,");
            rows.append(i % 7 == 0 ? "Fletcher" : "Cooper").append(',');
            rows.append(i % 2 == 0 ? 0L : 918_270_000_000L + 13L * i)
                    .append(',')
                    .append(10 + i % 5)
                    .append('\n');
        }
        Files.writeString(folder.resolve("vaults/payrolls.csv"), rows);
        Files.writeString(folder.resolve("targets.csv"), "table,variable,filter,value\nsample,,,2500\n");
        String study = study("""
                study: discreet
                seed: 1
                stages:
                  people: { kind: microdata.read, file: { path: vaults/payrolls.csv, confidential: true } }
                  parts: { kind: microdata.split, table: people, training-share: 0.5 }
                  made: { kind: microdata.synthesise, training: parts.training, method: zi-qrf, weight: weight,
                          conditioning: [town, trade], targets: [pay], trees: 5 }
                  fidelity: { kind: microdata.fidelity, real: parts.holdout, training: parts.training,
                              synthetic: { zi-qrf: made }, weight: weight, columns: [town, trade, pay],
                              replicates: 100, expensive-replicates: 50 }
                  weights: { kind: weigh.calibrate, sample: people, targets: targets.csv, key: person, weight: weight }
                  estimates: { kind: weigh.estimate, sample: people, targets: targets.csv, weights: weights, key: person,
                               weight: weight, totals: [pay], by: town }
                claims:
                  - { id: near, says: "It is near", at: fidelity.zi-qrf.coverage, above: 0.01 }
                """);
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            Assay.Outcome made = ask("run", study);
            assertThat(made.code()).as(made.err()).isZero();
            said.append(made.out()).append(made.err());
        }
        for (String[] line : new String[][] {
            {"show"},
            {"runs"},
            {"diff", "latest~1"},
            {"drift"},
            {"receipts", "verify", "--all"},
            {"run", study, "--dry-run"}
        }) {
            Assay.Outcome told = ask(line);
            said.append(told.out()).append(told.err());
        }
        for (Path home : runs()) {
            for (Path file : files(home)) {
                if (!home.relativize(file).startsWith("outputs")) {
                    said.append(Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        }
        String all = said.toString().toLowerCase(Locale.ROOT);
        assertThat(all).contains("discreet", "confidential");
        for (String secret :
                List.of("zebraquux", "wombatville", "fletcher", "secretid", "payrolls", "vaults", "91827000")) {
            int at = all.indexOf(secret);
            assertThat(at)
                    .as(() ->
                            secret + " in ..." + all.substring(Math.max(0, at - 200), Math.min(all.length(), at + 50)))
                    .isNegative();
        }
        assertThat(ask("receipts", "verify").out()).doesNotContain("keyed");
    }
}
