package dev.assay.weigh;

import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How the rows were drawn: in strata, by primary units whose members were drawn together. Later stages of
/// drawing are within primary units and need not be known (the "ultimate cluster" estimate of variance).
///
/// @param strata    `[rows]` stratum of each row, `0 <= s < stratumNames.size()`
/// @param units     `[rows]` primary unit of each row, numbered through all strata; a unit lies in one
///     stratum
/// @param stratumNames what messages call the strata
/// @param fractions `[strata]` part of the stratum's primary units that was drawn, `0 <= f <= 1`; 0 leaves
///                  out the finite-population correction
/// @param lonely    what to do with a stratum of one primary unit
public record SampleDesign(
        int[] strata, int[] units, List<String> stratumNames, double[] fractions, LonelyUnits lonely) {

    /// What to do with a stratum in which one primary unit was drawn, whose variance cannot be estimated.
    public enum LonelyUnits {
        /// Refuse, naming the stratum.
        ERROR,
        /// Take its deviation from the mean over all primary units instead of its stratum's (conservative).
        CENTRE,
        /// Let it contribute nothing, as if drawn with certainty.
        DROP
    }

    /// @throws Fault (BAD_DATA) if a unit lies in two strata, a fraction is out of range, or a stratum has
    ///     one unit and that is an error
    /// @throws IllegalArgumentException if lengths or numbers of strata do not fit
    public SampleDesign {
        stratumNames = List.copyOf(stratumNames);
        if (strata.length != units.length || fractions.length != stratumNames.size()) {
            throw new IllegalArgumentException("lengths of strata, units, names and fractions do not fit");
        }
        for (double fraction : fractions) {
            if (!(fraction >= 0 && fraction <= 1)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA, "A sampling fraction must lie between 0 and 1, not " + fraction + ".");
            }
        }
        int[] of = stratumOfUnit(strata, units, stratumNames);
        int[] counts = new int[stratumNames.size()];
        for (int stratum : of) {
            if (stratum >= 0) {
                counts[stratum]++;
            }
        }
        for (int h = 0; h < counts.length && lonely == LonelyUnits.ERROR; h++) {
            if (counts[h] == 1 && fractions[h] < 1) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Stratum '" + stratumNames.get(h)
                                + "' has one primary unit, so its variance is not known; join it with another stratum, or say"
                                + " that such units are centred or dropped, or that it was taken whole (a sampling fraction of"
                                + " 1).");
            }
        }
    }

    private static int[] stratumOfUnit(int[] strata, int[] units, List<String> names) {
        int most = Arrays.stream(units).max().orElse(-1);
        int[] of = new int[most + 1];
        Arrays.fill(of, -1);
        for (int i = 0; i < units.length; i++) {
            if (of[units[i]] >= 0 && of[units[i]] != strata[i]) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Row " + (i + 1) + " puts its primary unit in stratum '" + names.get(strata[i])
                                + "', an earlier row in '" + names.get(of[units[i]])
                                + "'; number primary units within strata or correct the row.");
            }
            of[units[i]] = strata[i];
        }
        return of;
    }

    /// Every row drawn on its own from one population.
    public static SampleDesign simple(int rows) {
        return new SampleDesign(new int[rows], numbers(rows), List.of("all"), new double[1], LonelyUnits.ERROR);
    }

    /// Every row drawn on its own within its stratum.
    ///
    /// @param strata `[rows]` labels
    public static SampleDesign stratified(List<String> strata) {
        return clustered(strata, numbered(strata.size()), LonelyUnits.ERROR);
    }

    /// Primary units drawn within strata.
    ///
    /// @param strata   `[rows]` labels
    /// @param clusters `[rows]` labels of primary units; the same label in two strata means two units
    public static SampleDesign clustered(List<String> strata, List<String> clusters, LonelyUnits lonely) {
        return clustered(strata, clusters, new double[strata.size()], lonely);
    }

    /// Primary units drawn within strata, of which parts were drawn. A stratum of one primary unit that was taken
    /// whole adds nothing to a variance, whatever is said of lonely units.
    ///
    /// @param strata       `[rows]` labels
    /// @param clusters     `[rows]` labels of primary units; the same label in two strata means two units
    /// @param rowFractions `[rows]` the part of the row's stratum's primary units that was drawn, `0 <= f <= 1`
    /// @throws Fault (BAD_DATA) as the constructor, or if rows of one stratum have different fractions
    public static SampleDesign clustered(
            List<String> strata, List<String> clusters, double[] rowFractions, LonelyUnits lonely) {
        Map<String, Integer> names = new HashMap<>();
        Map<List<String>, Integer> unitNumbers = new HashMap<>();
        List<String> ordered = new ArrayList<>();
        int[] stratum = new int[strata.size()];
        int[] unit = new int[strata.size()];
        for (int i = 0; i < stratum.length; i++) {
            Integer known = names.putIfAbsent(strata.get(i), ordered.size());
            if (known == null) {
                ordered.add(strata.get(i));
            }
            stratum[i] = known == null ? ordered.size() - 1 : known;
            int next = unitNumbers.size();
            Integer same = unitNumbers.putIfAbsent(List.of(strata.get(i), clusters.get(i)), next);
            unit[i] = same == null ? next : same;
        }
        double[] fractions = new double[ordered.size()];
        Arrays.fill(fractions, Double.NaN);
        for (int i = 0; i < stratum.length; i++) {
            double known = fractions[stratum[i]];
            if (!Double.isNaN(known) && known != rowFractions[i]) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "row " + (i + 1) + " gives stratum '" + ordered.get(stratum[i])
                                + "' another sampling fraction than an earlier row; each stratum has one");
            }
            fractions[stratum[i]] = rowFractions[i];
        }
        return new SampleDesign(stratum, unit, ordered, fractions, lonely);
    }

    /// Number of primary units.
    public int unitCount() {
        return Arrays.stream(units).max().orElse(-1) + 1;
    }

    /// Degrees of freedom: primary units less strata, without strata of which every unit was drawn, whose means
    /// are not estimated.
    public int degreesOfFreedom() {
        boolean[] every = new boolean[units.length];
        Arrays.fill(every, true);
        return Reach.of(this, every).degrees();
    }

    /// `[primary units]` the stratum of each.
    public int[] stratumOfUnit() {
        return stratumOfUnit(strata, units, stratumNames);
    }

    private static int[] numbers(int rows) {
        int[] numbers = new int[rows];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    private static List<String> numbered(int rows) {
        List<String> labels = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            labels.add(Integer.toString(i));
        }
        return labels;
    }
}
