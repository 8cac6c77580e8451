package dev.assay.study;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a stage with the metrics that a reader wants to see first, the most important one first. Reports show
/// them at the head of the page.
///
/// A stage without the mark is taken to mean its estimates in the order of measurement, or its first number if
/// it has none; one marked with nothing has no number that stands for it.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Headline {
    /// Names of metrics; `*` stands for one or more letters: `*.coverage`.
    String[] value();
}
