package dev.assay.distil;

import dev.assay.receipt.Digest;
import java.util.Optional;

/// What an index folder says of itself, in `index.json`.
///
/// @param settings    how it was made
/// @param dimensions  length of its vectors, 0 without
/// @param documents   how many playbooks it holds
/// @param idsDigest   SHA-256 of all ids in ascending order of their UTF-8, each followed by a line feed
/// @param spaceDigest SHA-256 of the latent space's file, if there is one
/// @param lucene      the version of Lucene that wrote it
public record IndexManifest(
        IndexSettings settings,
        int dimensions,
        int documents,
        Digest idsDigest,
        Optional<Digest> spaceDigest,
        String lucene) {}
