package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.microdata.CalibrateStage.DistanceName;
import dev.assay.microdata.EstimateStage.MethodName;
import dev.assay.study.InMemoryContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weights and the record of their calibration: standard errors are those of R's survey package (version
/// 4.1.1, in
/// `reference.json` of the data), and what does not belong together is refused.
class CalibrationRecordTest {
    private static final Path DATA = Path.of("../../methods/weigh/src/test/resources/dev/assay/weigh");
    private static final Frame HOUSEHOLDS = read("households_2000.csv");
    private static final Frame PERSONS = persons();

    @TempDir
    Path folder;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(2);

    private InMemoryContext said;

    @BeforeEach
    void setUp() {
        said = context();
    }

    private InMemoryContext context() {
        said = InMemoryContext.of(Seed.of(1), engine, folder);
        return said;
    }

    private static Frame read(String file) {
        return Frames.read(DATA.resolve(file), ReadOptions.DEFAULTS);
    }

    /// Persons with a key of their own, their household's share in counts of households, and the numbers
    /// of R's
    /// person-level case.
    private static Frame persons() {
        Frame rows = read("persons_of_2000.csv");
        Map<Double, Integer> sizes = new HashMap<>();
        for (double id : rows.numbers("hhID")) {
            sizes.merge(id, 1, Integer::sum);
        }
        double[] share = new double[rows.rows()];
        double[] rich = new double[rows.rows()];
        long[] key = new long[rows.rows()];
        for (int i = 0; i < share.length; i++) {
            share[i] = 1.0 / sizes.getOrDefault(rows.column("hhID").number(i), 0);
            boolean single = rows.column("HHIncome").number(i) == 3
                    && rows.column("HHDwelling").number(i) == 1;
            rich[i] = single ? share[i] : 0;
            key[i] = (long) (rows.column("hhID").number(i) * 100
                    + rows.column("per_num").number(i));
        }
        return rows.with("share", Column.Doubles.of(share))
                .with("rich_single", Column.Doubles.of(rich))
                .with("key", Column.Longs.of(key));
    }

    private Path targets(boolean ofPersons, String set) throws Exception {
        Frame controls = read("controls.csv");
        Map<String, String> filters = Map.of(
                "size2",
                "HHSize = 2",
                "size3",
                "HHSize = 3",
                "size4",
                "HHSize = 4",
                "inc2",
                "HHIncome = 2",
                "inc3",
                "HHIncome = 3",
                "dwel2",
                "HHDwelling = 2");
        List<String> lines = new ArrayList<>(List.of("name,table,variable,filter,value"));
        for (int i = 0; i < controls.rows(); i++) {
            String name = String.valueOf(controls.column("name").text(i));
            double value = controls.column(set).number(i);
            if (name.equals("households")) {
                lines.add(name + ",sample," + (ofPersons ? "share" : "") + ",," + value);
            } else if (filters.containsKey(name)) {
                lines.add(name + ",sample," + (ofPersons ? "share" : "") + "," + filters.get(name) + "," + value);
            } else if (name.matches("a\\d.*") || name.equals("male")) {
                lines.add(
                        ofPersons && !name.equals("male")
                                ? name + ",sample,,band = '" + name + "'," + value
                                : name + ",sample," + name + ",," + value);
            }
        }
        assertThat(lines).hasSize(15);
        return Files.write(folder.resolve("targets-" + ofPersons + set + ".csv"), lines);
    }

    private Map<String, Object> given(boolean ofPersons, String set) throws Exception {
        return new HashMap<>(Map.of(
                "sample",
                ofPersons ? PERSONS : HOUSEHOLDS,
                "targets",
                targets(ofPersons, set),
                "key",
                ofPersons ? "key" : "hhID",
                "weight",
                "d"));
    }

    private CalibrateStage.Weights calibrated(Map<String, Object> given) {
        return new CalibrateStage().run(Inputs.of(CalibrateStage.Settings.class, given), context());
    }

    private Map<String, Object> handed(Frame sample, CalibrateStage.Weights made) {
        return new HashMap<>(Map.of(
                "sample",
                sample,
                "weights",
                made.weights(),
                "calibration",
                made.calibration(),
                "strata",
                "SUBREGCluster",
                "totals",
                List.of("emp_ft", "transit", "rich_single")));
    }

