package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// YAML with the line of everything.
///
/// The file may come from anybody: no types are built from tags, and size, depth and aliases are bounded, so
/// that a few lines cannot unfold into gigabytes.
public final class YamlReader {
    /// Largest study file, in characters. A study of a thousand stages is a tenth of that.
    public static final int MAX_CHARACTERS = 1 << 20;
    /// Deepest nesting: stages, stage, setting, group, list is five.
    public static final int MAX_DEPTH = 32;
    /// Most values once aliases are unfolded.
    public static final int MAX_VALUES = 100_000;

    private static final int MAX_ALIASES = 50;
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

    private final String name;
    private final int fixedLine;
    private final Problems problems;
    private int values;

    private YamlReader(String name, int fixedLine, Problems problems) {
        this.name = name;
        this.fixedLine = fixedLine;
        this.problems = problems;
    }

    /// Reads a file's text. Duplicate keys and tags are noted as problems.
    ///
    /// @return nothing if the text is empty
    /// @throws Fault (STUDY) with its line if the text is not YAML, or is larger than what is allowed
    public static @Nullable Given read(String text, String name, Problems problems) {
        return new YamlReader(name, -1, problems).read(text);
    }

    /// Reads a value of a command line or a default, all of which stands in one place.
    ///
    /// @throws Fault (STUDY) if the text is not YAML
    public static @Nullable Given readValue(String text, Place place, Problems problems) {
        return new YamlReader(place.name(), place.line(), problems).read(text);
    }

    private @Nullable Given read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw Fault.of(
                            Fault.Kind.STUDY,
                            "a study file has at most " + MAX_CHARACTERS + " characters, this one has " + text.length()
                                    + "; keep data in files of their own")
                    .at(name);
        }
        try {
            Node root = new Compose(settings(name)).composeString(text).orElse(null);
            return root == null ? null : given(root, 0);
        } catch (MarkedYamlEngineException e) {
            String problem = e.getProblem() == null ? "a value cannot start here" : e.getProblem();
            throw Fault.of(Fault.Kind.STUDY, "this is not YAML: " + problem)
                    .at(place(e.getProblemMark().orElse(null)).toString())
                    .causedBy(e);
        } catch (YamlEngineException e) {
            throw Fault.of(Fault.Kind.STUDY, "this is not YAML: " + e.getMessage())
                    .at(name)
                    .causedBy(e);
        }
    }

    /// How texts are taken apart.
    ///
    /// @param name what problems are said to be in
    static LoadSettings settings(String name) {
        return LoadSettings.builder()
                .setLabel(name)
                .setUseMarks(true)
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
    }

    private Place place(@Nullable Mark mark) {
        return new Place(name, fixedLine >= 0 ? fixedLine : mark == null ? 0 : mark.getLine() + 1);
    }

    private Given given(Node node, int depth) {
        Place place = place(node.getStartMark().orElse(null));
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw Fault.of(
                            Fault.Kind.STUDY,
                            "the file nests too deep or unfolds into too many values; write it out plainly")
                    .at(place.toString());
        }
        if (!PLAIN_TAGS.contains(node.getTag())) {
            problems.add(
                    Fault.Kind.STUDY, place, "the tag '" + node.getTag().getValue() + "' is not allowed; leave it out");
        }
        return switch (node) {
            case ScalarNode scalar ->
                new Given.Scalar(scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, place);
            case SequenceNode sequence -> {
                List<Given> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(given(item, depth + 1));
                }
                yield new Given.Items(items, place);
            }
            case MappingNode mapping -> entries(mapping, place, depth);
            case AnchorNode anchor -> given(anchor.getRealNode(), depth + 1);
            default -> throw new IllegalStateException("an unknown YAML node: " + node.getNodeType());
        };
    }

    private Given entries(MappingNode mapping, Place place, int depth) {
        Map<String, Given.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place keyPlace = place(tuple.getKeyNode().getStartMark().orElse(null));
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(Fault.Kind.STUDY, keyPlace, "a key must be a single word");
                continue;
            }
            Given.Entry old = entries.get(key.getValue());
            if (old != null) {
                problems.add(
                        Fault.Kind.STUDY,
                        keyPlace,
                        "the key '" + key.getValue() + "' stands here twice"
                                + (keyPlace.line() == 0
                                        ? ""
                                        : ", first in line " + old.keyPlace().line())
                                + "; keep one");
                continue;
            }
            entries.put(key.getValue(), new Given.Entry(keyPlace, given(tuple.getValueNode(), depth + 1)));
        }
        return new Given.Entries(entries, place);
    }
}
