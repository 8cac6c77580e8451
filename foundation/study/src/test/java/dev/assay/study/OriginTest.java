package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginTest {
    @Test
    void anOriginHasOneSpelling() {
        Map.of(
                        "HTTPS://Models.Example.COM/v1/", "https://models.example.com/v1",
                        "http://localhost:80/v1", "http://localhost/v1",
                        "https://localhost:443", "https://localhost",
                        "http://LOCALHOST:11434/v1//", "http://localhost:11434/v1",
                        "http://[::FFFF:10.0.0.1]:8080/v1", "http://10.0.0.1:8080/v1",
                        "http://[0:0:0:0:0:0:0:1]/v1", "http://[::1]/v1",
                        "https://xn--bcher-kva.example/v1", "https://xn--bcher-kva.example/v1",
                        "http://127.0.0.1:1/a%20b", "http://127.0.0.1:1/a%20b")
                .forEach((given, spelled) -> {
                    assertThat(Origin.baseUrl(given)).as(given).isEqualTo(spelled);
                    assertThat(Origin.baseUrl(spelled)).isEqualTo(spelled);
                });
    }

    @Test
    void whatIsShownIsWhereJavaGoes() {
        for (String url :
                List.of("http://LocalHost:8080/v1", "http://[::ffff:10.0.0.1]/v1", "https://a-b.example:8443/v1")) {
            URI uri = URI.create(Origin.baseUrl(url));
            assertThat(uri.getHost()).isEqualTo(Origin.of(url).host());
            assertThat(uri.getUserInfo()).isNull();
        }
    }

    @Test
    void spellingsThatAreReadInDifferentWaysAreRefused() {
        for (String url : List.of(
                "http://127.1/v1",
                "http://0x7f000001/v1",
                "http://0x7f.0.0.1/v1",
                "http://2130706433/v1",
                "http://0177.0.0.1/v1",
                "http://127.0.0.01/v1",
                "http://256.0.0.1/v1",
                "http://1.2.3.4.5/v1",
                "http://0.0.0.0:8080/v1",
                "http://0.1.2.3/v1",
                "http://[::]/v1",
                "http://[::1%25eth0]/v1",
                "http://[::1/v1",
                "http://localhost./v1",
                "http://localhost../v1",
                "http://a..b/v1",
                "http://-a.example/v1",
                "http://a_b.example/v1",
                "http://loc%61lhost/v1",
                "http://localhost\u3002evil.example/v1",
                "http://l\u043ecalhost/v1",
                "http://\u2460\u2461\u2466.0.0.1/v1",
                "http://localhost:/v1",
                "http://localhost:0/v1",
                "http://localhost:65536/v1",
                "http://localhost:8080:9/v1",
                "http://localhost\\@evil.example/v1",
                "http://local host/v1",
                "http://localhost\t/v1",
                "http:///v1",
                "http:localhost/v1",
                "//localhost/v1",
                "ftp://localhost/v1",
                "jdbc:http://localhost",
                "http://localhost/v1?key=secret",
                "http://localhost/v1#secret",
                "http://localhost/%zz",
                "")) {
            assertThatThrownBy(() -> Origin.baseUrl(url))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void usersAndPasswordsAreNeverRepeated() {
        for (String url : List.of(
                "https://me:hunter2@models.example.com/v1",
                "https://hunter2@models.example.com/v1",
                "https://models.example.com:hunter2@evil.example/v1",
                "https://h\u00fcnter2:hunter2@models.example.com/v1",
                "https://models.example.com/v1?key=hunter2",
                "hunter2")) {
            assertThatThrownBy(() -> Origin.baseUrl(url))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void aHostBeyondAsciiIsNamedInAscii() {
        assertThatThrownBy(() -> Origin.of("https://b\u00fccher.example/v1"))
                .hasMessageContaining("in ASCII this host is xn--bcher-kva.example");
    }

    @Test
    void onlyLiteralsOfThisMachineAreThisMachine() {
        for (String here :
                List.of("localhost", "LOCALHOST:8", "127.0.0.1", "127.255.0.9:80", "[::1]", "[::ffff:127.0.0.1]")) {
            assertThat(Origin.of("http://" + here).isLoopback()).as(here).isTrue();
        }
        for (String elsewhere : List.of(
                "localhost.evil.example",
                "evil-localhost",
                "a.localhost",
                "localhost.localdomain",
                "127.0.0.1.nip.example",
                "10.0.0.1",
                "128.0.0.1",
                "[::2]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[::ffff:10.0.0.1]",
                "host.docker.internal")) {
            assertThat(Origin.of("http://" + elsewhere).isLoopback())
                    .as(elsewhere)
                    .isFalse();
        }
        assertThat(Origin.of("http://169.254.169.254").isPrivateAddress()).isTrue();
        assertThat(Origin.of("http://[fd00::1]").isPrivateAddress()).isTrue();
        assertThat(Origin.of("http://[fe80::1]").isPrivateAddress()).isTrue();
        assertThat(Origin.of("http://[2001:db8::1]").isPrivateAddress()).isFalse();
        assertThat(Origin.of("http://11.0.0.1").isPrivateAddress()).isFalse();
    }

    @Test
    void onlyVariablesOfOnePrefixAreEverSent() {
        assertThat(Destination.variable("ASSAY_KEY_MODEL")).isEqualTo("ASSAY_KEY_MODEL");
        for (String other : List.of(
                "HOME",
                "AWS_SECRET_ACCESS_KEY",
                "ASSAY_KEY_",
                "assay_key_x",
                "XASSAY_KEY_A",
                "ASSAY_KEY_A=B",
                "ASSAY_KEY_A\n",
                "sk-hunter2",
                "")) {
            assertThatThrownBy(() -> Destination.variable(other))
                    .as(other)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ASSAY_KEY_")
                    .hasMessageNotContaining("hunter2");
        }
    }
}
