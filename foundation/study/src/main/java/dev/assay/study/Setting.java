package dev.assay.study;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a component of a stage's input record as a setting.
///
/// Types: `int`, `long`, `double`, `boolean`, `String`, enums, `List` of these, `Map<String, String>`, nested
/// records of settings, and `Optional` of any of them. Names are the component's in kebab case (`minLeaf` ->
/// `min-leaf`), and so are enum constants (`ZI_QRF` -> `zi-qrf`).
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
    /// What it means, with its unit, in one line.
    String value();

    /// The value if none is given, written as in a study file (lists and maps as YAML flow text). [#REQUIRED]
    /// means that one must be given; `Optional` components need none.
    String defaultsTo() default REQUIRED;

    /// The smallest value allowed, for numbers.
    double min() default Double.NEGATIVE_INFINITY;

    /// The largest value allowed, for numbers.
    double max() default Double.POSITIVE_INFINITY;

    /// What a text must be. Checked before anything is written down, and never quoted when it is not
    /// that.
    Form form() default Form.ANY;

    /// What a text can have to be.
    enum Form {
        /// Anything.
        ANY {
            @Override
            public String checked(String text) {
                return text;
            }
        },
        /// A base URL without user, query and fragment: see [Origin#baseUrl(String)].
        BASE_URL {
            @Override
            public String checked(String text) {
                return Origin.baseUrl(text);
            }
        },
        /// An environment variable that holds a key: see [Destination#variable(String)].
        KEY_VARIABLE {
            @Override
            public String checked(String text) {
                return Destination.variable(text);
            }
        };

        /// The text in its usual spelling.
        ///
        /// @throws IllegalArgumentException if it is not what it must be; the message does not repeat
        ///     it
        public abstract String checked(String text);
    }

    /// The value of [#defaultsTo()] that means there is no default.
    String REQUIRED = "\0";
}
