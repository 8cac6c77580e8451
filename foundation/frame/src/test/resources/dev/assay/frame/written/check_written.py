"""Prints the cells of a Parquet, CSV, TSV or JSON Lines file as exact texts, without any code of Assay or DuckDB.

    check_written.py FILE                     the cells, in the shape of the companions here
    check_written.py FILE --against NAME.json what differs from a companion, one line a column; exit status 1 if anything does

Parquet is read by pyarrow, with times as counts and never as Python's own times; CSV and JSON by the code below, which
changes no cell. See README.md for how cells are compared.
"""
import argparse
import gzip
import io
import json
import re
import struct
import sys
from decimal import Decimal, InvalidOperation

from cells import *


# ---- CSV


def csv_records(text, separator):
    """Records of fields; a field is (text, quoted). Ends of lines are CRLF, LF or CR."""
    records, record, field, at, end = [], [], [], 0, len(text)
    while at < end:
        quoted = text[at] == '"'
        if quoted:
            at += 1
            while True:
                close = text.index('"', at)
                field.append(text[at:close])
                at = close + 1
                if at < end and text[at] == '"':
                    field.append('"')
                    at += 1
                else:
                    break
        start = at
        while at < end and text[at] not in (separator, "\n", "\r"):
            at += 1
        if quoted and at > start:
            raise SystemExit("text after a closing quote: %r" % text[start:at])
        field.append(text[start:at])
        record.append(("".join(field), quoted))
        field = []
        if at < end and text[at] == separator:
            at += 1
            if at == end:
                record.append(("", False))
            continue
        if text[at:at + 2] == "\r\n":
            at += 1
        at += 1
        records.append(record)
        record = []
    if record:
        records.append(record)
    return records


def read_csv(text, separator):
    records = csv_records(text, separator)
    if not records:
        raise SystemExit("no header")
    names = [field for field, _ in records[0]]
    for number, record in enumerate(records[1:], 2):
        if len(record) != len(names):
            raise SystemExit("record %d has %d fields, the header has %d" % (number, len(record), len(names)))
    cells = [[None if r[i] == ("", False) else r[i][0] for r in records[1:]] for i in range(len(names))]
    return [column(n, "cells as written", "cell", c) for n, c in zip(names, cells)], len(records) - 1


# ---- JSON Lines


class Number(str):
    pass


def json_cell(value):
    """The kind and the text of a JSON value; a number keeps the way it is written."""
    if value is None:
        return "null", None
    if isinstance(value, bool):
        return "boolean", str(value).lower()
    if isinstance(value, Number):
        return "number", str(value)
    if isinstance(value, str):
        return "string", value
    return "nested", json_text(value)


