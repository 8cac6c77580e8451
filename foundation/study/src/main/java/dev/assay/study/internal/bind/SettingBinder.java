package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.SettingType;
import dev.assay.study.StageDescription.SettingPart;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns what was given for settings into Java values, noting what does not fit.
public final class SettingBinder {
    /// A value in both of its forms.
    ///
    /// @param value what the record's component takes (without its `Optional`)
    /// @param json  the same in JSON's types
    public record Bound(Object value, Object json) {}

    /// The settings of a record in both forms, by name.
    public record BoundSettings(Map<String, Object> values, Map<String, Object> json) {}

    /// Largest whole number that canonical JSON carries as a number (2^53); larger ones are carried as text.
    private static final long EXACT = 1L << 53;

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private final Problems problems;

    public SettingBinder(Problems problems) {
        this.problems = problems;
    }

    /// Binds all settings of a record.
    ///
    /// @param parts   what can be set
    /// @param entries what was given; keys that are no setting are left alone
    /// @param place   where the whole stands, for settings that are missing
    public BoundSettings bindAll(List<SettingPart> parts, Map<String, Given.Entry> entries, Place place) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> json = new LinkedHashMap<>();
        for (SettingPart part : parts) {
            Bound bound = bindOrDefault(part, entries.get(part.name()), place);
            if (bound != null) {
                values.put(part.name(), bound.value());
                json.put(part.name(), bound.json());
            }
        }
        return new BoundSettings(values, json);
    }

    private @Nullable Bound bindOrDefault(SettingPart part, Given.@Nullable Entry entry, Place place) {
        if (entry != null && !entry.value().isNothing()) {
            return bind(part, entry.value());
        }
        if (part.defaultText().isPresent()) {
            return bind(part, new Given.Loose(part.defaultText().get(), place));
        }
        if (part.optional()) {
            return null;
        }
        if (part.type() instanceof SettingType.Group) {
            return bind(part, new Given.Entries(Map.of(), place));
        }
        Place where = entry == null ? place : entry.keyPlace();
        problems.add(Fault.Kind.STUDY, where, "'" + part.name() + "' must be given: " + part.about());
        return null;
    }

    /// Binds one setting; nothing if it does not fit, which has then been noted.
    public @Nullable Bound bind(SettingPart part, Given given) {
        return bind(part, part.name(), part.type(), given);
    }

    private @Nullable Bound bind(SettingPart part, String key, SettingType type, Given given) {
        return switch (type) {
            case SettingType.Whole whole -> whole(part, key, whole, given);
            case SettingType.Decimal decimal -> decimal(part, key, given);
            case SettingType.Flag flag -> flag(key, given);
            case SettingType.Text text -> {
                String words = scalar(given);
                yield words == null ? wrong(key, "a text", given) : text(key, text, words, given);
            }
            case SettingType.Choice choice -> choice(key, choice, given);
            case SettingType.Several several -> several(part, key, several, given);
            case SettingType.Pairs pairs -> pairs(key, given);
            case SettingType.Group group -> group(key, group, given);
        };
    }

    private @Nullable Bound text(String key, SettingType.Text type, String words, Given given) {
        try {
            String checked = type.form().checked(words);
            return new Bound(checked, checked);
        } catch (IllegalArgumentException e) {
            problems.add(Fault.Kind.BAD_SETTING, given.place(), "'" + key + "': " + e.getMessage());
            return null;
        }
    }

    private @Nullable Bound whole(SettingPart part, String key, SettingType.Whole type, Given given) {
        String text = scalar(given);
        if (text == null || !WHOLE.matcher(text).matches()) {
            return wrong(key, "a whole number", given);
        }
        long value;
        try {
            value = type.bits() == Integer.SIZE ? Integer.parseInt(text) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            problems.add(
                    Fault.Kind.BAD_SETTING,
                    given.place(),
                    "'" + key + "' must fit " + type.bits() + " bits, got " + text);
            return null;
        }
        if (!inRange(part, key, value, text, given)) {
            return null;
        }
        Object json = value > EXACT || value < -EXACT ? (Object) Long.toString(value) : (Object) value;
        return new Bound(type.bits() == Integer.SIZE ? (Object) (int) value : (Object) value, json);
    }

    private @Nullable Bound decimal(SettingPart part, String key, Given given) {
        String text = scalar(given);
        if (text == null || !DECIMAL.matcher(text).matches()) {
            return wrong(key, "a finite number", given);
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return wrong(key, "a finite number", given);
        }
        return inRange(part, key, value, text, given) ? new Bound(value, value) : null;
    }

    private boolean inRange(SettingPart part, String key, double value, String text, Given given) {
        if (value >= part.min() && value <= part.max()) {
            return true;
        }
        String range = part.max() == Double.POSITIVE_INFINITY
                ? "at least " + number(part.min())
                : part.min() == Double.NEGATIVE_INFINITY
                        ? "at most " + number(part.max())
                        : "between " + number(part.min()) + " and " + number(part.max());
        problems.add(Fault.Kind.BAD_SETTING, given.place(), "'" + key + "' must be " + range + ", got " + text);
        return false;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private @Nullable Bound flag(String key, Given given) {
        String text = scalar(given);
        if ("true".equals(text)) {
            return new Bound(true, true);
        }
        return "false".equals(text) ? new Bound(false, false) : wrong(key, "true or false", given);
    }

    private @Nullable Bound choice(String key, SettingType.Choice type, Given given) {
        String text = scalar(given);
        if (text == null) {
            return wrong(key, "one of " + String.join(", ", type.names()), given);
        }
        int at = type.names().indexOf(text.toLowerCase(Locale.ROOT).replace('_', '-'));
        if (at < 0) {
            problems.add(
                    Fault.Kind.STUDY,
                    given.place(),
                    "'" + key + "' must be one of " + String.join(", ", type.names()) + ", got '" + text + "'."
                            + Nearest.clause(text, type.names()));
            return null;
        }
        return new Bound(type.type().getEnumConstants()[at], type.names().get(at));
    }

    private @Nullable Bound several(SettingPart part, String key, SettingType.Several type, Given given) {
        Given list = structure(given, '[');
        if (list instanceof Given.Loose(String text, Place place)) {
            list = new Given.Items(
                    text.isBlank()
                            ? List.of()
                            : Arrays.stream(text.split(",", -1))
                                    .map(item -> (Given) new Given.Loose(item.strip(), place))
                                    .toList(),
                    place);
        }
        if (!(list instanceof Given.Items items)) {
            return wrong(key, "a list", given);
        }
        List<Object> values = new ArrayList<>();
        List<Object> json = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            Bound bound = bind(
                    part, key + "[" + (i + 1) + "]", type.item(), items.items().get(i));
            if (bound != null) {
                values.add(bound.value());
                json.add(bound.json());
            }
        }
        return values.size() < items.items().size() ? null : new Bound(List.copyOf(values), List.copyOf(json));
    }

    private @Nullable Bound pairs(String key, Given given) {
        Map<String, Given.Entry> entries = labelled(key, given);
        if (entries == null) {
            return wrong(key, "a mapping from names to texts", given);
        }
        Map<String, Object> texts = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            String text = scalar(entry.value());
            if (text == null) {
                wrong(key + "." + name, "a text", entry.value());
            } else {
                texts.put(name, text);
            }
        });
        Map<String, Object> kept = Collections.unmodifiableMap(texts);
        return texts.size() < entries.size() ? null : new Bound(kept, kept);
    }

    private @Nullable Bound group(String key, SettingType.Group type, Given given) {
        if (!(structure(given, '{') instanceof Given.Entries entries)) {
            return wrong(key, "a mapping", given);
        }
        int before = problems.size();
        List<String> names = type.parts().stream().map(SettingPart::name).toList();
        entries.entries().forEach((name, entry) -> {
            if (!names.contains(name)) {
                problems.add(
                        Fault.Kind.STUDY,
                        entry.keyPlace(),
                        "'" + key + "' has no key '" + name + "'." + Nearest.clause(name, names));
            }
        });
        BoundSettings bound = bindAll(type.parts(), entries.entries(), entries.place());
        if (problems.size() > before) {
            return null;
        }
        Map<String, Object> byComponent = new LinkedHashMap<>();
        for (SettingPart part : type.parts()) {
            byComponent.put(part.component(), component(part, bound.values()));
        }
        try {
            return new Bound(construct(type.type(), byComponent), Collections.unmodifiableMap(bound.json()));
        } catch (Fault fault) {
            problems.add(fault.kind(), given.place(), "'" + key + "': " + fault.getMessage());
        } catch (IllegalArgumentException e) {
            problems.add(Fault.Kind.BAD_SETTING, given.place(), "'" + key + "': " + e.getMessage());
        }
        return null;
    }

    /// What the record's component takes for a setting, wrapped if it is optional.
    public static Object component(SettingPart part, Map<String, Object> values) {
        Object value = values.get(part.name());
        if (part.optional()) {
            return Optional.ofNullable(value);
        }
        if (value == null) {
            throw new IllegalStateException("setting '" + part.name() + "' was not bound");
        }
        return value;
    }

    /// Builds a record from its components' values by name. What its constructor throws is thrown as it is.
    public static <R extends Record> R construct(Class<R> type, Map<String, Object> byComponent) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(components)
                    .map(c -> byComponent.get(c.getName()))
                    .toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record " + type.getName() + " cannot be built", e);
        }
    }

    /// The entries of a mapping in a file, or of `a=x,b=y` or `{a: x}` on a command line; null if it is neither.
    /// A name that is given twice on a command line is noted as a problem, and its first value kept.
    @Nullable
    Map<String, Given.Entry> labelled(String key, Given given) {
        Given mapping = structure(given, '{');
        if (mapping instanceof Given.Entries(Map<String, Given.Entry> written, Place place)) {
            return written;
        }
        Map<String, Given.Entry> entries = new LinkedHashMap<>();
        if (!(mapping instanceof Given.Loose(String text, Place place))) {
            return null;
        }
        if (text.isBlank()) {
            return entries;
        }
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                return null;
            }
            String name = pair.substring(0, equals).strip();
            Given value = new Given.Loose(pair.substring(equals + 1).strip(), place);
            if (entries.putIfAbsent(name, new Given.Entry(place, value)) != null) {
                problems.add(Fault.Kind.STUDY, place, "'" + key + "' is given '" + name + "' twice; keep one");
            }
        }
        return entries;
    }

    /// What was given, read as YAML if it is text of a command line that begins so.
    Given structure(Given given, char opening) {
        if (given instanceof Given.Loose(String text, Place place)
                && text.strip().startsWith(String.valueOf(opening))) {
            Given read = YamlReader.readValue(text, place, problems);
            return read == null ? given : read;
        }
        return given;
    }

    static @Nullable String scalar(Given given) {
        return switch (given) {
            case Given.Scalar s -> s.isNothing() ? null : s.text();
            case Given.Loose l -> l.text();
            case Given.Items i -> null;
            case Given.Entries e -> null;
        };
    }

    private @Nullable Bound wrong(String key, String expected, Given given) {
        problems.add(Fault.Kind.STUDY, given.place(), "'" + key + "' must be " + expected + ", got " + given.shown());
        return null;
    }
}
