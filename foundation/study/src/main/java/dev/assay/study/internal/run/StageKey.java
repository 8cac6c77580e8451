package dev.assay.study.internal.run;

import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageView.InputView;
import dev.assay.study.StageView.OutputView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a stage's results follow from, as one digest: kind, version of the program, settings, names and
/// contents of the inputs in order, and, of a stage that draws, the path of the seed. A key is told,
/// so nothing goes into it by which a confidential file could be guessed.
final class StageKey {
    private StageKey() {}

    /// @param code       the version of the code that the stage can reach
    /// @param inputs     with the digests that may be told
    /// @param discretion what may be told of confidential files
    static String of(StageSpec stage, String code, List<InputView> inputs, long seed, Discretion discretion) {
        return Digest.of(CanonicalJson.of(Map.of(
                        "kind", stage.description().kind(),
                        "code", code,
                        "settings", stage.settings(),
                        "inputs", inputs(stage, inputs, discretion),
                        "seed", stage.draws() ? seed + "/" + stage.name() : "")))
                .hex();
    }

    /// Name and content of each input. Of a user's file its own name, too: its ending decides how it is read,
    /// and stages tell it to people. The folder it lies in does not count.
    private static List<List<String>> inputs(StageSpec stage, List<InputView> inputs, Discretion discretion) {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            InputView input = inputs.get(i);
            all.add(
                    stage.wires().get(i).from() instanceof Source.UserFile file
                            ? List.of(input.name(), input.digest(), discretion.name(file))
                            : List.of(input.name(), input.digest()));
        }
        return all;
    }

    /// The digest under which an artefact enters the keys of the stages that use it: that of its bytes.
    /// Content digests leave out what a stage may well look at: volatile members of JSON, the levels, types
    /// and units of a table.
    static String digest(OutputView output) {
        return output.sha256();
    }
}
