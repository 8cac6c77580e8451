package dev.assay.receipt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// How a stage's outputs came to be: SLSA provenance, version 1.
///
/// @param buildDefinition what was asked for, and from what
/// @param runDetails      who did it, when, and what fell off
public record Provenance(BuildDefinition buildDefinition, RunDetails runDetails) implements Statement.Predicate {
    /// The type of the predicate.
    public static final String TYPE = "https://slsa.dev/provenance/v1";
    /// The type of the build: a stage of a run, version 1.
    public static final String BUILD_TYPE = "https://assay.dev/stage/v1";
    /// Who builds.
    public static final String BUILDER = "https://assay.dev/cli";

    /// What was asked for.
    ///
    /// @param buildType            [#BUILD_TYPE]
    /// @param externalParameters   all that a user can set, with defaults filled in
    /// @param internalParameters   what follows from that or was pinned by the caller
    /// @param resolvedDependencies inputs, then the code
    public record BuildDefinition(
            String buildType,
            ExternalParameters externalParameters,
            InternalParameters internalParameters,
            List<ResourceDescriptor> resolvedDependencies) {
        /// Copies the list.
        public BuildDefinition {
            resolvedDependencies = List.copyOf(resolvedDependencies);
        }
    }

    /// All that a user can set.
    ///
    /// @param stage    the stage
    /// @param pipeline the pipeline or study
    /// @param config   the configuration, with defaults filled in
    public record ExternalParameters(String stage, String pipeline, JsonNode config) {
        /// Copies the tree, which could be changed.
        public ExternalParameters {
            config = config.deepCopy();
        }
    }

    /// What follows from the configuration or was pinned.
    ///
    /// @param configDigest  [RunIds#configDigest(Object)] of the configuration
    /// @param ruleDigests   digests of rule files by name
    /// @param scorerVersion version of the scorer, for stages that score
    /// @param recordedAt    the time that the caller pinned
    /// @param seed          the digits of the seed
    /// @param outside       what the stage depends on that no digest covers
    /// @param reusedFrom    the id of the earlier run that did the work
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record InternalParameters(
            Digest configDigest,
            Map<String, Digest> ruleDigests,
            Optional<String> scorerVersion,
            Instant recordedAt,
            Optional<String> seed,
            Optional<String> outside,
            Optional<String> reusedFrom) {}

    /// Who did it and when.
    ///
    /// @param builder    [#BUILDER] with versions
    /// @param metadata   when, under which random id
    /// @param byproducts the stage record; quarantined, skipped and filtered rows
    public record RunDetails(Builder builder, Metadata metadata, List<ResourceDescriptor> byproducts) {
        /// Copies the list.
        public RunDetails {
            byproducts = List.copyOf(byproducts);
        }
    }

    /// Who builds.
    ///
    /// @param id      [#BUILDER]
    /// @param version of what ran the stage
    public record Builder(String id, BuilderVersions version) {}

    /// When.
    ///
    /// @param invocationId a random id
    /// @param startedOn    begin
    /// @param finishedOn   end
    public record Metadata(String invocationId, Instant startedOn, Instant finishedOn) {}

    /// The provenance of a stage.
    ///
    /// @param record        what it did
    /// @param configuration the configuration whose digest the record states
    /// @param versions      of what ran it
    /// @throws IllegalArgumentException if the record states the digest of another configuration
    public static Provenance of(StageRecord record, Object configuration, BuilderVersions versions) {
        return of(record, configuration, versions, Optional.empty());
    }

    static Provenance of(
            StageRecord record, Object configuration, BuilderVersions versions, Optional<String> scorerVersion) {
        Rules.require(
                RunIds.configDigest(configuration).equals(record.configDigest()),
                "the record of stage '" + record.stage()
                        + "' must state the digest of the configuration that goes into its statement");
        List<ResourceDescriptor> dependencies = new ArrayList<>();
        record.inputs().forEach(file -> dependencies.add(ResourceDescriptor.of(file)));
        dependencies.add(ResourceDescriptor.code(record.codeVersion()));
        List<ResourceDescriptor> byproducts = new ArrayList<>();
        byproducts.add(ReceiptNames.ofRecord(record));
        record.byproducts().forEach(file -> byproducts.add(ResourceDescriptor.of(file)));
        return new Provenance(
                new BuildDefinition(
                        BUILD_TYPE,
                        new ExternalParameters(
                                record.stage(),
                                record.pipeline(),
                                CanonicalJson.parse(CanonicalJson.of(configuration))),
                        new InternalParameters(
                                record.configDigest(),
                                record.ruleDigests(),
                                scorerVersion,
                                record.recordedAt(),
                                record.seed(),
                                record.outside(),
                                record.reusedFrom()),
                        dependencies),
                new RunDetails(
                        new Builder(BUILDER, versions),
                        new Metadata(record.invocationId(), record.startedAt(), record.finishedAt()),
                        byproducts));
    }
}
