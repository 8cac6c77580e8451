"""Writes Parquet files with polars, and beside each what its cells are. See README.md.

The expected cells come from the values below and never from reading a file back.
"""
from decimal import Decimal

import polars

from cells import *

POLARS = "polars " + polars.__version__


def write():
    pl = polars

    def by_polars(file, columns, note=None, **options):
        frame = pl.DataFrame({c["name"]: series for series, c in columns})
        frame.write_parquet(path(file), **({"compression": "zstd", "statistics": False} | options))
        more = {"note": note} if note else {}
        companion(file, POLARS, [c for _, c in columns], rows=frame.height, **more)

    def numbers(name, type, values):
        return (pl.Series(name, values, dtype=type), column(name, str(type), "integer", texts(values, str)))

    by_polars("polars_integers.parquet", [
        (pl.Series("Boolean", [True, False, None]), column("Boolean", "Boolean", "boolean", ["true", "false", None])),
        numbers("Int8", pl.Int8, [-128, 127, None]), numbers("Int16", pl.Int16, [-32768, 32767, None]),
        numbers("Int32", pl.Int32, [-(2**31), 2**31 - 1, None]), numbers("Int64", pl.Int64, [-(2**63), 2**63 - 1, None]),
        numbers("UInt8", pl.UInt8, [0, 255, None]), numbers("UInt16", pl.UInt16, [0, 65535, None]),
        numbers("UInt32", pl.UInt32, [0, 2**32 - 1, None]), numbers("UInt64", pl.UInt64, [2**63, 2**64 - 1, None]),
    ])
    by_polars("polars_int128.parquet", [numbers("Int128", pl.Int128, [2**127 - 1, -(2**127), 2**64 + 1, 2**64 + 2, None])])
    if hasattr(pl, "UInt128"):
        by_polars("polars_uint128.parquet", [numbers("UInt128", pl.UInt128, [2**128 - 1, 0, 2**64 + 1, None])])
    if hasattr(pl, "Float16"):
        values = [float("nan"), float("inf"), -0.0, 1.5, None]
        by_polars("polars_float16.parquet", [(pl.Series("Float16", values, dtype=pl.Float16), column("Float16", "Float16", "float", texts(values, float_text)))])
    values = [float("nan"), float("inf"), float("-inf"), -0.0, 5e-324, 0.1, None]
    single = [float("nan"), float("inf"), float("-inf"), -0.0, 2.0**-149, 0.5, None]
    by_polars("polars_floats.parquet", [
        (pl.Series("Float32", single, dtype=pl.Float32), column("Float32", "Float32", "float", texts(single, float_text))),
        (pl.Series("Float64", values, dtype=pl.Float64), column("Float64", "Float64", "float", texts(values, float_text))),
    ])
    unscaled = [900719925474099301, 900719925474099302, -1, None]
    by_polars("polars_decimals.parquet", [
        (pl.Series("d18_2", [None if u is None else Decimal(u).scaleb(-2) for u in unscaled], dtype=pl.Decimal(18, 2)),
         column("d18_2", "Decimal(18, 2)", "decimal", texts(unscaled, lambda u: decimal_text(u, 2)))),
        (pl.Series("d38_10", [None if u is None else Decimal(u).scaleb(-10) for u in unscaled], dtype=pl.Decimal(38, 10)),
         column("d38_10", "Decimal(38, 10)", "decimal", texts(unscaled, lambda u: decimal_text(u, 10)))),
    ])

    def counts(name, type, values, kind, text, **more):
        return (pl.Series(name, values, dtype=pl.Int64).cast(type), column(name, str(type), kind, texts(values, text), **more))

    day = [0, -1, days(1, 1, 1), days(9999, 12, 31), None]
    by_polars("polars_times.parquet", [
        (pl.Series("Date", day, dtype=pl.Int32).cast(pl.Date), column("Date", "Date", "date", texts(day, date_text))),
        counts("Time", pl.Time, [0, 86399999999999, 1, 43200000000001, None], "time", lambda v: time_text(v, 9)),
        counts("Datetime_ms", pl.Datetime("ms"), [0, -1, 1, 1709212455123, None], "timestamp", lambda v: timestamp_text(v, 3)),
        counts("Datetime_us", pl.Datetime("us"), [0, -1, 1, 1709212455123456, None], "timestamp", lambda v: timestamp_text(v, 6)),
        counts("Datetime_ns", pl.Datetime("ns"), [0, -1, 1, 1709212455123456789, None], "timestamp", lambda v: timestamp_text(v, 9)),
        counts("UTC_us", pl.Datetime("us", "UTC"), [0, -1, 1, 1709212455123456, None], "instant", lambda v: timestamp_text(v, 6, True), zone="UTC"),
        counts("Berlin_ns", pl.Datetime("ns", "Europe/Berlin"), [0, -1, 1, 1709212455123456789, None], "instant",
               lambda v: timestamp_text(v, 9, True), zone="Europe/Berlin"),
    ])
    by_polars("polars_durations.parquet", [
        counts("Duration_" + u, pl.Duration(u), [0, 1, -1, None], "duration", lambda v, d=DIGITS[u]: duration_text(v, d)) for u in ["ms", "us", "ns"]
    ], note="Parquet holds plain 64-bit integers; the unit stands in the footer's ARROW:schema alone")
    by_polars("polars_texts.parquet", [
        (pl.Series("String", ["", "ä€😀", None]), column("String", "String", "text", ["", "ä€😀", None])),
        (pl.Series("Categorical", ["b", "a", None], dtype=pl.Categorical), column("Categorical", "Categorical", "text", ["b", "a", None])),
        (pl.Series("Enum", ["low", "high", None], dtype=pl.Enum(["low", "high", "never"])),
         column("Enum", "Enum(low, high, never)", "text", ["low", "high", None], levels=["low", "high", "never"])),
    ])
    by_polars("polars_binary.parquet", [(pl.Series("Binary", [b"\x00\xff", b"", None]), column("Binary", "Binary", "binary", ["00ff", "", None]))])
    by_polars("polars_nested.parquet", [
        (pl.Series("List", [[1, None, BIG + 1], [], None]), column("List", "List(Int64)", "nested", ["[1,null,9007199254740993]", "[]", None])),
        (pl.Series("Array", [[1, 2], [3, None], None], dtype=pl.Array(pl.Int32, 2)), column("Array", "Array(Int32, 2)", "nested", ["[1,2]", "[3,null]", None])),
        (pl.Series("Struct", [{"x": 1, "y": "a"}, {"x": None, "y": None}, None], dtype=pl.Struct({"x": pl.Int64, "y": pl.String})),
         column("Struct", "Struct(x, y)", "nested", ['{"x":1,"y":"a"}', '{"x":null,"y":null}', None])),
    ])
    by_polars("polars_null.parquet", [
        (pl.Series("nothing", [None, None], dtype=pl.Null), column("nothing", "Null", "null", [None, None])), numbers("id", pl.Int64, [1, 2])])
    by_polars("polars_no_rows.parquet", [numbers("Int64", pl.Int64, []), (pl.Series("String", [], dtype=pl.String), column("String", "String", "text", []))])
    by_polars("polars_lz4.parquet", [numbers("Int64", pl.Int64, [1, BIG + 1, None])], compression="lz4")
