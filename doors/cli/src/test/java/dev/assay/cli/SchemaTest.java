package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The printed schema as a validator by others reads it.
class SchemaTest {
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first test
    private static Schema schema;

    @BeforeAll
    static void print() {
        Assay.Outcome printed = Assay.here("schema");
        assertThat(printed.code()).isZero();
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(printed.out(), InputFormat.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adult", "travel-survey"})
    void theStudiesOfTheProjectAreValid(String study) throws Exception {
        String text = Files.readString(
                Assay.project().resolve("studies").resolve(study).resolve("study.yaml"));

        assertThat(errors(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: microdata.raed, file: a.csv",
                "kind: microdata.read",
                "kind: microdata.read, file: a.csv, fiel: b.csv",
                "kind: microdata.read, file: a.csv, max-levels: many",
                "kind: microdata.read, file: a.csv, max-levels: -1",
                "kind: weigh.calibrate, sample: a, targets: b.csv, distance: rakin",
                "kind: microdata.split, table: a, training-share: 1.5",
                "kind: microdata.read, file: { path: a.csv, confidental: true }",
                "kind: microdata.read, file: { path: a.csv, confidential: 1 }",
                "kind: microdata.read, file: { confidential: true }",
                "kind: microdata.fidelity, real: a, training: b, synthetic: { path: a.csv, confidential: true }",
            })
    void whatTheProgramRefusesIsNotValid(String stage) {
        assertThat(errors("study: small\nseed: 1\nstages:\n  one: { " + stage + " }\n"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count-treshold: 0.3",
                "null-share: 2",
                "min-rows: 0",
                "columns: one.table.a",
                "method: ks",
                "correction: bonferroni"
            })
    void whatTheSectionOnDriftDoesNotKnowIsNotValid(String drift) {
        String study = "study: small\nseed: 1\nstages:\n  one: { kind: microdata.read, file: a.csv }\ndrift: { %s }\n";
        assertThat(errors(study.formatted(drift))).isNotEmpty();
        assertThat(errors(study.formatted("count-threshold: 0.3, columns: [one.table.a], correction: none")))
                .isEmpty();
    }

    @Test
    void aSmallStudyIsValid() {
        assertThat(errors("study: small\nseed: 1\nstages:\n  one: { kind: microdata.read, file: a.csv }\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: microdata.read, file: { path: a.csv }",
                "kind: microdata.read, file: { path: a.csv, confidential: true }",
                "kind: microdata.fidelity, real: a, training: b, synthetic: { a: c.csv, b: { path: d.csv, confidential: false } }",
            })
    void inputsCanBeWrittenLong(String stage) {
        assertThat(errors("study: small\nseed: 1\nstages:\n  one: { " + stage + " }\n"))
                .isEmpty();
    }

    private static List<String> errors(String study) {
        return schema.validate(study, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }
}
