package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.study.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Builds [Yaml] from the events of a parser. What aliases name is shared, and counted as often as it would stand
/// there if it were written out.
public final class YamlParser {
    private static final String TAGS = "tag:yaml.org,2002:";
    private static final Set<String> PLAIN_TAGS = Set.of(
            "!", TAGS + "str", TAGS + "int", TAGS + "float", TAGS + "bool", TAGS + "null", TAGS + "map", TAGS + "seq");

    /// A value counts as this many characters more than it has.
    private static final int WEIGHT = 16;

    private static final int LEAST_BUFFER = 1024;

    /// What is told of things that could be passed over.
    @FunctionalInterface
    public interface Complaints {
        void add(int line, String sentence);
    }

    /// A value, what it weighs and how many levels it has.
    private record Built(Yaml yaml, long weight, int height) {}

    private final String name;
    private final Limit size;
    private final Limits limits;
    private final Complaints complaints;
    private final Iterator<Event> events;
    private final Map<Anchor, Optional<Built>> anchors = new HashMap<>();
    private long unfolded;

    private YamlParser(String text, String name, Limit size, Limits limits, Complaints complaints) {
        this.name = name;
        this.size = size;
        this.limits = limits;
        this.complaints = complaints;
        this.events = events(text, name).iterator();
    }

    /// The events of a text.
    static Iterable<Event> events(String text, String name) {
        return new Parse(LoadSettings.builder()
                        .setLabel(name)
                        .setUseMarks(true)
                        // A piece at a time, a long value would be copied once for each piece.
                        .setBufferSize(Math.max(LEAST_BUFFER, text.length()))
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .build())
                .parseString(text);
    }

    /// @param size       which limit bounds the text, and what its aliases unfold into
    /// @param complaints told of duplicate keys, of keys that are no texts, and of tags
    /// @return null if nothing stands there
    /// @throws Fault (STUDY) with the line if it is not YAML, or beyond a limit
    public static @Nullable Yaml parse(String text, String name, Limit size, Limits limits, Complaints complaints) {
        if (text.length() > limits.of(size)) {
            throw tooLarge(limits, size, "the text has more than").at(name);
        }
        try {
            return new YamlParser(text, name, size, limits, complaints).document();
        } catch (MarkedYamlEngineException e) {
            String problem = e.getProblem() == null ? "a value cannot start here" : e.getProblem();
            throw notYaml(
                            problem,
                            name,
                            e.getProblemMark().map(YamlParser::line).orElse(0))
                    .causedBy(e);
        } catch (YamlEngineException e) {
            throw unreadable(text, name).causedBy(e);
        }
    }

    /// What to say of something with more bytes than a limit allows.
    static Fault tooLarge(Limits limits, Limit size, String what) {
        return limits.exceeded(Fault.Kind.STUDY, size, what + " " + limits.of(size) + " bytes");
    }

    private static Fault notYaml(String problem, String name, int line) {
        return Fault.of(Fault.Kind.STUDY, "this is not YAML: " + problem).at(line == 0 ? name : name + ":" + line);
    }

    /// The engine says nothing of lines where a character is not allowed at all.
    private static Fault unreadable(String text, String name) {
        int line = 1;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (!StreamReader.isPrintable(c)) {
                return notYaml("the character U+%04X is not allowed".formatted(c), name, line);
            }
            line += c == '\n' ? 1 : 0;
            at += Character.charCount(c);
        }
        return notYaml("it cannot be read", name, 0);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    private static int line(Event event) {
        return event.getStartMark().map(YamlParser::line).orElse(0);
    }

    private @Nullable Yaml document() {
        events.next();
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            return null;
        }
        Yaml root = built(events.next(), 0).yaml();
        events.next();
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            throw notYaml("a second document begins here; keep one", name, line(next));
        }
        return root;
    }

    private Built built(Event event, int depth) {
        if (depth > limits.of(Limit.DEPTH)) {
            throw tooDeep(event);
        }
        if (event instanceof AliasEvent alias) {
            return named(alias, depth);
        }
        NodeEvent node = (NodeEvent) event;
        node.getAnchor().ifPresent(anchor -> anchors.put(anchor, Optional.empty()));
        Built built = switch (node) {
            case ScalarEvent scalar -> text(scalar);
            case MappingStartEvent mapping -> entries(mapping, depth);
            default -> items(node, depth);
        };
        node.getAnchor().ifPresent(anchor -> anchors.put(anchor, Optional.of(built)));
        return built;
    }

    private Fault tooDeep(Event event) {
        return limits.exceeded(
                        Fault.Kind.STUDY,
                        Limit.DEPTH,
                        "values stand within each other more than " + limits.of(Limit.DEPTH) + " levels deep")
                .at(name + ":" + line(event));
    }

    private Built named(AliasEvent alias, int depth) {
        Optional<Built> named = anchors.get(alias.getAlias());
        if (named == null) {
            throw notYaml("an alias names nothing that stands before it", name, line(alias));
        }
        Built built = named.orElseThrow(
                () -> notYaml("an alias stands inside what it names; write it out plainly", name, line(alias)));
        unfolded += built.weight();
        if (unfolded > limits.of(size)) {
            throw tooLarge(limits, size, "aliases unfold into more than").at(name + ":" + line(alias));
        }
        if (depth + built.height() > limits.of(Limit.DEPTH)) {
            throw tooDeep(alias);
        }
        return built;
    }

    private Built text(ScalarEvent scalar) {
        tag(scalar.getTag(), scalar);
        String text = scalar.getValue();
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return new Built(new Yaml.Text(text, plain, name, line(scalar)), WEIGHT + text.length(), 0);
    }

    private Built items(NodeEvent start, int depth) {
        tag(((CollectionStartEvent) start).getTag(), start);
        List<Yaml> items = new ArrayList<>();
        long weight = WEIGHT;
        int height = 0;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            Built item = built(event, depth + 1);
            items.add(item.yaml());
            weight += item.weight();
            height = Math.max(height, item.height());
        }
        return new Built(new Yaml.Items(items, name, line(start)), weight, height + 1);
    }

    private Built entries(MappingStartEvent start, int depth) {
        tag(start.getTag(), start);
        Map<String, Yaml> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        long weight = WEIGHT;
        int height = 0;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            int line = line(event);
            Built key = built(event, depth + 1);
            Built value = built(events.next(), depth + 1);
            weight += key.weight() + value.weight();
            height = Math.max(height, value.height());
            if (!(key.yaml() instanceof Yaml.Text text)) {
                complaints.add(line, "a key must be a single word");
            } else if (entries.putIfAbsent(text.text(), value.yaml()) != null) {
                Integer before = lines.get(text.text());
                complaints.add(
                        line,
                        "the key '" + text.text() + "' stands here twice"
                                + (before == null ? "" : ", first in line " + before) + "; keep one");
            } else {
                lines.put(text.text(), line);
            }
        }
        return new Built(new Yaml.Entries(entries, lines, name, line(start)), weight, height + 1);
    }

    private void tag(Optional<String> tag, Event event) {
        tag.filter(t -> !PLAIN_TAGS.contains(t))
                .ifPresent(t -> complaints.add(line(event), "the tag '" + t + "' is not allowed; leave it out"));
    }
}
