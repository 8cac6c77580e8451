"""Writes Parquet files with DuckDB, and beside each what its cells are. See README.md.

The expected cells come from the values below and never from reading a file back.
"""
import duckdb

from cells import *

DUCKDB = "DuckDB " + duckdb.__version__


def by_duckdb(file, columns, rows, options="", note=None, setup=()):
    """columns: name, type in SQL, kind, literals in SQL (one a row), cells."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for statement in setup:
        connection.execute(statement)
    quoted = ['"%s"' % n.replace('"', '""') for n, *_ in columns]
    connection.execute("CREATE TABLE t (%s)" % ", ".join("%s %s" % (q, c[1]) for q, c in zip(quoted, columns)))
    for row in range(rows):
        connection.execute("INSERT INTO t VALUES (%s)" % ", ".join(c[3][row] for c in columns))
    connection.execute("COPY t TO '%s' (FORMAT parquet%s)" % (path(file), options))
    more = {"note": note} if note else {}
    companion(file, DUCKDB, [column(c[0], c[1], c[2], c[4], **(c[5] if len(c) > 5 else {})) for c in columns], rows=rows, **more)


def sql_numbers(name, type, kind, cells):
    return (name, type, kind, ["NULL" if c is None else "'%s'::%s" % (c, type) for c in cells], cells)


def write():
    by_duckdb("duckdb_integers.parquet", [
        sql_numbers("BOOLEAN", "BOOLEAN", "boolean", ["true", "false", None]),
        sql_numbers("TINYINT", "TINYINT", "integer", ["-128", "127", None]),
        sql_numbers("SMALLINT", "SMALLINT", "integer", ["-32768", "32767", None]),
        sql_numbers("INTEGER", "INTEGER", "integer", ["-2147483648", "2147483647", None]),
        sql_numbers("BIGINT", "BIGINT", "integer", ["-9223372036854775808", "9223372036854775807", None]),
        sql_numbers("UTINYINT", "UTINYINT", "integer", ["0", "255", None]),
        sql_numbers("USMALLINT", "USMALLINT", "integer", ["0", "65535", None]),
        sql_numbers("UINTEGER", "UINTEGER", "integer", ["0", "4294967295", None]),
        sql_numbers("UBIGINT", "UBIGINT", "integer", ["9223372036854775808", "18446744073709551615", None]),
    ], 3)
    by_duckdb("duckdb_hugeint.parquet", [
        ("HUGEINT", "HUGEINT", "float", ["9007199254740993", "7", "NULL"], ["9007199254740992.0", "7.0", None]),
        ("UHUGEINT", "UHUGEINT", "float", ["18446744073709551617", "7", "NULL"], ["1.8446744073709552e+19", "7.0", None]),
    ], 3, note="DuckDB itself writes doubles: the digits are lost in the file, and the cells are what the file holds")
    by_duckdb("duckdb_decimals.parquet", [
        sql_numbers("d4_1", "DECIMAL(4,1)", "decimal", ["999.9", "-0.1", None]),
        sql_numbers("d9_2", "DECIMAL(9,2)", "decimal", ["9999999.99", "-0.01", None]),
        sql_numbers("d18_2", "DECIMAL(18,2)", "decimal", ["9007199254740993.01", "9007199254740993.02", None]),
        sql_numbers("d38_0", "DECIMAL(38,0)", "decimal", ["9" * 38, "18446744073709551617", None]),
        sql_numbers("d38_10", "DECIMAL(38,10)", "decimal", ["9" * 28 + "." + "9" * 10, "0.0000000001", None]),
    ], 3)
    by_duckdb("duckdb_floats.parquet", [
        ("FLOAT", "FLOAT", "float", ["'NaN'", "'inf'", "'-inf'", "'-0.0'", "0.5", "NULL"], ["NaN", "Infinity", "-Infinity", "-0.0", "0.5", None]),
        ("DOUBLE", "DOUBLE", "float", ["'NaN'", "'inf'", "'-inf'", "'-0.0'", "'5e-324'", "NULL"], ["NaN", "Infinity", "-Infinity", "-0.0", "5e-324", None]),
    ], 6)
    by_duckdb("duckdb_dates.parquet", [
        sql_numbers("DATE", "DATE", "date", ["0001-01-01", "9999-12-31", "1969-12-31", "2000-02-29", None]),
    ], 5)
    by_duckdb("duckdb_dates_infinite.parquet", [
        sql_numbers("DATE", "DATE", "date", ["infinity", "-infinity", "2024-01-01", None]),
    ], 4)
    by_duckdb("duckdb_times.parquet", [
        sql_numbers("TIME", "TIME", "time", ["00:00:00.000000", "23:59:59.999999", "24:00:00.000000", None]),
        ("TIMETZ", "TIMETZ", "time", ["'12:00:00+05:30'", "'12:00:00.5+00'", "'23:59:59-01:00'", "NULL"],
         ["06:30:00.000000", "12:00:00.500000", "00:59:59.000000", None], {"note": "a time with an offset; the file keeps the time in UTC"}),
    ], 4)

    def moments(type, digits, kind="timestamp", zoned=False):
        f = "123456789"[:digits]
        cells = ["2024-02-29T13:14:15" + ("." + f if f else ""), "1969-12-31T23:59:59" + ("." + "9" * digits if f else ""), None]
        literals = ["NULL" if c is None else "'%s%s'::%s" % (c.replace("T", " "), "+00" if zoned else "", type) for c in cells]
        return (type, type, kind, literals, [c and c + ("Z" if zoned else "") for c in cells])

    by_duckdb("duckdb_timestamps.parquet", [
        moments("TIMESTAMP", 6), moments("TIMESTAMP_S", 0), moments("TIMESTAMP_MS", 3), moments("TIMESTAMP_NS", 9),
        moments("TIMESTAMPTZ", 6, "instant", True),
    ], 3, note="TIMESTAMP_S is written in milliseconds")
    for type in ["TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMPTZ"]:
        by_duckdb("duckdb_infinite_%s.parquet" % type.lower(), [
            (type, type, "instant" if type.endswith("TZ") else "timestamp",
             ["'infinity'::" + type, "'-infinity'::" + type, "'2024-01-01 00:00:00'::" + type, "NULL"],
             ["infinity", "-infinity", "2024-01-01T00:00:00" + ("Z" if type.endswith("TZ") else ""), None]),
        ], 4)
    by_duckdb("duckdb_intervals.parquet", [
        ("INTERVAL", "INTERVAL", "interval",
         ["INTERVAL 14 MONTH", "INTERVAL 3 DAY", "INTERVAL 1500 MILLISECOND", "INTERVAL 1 MONTH + INTERVAL 30 DAY + INTERVAL 1 HOUR", "NULL"],
         [interval_text(14, 0, 0, 3), interval_text(0, 3, 0, 3), interval_text(0, 0, 1500, 3), interval_text(1, 30, 3600000, 3), None]),
    ], 5, note="months, days and milliseconds are three numbers: one month is not 30 days")
    by_duckdb("duckdb_interval_microseconds.parquet", [
        ("INTERVAL", "INTERVAL", "interval", ["INTERVAL 1500 MILLISECOND", "NULL"], [interval_text(0, 0, 1500, 3), None]),
    ], 2)
    by_duckdb("duckdb_texts.parquet", [
        ("VARCHAR", "VARCHAR", "text", ["''", "'ä€😀'", "'a\nb'", "NULL"], ["", "ä€😀", "a\nb", None]),
        ("UUID", "UUID", "text", ["'12345678-9abc-def0-1234-56789abcdef0'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'00000000-0000-0000-0000-000000000000'", "NULL"],
         ["12345678-9abc-def0-1234-56789abcdef0", "ffffffff-ffff-ffff-ffff-ffffffffffff", "00000000-0000-0000-0000-000000000000", None]),
        ("ENUM", "ENUM('low', 'it''s', 'never')", "text", ["'it''s'", "'low'", "'low'", "NULL"], ["it's", "low", "low", None]),
        ("JSON", "JSON", "text", ["'{\"a\": 1}'", "'[1,  2]'", "'null'", "NULL"], ['{"a": 1}', "[1,  2]", "null", None]),
    ], 4)
    by_duckdb("duckdb_bits_and_blobs.parquet", [
        ("BLOB", "BLOB", "binary", ["'\\x00\\xFF'::BLOB", "''::BLOB", "NULL"], ["00ff", "", None]),
        ("BIT", "BIT", "text", ["'0101'::BIT", "'1'::BIT", "NULL"], ["0101", "1", None]),
    ], 3)
    by_duckdb("duckdb_nested.parquet", [
        ("LIST", "BIGINT[]", "nested", ["[1, NULL, 9007199254740993]", "[]", "NULL"], ["[1,null,9007199254740993]", "[]", None]),
        ("ARRAY", "INTEGER[2]", "nested", ["[1, 2]", "[3, NULL]", "NULL"], ["[1,2]", "[3,null]", None]),
        ("STRUCT", "STRUCT(x BIGINT, y VARCHAR)", "nested", ["{x: 1, y: 'a'}", "{x: NULL, y: NULL}", "NULL"], ['{"x":1,"y":"a"}', '{"x":null,"y":null}', None]),
        ("MAP", "MAP(VARCHAR, INTEGER)", "nested", ["MAP {'a': 1, 'b': NULL}", "MAP {}", "NULL"], ['{"a":1,"b":null}', "{}", None]),
    ], 3)
    by_duckdb("duckdb_variant.parquet", [
        ("VARIANT", "VARIANT", "nested", ["42::VARIANT", "'text'::VARIANT", "[1, 2]::VARIANT", "NULL"], ["42", '"text"', "[1,2]", None]),
    ], 4)
    by_duckdb("duckdb_no_rows.parquet", [(t, t, "integer", [], []) for t in ["BIGINT", "UBIGINT"]] + [("VARCHAR", "VARCHAR", "text", [], [])], 0)
    by_duckdb("duckdb_v2.parquet", [
        sql_numbers("BIGINT", "BIGINT", "integer", ["1", "9007199254740993", None]), sql_numbers("DOUBLE", "DOUBLE", "float", ["0.1", "1e+23", None]),
    ], 3, ", PARQUET_VERSION v2, COMPRESSION zstd")
