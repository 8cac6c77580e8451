package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a stage passed, and by which tests.
///
/// @param passed   whether it did
/// @param errors   why not, a sentence each
/// @param warnings what a reader must know, a sentence each
/// @param tests    every test by its name, those that could not run as failed
public record Validation(boolean passed, List<String> errors, List<String> warnings, List<Test> tests) {

    /// Passed, with nothing to say.
    public static final Validation PASSED = new Validation(true, List.of(), List.of(), List.of());

    /// @throws IllegalArgumentException if it passed with an error or a failed test, or two tests have one name
    public Validation {
        errors = Rules.list(errors, "errors");
        warnings = Rules.list(warnings, "warnings");
        tests = Rules.list(tests, "tests");
        Rules.require(!passed || errors.isEmpty(), "validation cannot pass with an error");
        Set<String> names = new HashSet<>();
        for (Test test : tests) {
            Rules.require(names.add(test.name()), "a test's name must not stand twice: " + test.name());
            Rules.require(
                    !passed || test.result() != Result.FAILED,
                    "validation cannot pass with a failed test: " + test.name());
        }
    }

    /// Not passed, for this reason.
    public static Validation failed(String error) {
        return new Validation(false, List.of(error), List.of(), List.of());
    }

    /// How a test ended.
    public enum Result {
        /// It holds.
        @JsonProperty("passed")
        PASSED,
        /// It holds, but somebody should look.
        @JsonProperty("warned")
        WARNED,
        /// It does not hold, or it did not run.
        @JsonProperty("failed")
        FAILED
    }

    /// A named test.
    ///
    /// @param name   unique in its stage
    /// @param result how it ended
    /// @param detail what was seen
    public record Test(String name, Result result, Optional<String> detail) {
        /// @throws IllegalArgumentException if the name is blank
        public Test {
            Rules.text(name, "name of a test");
            Rules.present(result, "result of a test");
        }

        /// A test with nothing more to say.
        public static Test of(String name, Result result) {
            return new Test(name, result, Optional.empty());
        }

        /// A test that was declared but did not run. That counts as failed: silence is no success.
        public static Test notRun(String name) {
            return new Test(name, Result.FAILED, Optional.of("did not run"));
        }
    }
}
