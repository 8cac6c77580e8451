package dev.assay.study;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.files.GuardedPath;
import dev.assay.study.internal.bind.ConfigurationReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a user allows every run, in a file of the user's own: hosts to send to, and limits on input. It is
/// never looked for in the folder of a study or in a workspace, which may be somebody else's.
///
/// @param hosts  where runs may send to
/// @param limits values of limits by name, all of them known and in range
public record UserConfiguration(List<HostRule> hosts, Map<String, String> limits) {
    /// Nothing is allowed.
    public static final UserConfiguration NONE = new UserConfiguration(List.of(), Map.of());

    /// The environment variable that names another file.
    public static final String VARIABLE = "ASSAY_CONFIG";

    private static final long LARGEST = 1 << 20;

    /// @throws Fault (BAD_SETTING) if a limit is unknown or out of range
    public UserConfiguration {
        hosts = List.copyOf(hosts);
        limits = Map.copyOf(limits);
        Limits checked = Limits.STANDARD;
        for (Map.Entry<String, String> limit : limits.entrySet()) {
            checked = checked.with(limit.getKey(), limit.getValue());
        }
    }

    /// The file: what `ASSAY_CONFIG` names, else `assay/config.yaml` in `XDG_CONFIG_HOME` or `.config`.
    ///
    /// @param environment the values of environment variables, null for those not set
    /// @param home        the user's home folder
    /// @throws Fault (BAD_SETTING) if `ASSAY_CONFIG` is not absolute
    public static Path file(Function<String, @Nullable String> environment, Path home) {
        String named = environment.apply(VARIABLE);
        if (named != null && !named.isBlank()) {
            Path file = Path.of(named);
            if (!file.isAbsolute()) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        VARIABLE
                                + " must be an absolute path, so that no folder that you work in decides what is read");
            }
            return file;
        }
        String base = environment.apply("XDG_CONFIG_HOME");
        boolean given = base != null && Path.of(base).isAbsolute();
        return (given ? Path.of(base) : home.resolve(".config"))
                .resolve("assay")
                .resolve("config.yaml");
    }

    /// Reads the user's file.
    ///
    /// @param environment as for [#file(Function, Path)]
    /// @return [#NONE] if there is none and none is named, or the home is no absolute path
    /// @throws Fault BAD_SETTING if it is not the user's alone or says something unknown, MISSING_FILE
    ///     if
    ///     the one that is named is not there
    public static UserConfiguration of(Function<String, @Nullable String> environment, Path home) {
        Path file = file(environment, home);
        String named = environment.apply(VARIABLE);
        // Whoever has no home, as some accounts in containers, has no file: the folder at work must not stand in.
        if (!file.isAbsolute()) {
            return NONE;
        }
        if (!Files.exists(file)) {
            if (named != null && !named.isBlank()) {
                throw Fault.of(Fault.Kind.MISSING_FILE, VARIABLE + " names a file that is not there")
                        .at(file.toString());
            }
            return NONE;
        }
        return read(file);
    }

    /// Reads a file.
    ///
    /// @throws Fault as [#of(Function, Path)]
    public static UserConfiguration read(Path file) {
        try {
            check(file);
            String text = Files.readString(file);
            return ConfigurationReader.read(text, file.toString());
        } catch (CharacterCodingException e) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "the configuration is not UTF-8 text")
                    .at(file.toString())
                    .causedBy(e);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the configuration cannot be read")
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    /// Whoever can write the file, or exchange it, decides what leaves this machine.
    private static void check(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isRegularFile(real) || Files.size(real) > LARGEST) {
            throw refused(file, "the configuration must be a regular file of at most 1 MiB");
        }
        checkOwner(file, real, "the configuration");
        Path folder = Optional.ofNullable(real.getParent()).orElse(real);
        checkOwner(file, folder, "the folder of the configuration");
    }

    private static void checkOwner(Path file, Path part, String what) throws IOException {
        if (!Files.getFileStore(part).supportsFileAttributeView("posix")) {
            return;
        }
        PosixFileAttributes attributes = Files.readAttributes(part, PosixFileAttributes.class);
        // Nobody can guard against the administrator.
        if (!GuardedPath.isTrusted(part)) {
            throw refused(file, what + " must belong to you, not to " + GuardedPath.owner(part));
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refused(file, what + " may be written by others: take that away with chmod go-w");
        }
    }

    private static Fault refused(Path file, String sentence) {
        return Fault.of(Fault.Kind.BAD_SETTING, sentence).at(file.toString());
    }
}
