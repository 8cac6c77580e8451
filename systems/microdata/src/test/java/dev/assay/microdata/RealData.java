package dev.assay.microdata;

import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/// The data of the project's studies; see NOTICE for where they come from.
final class RealData {
    /// Kinds as the Adult study declares them.
    static final Map<String, String> KINDS = Map.of(
            "age", "count",
            "education_num", "count",
            "hr_per_week", "count",
            "capital_gain", "amount",
            "capital_loss", "amount");

    private static final ReadOptions OPTIONS = ReadOptions.DEFAULTS.withCategoriesUpTo(1000);
    private static final Frame ADULT = Frames.read(studies("adult/data/adult.csv.gz"), OPTIONS);

    private RealData() {}

    static Path studies(String file) {
        return Path.of("../../studies").resolve(file);
    }

    /// Rows of the Adult data, in the file's order.
    static Frame adult(int from, int to) {
        return ADULT.at(IntStream.range(from, to).toArray());
    }

    static Frame households() {
        return Frames.read(studies("travel-survey/data/seed_households.csv.gz"), OPTIONS);
    }

    static Frame persons() {
        return Frames.read(studies("travel-survey/data/seed_persons.csv.gz"), OPTIONS);
    }
}
