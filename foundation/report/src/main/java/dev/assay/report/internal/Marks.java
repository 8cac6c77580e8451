package dev.assay.report.internal;

/// The marks that go with the slots of the [Palette], as SVG paths around the origin, about ten units across.
/// The page's script draws the same shapes: it reads them from the legend's.
final class Marks {
    private static final String[] PATHS = {
        "M-5,0A5,5 0 1 1 5,0A5,5 0 1 1 -5,0Z",
        "M-5,0A5,5 0 1 1 5,0A5,5 0 1 1 -5,0Z",
        "M0,-5.8L5.8,0L0,5.8L-5.8,0Z",
        "M0,-5.2L5.2,4.4L-5.2,4.4Z",
        "M-4.4,-4.4H4.4V4.4H-4.4Z",
        "M0,5.2L5.2,-4.4L-5.2,-4.4Z",
        "M-1.8,-5.4H1.8V-1.8H5.4V1.8H1.8V5.4H-1.8V1.8H-5.4V-1.8H-1.8Z",
        "M-5.4,-2.6H5.4V2.6H-5.4Z",
        "M-2.6,-5.4H2.6V5.4H-2.6Z",
    };

    private Marks() {}

    /// The mark of a slot.
    static String path(int slot) {
        return PATHS[slot % PATHS.length];
    }

    /// The marks of all slots, for the page's script.
    static java.util.List<String> all() {
        return java.util.List.of(PATHS);
    }
}
