"""Cells as exact texts, worked out from counts and digits alone: no calendar, number or file library is asked."""
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
DIGITS = {"s": 0, "ms": 3, "us": 6, "ns": 9}
# From here on not every whole number is a double.
BIG = 2**53


def path(file):
    return os.path.join(HERE, file)


def texts(values, text):
    return [None if v is None else text(v) for v in values]


def civil(days):
    """Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar."""
    z = days + 719468
    era = z // 146097
    day_of_era = z - era * 146097
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1


def days(year, month, day):
    """The count of days from 1970-01-01, the inverse of civil."""
    y = year - (month <= 2)
    era = y // 400
    year_of_era = y - era * 400
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def ticks(year, month, day, hour=0, minute=0, second=0, fraction=0, digits=0):
    """Ticks of 10^-digits seconds from 1970-01-01T00:00; the fraction is counted in ticks."""
    seconds = days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
    return seconds * 10**digits + fraction


def date_text(count):
    year, month, day = civil(count)
    shown = "%04d" % year if 0 <= year <= 9999 else "%+05d" % year
    return "%s-%02d-%02d" % (shown, month, day)


def time_text(count, digits):
    seconds, fraction = divmod(count, 10**digits)
    text = "%02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return text + (".%0*d" % (digits, fraction) if digits else "")


def timestamp_text(count, digits, zoned=False):
    day, rest = divmod(count, 86400 * 10**digits)
    return date_text(day) + "T" + time_text(rest, digits) + ("Z" if zoned else "")


def duration_text(count, digits):
    seconds, fraction = divmod(abs(count), 10**digits)
    sign = "-" if count < 0 else ""
    return "PT" + sign + str(seconds) + (".%0*d" % (digits, fraction) if digits else "") + "S"


def interval_text(months, day, count, digits):
    return "P%dM%dD" % (months, day) + duration_text(count, digits)[1:]


def float_text(value):
    """The shortest text that reads back to the same double; floats of fewer bits are widened first."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def decimal_text(unscaled, scale):
    digits = str(abs(unscaled)).rjust(scale + 1, "0")
    sign = "-" if unscaled < 0 else ""
    return sign + (digits[:-scale] + "." + digits[-scale:] if scale else digits)


def nested_text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def column(name, type, kind, cells, **more):
    return {"name": name, "type": type, "kind": kind, **more, "cells": cells}


def companion(file, written_by, columns, rows=None, **more):
    """Writes FILE.json beside the file."""
    if rows is None:
        rows = len(columns[0]["cells"]) if columns else 0
    for each in columns:
        assert len(each["cells"]) == rows, (file, each["name"])
        assert all(c is None or isinstance(c, str) for c in each["cells"]), (file, each["name"])
    lines = ",\n".join("    " + json.dumps(c, ensure_ascii=True) for c in columns)
    head = {"file": file, "written by": written_by, **more, "rows": rows}
    text = json.dumps(head, ensure_ascii=True, indent=2)[:-2] + ',\n  "columns": [\n' + lines + "\n  ]\n}\n"
    with open(os.path.join(HERE, file + ".json"), "w", encoding="utf-8", newline="\n") as out:
        out.write(text)
