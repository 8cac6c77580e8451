package dev.assay.study.internal.bind;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// A key or a single value of a YAML text, with where it stands.
///
/// @param value what it says
/// @param start where it begins in the text
/// @param end   where it ends in the text, without the space after it
record YamlScalar(String value, int start, int end) {
    /// All scalars of a text that [YamlReader#read] takes, each once, in order.
    static List<YamlScalar> of(String text) {
        // Where each code point begins, since that is what marks count, and where the text ends.
        int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = text.offsetByCodePoints(offsets[i - 1], 1);
        }
        List<YamlScalar> scalars = new ArrayList<>();
        for (Event event : YamlParser.events(text, "")) {
            if (event instanceof ScalarEvent scalar) {
                int start = offsets[scalar.getStartMark().orElseThrow().getIndex()];
                int end = offsets[scalar.getEndMark().orElseThrow().getIndex()];
                String written = text.substring(start, end);
                scalars.add(new YamlScalar(
                        scalar.getValue(),
                        start,
                        start + written.stripTrailing().length()));
            }
        }
        return scalars;
    }
}
