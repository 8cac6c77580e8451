package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserConfigurationTest {
    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        Path file = Files.createDirectories(folder.resolve("assay")).resolve("config.yaml");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(folder.resolve("assay"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void hostsAndLimitsAreRead() throws IOException {
        write("""
                hosts:
                  - host: models.example.com
                    variables: [ASSAY_KEY_MODEL]
                  - { host: 10.0.0.7, port: 8080, plain: true }
                limits: { line-bytes: 1000000 }
                """);
        UserConfiguration read =
                UserConfiguration.of(Map.of("XDG_CONFIG_HOME", folder.toString())::get, Path.of("/nowhere"));
        assertThat(read.hosts())
                .containsExactly(
                        new HostRule(
                                "models.example.com",
                                OptionalInt.empty(),
                                Optional.of(Set.of("ASSAY_KEY_MODEL")),
                                false),
                        new HostRule("10.0.0.7", OptionalInt.of(8080), Optional.of(Set.of()), true));
        assertThat(read.limits()).isEqualTo(Map.of("line-bytes", "1000000"));
    }

    @Test
    void aHomeThatIsNoAbsolutePathHoldsNone() throws IOException {
        Path home = Path.of("target/no-home");
        Path file = Files.createDirectories(home.resolve(".config/assay")).resolve("config.yaml");
        Files.writeString(file, "hosts: [{ host: models.example.com }]\n");
        assertThat(UserConfiguration.of(name -> null, home.toAbsolutePath()).hosts())
                .hasSize(1);
        assertThat(UserConfiguration.of(name -> null, home)).isEqualTo(UserConfiguration.NONE);
    }

    @Test
    void itIsLookedForInTheHomeAloneUnlessAnAbsolutePathIsNamed() throws IOException {
        Path home = Path.of("/home/me");
        assertThat(UserConfiguration.file(name -> null, home)).isEqualTo(home.resolve(".config/assay/config.yaml"));
        assertThat(UserConfiguration.file(Map.of("XDG_CONFIG_HOME", "relative")::get, home))
                .isEqualTo(home.resolve(".config/assay/config.yaml"));
        assertThat(UserConfiguration.of(name -> null, folder)).isEqualTo(UserConfiguration.NONE);
        assertThatThrownBy(() -> UserConfiguration.file(Map.of("ASSAY_CONFIG", "config.yaml")::get, home))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("absolute");
        assertThatThrownBy(() -> UserConfiguration.of(
                        Map.of("ASSAY_CONFIG", folder.resolve("gone.yaml").toString())::get, home))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.MISSING_FILE));
    }

    @Test
    void whatOthersCanWriteIsNotRead() throws IOException {
        Path file = write("hosts: []\n");
        assertThat(UserConfiguration.read(file).hosts()).isEmpty();
        for (String shared : List.of("rw-rw-r--", "rw-r--rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(shared));
            assertThatThrownBy(() -> UserConfiguration.read(file)).as(shared).hasMessageContaining("chmod go-w");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(folder.resolve("assay"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> UserConfiguration.read(file)).hasMessageContaining("the folder of the configuration");
        assertThatThrownBy(() -> UserConfiguration.read(folder.resolve("assay")))
                .hasMessageContaining("regular file");
    }

    @Test
    void whatIsUnknownOrOutOfRangeIsAFaultWithItsLine() throws IOException {
        Map.of(
                        "host:\n  - a\n", "has no key 'host'. Did you mean 'hosts'?",
                        "hosts:\n  - { host: a, plane: true }\n", "Did you mean 'plain'?",
                        "hosts:\n  - { port: 1 }\n", "'host' must be given",
                        "hosts:\n  - { host: a, variables: [HOME] }\n", "ASSAY_KEY_",
                        "hosts:\n  - { host: 127.1 }\n", "four numbers",
                        "hosts:\n  - { host: a, port: 0 }\n", "between 1 and 65535",
                        "limits: { line-byte: 1000000 }\n", "Did you mean 'line-bytes'?",
                        "limits: { line-bytes: 1 }\n", "must lie between",
                        "- a\n", "must be a mapping",
                        "a: [\n", "not YAML")
                .forEach((text, said) -> assertThatThrownBy(() -> UserConfiguration.read(write(text)))
                        .as(text)
                        .isInstanceOfSatisfying(
                                Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_SETTING))
                        .hasMessageContaining("config.yaml")
                        .hasMessageContaining(said));
    }
}
