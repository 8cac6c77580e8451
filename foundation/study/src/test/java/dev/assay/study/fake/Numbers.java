package dev.assay.study.fake;

import java.util.List;

/// A document that passes between stages.
public record Numbers(String label, List<Long> values) {}
