package dev.assay.study.internal.bind;

import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Removed;
import dev.assay.study.Setting;
import dev.assay.study.SettingType;
import dev.assay.study.Stage;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.ArtefactPart;
import dev.assay.study.StageDescription.InputPart;
import dev.assay.study.StageDescription.RemovedPart;
import dev.assay.study.StageDescription.SettingPart;
import dev.assay.study.StageDescription.Shape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Derives a stage's description from its records. What is wrong here is a defect of the stage, not of
/// a study.
public final class Describer {
    /// Keys of a study file's stage that no component may take.
    private static final String KIND = "kind";

    private Describer() {}

    /// Describes a stage.
    ///
    /// @throws IllegalStateException if a component is marked wrongly, or is of a type that is not allowed
    public static StageDescription describe(Stage<?, ?> stage) {
        List<SettingPart> settings = new ArrayList<>();
        List<InputPart> inputs = new ArrayList<>();
        for (RecordComponent component : stage.input().getRecordComponents()) {
            Input input = component.getAnnotation(Input.class);
            if (input != null) {
                inputs.add(input(component, input));
            } else {
                settings.add(setting(component));
            }
        }
        List<ArtefactPart> artefacts = new ArrayList<>();
        for (RecordComponent component : stage.output().getRecordComponents()) {
            Artefact artefact = component.getAnnotation(Artefact.class);
            if (artefact == null) {
                throw defect(component, "is not marked @Artefact");
            }
            artefacts.add(new ArtefactPart(
                    component.getName(),
                    Names.kebab(component.getName()),
                    artefact.value(),
                    shape(component, component.getGenericType())));
        }
        List<RemovedPart> removed = Arrays.stream(stage.input().getAnnotationsByType(Removed.class))
                .map(r -> new RemovedPart(r.name(), r.says()))
                .toList();
        StageDescription description = new StageDescription(stage, settings, inputs, artefacts, removed);
        Set<String> seen = new HashSet<>(Set.of(KIND));
        for (String key : description.keys()) {
            if (!seen.add(key)) {
                throw new IllegalStateException("stage '" + stage.kind() + "' has the key '" + key + "' twice");
            }
        }
        for (RemovedPart gone : removed) {
            if (!Names.allowed(gone.name()) || !seen.add(gone.name())) {
                throw new IllegalStateException("stage '" + stage.kind() + "' cannot have removed the key '"
                        + gone.name() + "': it is no key's name, is there, or was removed already");
            }
        }
        return description;
    }

    /// Describes a record of settings alone.
    ///
    /// @throws IllegalStateException as [#describe(Stage)]
    public static List<SettingPart> settings(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(Describer::setting).toList();
    }

    private static InputPart input(RecordComponent component, Input input) {
        Type type = component.getGenericType();
        boolean optional = rawIs(type, Optional.class);
        if (optional) {
            type = argument(type, 0);
        }
        boolean labelled = rawIs(type, Map.class);
        if (labelled) {
            type = argument(type, 1);
        }
        if (!input.beside().isEmpty() && !(optional && type instanceof Class<?> c && c.isRecord())) {
            throw defect(component, "must be an optional record to lie beside another input");
        }
        if (input.beside().isEmpty() && !input.artefact().isEmpty()) {
            throw defect(component, "must say beside which input its artefact lies");
        }
        String name = Names.kebab(component.getName());
        return new InputPart(
                component.getName(),
                name,
                input.value(),
                shape(component, type),
                optional,
                labelled,
                input.beside(),
                input.artefact().isEmpty() ? name : input.artefact());
    }

    private static Shape shape(RecordComponent component, Type type) {
        if (type == Frame.class || type == FrameFile.class) {
            return new Shape.Table(type == Frame.class);
        }
        if (type == Path.class) {
            return new Shape.FileOrFolder();
        }
        if (type instanceof Class<?> c && c.isRecord()) {
            return new Shape.Document(c.asSubclass(Record.class));
        }
        throw defect(component, "must be a Frame, a FrameFile, a Path or a record, not " + type.getTypeName());
    }

    private static SettingPart setting(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw defect(component, "is marked neither @Setting nor @Input");
        }
        Type type = component.getGenericType();
        boolean optional = rawIs(type, Optional.class);
        if (optional) {
            type = argument(type, 0);
        }
        SettingPart part = new SettingPart(
                component.getName(),
                Names.kebab(component.getName()),
                setting.value(),
                type(component, type),
                optional,
                setting.defaultsTo().equals(Setting.REQUIRED) ? Optional.empty() : Optional.of(setting.defaultsTo()),
                setting.min(),
                setting.max());
        part.defaultText().ifPresent(text -> checkDefault(component, part, text));
        return part;
    }

    private static void checkDefault(RecordComponent component, SettingPart part, String text) {
        Problems problems = new Problems();
        new SettingBinder(problems).bind(part, new Given.Loose(text, Place.of(part.name())));
        if (!problems.none()) {
            throw defect(component, "has the default '" + text + "', which does not fit its type or range");
        }
    }

    private static SettingType type(RecordComponent component, Type type) {
        if (type == int.class || type == Integer.class) {
            return new SettingType.Whole(Integer.SIZE);
        }
        if (type == long.class || type == Long.class) {
            return new SettingType.Whole(Long.SIZE);
        }
        if (type == double.class || type == Double.class) {
            return new SettingType.Decimal();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new SettingType.Flag();
        }
        if (type == String.class) {
            return new SettingType.Text(form(component));
        }
        if (rawIs(type, List.class)) {
            return new SettingType.Several(type(component, argument(type, 0)));
        }
        if (rawIs(type, Map.class) && argument(type, 0) == String.class && argument(type, 1) == String.class) {
            return new SettingType.Pairs();
        }
        if (type instanceof Class<?> c && c.isEnum()) {
            return choice(c);
        }
        if (type instanceof Class<?> c && c.isRecord()) {
            return new SettingType.Group(c.asSubclass(Record.class), settings(c.asSubclass(Record.class)));
        }
        throw defect(component, "is of type " + type.getTypeName() + ", which a setting cannot have");
    }

    private static Setting.Form form(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        return setting == null ? Setting.Form.ANY : setting.form();
    }

    @SuppressWarnings("unchecked")
    private static SettingType choice(Class<?> type) {
        Class<? extends Enum<?>> choices = (Class<? extends Enum<?>>) type;
        return new SettingType.Choice(
                choices,
                Arrays.stream(choices.getEnumConstants()).map(Names::kebab).toList());
    }

    private static boolean rawIs(Type type, Class<?> raw) {
        return type instanceof ParameterizedType p && p.getRawType() == raw;
    }

    private static Type argument(Type type, int i) {
        return ((ParameterizedType) type).getActualTypeArguments()[i];
    }

    private static IllegalStateException defect(RecordComponent component, String what) {
        return new IllegalStateException("component '" + component.getName() + "' of "
                + component.getDeclaringRecord().getName() + " " + what);
    }
}
