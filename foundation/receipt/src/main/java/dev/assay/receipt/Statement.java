package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// An in-toto statement, version 1: a predicate about subjects that are known by their digests.
///
/// @param subject   what it is about, at least one
/// @param predicate what it says
@JsonIgnoreProperties(
        value = {"_type", "predicateType"},
        allowGetters = true)
public record Statement(
        List<ResourceDescriptor> subject,

        @JsonTypeInfo(
                use = JsonTypeInfo.Id.NAME,
                include = JsonTypeInfo.As.EXTERNAL_PROPERTY,
                property = "predicateType")
        @JsonSubTypes({
            @JsonSubTypes.Type(value = Provenance.class, name = Provenance.TYPE),
            @JsonSubTypes.Type(value = TestResults.class, name = TestResults.TYPE),
            @JsonSubTypes.Type(value = RunOutcome.class, name = RunOutcome.TYPE)
        })
        Predicate predicate) {
    /// The type of all statements.
    public static final String TYPE = "https://in-toto.io/Statement/v1";

    /// What a statement says of its subjects.
    public sealed interface Predicate permits Provenance, TestResults, RunOutcome {}

    /// @throws IllegalArgumentException if there is no subject
    public Statement {
        subject = Rules.list(subject, "subject");
        Rules.require(!subject.isEmpty(), "a statement must have a subject");
        Rules.present(predicate, "predicate");
    }

    /// How a stage's outputs came to be.
    ///
    /// @param record        what the stage did
    /// @param configuration the configuration whose digest the record states
    /// @param versions      of what ran it
    /// @throws IllegalArgumentException if the record states the digest of another configuration
    public static Statement provenance(StageRecord record, Object configuration, BuilderVersions versions) {
        return new Statement(subjects(record), Provenance.of(record, configuration, versions));
    }

    /// Which tests a stage's outputs passed.
    public static Statement tests(StageRecord record) {
        return new Statement(subjects(record), TestResults.of(record));
    }

    /// The type of statement, always [#TYPE].
    @JsonProperty("_type")
    public String type() {
        return TYPE;
    }

    /// A stage's outputs; where there are none its own record, since a statement needs a subject.
    static List<ResourceDescriptor> subjects(StageRecord record) {
        return record.outputs().isEmpty()
                ? List.of(ReceiptNames.ofRecord(record))
                : record.outputs().stream().map(ResourceDescriptor::subject).toList();
    }
}
