package dev.assay.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.Consent;
import dev.assay.study.Destination;
import dev.assay.study.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalConsentTest {
    private static final List<Consent.Request> REQUESTS = List.of(
            new Consent.Request(
                    "ask",
                    List.of("tasks: tasks.jsonl", "index: (confidential)"),
                    new Destination(
                            Origin.of("https://models.example.com:8443/v1"),
                            "every task",
                            Optional.of("ASSAY_KEY_MODEL"))),
            new Consent.Request(
                    "embed",
                    List.of(),
                    new Destination(Origin.of("http://127.0.0.1:8080/v1"), "every sample", Optional.empty())));

    private final List<String> shown = new ArrayList<>();

    @Test
    void yesIsYesAndAnythingElseIsNo() {
        for (String yes : List.of("y", "Y", "yes", " YES ")) {
            assertThat(answered(yes)).as(yes).isTrue();
        }
        for (String no : List.of("", " ", "n", "no", "ja", "yy", "y n", "1", "true")) {
            assertThat(answered(no)).as(no).isFalse();
        }
        assertThat(new TerminalConsent(true, shown::add, () -> null).agrees(REQUESTS))
                .as("end of input")
                .isFalse();
    }

    private boolean answered(String line) {
        return new TerminalConsent(true, shown::add, () -> line).agrees(REQUESTS);
    }

    @Test
    void hostContentFilesAndVariableAreShown() {
        answered("n");
        assertThat(shown)
                .containsExactly(
                        "This run would send data to other machines, or use your keys:",
                        "  host models.example.com (https://models.example.com:8443): stage 'ask' sends every task, "
                                + "with the key in the variable ASSAY_KEY_MODEL; it reads tasks: tasks.jsonl, index: (confidential)",
                        "  host 127.0.0.1 (http://127.0.0.1:8080, not encrypted): stage 'embed' sends every sample, without a key",
                        "Send this? [y/N]");
    }

    @Test
    void nobodyIsAskedWithoutATerminal() {
        assertThat(TerminalConsent.ofProcess().isThere()).isFalse();
    }
}
