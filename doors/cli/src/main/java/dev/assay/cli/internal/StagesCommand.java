package dev.assay.cli.internal;

import dev.assay.study.StageRegistry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `assay stages`.
@Command(mixinStandardHelpOptions = true, description = "List the kinds of stages, one line each.")
final class StagesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Console.say(People.table(
                List.of("kind", "what it does"),
                StageRegistry.installed().stages().stream()
                        .map(s -> List.of(s.kind(), s.summary()))
                        .toList()));
        return 0;
    }
}
