"""Writes Parquet and CSV files with Apache Spark, and beside each what its cells are.

Usage: write_spark_files.py FOLDER_OF_SPARK_JARS [JAVA]. Spark is spoken to in SQL through SparkStatements.java; the expected
cells come from the values below. See README.md.
"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

from cells import *

SPARK = "Spark 4.2.0"
CSV_TYPES = {"BIGINT": "integer", "STRING": "text", "DOUBLE": "number", "TIMESTAMP": "instant", "DATE": "date"}
jobs = []


def write(file, columns, settings=(), options="", format="parquet", note=None, refusal=None):
    """columns: name, type in SQL, kind, literals in SQL (one a row), cells, further entries."""
    rows = len(columns[0][3])
    select = []
    for row in range(rows):
        select.append("SELECT " + ", ".join("CAST(%s AS %s) AS `%s`" % (c[3][row], c[1], c[0]) for c in columns))
    union = " UNION ALL ".join(select) if rows else "SELECT " + ", ".join("CAST(NULL AS %s) AS `%s`" % (c[1], c[0]) for c in columns) + " WHERE false"
    folder = os.path.join(work, file)
    statements = ["SET " + s for s in settings]
    statements.append("INSERT OVERWRITE DIRECTORY '%s' USING %s %s SELECT /*+ COALESCE(1) */ * FROM (%s)" % (
        folder, format, options, union))
    jobs.append((file, statements))
    more = {"note": note} if note else {}
    if refusal:
        more["or refuse"] = refusal
    companion(file, SPARK, [column(c[0], CSV_TYPES[c[1]] if format == "csv" else c[1], c[2], c[4], **(c[5] if len(c) > 5 else {})) for c in columns], rows=rows, **more)


def same(name, type, kind, cells):
    return (name, type, kind, ["NULL" if c is None else "'%s'" % c for c in cells], cells)


def main(jars, java):
    utc = ["spark.sql.session.timeZone=UTC", "spark.sql.parquet.compression.codec=snappy", "spark.sql.parquet.datetimeRebaseModeInWrite=CORRECTED",
           "spark.sql.parquet.int96RebaseModeInWrite=CORRECTED"]
    micros = utc + ["spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS"]
    write("spark_integers.parquet", [
        same("BOOLEAN", "BOOLEAN", "boolean", ["true", "false", None]),
        same("TINYINT", "TINYINT", "integer", ["-128", "127", None]), same("SMALLINT", "SMALLINT", "integer", ["-32768", "32767", None]),
        same("INT", "INT", "integer", ["-2147483648", "2147483647", None]),
        same("BIGINT", "BIGINT", "integer", ["-9223372036854775808", str(BIG + 1), None]),
    ], micros)
    write("spark_floats.parquet", [
        same("FLOAT", "FLOAT", "float", ["NaN", "Infinity", "-Infinity", "0.5", None]),
        same("DOUBLE", "DOUBLE", "float", ["NaN", "Infinity", "-Infinity", "5e-324", None]),
    ], micros)
    decimals = [
        same("d9_2", "DECIMAL(9,2)", "decimal", ["9999999.99", "-0.01", None]),
        same("d18_2", "DECIMAL(18,2)", "decimal", ["9007199254740993.01", "9007199254740993.02", None]),
        same("d38_0", "DECIMAL(38,0)", "decimal", ["9" * 38, "18446744073709551617", None]),
        same("d38_10", "DECIMAL(38,10)", "decimal", ["9" * 28 + "." + "9" * 10, "0.0000000001", None]),
    ]
    write("spark_decimals.parquet", decimals, micros)
    write("spark_decimals_legacy.parquet", decimals, micros + ["spark.sql.parquet.writeLegacyFormat=true"])
    back = ["spark.sql.parquet.writeLegacyFormat=false"]
    write("spark_dates.parquet", [same("DATE", "DATE", "date", ["0001-01-01", "9999-12-31", "1969-12-31", "1582-10-10", None])], micros + back)
    stamp = ["2024-02-29T13:14:15.123456Z", "1969-12-31T23:59:59.999999Z", "0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z", None]
    local = [c and c[:-1] for c in stamp]
    write("spark_timestamps.parquet", [same("TIMESTAMP", "TIMESTAMP", "instant", stamp), same("TIMESTAMP_NTZ", "TIMESTAMP_NTZ", "timestamp", local)], micros)
    write("spark_timestamps_millis.parquet", [
        same("TIMESTAMP", "TIMESTAMP", "instant", ["2024-02-29T13:14:15.123Z", "1969-12-31T23:59:59.999Z", None])],
        utc + ["spark.sql.parquet.outputTimestampType=TIMESTAMP_MILLIS"])
    write("spark_int96.parquet", [same("TIMESTAMP", "TIMESTAMP", "instant", stamp) + ({"note": "INT96 names no zone; Spark means an instant in UTC"},)],
          utc + ["spark.sql.parquet.outputTimestampType=INT96"], note="no nanoseconds: Spark has none")
    write("spark_int96_berlin.parquet", [
        ("TIMESTAMP", "TIMESTAMP", "instant", ["TIMESTAMP'2024-07-01 12:00:00'", "TIMESTAMP'2024-01-01 12:00:00'", "NULL"],
         ["2024-07-01T10:00:00.000000Z", "2024-01-01T11:00:00.000000Z", None], {"zone": "Europe/Berlin"})],
        utc[1:] + ["spark.sql.session.timeZone=Europe/Berlin", "spark.sql.parquet.outputTimestampType=INT96"])
    write("spark_intervals.parquet", [
        ("year_month", "INTERVAL YEAR TO MONTH", "interval", ["INTERVAL '1-2' YEAR TO MONTH", "INTERVAL '-0-1' YEAR TO MONTH", "NULL"], ["P14M0DT0S", "P-1M0DT0S", None]),
        ("day_time", "INTERVAL DAY TO SECOND", "interval",
         ["INTERVAL '1 02:03:04.000005' DAY TO SECOND", "INTERVAL '-0 00:00:00.000001' DAY TO SECOND", "NULL"],
         ["P0M0DT93784.000005S", "P0M0DT-0.000001S", None]),
    ], micros, note="Parquet holds plain integers (months, microseconds); the meaning stands in the footer's Spark schema alone")
    write("spark_texts.parquet", [
        ("STRING", "STRING", "text", ["''", "'ä€😀'", "'a\\nb'", "NULL"], ["", "ä€😀", "a\nb", None]),
        ("CHAR", "STRING", "text", ["'007'", "'1e5'", "'NA'", "NULL"], ["007", "1e5", "NA", None]),
    ], micros)
    write("spark_binary.parquet", [("BINARY", "BINARY", "binary", ["X'00FF'", "X''", "NULL"], ["00ff", "", None])], micros)
    write("spark_nested.parquet", [
        ("ARRAY", "ARRAY<BIGINT>", "nested", ["array(1L, NULL, %dL)" % (BIG + 1), "array()", "NULL"], ["[1,null,9007199254740993]", "[]", None]),
        ("STRUCT", "STRUCT<x: BIGINT, y: STRING>", "nested", ["named_struct('x', 1L, 'y', 'a')", "named_struct('x', CAST(NULL AS BIGINT), 'y', CAST(NULL AS STRING))", "NULL"],
         ['{"x":1,"y":"a"}', '{"x":null,"y":null}', None]),
        ("MAP", "MAP<STRING, INT>", "nested", ["map('a', 1, 'b', NULL)", "map()", "NULL"], ['{"a":1,"b":null}', "{}", None]),
    ], micros)
    write("spark_array_legacy.parquet", [
        ("ARRAY", "ARRAY<BIGINT>", "nested", ["array(1L, 2L)", "array()", "NULL"], ["[1,2]", "[]", None]),
    ], micros + ["spark.sql.parquet.writeLegacyFormat=true"])
    write("spark_variant.parquet", [
        ("VARIANT", "VARIANT", "nested", ["parse_json('{\"a\": 1}')", "parse_json('[1, 2.5, null]')", "parse_json('\"text\"')", "NULL"],
         ['{"a":1}', "[1,2.5,null]", '"text"', None]),
    ], micros + back)
    write("spark_no_rows.parquet", [("BIGINT", "BIGINT", "integer", [], []), ("STRING", "STRING", "text", [], [])], micros)
    for codec in ["gzip", "zstd", "lz4_raw", "none"]:
        write("spark_layout_%s.parquet" % codec, [
            same("id", "BIGINT", "integer", ["1", str(BIG + 1), None]), same("word", "STRING", "text", ["a", "b", None])],
            micros + ["spark.sql.parquet.compression.codec=" + codec])
    write("spark_page_v2.parquet", [
        same("id", "BIGINT", "integer", ["1", str(BIG + 1), None]), same("word", "STRING", "text", ["a", "b", None])],
        micros, "OPTIONS ('parquet.writer.version' 'PARQUET_2_0')")
    write("spark_names_case.parquet", [same("a", "BIGINT", "integer", ["5"]), same("A", "BIGINT", "integer", ["6"])], micros + ["spark.sql.caseSensitive=true"])
    write("spark_names.parquet", [same(n, "BIGINT", "integer", ["1"]) for n in ["with.dot", "line\\nbreak".replace("\\n", "\n"), "ü😀", "select"]], micros)
    csv = [
        ("id", "BIGINT", "integer", ["1", "2", "3"], ["1", "2", "3"]),
        ("text", "STRING", "text", ["'a,\"b\"'", "''", "NULL"], ['a,"b"', "", None]),
        ("double", "DOUBLE", "float", ["1e10", "CAST('NaN' AS DOUBLE)", "CAST('Infinity' AS DOUBLE)"], ["1.0E10", "NaN", "Infinity"],
         {"also": ["text"], "note": "the words Infinity and NaN are Java's"}),
        ("time", "TIMESTAMP", "instant", ["TIMESTAMP'2024-02-29 13:14:15.123456Z'", "TIMESTAMP'2024-02-29 00:00:00Z'", "NULL"],
         ["2024-02-29T13:14:15.123Z", "2024-02-29T00:00:00.000Z", None], {"note": "Spark itself cuts to milliseconds"}),
        ("date", "DATE", "date", ["DATE'2024-02-29'", "DATE'0001-01-01'", "NULL"], ["2024-02-29", "0001-01-01", None]),
    ]
    write("spark_defaults.csv", csv, utc, "OPTIONS ('header' 'true')", "csv",
          note="Spark escapes a quote by a backslash, writes the empty text as a quoted empty cell and null as an empty one",
          refusal="RFC 4180 knows no escape but doubling: a message that names the backslash and the line")
    write("spark_escape.csv", csv, utc, "OPTIONS ('header' 'true', 'escape' '\"')", "csv", note="with option escape='\"', as RFC 4180 asks")

    listing = os.path.join(work, "statements")
    with open(listing, "w", encoding="utf-8") as out:
        out.write("\0".join(s for _, statements in jobs for s in statements))
    # A footer lists its encodings in the order of their identity hashes, which the JVM would draw.
    same_hashes = ["-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2"]
    subprocess.run([java, *same_hashes, "-cp", os.path.join(jars, "*"), os.path.join(HERE, "SparkStatements.java"), listing], check=True)
    for file, _ in jobs:
        parts = glob.glob(os.path.join(work, file, "part-*"))
        if len(parts) != 1:
            raise SystemExit("%s: %d parts" % (file, len(parts)))
        shutil.copyfile(parts[0], os.path.join(HERE, file))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "java")
