package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.study.fake.FilesStage;
import dev.assay.study.fake.SenderStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs whose stages would send something.
class ConsentTest {
    private static final String YAML = """
            study: s
            seed: 1
            stages:
              count: { kind: test.count, up-to: 3 }
              send: { kind: test.send, %s }
            """;

    @TempDir
    Path folder;

    Bench bench;
    final SenderStage sender = new SenderStage();
    final List<Consent.Request> asked = new ArrayList<>();

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
        bench.stages.add(sender);
    }

    private RunView run(String settings) {
        return bench.run(YAML.formatted(settings));
    }

    @Test
    void nothingBeginsWithoutConsentForWhatTheSettingsName() {
        assertThatThrownBy(() -> run("base-url: \"https://models.example.com/v1\""))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.CONSENT))
                .hasMessageContaining("stage 'send' would send numbers to https://models.example.com");
        assertThat(sender.sent).hasValue(0);
        assertThat(bench.events).isEmpty();
        assertThat(folder.resolve("ws/runs")).doesNotExist();
    }

    @Test
    void whatOnlyARunTellsIsRefusedBeforeItIsSent() {
        RunView run = run("later: \"https://models.example.com/v1\"");
        assertThat(Bench.stage(run, "send").failure().orElseThrow().kind()).isEqualTo(Fault.Kind.CONSENT);
        assertThat(Bench.stage(run, "count").status()).isEqualTo(StageView.Status.PASSED);
        assertThat(sender.sent).hasValue(0);
        assertThat(bench.workspace
                        .run("latest")
                        .stage("send")
                        .orElseThrow()
                        .failure()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Fault.Kind.CONSENT);
    }

    @Test
    void whoRunsItIsAskedOnceForEachAndNotForResultsThatAreThere() {
        bench.settings = bench.settings.withConsent(asked::addAll);
        String settings =
                "base-url: \"https://models.example.com/v1\", later: \"https://models.example.com/v2\", key-variable: ASSAY_KEY_A";
        assertThat(run(settings).status()).isEqualTo(RunView.Status.PASSED);
        assertThat(sender.sent).hasValue(2);
        assertThat(asked)
                .containsExactly(new Consent.Request(
                        "send",
                        List.of(),
                        new Destination(
                                Origin.of("https://models.example.com"), "numbers", Optional.of("ASSAY_KEY_A"))));
        asked.clear();
        assertThat(Bench.stage(run(settings), "send").reused()).isTrue();
        assertThat(asked).isEmpty();
        bench.settings = bench.settings.withFresh(true);
        run(settings);
        assertThat(asked).hasSize(1);
    }

    @Test
    void thisMachineNeedsConsentOnlyForAKey() {
        assertThat(run("base-url: \"http://127.0.0.1:1/v1\"").status()).isEqualTo(RunView.Status.PASSED);
        assertThatThrownBy(() -> run("base-url: \"http://127.0.0.1:1/v1\", key-variable: ASSAY_KEY_A"))
                .hasMessageContaining("with the key in ASSAY_KEY_A");
        assertThat(sender.sent).hasValue(1);
    }

    @Test
    void whatAPlanWouldSendCanBeSeenBefore() {
        Plan plan = Plan.of(bench.study(YAML.formatted("base-url: \"http://127.0.0.1:1/v1\"")));
        try (Engine engine = LocalEngine.of(1)) {
            assertThat(bench.runner(engine).destinations(plan))
                    .extracting(r -> r.stage() + " " + r.destination())
                    .containsExactly("send http://127.0.0.1:1");
        }
    }

    @Test
    void theFilesAreNamedFromWhichWhatIsReadWasMade() throws IOException {
        Files.writeString(folder.resolve("private.txt"), "x");
        bench.stages.add(new FilesStage() {
            @Override
            public String kind() {
                return "test.post";
            }

            @Override
            public List<Destination> destinations(Map<String, Object> settings) {
                return List.of(new Destination(Origin.of("https://models.example.com"), "the file", Optional.empty()));
            }
        });
        Plan plan = Plan.of(bench.study("""
                study: s
                seed: 1
                stages:
                  a: { kind: test.files, file: private.txt }
                  b: { kind: test.files, file: a.copy }
                  post: { kind: test.post, file: b.copy }
                """));
        try (Engine engine = LocalEngine.of(1)) {
            assertThat(bench.runner(engine).destinations(plan))
                    .flatExtracting(Consent.Request::inputs)
                    .containsExactly("file: b.copy (made of private.txt)");
        }
    }

    @Test
    void aSecretInASettingIsRefusedBeforeItIsWrittenDownOrShown() throws IOException {
        for (String settings : List.of(
                "base-url: \"https://me:hunter2@models.example.com/v1\"",
                "base-url: \"https://models.example.com/v1?key=hunter2\"",
                "base-url: \"https://models.example.com/v1\", key-variable: hunter2",
                "base-url: \"https://models.example.com/v1\", key-variable: HOME",
                "base-url: \"https://models.example.com/v1\", key-variable: AWS_SECRET_ACCESS_KEY")) {
            bench.settings = bench.settings.withConsent(requests -> {});
            assertThatThrownBy(() -> run(settings))
                    .as(settings)
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_SETTING))
                    .hasMessageContaining("ASSAY_KEY_")
                    .hasMessageNotContaining("hunter2");
        }
        assertThat(sender.sent).hasValue(0);
        if (Files.exists(folder.resolve("ws"))) {
            try (Stream<Path> files = Files.walk(folder.resolve("ws"))) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void aContextWithoutARunnerRefusesTheSame() {
        try (Engine engine = LocalEngine.of(1)) {
            SenderStage.In in = new SenderStage.In(
                    Optional.of("https://models.example.com/v1"), Optional.empty(), Optional.empty());
            InMemoryContext alone = InMemoryContext.of(Seed.of(1), engine, folder);
            assertThatThrownBy(() -> sender.run(in, alone))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.CONSENT));
            InMemoryContext agreed = InMemoryContext.of(Seed.of(1), engine, folder, asked::addAll);
            sender.run(in, agreed);
            assertThat(asked).hasSize(1);
            assertThat(sender.sent).hasValue(1);
        }
    }
}
