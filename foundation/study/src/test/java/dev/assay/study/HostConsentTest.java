package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostConsentTest {
    private static final String KEY = "ASSAY_KEY_MODEL";

    private static Consent.Request request(String url, String... variable) {
        return new Consent.Request(
                "ask",
                List.of("tasks: tasks.jsonl"),
                new Destination(Origin.of(url), "the tasks", Stream.of(variable).findFirst()));
    }

    private static HostConsent flags(String... rules) {
        return HostConsent.of(Stream.of(rules).map(HostRule::parse).toList(), List.of(), HostConsent.Person.NOBODY);
    }

    private static boolean allowed(Consent consent, Consent.Request request) {
        try {
            consent.ask(List.of(request));
            return true;
        } catch (Fault fault) {
            assertThat(fault.kind()).isEqualTo(Fault.Kind.CONSENT);
            return false;
        }
    }

    @Test
    void withoutARuleTheFlagToGiveIsSaid() {
        assertThatThrownBy(() -> flags().ask(List.of(request("https://models.example.com/v1", KEY))))
                .isInstanceOf(Fault.class)
                .hasMessage(
                        "stage 'ask' would send the tasks to https://models.example.com, with the key in ASSAY_KEY_MODEL: "
                                + "nothing was sent; allow it with --allow-host models.example.com=ASSAY_KEY_MODEL");
    }

    @Test
    void theFlagThatIsSaidAllowsJustThat() {
        for (Consent.Request request : List.of(
                request("https://models.example.com/v1"),
                request("https://models.example.com:8443/v1", KEY),
                request("http://models.example.com:8080/v1"),
                request("http://models.example.com/v1", KEY),
                request("http://127.0.0.1:8080/v1", KEY),
                request("https://[2001:db8::1]:8443/v1", KEY))) {
            String flag = HostRule.flag(request.destination()).replace("--allow-host ", "");
            assertThat(allowed(flags(), request)).isFalse();
            assertThat(allowed(flags(flag), request)).as(flag).isTrue();
            assertThat(allowed(flags(flag), request("https://other.example.com/v1")))
                    .isFalse();
        }
    }

    @Test
    void aRuleIsForItsHostPortAndVariable() {
        assertThat(allowed(flags("models.example.com"), request("https://models.example.com/v1")))
                .isTrue();
        assertThat(allowed(flags("models.example.com"), request("https://models.example.com/v1", KEY)))
                .isTrue();
        assertThat(allowed(flags("models.example.com"), request("https://models.example.com:444/v1")))
                .isTrue();
        assertThat(allowed(flags("Models.Example.COM:443"), request("https://models.example.com/v1")))
                .isTrue();
        assertThat(allowed(flags("models.example.com:443"), request("https://models.example.com:444/v1")))
                .isFalse();
        assertThat(allowed(flags("example.com"), request("https://models.example.com/v1")))
                .isFalse();
        assertThat(allowed(flags("models.example.com.evil.example"), request("https://models.example.com/v1")))
                .isFalse();
        assertThat(allowed(flags("models.example.com=ASSAY_KEY_OTHER"), request("https://models.example.com/v1", KEY)))
                .isFalse();
        assertThat(allowed(flags("models.example.com=" + KEY), request("https://models.example.com/v1")))
                .isTrue();
    }

    @Test
    void withoutEncryptionItMustBeSaidAndTheKeyToo() {
        Consent.Request content = request("http://models.example.com:8080/v1");
        Consent.Request key = request("http://models.example.com:8080/v1", KEY);
        assertThat(allowed(flags("models.example.com", "models.example.com:8080"), content))
                .isFalse();
        assertThat(allowed(flags("http://models.example.com:8080"), content)).isTrue();
        assertThat(allowed(flags("http://models.example.com:8080"), key)).isFalse();
        assertThat(allowed(flags("models.example.com:8080=" + KEY), key)).isFalse();
        assertThat(allowed(flags("http://models.example.com:8080=" + KEY), key)).isTrue();
    }

    @Test
    void aKeyThatIsBoundToAHostGoesToNoOtherUnlessThatIsSaid() {
        HostRule bound = new HostRule("mine.example.com", OptionalInt.empty(), Optional.of(Set.of(KEY)), false);
        Consent.Request other = request("https://models.example.com/v1", KEY);
        Consent one = HostConsent.of(
                List.of(HostRule.parse("models.example.com")), List.of(bound), HostConsent.Person.NOBODY);
        assertThatThrownBy(() -> one.ask(List.of(other)))
                .hasMessageContaining(
                        "your configuration keeps the key for other hosts; allow it with --allow-host models.example.com=ASSAY_KEY_MODEL");
        assertThat(allowed(one, request("https://mine.example.com/v1", KEY))).isTrue();
        assertThat(allowed(
                        HostConsent.of(
                                List.of(HostRule.parse("models.example.com=" + KEY)),
                                List.of(bound),
                                HostConsent.Person.NOBODY),
                        other))
                .isTrue();
    }

    @Test
    void aPersonIsAskedOnlyWhatAPersonMayAllow() {
        List<Consent.Request> asked = new ArrayList<>();
        HostConsent.Person yes = person(asked, true);
        Consent consent = HostConsent.of(List.of(HostRule.parse("given.example.com")), List.of(), yes);
        assertThat(allowed(consent, request("https://given.example.com/v1"))).isTrue();
        assertThat(allowed(consent, request("http://models.example.com/v1"))).isFalse();
        assertThat(asked).isEmpty();
        assertThat(allowed(consent, request("https://models.example.com/v1", KEY)))
                .isTrue();
        assertThat(asked).containsExactly(request("https://models.example.com/v1", KEY));
        assertThat(allowed(
                        HostConsent.of(List.of(), List.of(), person(asked, false)),
                        request("https://models.example.com/v1")))
                .isFalse();
    }

    private static HostConsent.Person person(List<Consent.Request> asked, boolean answer) {
        return new HostConsent.Person() {
            @Override
            public boolean isThere() {
                return true;
            }

            @Override
            public boolean agrees(List<Consent.Request> requests) {
                asked.addAll(requests);
                return answer;
            }
        };
    }

    @Test
    void whatIsNoHostIsRefused() {
        for (String bad : List.of(
                "",
                "a b",
                "models.example.com/v1",
                "https://",
                "user@host",
                "127.1",
                "*",
                "*.example.com",
                "models.example.com=HOME",
                "models.example.com=",
                "ftp://host",
                "=ASSAY_KEY_A")) {
            assertThatThrownBy(() -> HostRule.parse(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.USAGE));
        }
    }

    @Test
    void aProgramsOwnPermissionsCoverWhatItNames() {
        Destination named = request("https://models.example.com/v1", KEY).destination();
        Permissions only = Permissions.only(List.of(named));
        assertThat(only.to(named).covers(named.origin(), Optional.of(KEY))).isTrue();
        assertThat(only.to(named).covers(named.origin(), Optional.empty())).isFalse();
        assertThatThrownBy(() -> only.to(request("https://other.example.com/v1").destination()))
                .isInstanceOf(Fault.class);
        assertThatThrownBy(() -> Permissions.loopback()
                        .to(request("http://127.0.0.1/v1", KEY).destination()))
                .isInstanceOf(Fault.class);
        assertThatCode(() ->
                        Permissions.loopback().to(request("http://127.0.0.1/v1").destination()))
                .doesNotThrowAnyException();
    }
}
