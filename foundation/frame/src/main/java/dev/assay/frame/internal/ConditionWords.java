package dev.assay.frame.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The words of conditions: functions whose answer is a matter of their arguments alone, whose cost is
/// at most a product of a text's length and a pattern's, and whose result grows at most by what is
/// written in the condition.
///
/// Left out on purpose: `repeat`, `range`, `format`, `hex`, `base64` and others that nested make text
/// without bound; distances of texts, which cost the product of two lengths; everything that takes a
/// function, a file, a name of a type or of a setting; chance, the clock and the session.
final class ConditionWords {
    /// Functions and operators by group, in lower case as the parser names them.
    static final Map<String, Set<String>> GROUPS = groups();

    /// All of them.
    static final Set<String> FUNCTIONS =
            GROUPS.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /// Types to cast to.
    static final Set<String> TYPES = words("""
            boolean bool tinyint smallint integer int bigint hugeint utinyint usmallint uinteger ubigint
            decimal numeric float real double varchar text string char bpchar date time timestamp datetime interval
            timestamptz timestamp_s timestamp_ms timestamp_ns int1 int2 int4 int8 long short float4 float8 logical
            """, "timestamp with time zone");

    /// Collations, and what may be joined to them by a point.
    static final Set<String> COLLATIONS = words("binary nocase noaccent nfc");

    /// What asks for the session or the clock in the guise of a column.
    static final Set<String> SESSION = words("""
            current_date current_time current_timestamp current_localtime current_localtimestamp localtime
            localtimestamp current_user session_user user current_role current_catalog current_schema rowid
            """);

    /// Functions whose second argument is the length of the result.
    static final Set<String> PADDING = words("lpad rpad");

    /// Functions that take the clock for a second argument that is not there.
    static final Set<String> TWO_ARGUMENTS = words("age");

    private ConditionWords() {}

    private static Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        groups.put("Operators", words("+ - * / // % ^ ** & | ~ << >> @ || ^@ ~~ !~~ ~~* !~~* ~~~"));
        groups.put("Patterns", words("""
                like_escape not_like_escape ilike_escape not_ilike_escape
                regexp_matches regexp_full_match regexp_replace regexp_extract regexp_extract_all
                regexp_split_to_array string_split_regex str_split_regex
                """));
        groups.put("Numbers", words("""
                abs add subtract multiply divide mod fmod sign ceil ceiling floor round round_even roundbankers trunc
                even sqrt cbrt exp ln log log10 log2 pow power pi radians degrees sin cos tan cot asin acos atan atan2
                sinh cosh tanh asinh acosh atanh gamma lgamma gcd greatest_common_divisor lcm least_common_multiple
                isnan isfinite isinf signbit bit_count xor fdiv
                """));
        groups.put("Choices", words("greatest least if nullif ifnull coalesce"));
        groups.put("Texts", words("""
                length len char_length character_length strlen octet_length bit_length length_grapheme
                lower lcase upper ucase trim ltrim rtrim reverse concat concat_ws
                substr substring substring_grapheme left right left_grapheme right_grapheme
                contains starts_with prefix ends_with suffix position strpos instr ascii ord unicode chr
                replace translate lpad rpad split_part strip_accents nfc_normalize md5 sha256
                string_split str_split split string_to_array
                """));
        groups.put("Lists", words("""
                list_value array_value list_contains list_has array_contains array_has list_position list_indexof
                list_extract list_element array_extract list_sum list_min list_max list_avg list_count row
                array_length list_length list_sort list_distinct list_unique
                """));
        groups.put("Dates and times", words("""
                date_part datepart date_trunc datetrunc date_diff datediff date_sub datesub date_add age
                year month day quarter week weekofyear yearweek isoyear decade century millennium era
                dayofweek weekday isodow dayofmonth dayofyear days_in_month last_day dayname monthname julian
                hour minute second millisecond microsecond nanosecond epoch epoch_ms epoch_us epoch_ns
                make_date make_time make_timestamp make_timestamptz time_bucket to_timestamp timezone
                strftime strptime try_strptime
                to_years to_quarters to_months to_weeks to_days to_hours to_minutes to_seconds to_milliseconds
                to_microseconds to_decades to_centuries to_millennia
                """));
        return Collections.unmodifiableMap(groups);
    }

    private static Set<String> words(String text, String... more) {
        Set<String> words = new TreeSet<>(Arrays.asList(text.strip().split("\\s+")));
        words.addAll(Arrays.asList(more));
        return Collections.unmodifiableSet(words);
    }
}
