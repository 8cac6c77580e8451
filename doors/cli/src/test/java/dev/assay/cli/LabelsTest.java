package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.study.StudyFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Labels that would make one name of a metric are told before anything runs.
class LabelsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void copyTheStudy() throws IOException, URISyntaxException {
        for (String file : new String[] {"labels_collide.yaml", "real.csv", "a.csv", "b.csv"}) {
            Files.copy(
                    Path.of(Objects.requireNonNull(LabelsTest.class.getResource("labels/" + file))
                            .toURI()),
                    folder.resolve(file));
        }
    }

    private Path study() {
        return folder.resolve("labels_collide.yaml");
    }

    private String work() {
        return folder.resolve("work").toString();
    }

    @Test
    void readingTheStudyTellsBothLabels() {
        Fault fault = catchThrowableOfType(Fault.class, () -> StudyFile.parse(study()));

        assertThat(fault.getMessage())
                .isEqualTo(study() + ":8: the labels 'zi_qrf' and 'zi-qrf' of 'synthetic' both become 'zi-qrf' in the "
                        + "names of metrics; rename one");
        assertThat(fault.kind()).isEqualTo(Fault.Kind.STUDY);
    }

    @Test
    void theStudyIsRefusedBeforeAnythingRuns() {
        Assay.Outcome outcome = Assay.here("run", study().toString(), "--workspace", work());

        assertThat(outcome.complaints()).singleElement().asString().contains("'zi_qrf' and 'zi-qrf'", "rename one");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.STUDY.exitCode());
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void theStageAloneIsRefusedToo() {
        Assay.Outcome same = fidelity("zi_qrf=" + folder.resolve("a.csv") + ",zi-qrf=" + folder.resolve("b.csv"));
        assertThat(same.complaints())
                .singleElement()
                .asString()
                .contains("--synthetic: the labels 'zi_qrf' and 'zi-qrf'", "rename one");
        assertThat(same.code()).isEqualTo(Fault.Kind.STUDY.exitCode());

        Assay.Outcome twice = fidelity("a=" + folder.resolve("a.csv") + ",a=" + folder.resolve("b.csv"));
        assertThat(twice.complaints()).singleElement().asString().contains("'synthetic' is given 'a' twice; keep one");
        assertThat(twice.code()).isEqualTo(Fault.Kind.STUDY.exitCode());
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void withOneOfThemRenamedTheStudyRuns() throws IOException {
        Files.writeString(study(), Files.readString(study()).replace("zi-qrf:", "cart:"));

        Assay.Outcome outcome = Assay.here("run", study().toString(), "--workspace", work());

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Assay.here("show", "--workspace", work()).out())
                .contains("fidelity.zi-qrf.coverage", "fidelity.cart.coverage");
    }

    private Assay.Outcome fidelity(String synthetic) {
        String real = folder.resolve("real.csv").toString();
        return Assay.here(
                "microdata",
                "fidelity",
                "--real",
                real,
                "--training",
                real,
                "--synthetic",
                synthetic,
                "--workspace",
                work());
    }
}
