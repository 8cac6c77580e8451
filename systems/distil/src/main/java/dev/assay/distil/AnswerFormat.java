package dev.assay.distil;

/// A form that an answer has to have.
public sealed interface AnswerFormat {
    /// The whole answer is one JSON value.
    record Json() implements AnswerFormat {}

    /// The answer holds a block between lines of three backticks.
    record FencedBlock() implements AnswerFormat {}

    /// The pattern is found somewhere in the answer.
    record Matching(LinearPattern pattern) implements AnswerFormat {}
}
