package dev.assay.distil;

import dev.assay.chance.Seed;
import dev.assay.distil.internal.retrieve.IndexFolder;
import dev.assay.engine.Engine;
import dev.assay.study.Permissions;
import java.nio.file.Path;

/// An index of playbooks in a folder: a manifest, Lucene's files, and the latent space if its vectors are
/// latent. Nothing outside the folder is written, and the same playbooks in the same order give the same
/// bytes.
public final class RetrievalIndex {
    private RetrievalIndex() {}

    /// What writing did.
    ///
    /// @param added     playbooks that are new in the index
    /// @param present   playbooks whose id was in it already; they are left as they are
    /// @param documents playbooks in the index now
    public record Change(int added, int present, int documents) {
        /// Playbooks in the index that were not among those given: they came with earlier ones.
        public int earlier() {
            return documents - added - present;
        }
    }

    /// Makes an index. Texts are sent to end points on this machine alone, and to none that wants a
    /// key.
    ///
    /// @throws dev.assay.fault.Fault CONSENT if texts would be sent elsewhere; as
    ///     [#create(Path, IndexSettings, Playbooks, Seed, Engine, Permissions)] otherwise
    public static Change create(Path folder, IndexSettings settings, Playbooks playbooks, Seed seed, Engine engine) {
        return create(folder, settings, playbooks, seed, engine, Permissions.loopback());
    }

    /// Makes an index.
    ///
    /// @param folder    does not exist, or is empty
    /// @param playbooks gone through once, three times for latent vectors
    /// @param seed      of the latent space
    /// @param permissions where texts may be sent to be turned into vectors
    /// @throws dev.assay.fault.Fault BAD_DATA if an id stands twice or there is no playbook, BAD_SETTING if
    ///     the folder holds something, STORAGE if it cannot be written, STAGE_FAILED if an embeddings end
    ///     point does not answer
    public static Change create(
            Path folder,
            IndexSettings settings,
            Playbooks playbooks,
            Seed seed,
            Engine engine,
            Permissions permissions) {
        return IndexFolder.create(folder, settings, playbooks, seed, engine, permissions);
    }

    /// Adds playbooks. Only the new ones are written, as one more segment; the segments that are there are
    /// neither read through nor changed. Latent vectors are projected into the space that the index was made
    /// with. Who has the index open keeps seeing its former state.
    ///
    /// One writer at a time.
    ///
    /// Texts are sent to end points on this machine alone, and to none that wants a key.
    ///
    /// @throws dev.assay.fault.Fault as in [#create]; MISSING_FILE if there is no index;
    ///     BAD_DATA if a playbook of an id that is there says something else or has another category:
    ///     nothing is added then
    public static Change add(Path folder, Playbooks playbooks) {
        return add(folder, playbooks, Permissions.loopback());
    }

    /// The same with permission to send texts to the end point that the index names.
    ///
    /// @throws dev.assay.fault.Fault as in [#add(Path, Playbooks)]
    public static Change add(Path folder, Playbooks playbooks, Permissions permissions) {
        return IndexFolder.add(folder, playbooks, permissions);
    }

    /// What the index says of itself.
    ///
    /// @throws dev.assay.fault.Fault if there is no index, or it is damaged
    public static IndexManifest manifest(Path folder) {
        return IndexFolder.manifest(folder);
    }
}