    private Frame estimated(Map<String, Object> settings) {
        return new EstimateStage()
                .run(Inputs.of(EstimateStage.Settings.class, settings), context())
                .estimates();
    }

    private String refused(Map<String, Object> settings) {
        Fault fault = catchThrowableOfType(Fault.class, () -> estimated(settings));
        assertThat(fault).isNotNull();
        return fault.getMessage();
    }

    private static void agree(Frame estimates, double... reference) {
        for (int k = 0; k < 3; k++) {
            assertThat(estimates.numbers("value")[k] / reference[2 * k]).isCloseTo(1, within(1e-8));
            assertThat(estimates.numbers("standard_error")[k] / reference[2 * k + 1])
                    .isCloseTo(1, within(1e-6));
        }
    }

    private static Frame shuffled(Frame frame) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < frame.rows(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(3));
        return frame.at(order.stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    void clustersVaryAsInR() throws Exception {
        Map<String, Object> given = given(true, "full_file_total");
        given.put("cluster", "hhID");
        given.put("distance", DistanceName.LINEAR);
        Map<String, Object> handed = handed(PERSONS, calibrated(given));
        handed.put("clusters", "hhID");
        agree(estimated(handed), 846440.845437, 17121.420148, 274946.368522, 13091.949373, 198647.133274, 6217.371036);
        given.put("distance", DistanceName.RAKING);
        handed = handed(PERSONS, calibrated(given));
        handed.put("clusters", "hhID");
        agree(estimated(handed), 846454.991678, 17139.378786, 274901.375008, 13094.552637, 198578.393987, 6218.345526);
    }

    @Test
    void personDistancesAndBoundsVaryAsInR() throws Exception {
        Map<String, Object> given = given(false, "full_file_total");
        given.put("sample", HOUSEHOLDS.with("q", inverse(HOUSEHOLDS.numbers("persons"))));
        given.put("q", "q");
        given.put("distance", DistanceName.LINEAR);
        agree(
                estimated(handed((Frame) given.get("sample"), calibrated(given))),
                846440.845437,
                17121.420148,
                274946.368522,
                13091.949373,
                198647.133274,
                6217.371036);
        given = given(false, "published_total");
        given.put("distance", DistanceName.TRUNCATED_LINEAR);
        given.put("bounds", List.of(0.3, 4.0));
        agree(
                estimated(handed(HOUSEHOLDS, calibrated(given))),
                1109819.604930,
                29785.989276,
                373395.960699,
                21909.703201,
                198653.011045,
                8947.506267);
        given.remove("bounds");
        given.put("weightBounds", List.of(50.0, 3000.0));
        agree(
                estimated(handed(HOUSEHOLDS, calibrated(given))),
                1112765.352582,
                26467.808752,
                380971.910983,
                20405.690872,
                206102.249619,
                8574.291239);
    }

    @Test
    void theSettingForPersonDistancesVariesAsInR() throws Exception {
        Map<String, Object> given = given(false, "full_file_total");
        given.put("persons", PERSONS);
        given.put("personDistance", true);
        given.put("distance", DistanceName.LINEAR);
        CalibrateStage.Weights made = calibrated(given);
        Map<String, Object> handed = handed(HOUSEHOLDS, made);
        assertThat(refused(handed)).contains("no table 'persons'");
        handed.put("persons", shuffled(PERSONS));
        double[] asInR = {846440.845437, 17121.420148, 274946.368522, 13091.949373, 198647.133274, 6217.371036};
        agree(estimated(handed), asInR);
        // Without the record it is a statement, and without the statement other weights come about.
        handed.remove("calibration");
        handed.putAll(given);
        agree(estimated(handed), asInR);
        handed.remove("personDistance");
        assertThat(refused(handed)).contains("does not give the weights given");
    }

    private static Column inverse(double[] values) {
        double[] inverse = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            inverse[i] = 1 / values[i];
        }
        return Column.Doubles.of(inverse);
    }

