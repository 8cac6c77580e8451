package dev.assay.study.internal.bind;

import dev.assay.receipt.DistributionSettings;
import dev.assay.receipt.DriftSettings;
import dev.assay.study.Setting;
import java.util.List;

/// The section `drift` of a study file.
public record DriftSection(
        @Setting(value = "relative change of a count above which it is told", defaultsTo = "0.2", min = 0)
        double countThreshold,

        @Setting(value = "counts below this in both runs are not compared", defaultsTo = "20", min = 1)
        long minRows,

        @Setting(
                value = "increase of the share of rows without a value above which it is told",
                defaultsTo = "0.1",
                min = 0,
                max = 1)
        double nullShare,

        @Setting(value = "columns whose distributions are compared, stage.artefact.column each", defaultsTo = "[]")
        List<String> columns,

        @Setting(
                value = "earlier columns of up to this many values are tested by p value, larger ones by distance",
                defaultsTo = "1000",
                min = 0)
        long smallSample,

        @Setting(value = "columns with fewer values in either run are not judged", defaultsTo = "30", min = 1)
        long minValues,

        @Setting(value = "p value at or below which a column has drifted", defaultsTo = "0.05", min = 0, max = 1)
        double significance,

        @Setting(value = "distance at or above which a column has drifted", defaultsTo = "0.1", min = 0)
        double distance,

        @Setting(value = "how p values of several columns are corrected", defaultsTo = "holm")
        DistributionSettings.Correction correction,

        @Setting(
                value = "statistic: by size and kind of the column, or the population stability index for all",
                defaultsTo = "by-size")
        DistributionSettings.Choice method) {
    /// @throws IllegalArgumentException if a value is out of its range
    public DriftSection {
        columns = List.copyOf(columns);
        settings(
                countThreshold,
                minRows,
                nullShare,
                columns,
                smallSample,
                minValues,
                significance,
                distance,
                correction,
                method);
    }

    /// The settings as the comparison takes them.
    DriftSettings settings() {
        return settings(
                countThreshold,
                minRows,
                nullShare,
                columns,
                smallSample,
                minValues,
                significance,
                distance,
                correction,
                method);
    }

    private static DriftSettings settings(
            double countThreshold,
            long minRows,
            double nullShare,
            List<String> columns,
            long smallSample,
            long minValues,
            double significance,
            double distance,
            DistributionSettings.Correction correction,
            DistributionSettings.Choice method) {
        try {
            return new DriftSettings(
                    countThreshold,
                    minRows,
                    nullShare,
                    new DistributionSettings(
                            columns, smallSample, minValues, significance, distance, correction, method));
        } catch (IllegalArgumentException e) {
            // The sentence begins with the setting's name, as receipts write it.
            String sentence = String.valueOf(e.getMessage());
            String name = sentence.substring(0, sentence.indexOf(' ') + 1);
            throw new IllegalArgumentException(name.replace('_', '-') + sentence.substring(name.length()), e);
        }
    }
}
