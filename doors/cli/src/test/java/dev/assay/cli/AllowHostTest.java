package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A study of somebody else's that would send data and a key to a host of its own, as a shell sees it. The
/// name of that host leads to this machine, for the process under test alone.
class AllowHostTest {
    private static final String HOST = "models.example.com";
    private static final String SECRET = "sk-0123456789-abcdefghij";

    @TempDir
    Path folder;

    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> answer(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + HOST + "\n");
        Files.writeString(folder.resolve("tasks.jsonl"), "{\"task_id\":\"t\",\"task\":\"Say something private\"}\n");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void answer(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder head = new StringBuilder();
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            char[] body = new char[length];
            for (int at = 0, n; at < length && (n = in.read(body, at, length - at)) > 0; ) {
                at += n;
            }
            requests.add(head + new String(body));
            String content = "{\"choices\":[{\"message\":{\"content\":\"Your key is " + SECRET + ".\"}}]}";
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + content.length() + "\r\n\r\n"
                                    + content)
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private String origin() {
        return "http://" + HOST + ":" + server.getLocalPort();
    }

    private void study(String variable) throws IOException {
        Files.writeString(folder.resolve("study.yaml"), """
                study: theirs
                seed: 1
                stages:
                  ask: { kind: distil.replay, tasks: tasks.jsonl, arm: no-retrieval, base-url: "%s/v1", model: m, key-variable: %s, recorded-at: "2026-01-01T00:00:00Z", retries: 0 }
                """.formatted(origin(), variable));
    }

    private Assay.Outcome run(String... more) throws Exception {
        Map<String, String> environment = Map.of(
                "ASSAY_KEY_MODEL",
                SECRET,
                "AWS_SECRET_ACCESS_KEY",
                SECRET,
                "XDG_CONFIG_HOME",
                folder.resolve("config").toString(),
                "JAVA_TOOL_OPTIONS",
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"));
        return Assay.run(folder, environment, arguments(List.of("run", "study.yaml"), more));
    }

    private Assay.Outcome here(String... more) {
        return Assay.here(arguments(
                List.of(
                        "run",
                        folder.resolve("study.yaml").toString(),
                        "--workspace",
                        folder.resolve("work").toString()),
                more));
    }

    private static String[] arguments(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void withoutConsentNotOneConnectionIsMadeAndWithItTheStudyRuns() throws Exception {
        study("ASSAY_KEY_MODEL");
        Assay.Outcome dry = here("--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("host " + HOST + " (" + origin() + ", not encrypted): stage 'ask' sends every task")
                .contains("tasks: tasks.jsonl", "ASSAY_KEY_MODEL");

        Assay.Outcome refused = run();
        assertThat(refused.code()).isEqualTo(Fault.Kind.CONSENT.exitCode());
        assertThat(refused.complaints())
                .singleElement()
                .asString()
                .contains("to " + origin() + ", with the key in ASSAY_KEY_MODEL: nothing was sent")
                .contains("--allow-host " + origin() + "=ASSAY_KEY_MODEL");
        for (String less : List.of(HOST, HOST + "=ASSAY_KEY_MODEL", origin(), "http://other.example.com")) {
            assertThat(here("--allow-host", less).code()).as(less).isEqualTo(Fault.Kind.CONSENT.exitCode());
        }
        assertThat(connections).hasValue(0);

        Assay.Outcome allowed = run("--allow-host", origin() + "=ASSAY_KEY_MODEL");
        assertThat(allowed.code()).as(allowed.err()).isZero();
        assertThat(requests).anyMatch(r -> r.contains("Say something private"));
        assertThat(requests).allMatch(r -> r.contains("Authorization: Bearer " + SECRET));
        try (Stream<Path> files = Files.walk(folder.resolve("assay-work"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("0123456789-abcdefghij");
            }
        }
    }

    @Test
    void theUsersOwnConfigurationMaySayItAndNoFileBesideTheStudy() throws Exception {
        study("ASSAY_KEY_MODEL");
        String allowing = "hosts:\n  - { host: " + HOST + ", plain: true, variables: [ASSAY_KEY_MODEL] }\n";
        Files.createDirectories(folder.resolve("assay"));
        for (String beside : List.of("config.yaml", "assay/config.yaml", "assay.yaml")) {
            Files.writeString(folder.resolve(beside), allowing);
        }
        assertThat(run().code()).isEqualTo(Fault.Kind.CONSENT.exitCode());
        assertThat(connections).hasValue(0);
        Path own = Files.createDirectories(folder.resolve("config/assay")).resolve("config.yaml");
        Files.writeString(own, allowing);
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(own.getParent(), PosixFilePermissions.fromString("rwx------"));
        Assay.Outcome allowed = run();
        assertThat(allowed.code()).as(allowed.err()).isZero();
    }

    @Test
    void noFlagLetsAStudyReadVariablesOfOtherPrograms() throws Exception {
        for (String variable : List.of("HOME", "AWS_SECRET_ACCESS_KEY")) {
            study(variable);
            Assay.Outcome refused = here("--allow-host", origin());
            assertThat(refused.code()).isEqualTo(Fault.Kind.BAD_SETTING.exitCode());
            assertThat(refused.complaints()).singleElement().asString().contains("begin with ASSAY_KEY_");
        }
        Assay.Outcome flag = Assay.here("run", "study.yaml", "--allow-host", origin() + "=HOME");
        assertThat(flag.code()).isNotZero();
        assertThat(connections).hasValue(0);
    }

    @Test
    void limitsAreSetForOneCommand() {
        Path csv = folder.resolve("tasks.jsonl");
        assertThat(Assay.here("stages", "--limit", "line-bytes=2048").code()).isZero();
        assertThat(System.getProperty("assay.limit.line-bytes")).isNull();
        Assay.Outcome unknown = Assay.here("stages", "--limit", "line-byte=2048");
        assertThat(unknown.code()).isEqualTo(Fault.Kind.BAD_SETTING.exitCode());
        assertThat(unknown.err()).contains("Did you mean 'line-bytes'?");
        assertThat(Assay.here("microdata", "read", "--limit", "line-bytes=1", "--file", csv.toString())
                        .err())
                .contains("must lie between");
        assertThat(Assay.here("--limit", "line-bytes", "stages").code()).isEqualTo(Fault.Kind.USAGE.exitCode());
    }
}