    @Test
    void replicatesAreOfTheCalibrationThatWasMade() throws Exception {
        Map<String, Object> given = given(true, "full_file_total");
        given.put("cluster", "hhID");
        Map<String, Object> handed = handed(PERSONS.with("grp", groups()), calibrated(given));
        handed.put("clusters", "grp");
        double[] linearised = estimated(handed).numbers("standard_error");
        handed.put("method", MethodName.JACKKNIFE);
        double[] replicated = estimated(handed).numbers("standard_error");
        for (int k = 0; k < 3; k++) {
            assertThat(replicated[k] / linearised[k]).isBetween(0.9, 1.15);
        }
        // As if each person had a ratio of its own: other weights, which the record would have told.
        handed.remove("calibration");
        handed.put("targets", given.get("targets"));
        handed.put("key", "key");
        handed.put("weight", "d");
        handed.put("distance", DistanceName.RAKING);
        assertThat(refused(handed)).contains("does not give the weights given", "calibration");
        handed.put("calibrationCluster", "hhID");
        assertThat(estimated(handed).numbers("standard_error")).containsExactly(replicated, within(1e-6));
        assertThat(said.warnings()).anyMatch(w -> w.contains("no record says how the weights were made"));
    }

    private static Column groups() {
        Map<Double, Double> groups = new HashMap<>();
        for (int i = 0; i < HOUSEHOLDS.rows(); i++) {
            groups.put(
                    HOUSEHOLDS.column("hhID").number(i),
                    HOUSEHOLDS.column("grp").number(i));
        }
        double[] cells = PERSONS.numbers("hhID");
        for (int i = 0; i < cells.length; i++) {
            cells[i] = groups.getOrDefault(cells[i], -1.0);
        }
        return Column.Doubles.of(cells);
    }

    @Test
    void weightsAreJoinedByKeyInAnyOrderOfTheRows() throws Exception {
        CalibrateStage.Weights made = calibrated(given(false, "full_file_total"));
        Map<String, Object> handed = handed(HOUSEHOLDS, made);
        Frame expected = estimated(handed);
        assertThat(expected.numbers("standard_error")[0] / 17223.863164).isCloseTo(1, within(1e-8));
        handed.put("weights", shuffled(made.weights()));
        assertThat(estimated(handed)).isEqualTo(expected);
        handed.put("sample", shuffled(shuffled(HOUSEHOLDS)));
        for (int k = 0; k < 3; k++) {
            assertThat(estimated(handed).numbers("standard_error")[k] / expected.numbers("standard_error")[k])
                    .isCloseTo(1, within(1e-9));
        }
        // Without a record the targets and the key are stated, and the weights are held against them.
        handed.remove("calibration");
        assertThat(refused(handed)).contains("'targets'");
        handed.putAll(given(false, "full_file_total"));
        assertThat(estimated(handed).numbers("value")[0] / 846580.527764).isCloseTo(1, within(1e-8));

        Map<String, Object> trim = new HashMap<>(given(false, "full_file_total"));
        trim.putAll(Map.of("weights", shuffled(made.weights()), "least", 200.0, "most", 1200.0));
        Frame trimmed = new TrimStage()
                .run(Inputs.of(TrimStage.Settings.class, trim), context())
                .trimmed();
        trim.put("weights", made.weights());
        trim.put("calibration", made.calibration());
        assertThat(new TrimStage()
                        .run(Inputs.of(TrimStage.Settings.class, trim), context())
                        .trimmed())
                .isEqualTo(trimmed);
    }

    @Test
    void foreignMissingAndDoubledKeysAreNamed() throws Exception {
        CalibrateStage.Weights made = calibrated(given(false, "full_file_total"));
        Map<String, Object> handed = handed(HOUSEHOLDS, made);
        double[] ids = made.weights().numbers("hhID");
        double first = ids[0];
        ids[0] = -7;
        handed.put("weights", made.weights().with("hhID", Column.Doubles.of(ids)));
        assertThat(refused(handed)).contains("that the sample has not: '-7'");
        ids[0] = ids[1];
        handed.put("weights", made.weights().with("hhID", Column.Doubles.of(ids)));
        assertThat(refused(handed)).contains("more than once: '" + (long) ids[1] + "'");
        int[] fewer = new int[HOUSEHOLDS.rows() - 1];
        for (int i = 0; i < fewer.length; i++) {
            fewer[i] = i + 1;
        }
        handed.put("weights", made.weights().at(fewer));
        assertThat(refused(handed)).contains("1999 weights for 2000 rows");
        assertThat(first).isPositive();
        handed.put("weights", made.weights().without(List.of("hhID")));
        assertThat(refused(handed)).contains("no column 'hhID'");
    }

