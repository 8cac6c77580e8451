package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.study.Yaml;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// [Yaml] as what was given for a study, of which everything that is wrong is told together.
final class YamlReader {
    private final Place place;
    private final boolean lines;

    private YamlReader(Place place, boolean lines) {
        this.place = place;
        this.lines = lines;
    }

    /// Reads a file's text. Duplicate keys and tags are noted as problems.
    ///
    /// @return nothing if the text is empty
    /// @throws Fault (STUDY) with its line if the text is not YAML, or is larger than what is allowed
    static @Nullable Given read(String text, String name, Problems problems) {
        return new YamlReader(Place.of(name), true).read(text, problems);
    }

    /// Reads a value of a command line or a default, all of which stands in one place.
    ///
    /// @throws Fault (STUDY) if the text is not YAML
    static @Nullable Given readValue(String text, Place place, Problems problems) {
        return new YamlReader(place, false).read(text, problems);
    }

    private @Nullable Given read(String text, Problems problems) {
        Yaml yaml;
        try {
            yaml = YamlParser.parse(
                    text,
                    place.name(),
                    Limit.SETTINGS_BYTES,
                    Limits.ofProcess(),
                    (line, sentence) -> problems.add(
                            Fault.Kind.STUDY,
                            place(line),
                            lines ? sentence : sentence.replaceFirst(", first in line [0-9]+;", ";")));
        } catch (Fault fault) {
            throw lines
                    ? fault
                    : Fault.of(fault.kind(), fault.sentence())
                            .at(place.toString())
                            .causedBy(fault);
        }
        return yaml == null ? null : given(yaml);
    }

    private Place place(int line) {
        return lines ? new Place(place.name(), line) : place;
    }

    private Given given(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Text text -> new Given.Scalar(text.text(), text.unquoted(), place(text.line()));
            case Yaml.Items items ->
                new Given.Items(items.items().stream().map(this::given).toList(), place(items.line()));
            case Yaml.Entries entries -> {
                Map<String, Given.Entry> given = new LinkedHashMap<>();
                entries.entries()
                        .forEach((key, value) -> given.put(
                                key, new Given.Entry(place(entries.keyLines().getOrDefault(key, 0)), given(value))));
                yield new Given.Entries(given, place(entries.line()));
            }
        };
    }
}
