package dev.assay.fault;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A problem with what the user gave, told in one sentence that says what, where and what to do.
///
/// The sentence never quotes cell values of the user's data; row, line and column suffice to find them.
/// Doors print [#getMessage()] alone and exit with [Kind#exitCode()]; the cause is for `--trace`.
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What sort of problem it is. Each kind has its own exit code, so that scripts can tell them apart.
    public enum Kind {
        /// A stage ended in an error that is none of the others; the run is marked failed.
        STAGE_FAILED(1),
        /// The command line makes no sense.
        USAGE(2),
        /// The drift report raised an alert and the caller asked to fail on it.
        DRIFT_ALERT(3),
        /// A study file has an unknown key or kind, a wrong type, a bad reference or a cycle.
        STUDY(4),
        /// A file or folder is missing or may not be read.
        MISSING_FILE(5),
        /// A file is there but is damaged or not in the format it claims: truncated, ragged, undecodable.
        MALFORMED_FILE(6),
        /// The data are readable but break a rule: duplicate ids, an empty sample, a column that does not exist.
        BAD_DATA(7),
        /// A setting has a value that is out of range or does not go with the others.
        BAD_SETTING(8),
        /// The disk is full, or the workspace cannot be written.
        STORAGE(9),
        /// A digest, signature or receipt does not match.
        VERIFICATION(10),
        /// Something would leave this machine and nobody has agreed to it.
        CONSENT(11),
        /// What was measured contradicts a claim of the study.
        CONTRADICTED(12),
        /// The run was interrupted from outside and can be resumed.
        INTERRUPTED(130);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /// The exit code of a process that ends with a fault of this kind.
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final String sentence;
    private final String place;

    private final transient List<String> items;

    private Fault(Kind kind, String sentence, String place, List<String> items, @Nullable Throwable cause) {
        super(place.isEmpty() ? sentence : place + ": " + sentence, cause);
        this.kind = kind;
        this.sentence = sentence;
        this.place = place;
        this.items = List.copyOf(items);
    }

    /// A fault of the given kind.
    ///
    /// @param kind     decides the exit code
    /// @param sentence what was given, the rule it broke and what to do, for a person
    public static Fault of(Kind kind, String sentence) {
        return new Fault(Objects.requireNonNull(kind), Objects.requireNonNull(sentence), "", List.of(), null);
    }

    /// The same fault with its place put in front: `file`, `file:line`, `stage 'x'`, `key 'y'`. Places nest
    /// outwards. A name in it may be anybody's, so it is put into one line, see [OneLine].
    public Fault at(String where) {
        String line = OneLine.of(where);
        return new Fault(kind, sentence, place.isEmpty() ? line : line + ": " + place, items, getCause());
    }

    /// The same fault with several problems that it stands for, a sentence each.
    public Fault listing(List<String> problems) {
        return new Fault(kind, sentence, place, problems, getCause());
    }

    /// The same fault with what caused it, for people who ask for a trace.
    public Fault causedBy(Throwable cause) {
        return new Fault(kind, sentence, place, items, cause);
    }

    /// The sentence behind its place, and the problems that it lists, a line each.
    @Override
    public String getMessage() {
        return headline() + (items().isEmpty() ? "" : items().stream().collect(Collectors.joining("\n  ", "\n  ", "")));
    }

    /// The sentence behind its place.
    public String headline() {
        return place.isEmpty() ? sentence : place + ": " + sentence;
    }

    /// The problems that it lists; mostly none.
    public List<String> items() {
        return items == null ? List.of() : items;
    }

    /// What sort of problem it is.
    public Kind kind() {
        return kind;
    }

    /// The sentence without its place.
    public String sentence() {
        return sentence;
    }

    /// Where the problem stands, if known.
    public Optional<String> place() {
        return place.isEmpty() ? Optional.empty() : Optional.of(place);
    }
}