    @Test
    void anotherSampleOtherWeightsAndOtherStatementsAreRefused() throws Exception {
        Map<String, Object> given = given(false, "full_file_total");
        CalibrateStage.Weights made = calibrated(given);
        Map<String, Object> handed = handed(HOUSEHOLDS, made);
        double[] size = HOUSEHOLDS.numbers("HHSize");
        size[5] = size[5] == 2 ? 3 : 2;
        handed.put("sample", HOUSEHOLDS.with("HHSize", Column.Doubles.of(size)));
        assertThat(refused(handed)).contains("not the one that was calibrated", "for target 'size");
        double[] d = HOUSEHOLDS.numbers("d");
        double swap = d[0];
        d[0] = d[1];
        d[1] = swap;
        handed.put("sample", HOUSEHOLDS.with("d", Column.Doubles.of(d)));
        assertThat(refused(handed)).contains("not the one that was calibrated");
        // A column that the calibration did not look at may be new.
        handed.put("sample", HOUSEHOLDS.with("new", Column.Doubles.of(size)));
        assertThat(estimated(handed).rows()).isEqualTo(3);

        double[] weights = made.weights().numbers("weight");
        weights[7] *= 1.001;
        handed.put("weights", made.weights().with("weight", Column.Doubles.of(weights)));
        assertThat(refused(handed)).contains("not those that the calibration of this record made");
        handed.put("weights", made.weights());
        handed.put("distance", DistanceName.LINEAR);
        assertThat(refused(handed)).contains("leave out what states it again");
        handed.remove("distance");
        handed.put("weight", "persons");
        assertThat(refused(handed)).contains("'weight' is 'persons'", "with 'd'");
        handed.remove("weight");
        handed.put("targets", targets(false, "published_total"));
        assertThat(refused(handed)).contains("not those of the calibration, first target 'households'");
    }

    @Test
    void withoutKeysTheRowsHaveToBeTheSameInTheSameOrder() throws Exception {
        Map<String, Object> given = given(false, "full_file_total");
        given.remove("key");
        CalibrateStage.Weights made = calibrated(given);
        Map<String, Object> handed = handed(HOUSEHOLDS, made);
        assertThat(estimated(handed).rows()).isEqualTo(3);
        handed.put("sample", shuffled(HOUSEHOLDS));
        assertThat(refused(handed)).contains("not the one that was calibrated");
        handed.put("sample", HOUSEHOLDS);
        handed.put("weights", shuffled(made.weights()).without(List.of("row")));
        assertThat(refused(handed)).contains("not those that the calibration", "not in their order");
        handed.remove("calibration");
        handed.putAll(given);
        handed.put("weights", made.weights());
        assertThat(refused(handed)).contains("which weight belongs to which row", "'key'");
    }

    @Test
    void weightsThatMissTheirTargetsHaveNoStandardErrors() {
        Path cases = Path.of("src/test/resources/dev/assay/microdata/weigh");
        Map<String, Object> handed = new HashMap<>(Map.of(
                "sample",
                Frames.read(cases.resolve("unmet.csv"), ReadOptions.DEFAULTS),
                "weights",
                Frames.read(cases.resolve("unmet_weights.csv"), ReadOptions.DEFAULTS),
                "targets",
                cases.resolve("unmet_targets.csv"),
                "totals",
                List.of("y")));
        assertThat(refused(handed)).contains("do not meet the target 'n' (line 2)");
        handed.put("key", "id");
        handed.put("otherCalibration", true);
        assertThat(refused(handed)).contains("do not meet the target 'n' (line 2)");
    }
}
