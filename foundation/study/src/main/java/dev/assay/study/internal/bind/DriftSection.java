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

        @Setting(value = "columns with fewer values in either run are not judged", defaultsTo = "30", min = 1)
        long minValues,

        @Setting(
                value = "corrected p value at or below which the samples of a column differ",
                defaultsTo = "0.05",
                min = 0,
                max = 1)
        double significance,

        @Setting(
                value =
                        "Wasserstein distance over the standard deviation, or stability index, from which on it matters",
                defaultsTo = "0.1",
                min = 0)
        double distance,

        @Setting(
                value = "share of values that lie elsewhere from which on it matters",
                defaultsTo = "0.05",
                min = 0,
                max = 1)
        double share,

        @Setting(value = "how p values of several columns are corrected", defaultsTo = "holm")
        DistributionSettings.Correction correction,

        @Setting(
                value =
                        "how far apart is measured: by kind of the column, or by the population stability index for all",
                defaultsTo = "by-kind")
        DistributionSettings.Choice method) {
    /// @throws IllegalArgumentException if a value is out of its range
    public DriftSection {
        columns = List.copyOf(columns);
        settings(
                countThreshold,
                minRows,
                nullShare,
                columns,
                minValues,
                significance,
                distance,
                share,
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
                minValues,
                significance,
                distance,
                share,
                correction,
                method);
    }

    private static DriftSettings settings(
            double countThreshold,
            long minRows,
            double nullShare,
            List<String> columns,
            long minValues,
            double significance,
            double distance,
            double share,
            DistributionSettings.Correction correction,
            DistributionSettings.Choice method) {
        try {
            return new DriftSettings(
                    countThreshold,
                    minRows,
                    nullShare,
                    new DistributionSettings(columns, minValues, significance, distance, share, correction, method));
        } catch (IllegalArgumentException e) {
            // The sentence begins with the setting's name, as receipts write it.
            String sentence = String.valueOf(e.getMessage());
            String name = sentence.substring(0, sentence.indexOf(' ') + 1);
            throw new IllegalArgumentException(name.replace('_', '-') + sentence.substring(name.length()), e);
        }
    }
}
