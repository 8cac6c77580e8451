package dev.assay.receipt;

/// Where receipts lie below a run folder.
final class ReceiptNames {
    /// The last statement of the run. It lies beside the folder of receipts, so that no stage's name can be its.
    static final String RUN = "run.intoto.json";

    static final String FOLDER = "receipts";
    static final String SUMMARY = FOLDER + "/summary.json";
    static final String SUMMARY_TEXT = FOLDER + "/summary.md";
    static final String DRIFT = FOLDER + "/drift.json";
    static final String DRIFT_TESTS = FOLDER + "/drift.tests.intoto.json";
    static final String RECORD_ENDING = ".record.json";
    static final String STATEMENT_ENDING = ".intoto.json";
    static final String TESTS_ENDING = ".tests.intoto.json";
    static final String ENVELOPE_ENDING = ".dsse.json";

    private ReceiptNames() {}

    static String record(String stage) {
        return FOLDER + "/" + stage + RECORD_ENDING;
    }

    static String statement(String stage) {
        return FOLDER + "/" + stage + STATEMENT_ENDING;
    }

    static String tests(String stage) {
        return FOLDER + "/" + stage + TESTS_ENDING;
    }

    /// The statements of stages and of drift among the files of the folder of receipts.
    static boolean isStatement(String name) {
        return name.startsWith(FOLDER + "/") && name.endsWith(STATEMENT_ENDING);
    }

    /// The statement of an envelope.
    static String statementOf(String envelope) {
        return envelope.substring(0, envelope.length() - ENVELOPE_ENDING.length()) + STATEMENT_ENDING;
    }

    /// The envelope of a statement.
    static String envelope(String statement) {
        return statement.substring(0, statement.length() - STATEMENT_ENDING.length()) + ENVELOPE_ENDING;
    }

    /// A stage record as a statement speaks of it.
    static ResourceDescriptor ofRecord(StageRecord record) {
        return ResourceDescriptor.of(record(record.stage()), Digest.of(CanonicalJson.bytes(record)));
    }
}
