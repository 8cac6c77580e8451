package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/// Which named tests passed: in-toto's test result, version 0.1.
///
/// @param result        the worst of all tests
/// @param configuration what the tests ran under
/// @param passedTests   names of tests that passed
/// @param warnedTests   names of tests that passed with a warning
/// @param failedTests   names of tests that failed or did not run
public record TestResults(
        Result result,
        List<ResourceDescriptor> configuration,
        List<String> passedTests,
        List<String> warnedTests,
        List<String> failedTests)
        implements Statement.Predicate {
    /// The type of the predicate.
    public static final String TYPE = "https://in-toto.io/attestation/test-result/v0.1";
    /// The test that each stage has: whether it passed at all, with or without warnings.
    public static final String STAGE_VALIDATION = "stage validation";

    /// The worst of a set of tests.
    public enum Result {
        /// All passed.
        @JsonProperty("PASSED")
        PASSED,
        /// All passed, some with a warning.
        @JsonProperty("WARNED")
        WARNED,
        /// At least one failed.
        @JsonProperty("FAILED")
        FAILED
    }

    /// @throws IllegalArgumentException if the result is not the worst of the tests
    public TestResults {
        configuration = Rules.list(configuration, "configuration");
        passedTests = Rules.list(passedTests, "passedTests");
        warnedTests = Rules.list(warnedTests, "warnedTests");
        failedTests = Rules.list(failedTests, "failedTests");
        Rules.require(
                result == worst(warnedTests, failedTests), "result must be the worst of all tests, not " + result);
    }

    /// These tests with the result that follows.
    public static TestResults of(
            List<ResourceDescriptor> configuration, List<String> passed, List<String> warned, List<String> failed) {
        return new TestResults(worst(warned, failed), configuration, passed, warned, failed);
    }

    /// The tests of a stage: its own by name, and [#STAGE_VALIDATION], which fails if the stage did not pass.
    public static TestResults of(StageRecord record) {
        List<String> passed = new ArrayList<>();
        List<String> warned = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        Validation validation = record.validation();
        if (!validation.passed()) {
            failed.add(STAGE_VALIDATION);
        } else if (!validation.warnings().isEmpty()) {
            warned.add(STAGE_VALIDATION);
        } else {
            passed.add(STAGE_VALIDATION);
        }
        for (Validation.Test test : validation.tests()) {
            switch (test.result()) {
                case PASSED -> passed.add(test.name());
                case WARNED -> warned.add(test.name());
                case FAILED -> failed.add(test.name());
            }
        }
        return of(List.of(ResourceDescriptor.of("configuration", record.configDigest())), passed, warned, failed);
    }

    private static Result worst(List<String> warned, List<String> failed) {
        if (!failed.isEmpty()) {
            return Result.FAILED;
        }
        return warned.isEmpty() ? Result.PASSED : Result.WARNED;
    }
}
