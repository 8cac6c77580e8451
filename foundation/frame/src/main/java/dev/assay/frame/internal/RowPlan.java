package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.frame.Frame;
import dev.assay.frame.RowConditions;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// See [RowConditions].
public final class RowPlan {
    private final List<Group> groups;
    private final int[] single;
    private final BitSet[] singleRows;
    private final int[] same;
    private final Origin origin;
    private int[] found = new int[64];
    private @Nullable Open open;

    private RowPlan(Origin origin, List<Group> groups, int[] single, BitSet[] singleRows, int[] same) {
        this.origin = origin;
        this.same = same;
        this.groups = groups;
        this.single = single;
        this.singleRows = singleRows;
    }

    /// A condition taken apart: for each set of columns one term.
    private record Parts(int index, Map<List<String>, String> terms) {}

    /// What a plan was made of.
    private record Origin(
            Frame frame, List<String> conditions, List<Parts> parsed, IntFunction<String> place, Limits limits) {}

    /// The conditions that can be neither true nor false for some cells, as ones that hold unless those
    /// are false.
    ///
    /// @param plan  of these conditions
    /// @param which the number of each among all
    private record Open(RowPlan plan, int[] which) {}

    /// What in a condition can be null though no cell is missing: a null, a function, a cast, a division.
    private static final Pattern NULLABLE = Pattern.compile("(?i)\\b(null|case|cast|try_cast)\\b|\\w\\(|[/%]");

    /// See [RowConditions].
    public static RowPlan of(Frame frame, List<String> conditions, IntFunction<String> place) {
        return of(frame, conditions, place, Limits.ofProcess());
    }

    /// The same within these limits.
    public static RowPlan of(Frame frame, List<String> conditions, IntFunction<String> place, Limits limits) {
        Watch watch = Watch.start(limits);
        ConditionRules rules = new ConditionRules(frame, limits);
        List<Parts> parsed = new ArrayList<>();
        try (Database database = Database.open();
                PreparedStatement parser = database.prepare(SqlTree.PARSE);
                PreparedStatement writer = database.prepare(SqlTree.WRITE)) {
            database.lock();
            Map<JsonNode, String> written = new HashMap<>();
            for (int i = 0; i < conditions.size(); i++) {
                try {
                    watch.left(conditions.get(i));
                    parsed.add(parse(rules, parser, writer, written, conditions.get(i), i));
                } catch (Fault fault) {
                    throw fault.at(place.apply(i));
                }
            }
        } catch (SQLException e) {
            throw Troubles.query(e);
        }
        return assemble(new Origin(frame, conditions, parsed, place, limits), watch);
    }

    private static Parts parse(
            ConditionRules rules,
            PreparedStatement parser,
            PreparedStatement writer,
            Map<JsonNode, String> written,
            String condition,
            int index)
            throws SQLException {
        JsonNode tree = rules.tree(parser, condition);
        Map<String, String> canonical = rules.names();
        Map<List<String>, List<String>> terms = new LinkedHashMap<>();
        for (JsonNode term : SqlTree.terms(tree)) {
            Set<String> columns = new TreeSet<>();
            SqlTree.columns(term).forEach(c -> columns.add(canonical.getOrDefault(Names.folded(c), c)));
            JsonNode named = SqlTree.named(term, canonical);
            JsonNode placeless = SqlTree.placeless(named);
            String text = written.get(placeless);
            if (text == null) {
                text = SqlTree.written(writer, tree, named);
                written.put(placeless, text);
            }
            terms.computeIfAbsent(List.copyOf(columns), c -> new ArrayList<>()).add(text);
        }
        Map<List<String>, String> joined =
                new TreeMap<>((a, b) -> Arrays.compare(a.toArray(String[]::new), b.toArray(String[]::new)));
        terms.forEach((columns, list) -> joined.put(columns, String.join(" AND ", new TreeSet<>(list))));
        return new Parts(index, joined);
    }

