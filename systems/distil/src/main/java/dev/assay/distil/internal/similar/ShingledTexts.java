package dev.assay.distil.internal.similar;

import dev.assay.distil.KeyedText;
import java.util.List;

/// A few texts as sets of hashes.
///
/// @param keys       of the texts
/// @param sets       ascending distinct hashes a text, empty for one without a token
/// @param identities two numbers a text, equal for equal sets ([Shingles#identify])
public record ShingledTexts(String[] keys, long[][] sets, long[] identities) {
    /// The sets of shingles of some texts.
    public static ShingledTexts of(List<KeyedText> texts, int ngram) {
        Shingles shingles = new Shingles(ngram);
        int n = texts.size();
        ShingledTexts batch = new ShingledTexts(new String[n], new long[n][], new long[2 * n]);
        for (int i = 0; i < n; i++) {
            shingles.read(texts.get(i).text());
            batch.keys[i] = texts.get(i).key();
            batch.sets[i] = shingles.toArray();
            shingles.identify(batch.identities, 2 * i);
        }
        return batch;
    }
}
