package dev.assay.cli.internal;

import dev.assay.study.StageRegistry;
import dev.assay.study.StudySchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `assay schema`.
@Command(
        mixinStandardHelpOptions = true,
        description = "Print the JSON Schema of study files, for editors that complete and check as you type.")
final class SchemaCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Console.print(StudySchema.of(StageRegistry.installed()));
        return 0;
    }
}
