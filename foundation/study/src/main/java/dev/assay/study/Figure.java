package dev.assay.study;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A chart for people, as data. The report draws it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "figure")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Figure.Bars.class, name = "bars"),
    @JsonSubTypes.Type(value = Figure.Flow.class, name = "flow"),
    @JsonSubTypes.Type(value = Figure.Histogram.class, name = "histogram"),
    @JsonSubTypes.Type(value = Figure.Intervals.class, name = "intervals"),
    @JsonSubTypes.Type(value = Figure.Lines.class, name = "lines"),
    @JsonSubTypes.Type(value = Figure.Points.class, name = "points")
})
public sealed interface Figure {

    /// What it shows, a few words.
    String title();

    /// How to read it, one or two sentences; may be empty.
    String note();

    /// A named series of numbers; NaN leaves a gap.
    record Series(String name, List<Double> values) {
        public Series {
            values = List.copyOf(values);
        }
    }

    /// Grouped bars: one group a category, one bar a series.
    record Bars(String title, String note, String xLabel, String yLabel, List<String> categories, List<Series> series)
            implements Figure {
        public Bars {
            categories = List.copyOf(categories);
            series = List.copyOf(series);
        }
    }

    /// Histograms over the same bins. Bin `i` covers `edges[i]` to `edges[i + 1]`; a series has one value a bin.
    record Histogram(String title, String note, String xLabel, String yLabel, List<Double> edges, List<Series> series)
            implements Figure {
        public Histogram {
            edges = List.copyOf(edges);
            series = List.copyOf(series);
        }
    }

    /// Point values with intervals: one group a category, one mark a series.
    record Intervals(String title, String note, String yLabel, List<String> categories, List<IntervalSeries> series)
            implements Figure {
        public Intervals {
            categories = List.copyOf(categories);
            series = List.copyOf(series);
        }
    }

    /// Values with lower and upper ends, one of each a category.
    record IntervalSeries(String name, List<Double> values, List<Double> low, List<Double> high) {
        public IntervalSeries {
            values = List.copyOf(values);
            low = List.copyOf(low);
            high = List.copyOf(high);
        }
    }

    /// Lines over a common numeric axis.
    record Lines(
            String title, String note, String xLabel, String yLabel, boolean logY, List<Double> x, List<Series> series)
            implements Figure {
        public Lines {
            x = List.copyOf(x);
            series = List.copyOf(series);
        }
    }

    /// Marks in the plane, with a label each (may be empty).
    record Points(
            String title,
            String note,
            String xLabel,
            String yLabel,
            boolean logX,
            boolean logY,
            List<PointSeries> series)
            implements Figure {
        public Points {
            series = List.copyOf(series);
        }
    }

    /// Marks of one colour.
    record PointSeries(String name, List<Double> x, List<Double> y, List<String> labels) {
        public PointSeries {
            x = List.copyOf(x);
            y = List.copyOf(y);
            labels = List.copyOf(labels);
        }
    }

    /// Where a quantity goes (a Sankey chart): what flows into a place that is not an end flows out of it
    /// again, to the last unit.
    ///
    /// @param unit what flows: `rows`
    record Flow(String title, String note, String unit, List<Link> links) implements Figure {
        /// @throws IllegalArgumentException if something is lost or gained on the way
        public Flow {
            links = List.copyOf(links);
            Map<String, Long> in = new TreeMap<>();
            Map<String, Long> out = new TreeMap<>();
            for (Link link : links) {
                in.merge(link.to(), link.amount(), Long::sum);
                out.merge(link.from(), link.amount(), Long::sum);
            }
            in.forEach((place, amount) -> {
                Long leaves = out.get(place);
                if (leaves != null && !leaves.equals(amount)) {
                    throw new IllegalArgumentException(
                            "at '" + place + "' " + amount + " come in, but " + leaves + " leave");
                }
            });
        }
    }

    /// A part of a flow.
    ///
    /// @param amount above 0
    record Link(String from, String to, long amount) {
        public Link {
            if (amount <= 0 || from.equals(to)) {
                throw new IllegalArgumentException("a link leads from one place to another and carries something");
            }
        }
    }
}
