package dev.assay.receipt;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Ids of runs and configurations, and when two versions of code are the same.
public final class RunIds {
    private static final int RUN_ID_DIGITS = 32;
    private static final Pattern CODE_VERSION =
            Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?(?:-dirty(?:\\+[0-9a-f]{12})?)?");

    private RunIds() {}

    /// The digest of a configuration with its defaults filled in: the SHA-256 of its canonical form.
    ///
    /// Nothing is left out, unlike in [ContentId]: nothing in a configuration is volatile, and a setting or a
    /// stage may well be called `id`. For configurations without such names both are the same.
    ///
    /// @throws IllegalArgumentException if the configuration has no canonical form
    public static Digest configDigest(Object configuration) {
        return Digest.of(CanonicalJson.of(configuration));
    }

    /// The digest of what a run reads: of the files' names and content digests, in any order.
    public static Digest inputDigest(List<FileRef> inputs) {
        return Digest.of(CanonicalJson.of(inputs.stream()
                .sorted(Comparator.comparing(FileRef::name).thenComparing(FileRef::contentDigest))
                .map(file -> List.of(file.name(), file.contentDigest().hex()))
                .toList()));
    }

    /// The id of a run: the first 32 digits of the SHA-256 of the canonical form of
    /// `{pipeline, config_digest, code_version, input_digest, recorded_at}`. The pinned time is data here.
    public static String runId(
            String pipeline, Digest configDigest, String codeVersion, Digest inputDigest, Instant recordedAt) {
        String text = CanonicalJson.of(Map.of(
                "pipeline", pipeline,
                "config_digest", configDigest.hex(),
                "code_version", codeVersion,
                "input_digest", inputDigest.hex(),
                "recorded_at", recordedAt.toString()));
        return Digest.of(text).hex().substring(0, RUN_ID_DIGITS);
    }

    /// Whether a text is a version of code: a full git commit, `<commit>-dirty+<12 digits of the digest of
    /// the diff>`, `<commit>-dirty` where nobody knows the diff, or outside git the SHA-256 of the program's
    /// archive.
    public static boolean isCodeVersion(String text) {
        return CODE_VERSION.matcher(text).matches();
    }

    /// Whether two versions of code are the same. Empty if that cannot be known: both are one commit with
    /// changes, and a digest of the changes is missing.
    public static Optional<Boolean> sameCode(String one, String other) {
        boolean unknown = one.endsWith("-dirty") || other.endsWith("-dirty");
        if (unknown
                && one.contains("-dirty")
                && other.contains("-dirty")
                && commit(one).equals(commit(other))) {
            return Optional.empty();
        }
        return Optional.of(one.equals(other));
    }

    static String commit(String codeVersion) {
        int dirty = codeVersion.indexOf('-');
        return dirty < 0 ? codeVersion : codeVersion.substring(0, dirty);
    }
}
