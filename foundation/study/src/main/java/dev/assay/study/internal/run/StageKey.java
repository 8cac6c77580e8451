package dev.assay.study.internal.run;

import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import dev.assay.study.StageSpec;
import dev.assay.study.StageView.InputView;
import dev.assay.study.StageView.OutputView;
import java.util.List;
import java.util.Map;

/// What a stage's results follow from, as one digest: kind, version of the program, settings, names and contents of the
/// inputs in order, and the path of the seed.
final class StageKey {
    private StageKey() {}

    static String of(StageSpec stage, String codeVersion, List<InputView> inputs, long seed) {
        return Digest.of(CanonicalJson.of(Map.of(
                        "kind", stage.description().kind(),
                        "code", codeVersion,
                        "settings", stage.settings(),
                        "inputs",
                                inputs.stream()
                                        .map(i -> List.of(i.name(), i.digest()))
                                        .toList(),
                        "seed", seed + "/" + stage.name())))
                .hex();
    }

    /// The digest under which an artefact enters the keys of the stages that use it: that of its bytes. Content digests
    /// leave out what a stage may well look at: volatile members of JSON, the levels, types and units of a table.
    static String digest(OutputView output) {
        return output.sha256();
    }
}
