package dev.assay.distil;

import java.util.Optional;

/// What an answer has to have to pass.
///
/// @param leastCodePoints  shorter answers fail, 0 for any length
/// @param hedges           whether answers that excuse themselves fail
/// @param validation       whether an answer that shares no word with the validation steps fails
/// @param leastGrounded    answers of whose claims a smaller part is found in task or retrieved texts fail, in
///                         [0, 1]
/// @param format           the form that answers must have, if any
/// @param finished whether answers fail of which the end point says that they did not come to their end
public record GateSettings(
        int leastCodePoints,
        boolean hedges,
        boolean validation,
        double leastGrounded,
        Optional<AnswerFormat> format,
        boolean finished) {
    /// Code points of the shortest answer.
    public static final int DEFAULT_LEAST_CODE_POINTS = 80;

    /// The least grounded part.
    public static final double DEFAULT_LEAST_GROUNDED = 0.8;

    /// All checks, no format.
    public static final GateSettings DEFAULT =
            new GateSettings(DEFAULT_LEAST_CODE_POINTS, true, true, DEFAULT_LEAST_GROUNDED, Optional.empty(), true);

    /// @throws IllegalArgumentException if a number is out of range
    public GateSettings {
        if (leastCodePoints < 0 || !(leastGrounded >= 0 && leastGrounded <= 1)) {
            throw new IllegalArgumentException(
                    "the shortest answer must be 0 or more code points, the least grounded part between 0 and 1");
        }
    }

    /// The same with another shortest answer.
    public GateSettings withLeastCodePoints(int codePoints) {
        return new GateSettings(codePoints, hedges, validation, leastGrounded, format, finished);
    }

    /// The same with a format.
    public GateSettings withFormat(AnswerFormat newFormat) {
        return new GateSettings(leastCodePoints, hedges, validation, leastGrounded, Optional.of(newFormat), finished);
    }
}
