"""Writes Parquet files with pyarrow, and beside each what its cells are. See README.md.

The expected cells come from the values below and never from reading a file back.
"""
import struct
import uuid
from decimal import Decimal, getcontext

import pyarrow as pa
import pyarrow.parquet as pq

from cells import *

getcontext().prec = 100
PYARROW = "pyarrow " + pa.__version__


def integers(name, type, values, **more):
    return (name, pa.array(values, type), column(name, str(type), "integer", texts(values, str), **more))


def floats(name, type, values):
    width = {pa.float16(): "e", pa.float32(): "f", pa.float64(): "d"}[type]
    exact = [None if v is None else struct.unpack(width, struct.pack(width, v))[0] for v in values]
    return (name, pa.array(exact, type), column(name, str(type), "float", texts(exact, float_text)))


def decimals(name, type, unscaled):
    values = [None if u is None else Decimal(u).scaleb(-type.scale) for u in unscaled]
    cells = texts(unscaled, lambda u: decimal_text(u, type.scale))
    return (name, pa.array(values, type), column(name, str(type), "decimal", cells))


def counted(name, type, values, kind, text, store):
    return (name, pa.array(values, store).cast(type), column(name, str(type), kind, texts(values, text)))


def stamps(name, unit, values, zone=None, note=None):
    digits = DIGITS[unit]
    kind = "instant" if zone else "timestamp"
    more = ({"zone": zone} if zone else {}) | ({"note": note} if note else {})
    cells = texts(values, lambda v: timestamp_text(v, digits, zone is not None))
    type = pa.timestamp(unit, zone)
    return (name, pa.array(values, pa.int64()).cast(type), column(name, str(type), kind, cells, **more))


def plain(name, type, values, kind="text", text=str, **more):
    return (name, pa.array(values, type), column(name, str(type), kind, texts(values, text), **more))


def by_pyarrow(file, columns, required=(), metadata=None, note=None, **options):
    fields = [pa.field(n, a.type, nullable=n not in required) for n, a, _ in columns]
    schema = pa.schema(fields, metadata=metadata)
    table = pa.Table.from_arrays([a for _, a, _ in columns], schema=schema)
    options = {"compression": "snappy", "version": "2.6"} | options
    pq.write_table(table, path(file), **options)
    more = {"note": note} if note else {}
    companion(file, PYARROW, [c for _, _, c in columns], rows=table.num_rows, **more)


