package dev.assay.receipt;

import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import dev.assay.receipt.internal.StrictJson;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether statements are the ones that follow from the records. A statement is a function of the record, the
/// configuration and the builder's versions, so it is made anew and compared as a whole.
final class Agreement {
    private Agreement() {}

    static void check(String name, Statement statement, Map<String, StageRecord> records, Findings findings) {
        if (name.equals(ReceiptNames.DRIFT_TESTS)) {
            return;
        }
        boolean tests = name.endsWith(ReceiptNames.TESTS_ENDING);
        String ending = tests ? ReceiptNames.TESTS_ENDING : ReceiptNames.STATEMENT_ENDING;
        String stage = name.substring(ReceiptNames.FOLDER.length() + 1, name.length() - ending.length());
        StageRecord record = records.get(stage);
        if (record == null) {
            // That the record is missing, or the stage unknown to the summary, is a finding of its own.
            return;
        }
        Optional<String> contradiction = switch (statement.predicate()) {
            case Provenance provenance ->
                tests ? Optional.of("it is no test result") : provenance(record, statement, provenance);
            case TestResults results ->
                !tests ? Optional.of("it is no provenance") : differs(statement, Statement.tests(record));
            case RunOutcome outcome -> Optional.of("it is the statement of a run, not of a stage");
        };
        contradiction.ifPresent(note -> findings.add(name, Role.RECEIPT, name, Outcome.CONTRADICTION, note));
    }

    private static Optional<String> provenance(StageRecord record, Statement statement, Provenance stated) {
        try {
            Provenance follows = Provenance.of(
                    record,
                    stated.buildDefinition().externalParameters().config(),
                    stated.runDetails().builder().version(),
                    stated.buildDefinition().internalParameters().scorerVersion());
            return differs(statement, new Statement(Statement.subjects(record), follows));
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> differs(Statement stated, Statement follows) {
        if (!stated.subject().equals(follows.subject())) {
            return Optional.of("its subjects are not the outputs of the stage record");
        }
        return CanonicalJson.of(stated).equals(CanonicalJson.of(follows))
                ? Optional.empty()
                : Optional.of("it does not say what the stage record says");
    }

    /// Whether the statement about drift says what the report says.
    static void checkDrift(byte[] bytes, DriftReport report, Map<String, StageRecord> records, Findings findings) {
        String name = ReceiptNames.DRIFT_TESTS;
        try {
            Statement statement = StrictJson.bind(StrictJson.receipt(bytes), Statement.class);
            boolean agrees = switch (statement.predicate()) {
                case Provenance provenance -> false;
                case RunOutcome outcome -> false;
                case TestResults stated ->
                    names(statement).equals(driftSubjects(records)) && stated.equals(report.tests());
            };
            if (!agrees) {
                findings.add(
                        name, Role.RECEIPT, name, Outcome.CONTRADICTION, "it does not say what the drift report says");
            }
        } catch (IllegalArgumentException malformed) {
            // Already a finding.
        }
    }

    private static Set<String> names(Statement statement) {
        return statement.subject().stream().map(ResourceDescriptor::name).collect(Collectors.toSet());
    }

    private static Set<String> driftSubjects(Map<String, StageRecord> records) {
        Set<String> names = new HashSet<>(List.of(ReceiptNames.DRIFT, ReceiptNames.SUMMARY, ReceiptNames.SUMMARY_TEXT));
        records.values().forEach(record -> record.outputs().forEach(file -> names.add(file.name())));
        return names;
    }
}
