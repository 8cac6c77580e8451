package dev.assay.report;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one stage was given, measured and showed.
///
/// @param stage    name of the stage
/// @param kind     kind of the stage
/// @param settings its settings, in the order of the stage's description
/// @param metrics  what it measured, in the order of measurement
/// @param headlines names of those that a reader wants first, the most important one first
/// @param listings its tables
/// @param figures  its charts
/// @param warnings what the reader must know, one sentence each
/// @param notes    how far its results can be traced and shown, some sentences each
/// @param counts   rows by what became of them: `records_in`, `quarantine.<reason>` and so on
/// @param inputs   what it read
/// @param outputs  what it wrote
public record StageSection(
        String stage,
        String kind,
        List<SettingRow> settings,
        List<Metric> metrics,
        List<String> headlines,
        List<Listing> listings,
        List<Figure> figures,
        List<String> warnings,
        List<String> notes,
        Map<String, Long> counts,
        List<ArtefactRow> inputs,
        List<ArtefactRow> outputs) {
    /// Counts are put in alphabetical order of their names, so that the page does not depend on the map's
    /// kind.
    public StageSection {
        settings = List.copyOf(settings);
        metrics = List.copyOf(metrics);
        headlines = List.copyOf(headlines);
        listings = List.copyOf(listings);
        figures = List.copyOf(figures);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
