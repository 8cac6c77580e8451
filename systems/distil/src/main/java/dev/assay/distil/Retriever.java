package dev.assay.distil;

import dev.assay.distil.internal.retrieve.Search;
import dev.assay.study.Permissions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// An open index that ranks playbooks for queries. Thread-safe. Whoever opens it closes it.
///
/// Ties of a score are broken by id, ascending in UTF-8; playbooks of score 0 or less are not returned. The same
/// index, method and query give the same hits.
public final class Retriever implements AutoCloseable {
    /// The coverage below which a playbook says nothing about a query, unless said otherwise.
    public static final double DEFAULT_FLOOR = 0.25;

    /// How deep [#relevant] looks into a ranking.
    public static final int DEPTH = 1000;

    private final Search search;

    private Retriever(Search search) {
        this.search = search;
    }

    /// Opens an index. If its vectors come from an end point, that must be on this machine and want no key:
    /// what an index names, a program has not named.
    ///
    /// @throws dev.assay.fault.Fault CONSENT if queries would be sent elsewhere;
    ///     as [#open(Path, RetrievalMethod, Permissions)] otherwise
    public static Retriever open(Path folder, RetrievalMethod method) {
        return open(folder, method, Permissions.loopback());
    }

    /// Opens an index.
    ///
    /// @param permissions where queries may be sent, if the index has its vectors from an end point
    /// @throws dev.assay.fault.Fault MISSING_FILE or MALFORMED_FILE if there is no whole index, BAD_SETTING
    ///     if the method needs vectors and the index has none
    public static Retriever open(Path folder, RetrievalMethod method, Permissions permissions) {
        return new Retriever(Search.open(folder, method, Optional.empty(), permissions));
    }

    /// Opens an index whose vectors come from an end point that is now elsewhere or has another key.
    ///
    /// @param permissions where queries may be sent
    public static Retriever open(Path folder, RetrievalMethod method, EndPoint embeddings, Permissions permissions) {
        return new Retriever(Search.open(folder, method, Optional.of(embeddings), permissions));
    }

    /// The best playbooks for a query.
    ///
    /// @param k at most this many, at least 1
    public List<Hit> search(String query, int k) {
        return search.best(query, k);
    }

    /// The best playbooks of those that cover enough of the query. Coverage of a playbook is the sum of idf
    /// over the query's distinct tokens that it holds, divided by the sum over all of them, where tokens that
    /// no playbook holds count with df = 0. It tells texts on the topic from others, which scores do not.
    ///
    /// Only the first 1000 of the ranking are looked at. None is an answer: nothing here is about the query.
    ///
    /// @param k     at most this many, at least 1
    /// @param floor least coverage, in [0, 1]
    public List<Hit> relevant(String query, int k, double floor) {
        return search.relevant(query, k, floor);
    }

    /// The same of those playbooks alone that may be shown. Others take no place among the k, but keep their
    /// rank: ranks are those of the whole ranking, of which the first 1000 are looked at whatever the floor.
    ///
    /// @param shown which playbooks may be shown; asked of some that rank high
    public List<Hit> relevant(String query, int k, double floor, Predicate<Playbook> shown) {
        return search.relevant(query, k, floor, shown);
    }

    /// What the index says of itself.
    public IndexManifest manifest() {
        return search.manifest();
    }

    /// Where queries are sent to be embedded, if they are.
    public Optional<EndPoint> endPoint() {
        return search.endPoint();
    }

    @Override
    public void close() {
        search.close();
    }
}
