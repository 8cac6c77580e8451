package dev.assay.frame;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of a frame, in order.
public record Schema(List<Field> fields) {
    /// @throws IllegalArgumentException if two fields have the same name
    public Schema {
        fields = List.copyOf(fields);
        Map<String, Integer> seen = new HashMap<>();
        for (Field f : fields) {
            if (seen.put(f.name(), seen.size()) != null) {
                throw new IllegalArgumentException("two columns are named '" + f.name() + "'");
            }
        }
    }

    /// Whether there is a column of this name.
    public boolean has(String name) {
        return fields.stream().anyMatch(f -> f.name().equals(name));
    }

    /// The position of the column of this name.
    ///
    /// @throws Fault (BAD_DATA) if there is none, with the nearest name
    public int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        throw Fault.of(
                Fault.Kind.BAD_DATA,
                "there is no column '" + name + "'." + Nearest.clause(name, names()) + " The columns are "
                        + String.join(", ", names()) + ".");
    }

    /// The names, in order.
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }
}
