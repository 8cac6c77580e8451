package dev.assay.study.internal.bind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A key or a single value of a YAML text, with where it stands.
///
/// @param value what it says
/// @param start where it begins in the text
/// @param end   where it ends in the text, without the space after it
record YamlScalar(String value, int start, int end) {
    /// All scalars of a text that [YamlReader#read] takes, each once, in order.
    static List<YamlScalar> of(String text) {
        Collector collector = new Collector(text);
        new Compose(YamlReader.settings("")).composeString(text).ifPresent(collector::collect);
        collector.scalars.sort(Comparator.comparingInt(YamlScalar::start));
        return collector.scalars;
    }

    private static final class Collector {
        final List<YamlScalar> scalars = new ArrayList<>();
        private final String text;
        private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        /// Where each code point begins, since that is what marks count, and where the text ends.
        private final int[] offsets;

        Collector(String text) {
            this.text = text;
            int points = text.codePointCount(0, text.length());
            offsets = new int[points + 1];
            for (int i = 0; i < points; i++) {
                offsets[i + 1] = text.offsetByCodePoints(offsets[i], 1);
            }
        }

        void collect(Node node) {
            if (!seen.add(node)) {
                return;
            }
            switch (node) {
                case ScalarNode scalar -> {
                    int start = offset(scalar.getStartMark());
                    String written = text.substring(start, offset(scalar.getEndMark()));
                    scalars.add(new YamlScalar(
                            scalar.getValue(),
                            start,
                            start + written.stripTrailing().length()));
                }
                case SequenceNode sequence -> sequence.getValue().forEach(this::collect);
                case MappingNode mapping ->
                    mapping.getValue().forEach(tuple -> {
                        collect(tuple.getKeyNode());
                        collect(tuple.getValueNode());
                    });
                case AnchorNode anchor -> collect(anchor.getRealNode());
                default -> throw new IllegalStateException("an unknown YAML node: " + node.getNodeType());
            }
        }

        private int offset(Optional<Mark> mark) {
            return offsets[mark.orElseThrow().getIndex()];
        }
    }
}