    private static RowPlan assemble(Origin origin, Watch watch) {
        Frame frame = origin.frame();
        List<Parts> parsed = origin.parsed();
        // The distinct terms of each set of columns, numbered.
        Map<List<String>, Map<String, Integer>> terms = new LinkedHashMap<>();
        for (Parts parts : parsed) {
            parts.terms().forEach((columns, text) -> {
                Map<String, Integer> own = terms.computeIfAbsent(columns, c -> new LinkedHashMap<>());
                own.putIfAbsent(text, own.size());
            });
        }
        Map<List<String>, Dimension> dimensions = new HashMap<>();
        BitSet failing = new BitSet();
        terms.forEach((columns, own) -> {
            List<String> texts = List.copyOf(own.keySet());
            // A term without columns holds for all rows or for none: one row is enough to ask.
            boolean constant = columns.isEmpty();
            Codes codes = constant
                    ? new Codes(new int[frame.rows()], frame.rows() == 0 ? new int[0] : new int[1])
                    : Codes.of(frame, columns);
            Frame distinct = (constant ? frame : frame.select(columns)).at(codes.firsts());
            Dimension.Builder builder = new Dimension.Builder(codes);
            List<Integer> broken = judge(distinct, texts, builder, watch);
            for (Parts parts : parsed) {
                String text = parts.terms().get(columns);
                if (text != null && broken.contains(own.get(text))) {
                    failing.set(parts.index());
                }
            }
            dimensions.put(columns, builder.build());
        });
        Map<List<List<String>>, List<Parts>> bySets = new LinkedHashMap<>();
        for (Parts parts : parsed) {
            if (!failing.get(parts.index())) {
                bySets.computeIfAbsent(List.copyOf(parts.terms().keySet()), s -> new ArrayList<>())
                        .add(parts);
            }
        }
        List<Group> groups = new ArrayList<>();
        bySets.forEach((sets, members) -> groups.add(group(sets, members, dimensions, terms)));
        int[] single = failing.stream().toArray();
        BitSet[] singleRows = new BitSet[single.length];
        for (int k = 0; k < single.length; k++) {
            int at = k;
            Conditions.evaluate(
                    frame,
                    List.of(origin.conditions().get(single[k])),
                    i -> origin.place().apply(single[at]),
                    watch,
                    (rows, i) -> singleRows[at] = rows);
        }
        Map<Map<List<String>, String>, Integer> firsts = new HashMap<>();
        int[] same = new int[parsed.size()];
        for (Parts parts : parsed) {
            Integer first = firsts.putIfAbsent(parts.terms(), parts.index());
            same[parts.index()] = first == null ? parts.index() : first;
        }
        return new RowPlan(origin, groups, single, singleRows, same);
    }

    /// Judges terms on the distinct tuples; those that fail on one of them are returned.
    private static List<Integer> judge(Frame distinct, List<String> texts, Dimension.Builder builder, Watch watch) {
        int[] next = {0};
        List<Integer> broken = new ArrayList<>();
        while (next[0] < texts.size()) {
            int from = next[0];
            try {
                Conditions.evaluate(distinct, texts.subList(from, texts.size()), i -> "", watch, (rows, i) -> {
                    builder.term(from + i, rows);
                    next[0] = from + i + 1;
                });
            } catch (Fault fault) {
                if (fault.kind() != Fault.Kind.BAD_DATA) {
                    throw fault;
                }
                broken.add(next[0]++);
            }
        }
        return broken;
    }

    private static Group group(
            List<List<String>> sets,
            List<Parts> members,
            Map<List<String>, Dimension> dimensions,
            Map<List<String>, Map<String, Integer>> terms) {
        Dimension[] own = new Dimension[sets.size()];
        int[][] needs = new int[members.size()][sets.size()];
        for (int s = 0; s < own.length; s++) {
            own[s] = Objects.requireNonNull(dimensions.get(sets.get(s)));
            Map<String, Integer> numbers = Objects.requireNonNull(terms.get(sets.get(s)));
            for (int m = 0; m < needs.length; m++) {
                needs[m][s] = numbers.getOrDefault(members.get(m).terms().get(sets.get(s)), -1);
            }
        }
        return new Group(own, members.stream().mapToInt(Parts::index).toArray(), needs);
    }

    /// Conditions that look at the same sets of columns.
    private static final class Group {
        private static final long DENSE = 1L << 20;

        private final Dimension[] dimensions;
        private final int[] conditions;
        private final int[][] needs;
        /// The members that need a term of the first dimension.
        private final Map<Integer, int[]> byFirst = new HashMap<>();
        private final long[] strides;
        private final int[][] dense;
        private final Map<Long, int[]> sparse = new HashMap<>();

