package dev.assay.study.internal.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The jars and folders of a class path, and the versions of the code in them. Each is read once, so what lies
/// in them must not change. Safe for several threads.
public final class ClassPath {
    private static final String ABSENT = "absent";
    private static final String PROGRAM = "dev/assay/";
    private static final List<String> DOORS =
            List.of(PROGRAM + "cli/", PROGRAM + "web/", PROGRAM + "spark/", PROGRAM + "report/");

    private final List<Path> places;

    /// The places of modules by group and artifact, and of all files by name; the first counts, as for Java.
    private final Map<String, Path> modules = new LinkedHashMap<>();

    private final Map<String, Path> files = new LinkedHashMap<>();

    private final Map<Path, String> digests = new ConcurrentHashMap<>();
    private final Map<Path, CodeVersion> versions = new ConcurrentHashMap<>();

    private ClassPath(List<Path> places) {
        this.places = List.copyOf(places);
        for (Path place : places) {
            ModuleList.in(place)
                    .ifPresent(list -> modules.putIfAbsent(list.module().name(), place));
            if (Files.isRegularFile(place)) {
                files.putIfAbsent(nameOf(place), place);
            }
        }
    }

    /// A class path of these places.
    ///
    /// @param places jars and folders; those that do not exist are ignored, as Java ignores them
    /// @throws java.io.UncheckedIOException if one cannot be read
    public static ClassPath of(List<Path> places) {
        return new ClassPath(places);
    }

    /// The class path of the running program.
    static ClassPath ofProgram() {
        return of(Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(place -> !place.isEmpty())
                .map(place -> real(Path.of(place)))
                .toList());
    }

    /// Java says by its real path where it loaded a class from.
    private static Path real(Path place) {
        try {
            return Files.exists(place) ? place.toRealPath() : place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The version of the code that the module in this place can reach; of everything on the class path if the
    /// place has no module list.
    ///
    /// @param place a jar or folder, on the class path or not
    /// @throws java.io.UncheckedIOException if a place cannot be read
    public CodeVersion version(Path place) {
        return versions.computeIfAbsent(
                place,
                start -> ModuleList.in(start)
                        .map(list -> closure(start, list))
                        .orElseGet(() -> everything(Optional.of(start))));
    }

    private CodeVersion closure(Path start, ModuleList list) {
        SortedMap<String, String> parts = parts();
        parts.put(list.module().artifact(), digest(start));
        for (Coordinates each : list.closure()) {
            boolean house = each.group().equals(list.module().group());
            parts.put(house ? each.artifact() : each.toString(), digest(find(each)));
        }
        return new CodeVersion(parts);
    }

    /// Where a module or library lies. If its very version is not there, every other one is meant, since one of
    /// them is what runs.
    private List<Path> find(Coordinates wanted) {
        Path place = modules.get(wanted.name());
        if (place == null) {
            place = files.get(wanted.fileName());
        }
        if (place != null) {
            return List.of(place);
        }
        return files.entrySet().stream()
                .filter(file -> wanted.isNamed(file.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private String digest(List<Path> found) {
        return found.isEmpty()
                ? ABSENT
                : String.join(" ", found.stream().map(this::digest).toList());
    }

    private String digest(Path place) {
        return digests.computeIfAbsent(place, ClassPath::digestOf);
    }

    /// Of a module without what the build adds when it packs the classes.
    private static String digestOf(Path place) {
        SortedMap<String, String> entries = ClassFiles.entries(place);
        if (entries.containsKey(ModuleList.RESOURCE)) {
            entries.keySet()
                    .removeIf(name -> name.equals(ModuleList.RESOURCE)
                            || name.equals("META-INF/MANIFEST.MF")
                            || name.startsWith("META-INF/maven/"));
        }
        return CodeVersion.digest(entries);
    }

    /// The version of everything on the class path but the doors.
    ///
    /// @param also a place to be read as if it stood at the end of the class path
    CodeVersion everything(Optional<Path> also) {
        SortedMap<String, String> parts = parts();
        SortedMap<String, String> program = new TreeMap<>();
        List<Path> all = new ArrayList<>(places);
        also.filter(place -> !places.contains(place)).ifPresent(all::add);
        for (Path place : all) {
            SortedMap<String, String> entries = ClassFiles.entries(place);
            if (entries.keySet().stream().anyMatch(name -> name.startsWith(PROGRAM))) {
                entries.forEach((name, mark) -> {
                    if (name.startsWith(PROGRAM) && DOORS.stream().noneMatch(name::startsWith)) {
                        program.putIfAbsent(name, mark);
                    }
                });
            } else if (!entries.isEmpty()) {
                add(parts, nameOf(place), CodeVersion.digest(entries));
            }
        }
        add(parts, "assay", CodeVersion.digest(program));
        return new CodeVersion(parts);
    }

    /// Several places may have one name.
    private static void add(SortedMap<String, String> parts, String name, String digest) {
        parts.merge(name, digest, (one, other) -> one + " " + other);
    }

    private static SortedMap<String, String> parts() {
        SortedMap<String, String> parts = new TreeMap<>();
        parts.put("java", String.valueOf(Runtime.version().feature()));
        return parts;
    }

    private static String nameOf(Path place) {
        return String.valueOf(place.getFileName());
    }
}
