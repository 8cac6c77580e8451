package dev.assay.distil.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.distil.EndPoint;
import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.study.Permission;
import dev.assay.study.Permissions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that means harm, byte by byte.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CourierTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    private static final String KEY = "sk-0123456789-abcdefghij";

    /// What it does with a connection.
    private interface Harm {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket server;
    private Harm harm = out -> {};

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            request(socket.getInputStream());
                            harm.to(socket.getOutputStream());
                        } catch (IOException | InterruptedException e) {
                            // The other side has gone.
                        }
                    });
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    /// Reads all of a request: what is closed with something unread is reset, and the answer can be lost.
    private static void request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int c;
        while (head.indexOf("\r\n\r\n") < 0 && (c = in.read()) >= 0) {
            head.append((char) c);
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private EndPoint endPoint(Duration answer) {
        return EndPoint.of("http://127.0.0.1:" + server.getLocalPort() + "/v1", "m")
                .withPatience(new EndPoint.Patience(
                        Duration.ofSeconds(5), answer, 0, Duration.ZERO, Duration.ZERO, 100, Duration.ZERO));
    }

    private static Permission permission(EndPoint endPoint) {
        return Permissions.of("test", List.of(), asked -> {}).to(endPoint.destination("tasks"));
    }

    private EndPointFailure failure(EndPoint endPoint, Limits limits, boolean streamed) {
        try (Courier courier =
                Courier.to(endPoint, permission(endPoint), Pacing.REAL, Map.of("ASSAY_KEY_MODEL", KEY)::get, limits)) {
            return catchThrowableOfType(
                    EndPointFailure.class,
                    () -> courier.post(
                            ChatAnswer.PATH,
                            "{}".getBytes(StandardCharsets.UTF_8),
                            streamed,
                            b -> ChatAnswer.read(b, streamed)));
        }
    }

    private static void forEver(OutputStream out, String what) throws IOException, InterruptedException {
        while (true) {
            out.write(what.getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(20);
        }
    }

    private static void say(OutputStream out, String what) throws IOException {
        out.write(what.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Test
    void whatOnlyKeepsTheConnectionBusyIsGivenUp() {
        for (String idle : List.of(": ping\n\n", "data:\n\n", "\n", "event: ping\n")) {
            harm = out -> {
                say(out, OK);
                forEver(out, idle);
            };
            EndPointFailure failure = failure(endPoint(Duration.ofMillis(300)), Limits.STANDARD, true);
            assertThat(failure.kind()).as(idle).isEqualTo(EndPointFailure.Kind.TIMEOUT);
            assertThat(failure.sentence()).isEqualTo("no answer within 0.3 s");
        }
    }

    @Test
    void anAnswerThatNeverEndsHasALimitInAll() {
        harm = out -> {
            say(out, OK);
            forEver(out, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
        };
        Limits second = Limits.STANDARD.with(Limit.ANSWER_SECONDS, 1);
        EndPointFailure failure = failure(endPoint(Duration.ofMinutes(5)), second, true);
        assertThat(failure.sentence())
                .isEqualTo("no whole answer in time; if you trust it, allow more than 1 with --limit answer-seconds=N");
        assertThat(connections).hasValue(1);
    }

    @Test
    void answersHaveAsManyBytesAsAreAllowed() {
        harm = out -> {
            say(out, OK);
            forEver(out, "data: " + "x".repeat(500) + "\n\n");
        };
        Limits small = Limits.STANDARD.with(Limit.ANSWER_BYTES, 1 << 10);
        assertThat(failure(endPoint(Duration.ofMinutes(5)), small, true).kind())
                .isEqualTo(EndPointFailure.Kind.TOO_LARGE);
    }

    @Test
    void headsWithoutEndAreGivenUp() {
        Map<String, String> heads = Map.of(
                "interim answers", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
                "header lines", "X-A: b\r\n",
                "one header", "a");
        heads.forEach((name, piece) -> {
            harm = out -> {
                say(
                        out,
                        name.equals("interim answers")
                                ? ""
                                : "HTTP/1.1 200 OK\r\n" + (name.equals("one header") ? "X: " : ""));
                forEver(out, piece.repeat(1_000));
            };
            EndPointFailure failure = failure(endPoint(Duration.ofSeconds(2)), Limits.STANDARD, false);
            assertThat(failure).as(name).isNotNull();
            assertThat(failure.kind()).as(name).isIn(EndPointFailure.Kind.UNREACHABLE, EndPointFailure.Kind.TIMEOUT);
        });
    }

    @Test
    void anAnswerThatIsPackedIsNone() {
        harm = out ->
                say(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\u0008");
        assertThat(failure(endPoint(Duration.ofSeconds(5)), Limits.STANDARD, false)
                        .kind())
                .isIn(EndPointFailure.Kind.MALFORMED, EndPointFailure.Kind.UNREACHABLE);
    }

    @Test
    void whereAKeyWasSentNothingThatTheServerSaysIsKept() {
        String said = "{\"error\":{\"message\":\"wrong key sk-0123...efghij, it is no key of mine\"}}";
        harm = out -> say(out, "HTTP/1.1 400 Bad\r\nContent-Length: " + said.length() + "\r\n\r\n" + said);
        EndPoint endPoint = endPoint(Duration.ofSeconds(5));
        assertThat(failure(endPoint.withKeyVariable("ASSAY_KEY_MODEL"), Limits.STANDARD, false)
                        .sentence())
                .isEqualTo("the end point answered 400");
        assertThat(failure(endPoint, Limits.STANDARD, false).sentence())
                .isEqualTo("the end point answered 400: wrong key sk-0123...efghij, it is no key of mine");
    }

    @Test
    void aPermissionIsForItsHostAndKeyAlone() {
        EndPoint endPoint = endPoint(Duration.ofSeconds(5));
        EndPoint keyed = endPoint.withKeyVariable("ASSAY_KEY_MODEL");
        EndPoint elsewhere = EndPoint.of("https://models.example.com/v1", "m");
        for (EndPoint other : List.of(keyed, elsewhere)) {
            assertThatThrownBy(() -> Courier.to(other, permission(endPoint)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Permissions.loopback().to(keyed.destination("tasks")))
                .isInstanceOf(Fault.class);
        assertThat(connections).hasValue(0);
    }
}
