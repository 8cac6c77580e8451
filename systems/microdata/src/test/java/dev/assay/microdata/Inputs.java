package dev.assay.microdata;

import dev.assay.study.Setting;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Input records of stages made from what a test cares about; the rest has its declared defaults.
final class Inputs {
    private Inputs() {}

    /// @param given values by component; optional components may be given bare
    static <T extends Record> T of(Class<T> type, Map<String, ?> given) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        Set<String> left = new HashSet<>(given.keySet());
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            types[i] = components[i].getType();
            left.remove(name);
            Object value = given.get(name);
            values[i] = value == null
                    ? standard(components[i])
                    : types[i] == Optional.class && !(value instanceof Optional) ? Optional.of(value) : value;
        }
        if (!left.isEmpty()) {
            throw new AssertionError(type + " has no " + left);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object standard(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == Optional.class) {
            return Optional.empty();
        }
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null || setting.defaultsTo().equals(Setting.REQUIRED)) {
            throw new AssertionError("'" + component.getName() + "' is needed");
        }
        String text = setting.defaultsTo();
        if (type == List.class) {
            if (!text.equals("[]")) {
                throw new AssertionError("give '" + component.getName() + "'");
            }
            return List.of();
        }
        if (type == Map.class && text.equals("{}")) {
            return Map.of();
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (constant.toString().equalsIgnoreCase(text.replace('-', '_'))) {
                    return constant;
                }
            }
        }
        return switch (type.getName().toLowerCase(Locale.ROOT)) {
            case "int" -> (Object) (int) Double.parseDouble(text);
            case "long" -> (long) Double.parseDouble(text);
            case "double" -> Double.parseDouble(text);
            case "boolean" -> Boolean.parseBoolean(text);
            case "java.lang.string" -> text;
            default -> throw new AssertionError("no default of type " + type);
        };
    }
}
