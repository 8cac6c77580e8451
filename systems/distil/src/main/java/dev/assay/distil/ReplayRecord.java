package dev.assay.distil;

import dev.assay.receipt.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a replay retrieved, asked and judged with: left beside its runs, so that whoever compares two
/// replays sees in what else they differ. It holds no key and no name of a key's variable.
///
/// @param schema   [#SCHEMA]
/// @param runs     digest of the lines of its runs, each followed by a line feed
/// @param settings each name once, as studies say it; what a replay makes no use of is not among them
public record ReplayRecord(String schema, Digest runs, List<Entry> settings) {
    /// The layout of this record.
    public static final String SCHEMA = "distil.replay/1";

    /// What a setting decides.
    public enum Part {
        /// What the task is given with.
        RETRIEVAL,
        /// Who is asked, and how.
        ASKING,
        /// Which answers pass.
        JUDGING
    }

    /// A setting, or something else that decides: `gate.least-length`, `prompt`.
    public record Entry(String name, Part part, String value) {}

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if a name stands twice
    public ReplayRecord {
        settings = List.copyOf(settings);
        Set<String> names = new HashSet<>();
        for (Entry entry : settings) {
            if (!names.add(entry.name())) {
                throw new IllegalArgumentException("the setting '" + entry.name() + "' stands twice");
            }
        }
    }

    /// The setting of a name, if the replay made use of it.
    public Optional<Entry> setting(String name) {
        return settings.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
