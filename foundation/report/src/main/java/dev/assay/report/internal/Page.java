package dev.assay.report.internal;

import dev.assay.report.Report;

public final class Page {
    private final Report report;

    public Page(Report report) {
        this.report = report;
    }

    public String html() {
        return "<!doctype html><title>" + report.title().replace("<", "&lt;") + "</title>";
    }
}
