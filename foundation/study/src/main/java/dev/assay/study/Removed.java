package dev.assay.study;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says of a stage's input record that it once had a setting or an input which is gone. A study file or a command line
/// that still gives it is told so, in place of being told that there is no such key; nothing else knows of it.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Removed.Several.class)
public @interface Removed {
    /// The key as it stood in study files, in kebab case.
    String name();

    /// The sentence for who still gives it: that it is gone, what takes its place, and what to do.
    String says();

    /// What several of them are kept in.
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Several {
        /// Each of them.
        Removed[] value();
    }
}