        Group(Dimension[] dimensions, int[] conditions, int[][] needs) {
            this.dimensions = dimensions;
            this.conditions = conditions;
            this.needs = needs;
            Map<Integer, List<Integer>> lists = new HashMap<>();
            for (int m = 0; m < needs.length; m++) {
                lists.computeIfAbsent(needs[m][0], t -> new ArrayList<>()).add(m);
            }
            lists.forEach((term, list) ->
                    byFirst.put(term, list.stream().mapToInt(Integer::intValue).toArray()));
            strides = new long[dimensions.length];
            double size = 1;
            long stride = 1;
            for (int s = 0; s < strides.length; s++) {
                strides[s] = stride;
                size *= dimensions[s].classes();
                stride *= dimensions[s].classes();
            }
            // Beyond 2^62 tuples their numbers would not be distinct; no data have so many classes.
            if (size > 0x1p62) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA, "a condition looks at too many columns at once; split it into several.");
            }
            dense = size <= DENSE ? new int[(int) size][] : new int[0][];
        }

        int[] matches(int row) {
            long key = 0;
            for (int s = 0; s < strides.length; s++) {
                key += strides[s] * dimensions[s].classOf(row);
            }
            if (dense.length > 0) {
                int[] known = dense[(int) key];
                if (known == null) {
                    known = find(row);
                    dense[(int) key] = known;
                }
                return known;
            }
            return sparse.computeIfAbsent(key, k -> find(row));
        }

        private int[] find(int row) {
            IntStream.Builder list = IntStream.builder();
            for (int term : dimensions[0].terms(dimensions[0].classOf(row))) {
                for (int m : byFirst.getOrDefault(term, NONE)) {
                    boolean all = true;
                    for (int s = 1; s < dimensions.length && all; s++) {
                        all = dimensions[s].holds(dimensions[s].classOf(row), needs[m][s]);
                    }
                    if (all) {
                        list.add(conditions[m]);
                    }
                }
            }
            return list.build().toArray();
        }

        private static final int[] NONE = {};
    }

    /// See [RowConditions#matches].
    public void matches(int from, int to, RowConditions.Sink sink) {
        for (int row = from; row < to; row++) {
            int count = 0;
            for (Group group : groups) {
                int[] some = group.matches(row);
                if (count + some.length > found.length) {
                    found = Arrays.copyOf(found, Math.max(2 * found.length, count + some.length));
                }
                System.arraycopy(some, 0, found, count, some.length);
                count += some.length;
            }
            for (int k = 0; k < single.length; k++) {
                if (singleRows[k].get(row)) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, 2 * count);
                    }
                    found[count++] = single[k];
                }
            }
            sink.row(row, found, count);
        }
    }

    /// See [RowConditions#undecided].
    public void undecided(int from, int to, RowConditions.Sink sink) {
        Open possible = open == null ? possible() : open;
        open = possible;
        if (possible.which().length == 0) {
            return;
        }
        BitSet holding = new BitSet(same.length);
        int[] left = new int[possible.which().length];
        for (int row = from; row < to; row++) {
            holding.clear();
            matches(row, row + 1, (r, ids, count) -> {
                for (int k = 0; k < count; k++) {
                    holding.set(ids[k]);
                }
            });
            possible.plan().matches(row, row + 1, (r, ids, count) -> {
                int some = 0;
                for (int k = 0; k < count; k++) {
                    if (!holding.get(possible.which()[ids[k]])) {
                        left[some++] = possible.which()[ids[k]];
                    }
                }
                if (some > 0) {
                    sink.row(r, left, some);
                }
            });
        }
    }

    private Open possible() {
        List<Parts> parts = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<Integer> which = new ArrayList<>();
        for (Parts each : origin.parsed()) {
            // An AND is not false if none of its parts is.
            Map<List<String>, String> terms =
                    new TreeMap<>((a, b) -> Arrays.compare(a.toArray(String[]::new), b.toArray(String[]::new)));
            each.terms()
                    .forEach((columns, term) ->
                            terms.put(columns, isNullable(columns, term) ? "((" + term + "\n) IS NOT FALSE)" : term));
            if (!terms.equals(each.terms())) {
                parts.add(new Parts(which.size(), terms));
                which.add(each.index());
                texts.add("((" + origin.conditions().get(each.index()) + "\n) IS NOT FALSE)");
            }
        }
        int[] numbers = which.stream().mapToInt(Integer::intValue).toArray();
        Origin own =
                new Origin(origin.frame(), texts, parts, i -> origin.place().apply(numbers[i]), origin.limits());
        return new Open(assemble(own, Watch.start(origin.limits())), numbers);
    }

    private boolean isNullable(List<String> columns, String term) {
        return NULLABLE.matcher(term).find()
                || columns.stream().anyMatch(c -> origin.frame().column(c).missing() > 0);
    }

    /// See [RowConditions#rowByRow].
    public int rowByRow() {
        return single.length;
    }

    /// See [RowConditions#sameAs].
    public int sameAs(int condition) {
        return same[condition];
    }
}
