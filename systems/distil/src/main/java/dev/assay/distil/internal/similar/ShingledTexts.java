package dev.assay.distil.internal.similar;

import dev.assay.distil.KeyedText;
import java.util.List;

/// A few texts as sets of hashes.
///
/// @param keys       of the texts
/// @param sets       ascending distinct hashes a text, empty for one without a token
/// @param identities two numbers a text, equal for equal sets ([Shingles#identify])
/// @param parted     whether the texts have several parts
public record ShingledTexts(String[] keys, long[][] sets, long[] identities, boolean parted) {
    /// The sets of shingles of some texts.
    public static ShingledTexts of(List<KeyedText> texts, int ngram) {
        Shingles shingles = new Shingles(ngram);
        int n = texts.size();
        boolean parted = n > 0 && texts.getFirst().parts().size() > 1;
        ShingledTexts batch = new ShingledTexts(new String[n], new long[n][], new long[2 * n], parted);
        for (int i = 0; i < n; i++) {
            shingles.read(texts.get(i).parts());
            batch.keys[i] = texts.get(i).key();
            batch.sets[i] = shingles.toArray();
            shingles.identify(batch.identities, 2 * i);
        }
        return batch;
    }
}