def write():
    by_pyarrow("pyarrow_integers.parquet", [
        plain("bool", pa.bool_(), [True, False, None, True], "boolean", lambda b: str(b).lower()),
        integers("int8", pa.int8(), [-128, 127, None, 0]),
        integers("int16", pa.int16(), [-32768, 32767, None, 0]),
        integers("int32", pa.int32(), [-(2**31), 2**31 - 1, None, 0]),
        integers("int64", pa.int64(), [-(2**63), 2**63 - 1, None, BIG + 1]),
        integers("uint8", pa.uint8(), [0, 255, None, 128]),
        integers("uint16", pa.uint16(), [0, 65535, None, 32768]),
        integers("uint32", pa.uint32(), [0, 2**32 - 1, None, 2**31]),
    ])
    by_pyarrow("pyarrow_uint64.parquet", [
        integers("small", pa.uint64(), [0, 1, 2, None]),
        integers("beyond_double", pa.uint64(), [BIG, BIG + 1, BIG + 2, BIG + 3]),
        integers("beyond_long", pa.uint64(), [2**63 - 1, 2**63, 2**63 + 1, 2**64 - 1]),
        integers("beyond_long_with_null", pa.uint64(), [2**64 - 1, 2**64 - 2, None, 2**64 - 3]),
    ])
    special = [float("nan"), float("inf"), float("-inf"), -0.0, 0.0, 5e-324, 1.7976931348623157e308, 0.1, 1e23, None]
    single = [float("nan"), float("inf"), float("-inf"), -0.0, 0.0, 2.0**-149, 3.4028234663852886e38, 0.1, 16777216.0, None]
    half = [float("nan"), float("inf"), float("-inf"), -0.0, 0.0, 2.0**-24, 65504.0, 0.1, 1.5, None]
    by_pyarrow("pyarrow_floats.parquet", [
        floats("float32", pa.float32(), single),
        floats("float64", pa.float64(), special),
        floats("float64_whole_beyond_long", pa.float64(), [1e18, 1e19, 1e20, 9007199254740993.0, 2.0**63, -(2.0**63), 1.0, 2.0, 3.0, None]),
    ])
    by_pyarrow("pyarrow_float16.parquet", [floats("float16", pa.float16(), half)])
    by_pyarrow("pyarrow_decimals.parquet", [
        decimals("d9_2", pa.decimal128(9, 2), [999999999, -999999999, 1, 10, None]),
        decimals("d18_2", pa.decimal128(18, 2), [900719925474099301, 900719925474099302, -999999999999999999, 25000, None]),
        decimals("d18_0", pa.decimal128(18, 0), [999999999999999999, -1, 0, BIG + 1, None]),
        decimals("d38_0", pa.decimal128(38, 0), [10**38 - 1, -(10**38) + 1, 2**63, 2**64 + 1, None]),
        decimals("d38_0_small", pa.decimal128(38, 0), [1, 2, 3, BIG + 1, None]),
        decimals("d38_10", pa.decimal128(38, 10), [10**38 - 1, 12345678901234567890, 12345678901234567891, 1, None]),
        decimals("d38_38", pa.decimal128(38, 38), [10**38 - 1, 1, -1, 0, None]),
        decimals("decimal32", pa.decimal32(9, 4), [123456789, -1, 0, 10000, None]),
        decimals("decimal64", pa.decimal64(18, 6), [123456789012345678, 123456789012345679, 0, 1000000, None]),
    ])
    by_pyarrow("pyarrow_decimals_as_integers.parquet", [
        decimals("d9_2", pa.decimal128(9, 2), [999999999, -1, None]),
        decimals("d18_2", pa.decimal128(18, 2), [900719925474099301, 900719925474099302, None]),
    ], store_decimal_as_integer=True)
    by_pyarrow("pyarrow_decimal256.parquet", [
        decimals("d76_0", pa.decimal256(76, 0), [10**76 - 1, 2**64, None]),
        decimals("d50_10", pa.decimal256(50, 10), [10**50 - 1, 12345678901234567891, None]),
    ], note="more digits than 128 bits hold")
    day = [days(1970, 1, 1), days(1969, 12, 31), days(1, 1, 1), days(9999, 12, 31), days(2000, 2, 29), days(1582, 10, 10), None]
    by_pyarrow("pyarrow_dates.parquet", [
        counted("date32", pa.date32(), day, "date", date_text, pa.int32()),
        (lambda c: ("date64", c[1], c[2]))(counted("date64", pa.date64(), [None if d is None else d * 86400000 for d in day],
            "date", lambda v: date_text(v // 86400000), pa.int64())),
    ])
    by_pyarrow("pyarrow_dates_far.parquet", [
        counted("date32", pa.date32(), [days(0, 1, 1), days(-4712, 11, 24), days(10000, 1, 1), days(294246, 12, 31), None],
                "date", date_text, pa.int32()),
    ], note="years outside 1 to 9999")
    by_pyarrow("pyarrow_times.parquet", [
        counted("time32_s", pa.time32("s"), [0, 86399, 43200, None], "time", lambda v: time_text(v, 0), pa.int32()),
        counted("time32_ms", pa.time32("ms"), [0, 86399999, 1, None], "time", lambda v: time_text(v, 3), pa.int32()),
        counted("time64_us", pa.time64("us"), [0, 86399999999, 1, None], "time", lambda v: time_text(v, 6), pa.int64()),
        counted("time64_ns", pa.time64("ns"), [0, 86399999999999, 1, None], "time", lambda v: time_text(v, 9), pa.int64()),
    ])

    def moments(digits):
        f = 123456789 // 10 ** (9 - digits)
        last = 10**digits - 1
        return [ticks(2024, 2, 29, 13, 14, 15, f, digits), ticks(1969, 12, 31, 23, 59, 59, last, digits),
                ticks(1, 1, 1, digits=digits), ticks(9999, 12, 31, 23, 59, 59, last, digits), 0, None]

    nanos = [ticks(2024, 2, 29, 13, 14, 15, 123456789, 9), ticks(2024, 2, 29, 13, 14, 15, 123456788, 9),
             ticks(1969, 12, 31, 23, 59, 59, 999999999, 9), ticks(1677, 9, 22, 0, 0, 0, 1, 9),
             ticks(2262, 4, 11, 23, 47, 16, 854775807, 9), None]
    by_pyarrow("pyarrow_timestamps.parquet", [
        stamps("s", "s", moments(0)), stamps("ms", "ms", moments(3)), stamps("us", "us", moments(6)), stamps("ns", "ns", nanos),
    ])
    by_pyarrow("pyarrow_timestamps_microseconds.parquet", [
        stamps("ns_whole_microseconds", "ns", [ticks(2024, 2, 29, 13, 14, 15, 123456000, 9), 0, -1000, None]),
    ], note="nanosecond type, though every cell is a whole number of microseconds")
    for name, zone in [("utc", "UTC"), ("berlin", "Europe/Berlin"), ("offset", "+05:30")]:
        by_pyarrow("pyarrow_timestamps_%s.parquet" % name, [
            stamps("s", "s", moments(0), zone), stamps("ms", "ms", moments(3), zone),
            stamps("us", "us", moments(6), zone), stamps("ns", "ns", nanos, zone),
        ])
    by_pyarrow("pyarrow_timestamps_mixed.parquet", [
        stamps("zoneless", "us", [ticks(2024, 7, 1, 12, digits=6), None]),
        stamps("utc", "us", [ticks(2024, 7, 1, 12, digits=6), None], "UTC"),
    ], note="the same count of microseconds, once as a local date and time and once as an instant")
    by_pyarrow("pyarrow_timestamps_no_arrow_schema.parquet", [
        stamps("ms_utc", "ms", moments(3), "UTC"), stamps("ns_utc", "ns", nanos, "UTC"), stamps("us", "us", moments(6)),
    ], store_schema=False)
    old = [ticks(2024, 2, 29, 13, 14, 15, 123456789, 9), ticks(1969, 12, 31, 23, 59, 59, 999999999, 9), 0, None]
    by_pyarrow("pyarrow_int96.parquet", [
        stamps("int96", "ns", old, note="INT96 names no zone; pyarrow wrote a timestamp without one"),
    ], use_deprecated_int96_timestamps=True)
    by_pyarrow("pyarrow_int96_far.parquet", [
        stamps("int96", "us", [ticks(1, 1, 1, digits=6), ticks(9999, 12, 31, 23, 59, 59, 999999, 6), ticks(2262, 4, 12, digits=6), None],
               note="INT96 outside the years that nanoseconds in 64 bits reach"),
    ], use_deprecated_int96_timestamps=True)
    by_pyarrow("pyarrow_durations.parquet", [
        counted(u, pa.duration(u), [0, 1, -1, 90061 * 10 ** DIGITS[u] + (DIGITS[u] > 0), None], "duration",
                lambda v, d=DIGITS[u]: duration_text(v, d), pa.int64()) for u in DIGITS
    ], note="Parquet holds plain 64-bit integers; the unit stands in the footer's ARROW:schema alone")
    words = ["", "a", "ä€😀", 'quote " and \' and , and \\', "line\nbreak\r\nand\ttab", "\u0000nul", "NA", "null", " 12 ", "007", None]
    by_pyarrow("pyarrow_texts.parquet", [
        plain("string", pa.string(), words), plain("large_string", pa.large_string(), words), plain("string_view", pa.string_view(), words),
    ])
    blobs = [b"", b"\x00\xff", b"abc", None]
    by_pyarrow("pyarrow_binary.parquet", [
        plain("binary", pa.binary(), blobs, "binary", bytes.hex), plain("large_binary", pa.large_binary(), blobs, "binary", bytes.hex),
        plain("binary_view", pa.binary_view(), blobs, "binary", bytes.hex),
        plain("fixed", pa.binary(4), [b"\x00\x01\x02\x03", b"\xff\xff\xff\xff", b"abcd", None], "binary", bytes.hex),
    ], note="cells are hexadecimal")
    ids = [uuid.UUID(int=0), uuid.UUID("12345678-9abc-def0-1234-56789abcdef0"), uuid.UUID(int=2**128 - 1), None]
    storage = pa.array([None if i is None else i.bytes for i in ids], pa.binary(16))
    by_pyarrow("pyarrow_uuid.parquet", [("uuid", pa.ExtensionArray.from_storage(pa.uuid(), storage), column("uuid", "uuid", "text", texts(ids, str)))])
    objects = ['{"a": 1}', "[1, 2,  3]", '"text"', "12345678901234567890.10", "null", None]
    by_pyarrow("pyarrow_json.parquet", [
        ("json", pa.ExtensionArray.from_storage(pa.json_(pa.string()), pa.array(objects, pa.string())),
         column("json", "json (text with the JSON logical type)", "text", objects)),
    ])
    levels, codes = ["low", "high", "never"], [1, 0, None, 1]
    coded = [None if c is None else levels[c] for c in codes]
    dictionary = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(levels))
    ordered = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), pa.array(levels), ordered=True)
    numbers = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array([BIG + 1, 7, 8], pa.int64()))
    by_pyarrow("pyarrow_dictionaries.parquet", [
        ("strings", dictionary, column("strings", "dictionary of strings", "text", coded, levels=levels)),
        ("ordered", ordered, column("ordered", "ordered dictionary of strings", "text", coded, levels=levels)),
        ("numbers", numbers, column("numbers", "dictionary of int64", "integer", ["7", str(BIG + 1), None, "7"])),
    ], note="the levels and their order stand in ARROW:schema alone, and 'never' in no cell")
    by_pyarrow("pyarrow_nested.parquet", [
        plain("list", pa.list_(pa.int64()), [[1, None, BIG + 1], [], None], "nested", nested_text),
        plain("large_list", pa.large_list(pa.string()), [["a", None], [], None], "nested", nested_text),
        plain("fixed_list", pa.list_(pa.float64(), 2), [[0.5, 1.5], [2.5, None], None], "nested", nested_text),
        plain("nested_list", pa.list_(pa.list_(pa.int32())), [[[1], [], None], [], None], "nested", nested_text),
        plain("struct", pa.struct([("x", pa.int64()), ("y z", pa.string())]), [{"x": 1, "y z": "a"}, {"x": None, "y z": None}, None], "nested", nested_text),
        plain("map", pa.map_(pa.string(), pa.int64()), [[("a", 1), ("b", None)], [], None], "nested", lambda m: nested_text(dict(m))),
        plain("list_of_structs", pa.list_(pa.struct([("x", pa.int64())])), [[{"x": 1}, None], [], None], "nested", nested_text),
    ], note="cells are JSON without spaces")
    by_pyarrow("pyarrow_null.parquet", [
        ("nothing", pa.nulls(3), column("nothing", "null", "null", [None] * 3)), integers("id", pa.int64(), [1, 2, 3]),
    ])
    by_pyarrow("pyarrow_all_missing.parquet", [
        integers("int64", pa.int64(), [None, None]), integers("uint64", pa.uint64(), [None, None]), floats("float64", pa.float64(), [None, None]),
        plain("string", pa.string(), [None, None]), stamps("ns", "ns", [None, None]), stamps("utc", "us", [None, None], "UTC"),
        decimals("d18_2", pa.decimal128(18, 2), [None, None]),
    ])
    by_pyarrow("pyarrow_no_rows.parquet", [
        integers("int64", pa.int64(), []), integers("uint64", pa.uint64(), []), floats("float64", pa.float64(), []), plain("string", pa.string(), []),
        stamps("us", "us", []), stamps("utc", "us", [], "UTC"), decimals("d38_10", pa.decimal128(38, 10), []),
        plain("list", pa.list_(pa.int64()), [], "nested", nested_text),
    ])
    by_pyarrow("pyarrow_required.parquet", [
        integers("int64", pa.int64(), [1, BIG + 1]), integers("uint64", pa.uint64(), [1, 2**64 - 1]), floats("float64", pa.float64(), [float("nan"), 0.5]),
        plain("string", pa.string(), ["", "a"]), stamps("us", "us", [0, 1]),
    ], required=("int64", "uint64", "float64", "string", "us"))
    many = list(range(BIG - 5, BIG + 6)) + [None]
    repeated = ["x", "y", None] * 4
    for name, options in {
        "row_groups": {"row_group_size": 3}, "page_v2": {"data_page_version": "2.0"}, "plain": {"use_dictionary": False},
        "none": {"compression": "none"}, "gzip": {"compression": "gzip"}, "zstd": {"compression": "zstd"}, "lz4": {"compression": "lz4"},
        "brotli": {"compression": "brotli"}, "version_1": {"version": "1.0"}, "version_2_4": {"version": "2.4"},
        "delta": {"use_dictionary": False, "column_encoding": {"id": "DELTA_BINARY_PACKED", "word": "DELTA_BYTE_ARRAY", "share": "BYTE_STREAM_SPLIT"}},
        "page_v2_brotli": {"data_page_version": "2.0", "compression": "brotli", "use_dictionary": False},
        "checksums": {"write_page_checksum": True},
    }.items():
        by_pyarrow("pyarrow_layout_%s.parquet" % name, [
            integers("id", pa.int64(), many), plain("word", pa.string(), repeated),
            floats("share", pa.float64(), [i / 7 for i in range(11)] + [None]),
        ], note="the same cells as the other layouts", **options)

    def named(file, names, note=None, metadata=None):
        by_pyarrow(file, [integers(n, pa.int64(), [i, i + 100]) for i, n in enumerate(names)], note=note, metadata=metadata)

    named("pyarrow_names_case.parquet", ["a", "A"])
    named("pyarrow_names_case_unicode.parquet", ["straße", "STRASSE", "é", "e\u0301", "É", "İ", "i", "I", "ı", "K", "k", "\u212a"])
    named("pyarrow_names_suffix.parquet", ["a", "A", "A_1", "a_1", "a_2"], "names like those that a reader would make up")
    named("pyarrow_names_doubled.parquet", ["a", "a"])
    named("pyarrow_names_empty.parquet", ["", "a"])
    named("pyarrow_names_odd.parquet", [
        "with space", " leading", "trailing ", "with.dot", 'with"quote', "with'quote", "with`tick", "with,comma", "with;semicolon",
        "line\nbreak", "carriage\rreturn", "tab\there", "back\\slash", "emoji😀", "ümlaut", "=formula", "@at", "#hash", "%percent", "[x]", "{x}", "$1", "1",
        "-1", "1.5", "a/b", "a:b", "a=b", "\u0001control", "\u200bzero width", "x" * 1000, "__index_level_0__", " ", "NULL", "null", "true"])
    named("pyarrow_names_nul.parquet", ["nul\u0000inside", "plain"], "a reader may refuse it, saying that the name has a NUL character")
    named("pyarrow_names_words.parquet", [
        "select", "SELECT 1", "from", "table", "order", "group", "user", "rowid", "row", "row_number", "file_row_number", "filename", "column0", "c0", "C4",
        "count", "all", "null", "n", "weight", "key", "id", "assay", "line", "schema", "duckdb_schema", "index", "_", "*", "a.b", "year=2020"])
    named("pyarrow_names_pandas.parquet", ["v", "__index_level_0__"], "an index that pandas keeps as a column, with its note in the footer", {
        "pandas": '{"index_columns": ["__index_level_0__"], "column_indexes": [], "columns": [], "creator": {"library": "pyarrow"}, "pandas_version": "2.2.0"}'})
    named("pyarrow_names_assay_note.parquet", ["v"], "a footer with a note that is not Assay's own, under its name", {"assay.schema": "no JSON"})