def json_text(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, Pairs):
        return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + json_text(v) for k, v in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(json_text(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


class Pairs(list):
    pass


def read_json_lines(text):
    lines = [line for line in text.split("\n") if line.strip()]
    rows = [json.loads(line, parse_int=Number, parse_float=Number, parse_constant=Number, object_pairs_hook=Pairs) for line in lines]
    places = {}
    for row in rows:
        seen = {}
        for key, _ in row:
            seen[key] = seen.get(key, 0) + 1
            places.setdefault((key, seen[key]), len(places))
    columns = []
    for key, occurrence in places:
        cells, kinds = [], []
        for row in rows:
            values = [v for k, v in row if k == key]
            kind, cell = json_cell(values[occurrence - 1]) if len(values) >= occurrence else ("absent", None)
            kinds.append(kind)
            cells.append(cell)
        columns.append(column(key, "JSON", "cell", cells, kinds=kinds))
    return columns, len(rows)


# ---- Parquet


def parquet_cells(array, type, interval=False):
    """The kind and the cells of an Arrow array."""
    import pyarrow as pa

    t = pa.types
    if isinstance(array, pa.ExtensionArray):
        if str(array.type.extension_name) == "arrow.uuid":
            return "text", [str_uuid(v.as_py()) if v.is_valid else None for v in array.storage]
        return parquet_cells(array.storage, array.type.storage_type)
    if t.is_dictionary(type):
        return parquet_cells(array.dictionary_decode(), type.value_type)
    if t.is_null(type):
        return "null", [None] * len(array)
    if t.is_boolean(type):
        return "boolean", [None if not v.is_valid else str(v.as_py()).lower() for v in array]
    if t.is_integer(type):
        return "integer", [None if not v.is_valid else str(v.as_py()) for v in array]
    if t.is_floating(type):
        return "float", [None if not v.is_valid else float_text(float(v.as_py())) for v in array]
    if t.is_decimal(type):
        return "decimal", [None if not v.is_valid else format(v.as_py(), "f") for v in array]
    if t.is_date32(type):
        return "date", counts(array, pa.int32(), date_text)
    if t.is_date64(type):
        return "date", counts(array, pa.int64(), lambda v: date_text(v // 86400000))
    if t.is_time32(type):
        return "time", counts(array, pa.int32(), lambda v: time_text(v, DIGITS[type.unit]))
    if t.is_time64(type):
        return "time", counts(array, pa.int64(), lambda v: time_text(v, DIGITS[type.unit]))
    if t.is_timestamp(type):
        zoned = type.tz is not None
        return "instant" if zoned else "timestamp", counts(array, pa.int64(), lambda v: timestamp_text(v, DIGITS[type.unit], zoned))
    if t.is_duration(type):
        return "duration", counts(array, pa.int64(), lambda v: duration_text(v, DIGITS[type.unit]))
    if interval:
        triples = [None if not v.is_valid else struct.unpack("<III", v.as_py()) for v in array]
        return "interval", [None if x is None else interval_text(x[0], x[1], x[2], 3) for x in triples]
    if t.is_binary(type) or t.is_large_binary(type) or t.is_fixed_size_binary(type) or "binary_view" in str(type):
        return "binary", [None if not v.is_valid else v.as_py().hex() for v in array]
    if t.is_map(type):
        return "nested", [None if not v.is_valid else nested_text(dict(v.as_py())) for v in array]
    if t.is_nested(type):
        return "nested", [None if not v.is_valid else nested_text(v.as_py()) for v in array]
    return "text", [None if not v.is_valid else v.as_py() for v in array]


def str_uuid(raw):
    raw = raw.hex()
    return "-".join([raw[:8], raw[8:12], raw[12:16], raw[16:20], raw[20:]])


def counts(array, store, text):
    return [None if not v.is_valid else text(v.as_py()) for v in array.view(store)]


def read_parquet(file, int96):
    import pyarrow as pa
    import pyarrow.parquet as pq

    parquet = pq.ParquetFile(file, coerce_int96_timestamp_unit=int96)
    table = parquet.read()
    leaves = {parquet.schema.column(i).path: parquet.schema.column(i) for i in range(len(parquet.schema))}
    columns = []
    for name, chunked in zip(table.schema.names, table.columns):
        array = chunked.combine_chunks() if chunked.num_chunks != 1 else chunked.chunk(0)
        if isinstance(array, pa.ChunkedArray):
            array = pa.array([], chunked.type) if array.num_chunks == 0 else array.chunk(0)
        leaf = leaves.get(name)
        interval = leaf is not None and leaf.converted_type == "INTERVAL"
        kind, cells = parquet_cells(array, array.type, interval)
        columns.append(column(name, str(chunked.type), kind, cells))
    return columns, table.num_rows


def read(file, int96="ns", companion={}):
    """Columns and rows; a companion tells the separator of a file that is not Assay's, and has its byte order mark passed over."""
    name = file.lower()
    if name.endswith(".parquet"):
        return read_parquet(file, int96)
    with open(file, "rb") as raw:
        data = raw.read()
    if name.endswith(".gz"):
        data, name = gzip.decompress(data), name[:-3]
    text = data.decode("utf-8-sig" if companion else "utf-8")
    if name.endswith((".jsonl", ".ndjson")):
        return read_json_lines(text)
    separator = companion.get("separator", "\t" if name.endswith(".tsv") else ",")
    if companion and text.startswith("sep="):
        text = text.split("\n", 1)[1]
    columns, rows = read_csv(text, separator)
    if "decimal" in companion:
        numbers = {c["name"] for c in companion["columns"] if c["kind"] == "float"}
        for each in columns:
            if each["name"] in numbers:
                each["cells"] = [c and c.replace(companion["decimal"], ".") for c in each["cells"]]
    return columns, rows


# ---- comparing

MOMENT = re.compile(r"([+-]?\d{4,})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?")


def moment(text):
    """Nanoseconds from 1970, and whether a zone is named; None if the text is no date or time."""
    m = MOMENT.fullmatch(text)
    if not m:
        return None
    year, month, day, hour, minute, second = (int(g or 0) for g in m.groups()[:6])
    count = ticks(year, month, day, hour, minute, second, int((m[7] or "").ljust(9, "0")), 9)
    zone = m[8]
    if zone and zone != "Z":
        offset = int(zone[1:3]) * 60 + int(zone[3:].replace(":", "") or 0)
        count -= (1 if zone[0] == "+" else -1) * offset * 60 * 10**9
    return count, bool(zone)


def fraction_cut(time):
    return time.rstrip("0").rstrip(".") if "." in time else time


def number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def alike(kind, expected, got):
    """Whether a cell holds what the companion says, however it is written."""
    if expected is None or got is None or expected == got:
        return expected == got
    if kind == "float":
        names = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}
        got = names.get(got.lower(), got)
        try:
            return float_text(float(expected)) == float_text(float(got))
        except ValueError:
            return False
    if kind in ("integer", "decimal"):
        a, b = number(expected), number(got)
        return a is not None and a == b
    if kind in ("date", "timestamp", "instant"):
        a = moment(expected)
        return a is not None and a == moment(got)
    if kind == "time":
        return fraction_cut(expected) == fraction_cut(got)
    if kind == "nested":
        try:
            load = lambda t: json.loads(t, parse_int=Decimal, parse_float=Decimal)
            return load(expected) == load(got)
        except ValueError:
            return False
    if kind == "boolean":
        return expected.lower() == got.lower()
    return False


def differences(expected, columns, rows):
    """What differs from a companion, as (column, sentence)."""
    found = []
    if rows != expected["rows"]:
        found.append(("", "%d rows, not %d" % (rows, expected["rows"])))
    left = list(columns)
    for each in expected["columns"]:
        match = next((c for c in left if c["name"] == each["name"]), None)
        if match is None:
            found.append((each["name"], "no column of this name; there are: %s" % [c["name"][:40] for c in columns]))
            continue
        left.remove(match)
        wrong = [(r, e, g) for r, (e, g) in enumerate(zip(each["cells"], match["cells"])) if not alike(each["kind"], e, g)]
        if wrong:
            row, want, got = wrong[0]
            found.append((each["name"], "%s (%s): %d of %d cells differ, row %d: %r, not %r" % (
                each["type"], each["kind"], len(wrong), len(each["cells"]), row + 1, got, want)))
    found.extend((c["name"], "a column that the companion lacks") for c in left)
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file")
    arguments.add_argument("--against", metavar="NAME.json")
    arguments.add_argument("--int96", default="ns", choices=["ns", "us", "ms"], help="what INT96 is read as")
    given = arguments.parse_args()
    expected = {}
    if given.against:
        with open(given.against, encoding="utf-8") as companion_file:
            expected = json.load(companion_file)
    # A file that Assay wrote from the companion's has Assay's dialect, not the companion's.
    own = expected.get("file") == os.path.basename(given.file)
    columns, rows = read(given.file, given.int96, expected if own else {})
    if not given.against:
        json.dump({"file": os.path.basename(given.file), "rows": rows, "columns": columns}, sys.stdout, ensure_ascii=True, indent=1)
        print()
        return
    found = differences(expected, columns, rows)
    for name, sentence in found:
        print("%r: %s" % (name[:60], sentence))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
