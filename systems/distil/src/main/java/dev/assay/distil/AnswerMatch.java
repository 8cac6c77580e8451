package dev.assay.distil;

/// When an answer is right.
public enum AnswerMatch {
    /// It holds the reference, ignoring case and white space, not inside a longer word or number.
    CONTAINS,
    /// Its normal text is the reference's.
    EXACT,
    /// A number is the reference's first number: the first one in the answer's last field `"answer"`, or the
    /// last one of all if there is no such field. `$`, commas and trailing zeros do not count.
    NUMBER
}
