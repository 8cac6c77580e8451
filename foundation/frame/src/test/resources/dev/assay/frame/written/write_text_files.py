"""Writes CSV, TSV, JSON Lines and JSON files, and beside each what a careful person would say that its cells are.

A column's `type` is what a reader should take it for, `also` what would lose nothing either. A file with `refuse` has no
reading that loses nothing, for the reason given. See README.md.
"""
import datetime
import os
from decimal import Decimal

import duckdb
import polars

from cells import *

HAND = "by hand"


def put(file, data):
    with open(os.path.join(HERE, file), "wb") as out:
        out.write(data)


def col(name, type, *cells, **more):
    """A column; its cells stand as in the file, without quotes, and None where a cell is missing."""
    kind = {"integer": "integer", "decimal": "decimal", "number": "float", "boolean": "boolean", "date": "date", "timestamp": "timestamp",
            "instant": "instant", "time": "time", "nested": "nested"}.get(type, "text")
    return column(name, type, kind, list(cells), **more)


def text_file(file, text, columns, encoding="utf-8", by=HAND, **more):
    put(file, text.encode(encoding))
    companion(file, by, columns, **more)


def refused(file, text, reason, encoding="utf-8", **more):
    put(file, text if isinstance(text, bytes) else text.encode(encoding))
    companion(file, HAND, [], rows=0, refuse=reason, **more)


def table(file, columns, note=None):
    """A CSV file of columns whose cells need quotes only where they are empty or hold a comma, a quote or a line break."""
    def cell(c):
        if c is None:
            return ""
        return '"%s"' % c.replace('"', '""') if c == "" or any(x in c for x in ',"\r\n') else c
    rows = [[c["name"] for c in columns]] + list(zip(*(c["cells"] for c in columns)))
    text = "".join(",".join(cell(c) for c in row) + "\n" for row in rows)
    text_file(file, text, columns, **({"note": note} if note else {}))


PEOPLE = [col("id", "integer", "1", "2", "3"), col("name", "text", 'Müller, "Anna"', "a;b|c\td", "two\nlines"),
          col("amount", "number", "1234.5", "-0.25", None, also=["decimal"])]


def people(separator, point=".", end="\n", names=("id", "name", "amount")):
    rows = [names, ("1", '"Müller, ""Anna"""', "1234%s5" % point), ("2", '"a;b|c\td"', "-0%s25" % point), ("3", '"two\nlines"', "")]
    return "".join(separator.join(r) + end for r in rows)


def dialects():
    for name, separator in [("comma.csv", ","), ("semicolon.csv", ";"), ("tab.csv", "\t"), ("tab.tsv", "\t"), ("pipe.csv", "|")]:
        text_file("dialect_" + name, people(separator), PEOPLE, separator=separator)
    text_file("dialect_decimal_comma.csv", people(";", ","), PEOPLE, separator=";", decimal=",",
              note="the cells here are written with a decimal point")
    text_file("dialect_decimal_comma.tsv", people("\t", ","), PEOPLE, separator="\t", decimal=",", note="the cells here are written with a decimal point")
    text_file("dialect_thousands_dot.csv", "id;amount;code\n1;1.234,56;1.234\n2;12.345,6;5.678\n3;1.234.567,00;9.012\n", [
        col("id", "integer", "1", "2", "3"),
        col("amount", "text", "1.234,56", "12.345,6", "1.234.567,00", also=["decimal with thousands, if told"]),
        col("code", "text", "1.234", "5.678", "9.012", note="thousands or fractions: nothing in the file decides; beside decimal commas never 1.234 with a point"),
    ], separator=";", decimal=",")
    text_file("dialect_thousands_comma.csv", 'id,amount\n1,"1,234.56"\n2,"12,345.60"\n3,0.50\n', [
        col("id", "integer", "1", "2", "3"), col("amount", "text", "1,234.56", "12,345.60", "0.50", note="numbers with thousands are told, never cut")])
    text_file("dialect_decimal_comma_quoted.csv", 'id,amount\n1,"1,5"\n2,"2,25"\n', [
        col("id", "integer", "1", "2"), col("amount", "text", "1,5", "2,25", also=["number with decimal comma, if told"])])
    text_file("dialect_semicolon_one_column.csv", "a;b\nx;y\nz;w\n", [col("a", "text", "x", "z"), col("b", "text", "y", "w")], separator=";")
    text_file("dialect_semicolon_comma_fractions.csv", "a;b\n1,5;2,5\n3,25;4,75\n", [col("a", "number", "1.5", "3.25"), col("b", "number", "2.5", "4.75")],
              separator=";", decimal=",", note="every line has as many commas as a file of three columns; only the header tells")
    text_file("dialect_commas_in_texts.csv", "id;remark\n1;yes, no\n2;a, b\n", [col("id", "integer", "1", "2"), col("remark", "text", "yes, no", "a, b")], separator=";")
    text_file("dialect_one_column.csv", "name\nAnna\nBen\n", [col("name", "text", "Anna", "Ben")])
    text_file("dialect_one_column_empty_lines.csv", "v\n1\n\n3\n", [col("v", "integer", "1", None, "3", note="or two rows, if the reader says that empty lines are passed over")])
    text_file("dialect_semicolon_in_quotes.csv", '"a;b","c;d"\n1,2\n3,4\n', [col("a;b", "integer", "1", "3"), col("c;d", "integer", "2", "4")])
    text_file("dialect_single_quotes.csv", "id,name\n1,'a'\n2,O'Neil\n", [col("id", "integer", "1", "2"), col("name", "text", "'a'", "O'Neil")])
    text_file("dialect_quoted_numbers.csv", '"id","zip","x"\n"1","01234","0.5"\n"2","12345","1.5"\n', [
        col("id", "integer", "1", "2", also=["text"]), col("zip", "text", "01234", "12345"), col("x", "number", "0.5", "1.5", also=["text"])])
    text_file("dialect_quoted_empty.csv", 'id,t,n\n1,"",""\n2,,\n3,a,5\n', [
        col("id", "integer", "1", "2", "3"), col("t", "text", "", None, "a"),
        col("n", "text", "", None, "5", note="to be told: one number and one empty text")])
    for name, end in [("crlf", "\r\n"), ("cr", "\r"), ("no_final", "\n")]:
        text = "id,name\n1,Anna\n2,Ben\n".replace("\n", end)
        text_file("dialect_%s.csv" % name, text[:-1] if name == "no_final" else text, [col("id", "integer", "1", "2"), col("name", "text", "Anna", "Ben")])
    text_file("dialect_mixed_ends.csv", "id,name\r\n1,Anna\n2,Ben\r\n", [col("id", "integer", "1", "2"), col("name", "text", "Anna", "Ben")],
              **{"or refuse": "lines end in two ways"})
    text_file("dialect_crlf_in_quotes.csv", 'id,name\r\n1,"a\r\nb"\r\n2,"c\nd"\r\n', [col("id", "integer", "1", "2"), col("name", "text", "a\r\nb", "c\nd")])
    text_file("dialect_bom.csv", "\ufeff" + people(","), PEOPLE)
    text_file("dialect_bom_quoted_header.csv", '\ufeff"id","name"\n1,Anna\n', [col("id", "integer", "1"), col("name", "text", "Anna")])
    text_file("dialect_bom_semicolon.csv", "\ufeff" + people(";", ",", "\r\n"), PEOPLE, separator=";", decimal=",", note="as Excel saves 'CSV UTF-8' in German")
    text_file("dialect_excel_sep.csv", "sep=;\r\nid;amount\r\n1;2,5\r\n2;3,5\r\n", [col("id", "integer", "1", "2"), col("amount", "number", "2.5", "3.5")],
              separator=";", decimal=",", note="the first line is Excel's and no header")
    text_file("dialect_trailing_spaces.csv", "id,name \n1, a\n2,b \n", [col("id", "integer", "1", "2"), col("name ", "text", " a", "b ")])
    text_file("dialect_spaced_numbers.csv", "a,b\n 1,x\n2 ,y\n", [col("a", "text", " 1", "2 "), col("b", "text", "x", "y")])
    text_file("dialect_header_only.csv", "id,name\n", [col("id", "text"), col("name", "text")])
    wide = "utf-16-le"
    refused("dialect_utf16le.csv", b"\xff\xfe" + people(",").encode(wide), "UTF-16, not UTF-8: the first bytes are FF FE", note="the message says that it is UTF-16")
    refused("dialect_utf16be.csv", b"\xfe\xff" + people(",").encode("utf-16-be"), "UTF-16, not UTF-8: the first bytes are FE FF")
    refused("dialect_utf16le_no_mark.csv", people(",").encode(wide), "UTF-16 without a mark: every other byte is 0")
    refused("dialect_latin1.csv", people(",").encode("latin-1"), "not UTF-8: byte FC in line 2")
    refused("dialect_windows1252.csv", "id,price\n1,5 €\n".encode("cp1252"), "not UTF-8: byte 80 in line 2")
    refused("dialect_too_few.csv", "a,b,c\n1,2,3\n4,5\n", "line 3 has 2 fields, the header has 3")
    refused("dialect_too_many.csv", "a,b\n1,2\n3,4,5\n", "line 3 has 3 fields, the header has 2")
    refused("dialect_unclosed_quote.csv", 'a,b\n1,"x\n2,y\n', "the quote that line 2 opens is never closed")
    refused("dialect_text_after_quote.csv", 'a,b\n1,"x"y\n', "text after a closing quote in line 2")
    refused("dialect_empty.csv", "", "an empty file has no header")
    refused("dialect_report_above.csv", "Report of 2024\n\nid,name\n1,Anna\n2,Ben\n", "lines above the header: line 3 has 2 fields, the first has 1")


def names():
    def named(file, header, found, **more):
        text_file(file, header + "\n" + ",".join(str(i) for i in range(len(found))) + "\n", [col(n, "integer", str(i)) for i, n in enumerate(found)], **more)

    also = {"or refuse": "a refusal that names both columns loses nothing either"}
    named("names_case.csv", "a,A", ["a", "A"], **also)
    named("names_suffix.csv", "a,A,A_1,a_1", ["a", "A", "A_1", "a_1"], **also)
    refused("names_doubled.csv", "a,a\n1,2\n", "two columns are called 'a'")
    refused("names_empty.csv", "a,,b\n1,2,3\n", "column 2 has no name")
    named("names_odd.csv", 'with space, leading,trailing ,a.b,"a""b",a\'b,"a,b","line\nbreak",ümlaut,emoji😀,=formula,@at,[x],{x},$1,1,-1,NULL,true,__index_level_0__,' + "x" * 1000,
          ["with space", " leading", "trailing ", "a.b", 'a"b', "a'b", "a,b", "line\nbreak", "ümlaut", "emoji😀", "=formula", "@at", "[x]", "{x}", "$1", "1", "-1",
           "NULL", "true", "__index_level_0__", "x" * 1000])
    named("names_words.csv", "select,from,table,order,rowid,filename,c0,c1,column0,count,id,key,weight,n", "select from table order rowid filename c0 c1 column0 count id key weight n".split())
    named("names_composed.csv", "é,e\u0301,straße,STRASSE,i,İ", ["é", "e\u0301", "straße", "STRASSE", "i", "İ"], note="equal to the eye, not in their characters")


def codes():
    text = lambda name, *cells, **more: col(name, "text", *cells, **more)
    table("codes.csv", [
        text("exponent", "1e5", "100000", "2e3", note="as numbers two codes become one"),
        text("trailing_zero", "250.0", "250.00", "1.5", note="as doubles two codes become one", also=["decimal, if each cell keeps its digits"]),
        text("leading_zero", "007", "7", "12"), text("plus", "+1", "1", "2"), text("trailing_point", "1.", "1", "2."), text("leading_point", ".5", "0.5", "1.5"),
        text("underscore", "1_000", "1000", "5"), text("hexadecimal", "0x10", "16", "5"), text("octal", "0o17", "15", "5"),
        text("underflow", "1e-400", "0", "1", note="no double"), text("overflow", "1e400", "0", "1", note="no double"),
        text("minus_zero", "-0", "0", "1", note="a whole number has no -0", also=["number that keeps -0"]),
        text("capital_exponent", "1E5", "1e5", "1"), text("suffix", "1f", "2d", "3L", note="Java's suffixes"), text("infinite_words", "Infinity", "inf", "1.5"),
        text("version", "1.10", "1.1", "1.2", also=["decimal, if each cell keeps its digits"]), text("grouped", "1 000", "2 000", "3"),
        text("arabic", "١٢", "٣", "٤", note="Arabic digits"), text("full_width", "１２", "３", "４"), text("percent", "5%", "6%", "7%"), text("currency", "$5", "€6", "7"),
        text("doubled_minus", "--1", "1", "2"), text("exponent_of_nothing", "e5", "1e", "1e+"), text("true_or_number", "true", "1", "0"), text("blank", " ", "1", "2"),
    ], "each column by itself: text, as at least one cell would not come back as it was written")
    table("numbers.csv", [
        col("whole", "integer", "0", "-1", "9223372036854775807"), col("whole_low", "integer", "-9223372036854775808", "5", None),
        col("halves", "number", "0.5", "1.5", "-2.5", also=["decimal"]), col("minus_zero", "number", "-0.0", "0.0", "1.5", note="-0.0 is kept"),
        col("shortest", "number", "0.1", "1e+23", "5e-324", note="as Python writes doubles"), col("java", "number", "1.0E10", "1.0E-5", "0.5", note="as Java writes doubles"),
        col("whole_and_fraction", "number", "1", "2.5", "3", also=["decimal"]), col("two_places", "decimal", "1.50", "2.25", "100.00", also=["number, as no two cells become equal", "text"]),
        col("digits_17", "number", "0.30000000000000004", "0.1", "123456.789"),
        col("ids_16", "integer", "9007199254740993", "9007199254740992", "9999999999999999"), col("ids_19", "integer", "9223372036854775806", "9223372036854775807", "1000000000000000001"),
    ])
    table("ids.csv", [
        col("digits_19_too_wide", "text", "9223372036854775808", "9223372036854775809", "1", also=["decimal(19,0)", "integer of 64 bits without sign"]),
        col("digits_20", "text", "12345678901234567890", "12345678901234567891", "12345678901234567892", also=["decimal(20,0)", "integer of 64 bits without sign"]),
        col("digits_40", "text", "1" * 40, "1" * 39 + "2", "1"),
        col("one_fraction", "text", "9007199254740993", "9007199254740992", "0.5", also=["decimal"], note="a double would make the first two equal"),
        col("fraction_beyond", "text", "9007199254740993.01", "9007199254740993.02", "1.00", also=["decimal"], note="a double would make the first two equal"),
        col("fraction_of_18", "text", "0.123456789012345678", "0.123456789012345679", "1.5", also=["decimal"]),
        col("one_exponent", "text", "9007199254740993", "1e3", "5", note="a double would change the first"),
        col("iban", "text", "DE89370400440532013000", "GB82WEST12345698765432", "1"),
        col("phone", "text", "+4930123456", "030123456", "123"), col("isbn", "text", "978-3-16-148410-0", "9783161484100", "316148410X"),
    ], "each column by itself")
    table("missing_words.csv", [
        text(name, "1", word, "3", None, note="to be told: two numbers and %r; with missing: [%s] whole numbers" % (word, word))
        for name, word in [("NA", "NA"), ("nan_lower", "nan"), ("nan_mixed", "NaN"), ("null_upper", "NULL"), ("null_lower", "null"), ("None", "None"),
                           ("point", "."), ("dash", "-"), ("n_a", "n/a"), ("hash", "#N/A"), ("question", "?"), ("quoted_empty", ""), ("nil", "nil"), ("backslash_n", "\\N")]
    ], "one word among numbers, and one empty cell, which is missing")
    table("missing_words_in_texts.csv", [col("id", "integer", "1", "2", "3", "4"), text("name", "NA", "null", "Anna", None, note="texts stay texts: Namibia, and a person called Null")])
    table("booleans.csv", [
        col("lower", "boolean", "true", "false", None, "true"), col("upper", "boolean", "TRUE", "FALSE", None, "TRUE", also=["text"]),
        col("title", "boolean", "True", "False", None, "True", also=["text"]),
        text("mixed", "true", "TRUE", "True", "false", note="distinct texts that become equal: to be told or kept"),
        text("T_F", "T", "F", None, "T", note="R's short forms"), text("yes_no", "yes", "no", None, "yes"), text("Y_N", "Y", "N", None, "Y"), text("ja", "ja", "nein", None, "ja"),
        col("zero_one", "integer", "0", "1", None, "1"), text("odd_case", "tRuE", "false", "true", None),
    ])


def moments():
    text = lambda name, *cells, **more: col(name, "text", *cells, **more)
    table("dates.csv", [
        col("iso", "date", "2024-02-29", "1969-12-31", "2000-01-01", None), col("year_1", "date", "0001-01-01", "9999-12-31", "1582-10-10", None),
        text("no_such_day", "2023-02-29", "2024-01-01", "2024-01-02", None), text("us", "02/28/2024", "12/31/1999", "01/02/2024", None),
        text("european", "28.02.2024", "31.12.1999", "01.02.2024", None), text("slashes", "2024/02/29", "1999/12/31", "2024/01/02", None),
        text("ambiguous", "01/02/2024", "03/04/2024", "05/06/2024", None), text("basic", "20240229", "19991231", "20240102", None, also=["integer"]),
        text("short", "2024-2-9", "1999-12-31", "2024-01-02", None), text("month", "2024-02", "1999-12", "2024-01", None), text("week", "2024-W09-4", "1999-W52-5", "2024-W01-2", None),
        text("year_0", "0000-01-01", "2024-01-01", "2024-01-02", None, also=["date"]), text("before", "-0001-01-01", "2024-01-01", "2024-01-02", None),
        text("far", "+10000-01-01", "2024-01-01", "2024-01-02", None), text("infinity", "infinity", "2024-01-01", "2024-01-02", None),
        text("words", "29 Feb 2024", "Dec 31, 1999", "2 January 2024", None), col("year", "integer", "2024", "1999", "2000", None),
        text("date_and_time", "2024-02-29", "2024-02-29T00:00:00", "2024-03-01", None, note="a date is no midnight: a mix is told"),
    ], "each column by itself")
    moments = lambda name, *cells, **more: col(name, "timestamp", *cells, None, **more)
    table("times.csv", [
        col("z", "instant", "2024-02-29T13:14:15Z", "1969-12-31T23:59:59Z", "2000-01-01T00:00:00Z", None),
        col("offset", "instant", "2024-02-29T13:14:15+05:30", "1969-12-31T23:59:59+05:30", "2000-01-01T00:00:00+05:30", None, note="the offset is part of the cell: kept, or told that instants are kept and offsets not"),
        col("offsets", "instant", "2024-02-29T13:14:15+05:30", "2024-02-29T08:44:15+01:00", "2024-02-29T07:44:15Z", None, also=["text"], note="one instant written in three ways: three texts become equal"),
        col("offset_short", "instant", "2024-02-29T13:14:15+0530", "2024-02-29T13:14:15-08", "2000-01-01T00:00:00Z", None, also=["text"]),
        moments("no_zone", "2024-02-29T13:14:15", "1969-12-31T23:59:59", "2000-01-01T00:00:00", note="not UTC"), moments("space", "2024-02-29 13:14:15", "1969-12-31 23:59:59", "2000-01-01 00:00:00"),
        text("mixed_zones", "2024-02-29T13:14:15", "2024-02-29T13:14:15Z", "2024-02-29T13:14:15+05:30", None, note="refused or told with counts: 1 without zone, 2 with"),
        moments("minutes", "2024-02-29T13:14", "1969-12-31T23:59", "2000-01-01T00:00"),
        moments("milliseconds", "2024-02-29T13:14:15.123", "1969-12-31T23:59:59.999", "2000-01-01T00:00:00.001"),
        moments("microseconds", "2024-02-29T13:14:15.123456", "1969-12-31T23:59:59.999999", "2000-01-01T00:00:00.000001"),
        moments("nanoseconds", "2024-02-29T13:14:15.123456789", "2024-02-29T13:14:15.123456788", "1969-12-31T23:59:59.999999999", also=["text"], note="distinct to the nanosecond"),
        moments("mixed_fractions", "2024-02-29T13:14:15", "2024-02-29T13:14:15.1", "2024-02-29T13:14:15.123456"),
        text("more_than_nine", "2024-02-29T13:14:15.1234567891", "2024-02-29T13:14:15.1", "2000-01-01T00:00:00", None),
        text("hour_24", "2024-02-29T24:00:00", "2024-02-29T13:14:15", "2000-01-01T00:00:00", None, also=["timestamp, if written back as 24:00"]),
        text("leap_second", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2017-01-01T00:00:00Z", None),
        col("year_1", "instant", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2000-01-01T00:00:00Z", None),
        text("lower_case", "2024-02-29t13:14:15z", "2024-02-29T13:14:15Z", "2000-01-01T00:00:00Z", None, also=["instant"]),
        text("zone_name", "2024-02-29T13:14:15 Europe/Berlin", "2024-02-29T13:14:15 UTC", "2000-01-01T00:00:00 CET", None),
        text("comma_fraction", "2024-02-29T13:14:15,5", "2000-01-01T00:00:00,25", "2000-01-01T00:00:00", None), text("am_pm", "2/29/2024 1:14 PM", "1/1/2000 12:00 AM", "1/2/2000 1:00 AM", None),
        text("time_only", "13:14:15", "00:00:00", "23:59:59.999", None, also=["time"]), text("time_minutes", "13:14", "00:00", "23:59", None), text("seconds", "1709212455.5s", "0s", "1s", None),
        col("epoch", "integer", "1709212455", "0", "-1", None), text("minus_zero_offset", "2024-02-29T13:14:15-00:00", "2024-02-29T13:14:15Z", "2000-01-01T00:00:00Z", None, also=["instant"]),
    ], "each column by itself")


def tools():
    text_file("r_write_csv.csv", '"","name","x","n","ok","day","f"\n"1","Anna",0.1,1,TRUE,2024-02-29,"a"\n"2",NA,NA,NA,NA,NA,NA\n"3","NA",1e-05,100000,FALSE,1969-12-31,"b ""q"""\n', [
        col("", "integer", "1", "2", "3", also=["text"], note="row names: a column without a name; to be named or refused"),
        col("name", "text", "Anna", "NA", "NA", note="R writes its missing NA without quotes and the text NA with quotes: with missing: [NA] they stay apart"),
        col("x", "text", "0.1", "NA", "1e-05", note="with missing: [NA] numbers"), col("n", "text", "1", "NA", "100000"), col("ok", "text", "TRUE", "NA", "FALSE"),
        col("day", "text", "2024-02-29", "NA", "1969-12-31"), col("f", "text", "a", "NA", 'b "q"')],
        by="by hand, in the shape of R's write.csv", **{"or refuse": "the first column has no name"})
    text_file("r_write_csv2.csv", '"name";"x";"n"\n"Anna";0,1;1\n"Ben";NA;NA\n"Cem";1e-05;100000\n', [
        col("name", "text", "Anna", "Ben", "Cem"), col("x", "text", "0,1", "NA", "1e-05", note="with missing: [NA] and a decimal comma numbers"), col("n", "text", "1", "NA", "100000")],
        by="by hand, in the shape of R's write.csv2(row.names = FALSE)", separator=";", decimal=",")
    text_file("pandas_to_csv.csv", ",i,f,b,t,d,dt,utc\n0,1,1.0,True,a,2024-02-29,2024-02-29 13:14:15.123456789,2024-02-29 13:14:15+00:00\n1,2,1e-05,False,\"b,c\",1969-12-31,1970-01-01 00:00:00.000000000,1970-01-01 00:00:00+00:00\n2,3,,,,,,\n", [
        col("", "integer", "0", "1", "2", note="the index: a column without a name"), col("i", "integer", "1", "2", "3"), col("f", "number", "1.0", "1e-05", None),
        col("b", "boolean", "True", "False", None, also=["text"]), col("t", "text", "a", "b,c", None), col("d", "date", "2024-02-29", "1969-12-31", None),
        col("dt", "timestamp", "2024-02-29 13:14:15.123456789", "1970-01-01 00:00:00.000000000", None, also=["text"], note="nanoseconds"),
        col("utc", "instant", "2024-02-29 13:14:15+00:00", "1970-01-01 00:00:00+00:00", None)],
        by="by hand, in the shape of pandas' to_csv", **{"or refuse": "the first column has no name"})
    frame = polars.DataFrame({
        "i": [1, None], "u": polars.Series([2**64 - 1, 2**64 - 2], dtype=polars.UInt64), "f": [0.1, 1e23], "inf": [float("inf"), float("nan")], "b": [True, None], "t": ["", None],
        "d": [datetime.date(2024, 2, 29), None], "dt": polars.Series([1709212455123456, None], dtype=polars.Int64).cast(polars.Datetime("us")),
        "utc": polars.Series([1709212455123456, None], dtype=polars.Int64).cast(polars.Datetime("us", "UTC")), "dec": [Decimal("1.50"), Decimal("9007199254740993.01")]})
    frame.write_csv(os.path.join(HERE, "polars_write_csv.csv"))
    companion("polars_write_csv.csv", "polars " + polars.__version__, [
        col("i", "integer", "1", None), col("u", "text", str(2**64 - 1), str(2**64 - 2), also=["decimal(20,0)", "integer of 64 bits without sign"]),
        col("f", "number", "0.1", "1e+23"), col("inf", "text", "inf", "NaN", note="a number that is infinite and one that is none, told; or numbers with NaN kept"),
        col("b", "boolean", "true", None), col("t", "text", "", None), col("d", "date", "2024-02-29", None), col("dt", "timestamp", "2024-02-29T13:14:15.123456", None),
        col("utc", "instant", "2024-02-29T13:14:15.123456+0000", None), col("dec", "text", "1.50", "9007199254740993.01", also=["decimal"])])
    duckdb.execute("""SET TimeZone = 'UTC'; COPY (SELECT * FROM (VALUES
        (1::BIGINT, 18446744073709551615::UBIGINT, 0.1::DOUBLE, true, '', DATE '2024-02-29', TIMESTAMP '2024-02-29 13:14:15.123456', TIMESTAMPTZ '2024-02-29 13:14:15+05:30', 1.50::DECIMAL(18,2), [1, 2]),
        (NULL, 18446744073709551614, 'inf', NULL, NULL, 'infinity', NULL, NULL, 9007199254740993.01, NULL)) t(i, u, f, b, t, d, ts, tz, dec, list))
        TO '%s' (HEADER)""" % os.path.join(HERE, "duckdb_copy.csv"))
    companion("duckdb_copy.csv", "DuckDB " + duckdb.__version__, [
        col("i", "integer", "1", None), col("u", "text", "18446744073709551615", "18446744073709551614", also=["decimal(20,0)", "integer of 64 bits without sign"]),
        col("f", "number", "0.1", "inf"), col("b", "boolean", "true", None), col("t", "text", "", None, note="a quoted empty cell and an empty one"),
        col("d", "text", "2024-02-29", "infinity", note="told"), col("ts", "timestamp", "2024-02-29 13:14:15.123456", None), col("tz", "instant", "2024-02-29 07:44:15+00", None),
        col("dec", "text", "1.50", "9007199254740993.01", also=["decimal"]), col("list", "text", "[1, 2]", None)])


def json_lines():
    def lines(file, text, columns, **more):
        text_file(file, text, columns, **more)

    lines("json_case.jsonl", '{"a":5,"A":6}\n{"A":8,"a":7}\n', [col("a", "integer", "5", "7"), col("A", "integer", "6", "8")], **{"or refuse": "a refusal that names both keys loses nothing either"})
    lines("json_case_apart.jsonl", '{"a":5}\n{"A":6}\n', [col("a", "integer", "5", None), col("A", "integer", None, "6")], **{"or refuse": "a refusal that names both keys loses nothing either"})
    lines("json_suffix.jsonl", '{"a":1,"A":2,"A_1":3}\n', [col("a", "integer", "1"), col("A", "integer", "2"), col("A_1", "integer", "3")], **{"or refuse": "a refusal that names both keys loses nothing either"})
    refused("json_doubled.jsonl", '{"a":1}\n{"a":1,"a":2}\n', "line 2 has the key 'a' twice")
    lines("json_nested.jsonl", '{"a":[1,2,{"b":null}],"o":{"x":1.50,"y":"z"}}\n{"a":[],"o":{}}\n{"a":null,"o":null}\n', [
        col("a", "nested", '[1,2,{"b":null}]', "[]", None), col("o", "nested", '{"x":1.50,"y":"z"}', "{}", None, note="1.50 keeps its digits")])
    lines("json_numbers.jsonl", "".join('{"whole":%s,"exponent":%s,"zero":%s,"zero_float":%s,"big":%s,"wide":%s,"fraction":%s,"under":%s,"over":%s,"places":%s,"fraction_of_18":%s}\n' % r for r in zip(
        ["1", "-9223372036854775808", "9223372036854775807"], ["1e5", "100000", "2.5E3"], ["-0", "0", "1"], ["-0.0", "0.0", "1.5"],
        ["18446744073709551615", "18446744073709551614", "1"], ["1" * 40, "1" * 39 + "2", "1"], ["9007199254740993", "9007199254740992", "0.5"],
        ["1e-400", "0", "1"], ["1e400", "0", "1"], ["1.50", "2.25", "100.00"],
        ["0.123456789012345678", "0.123456789012345679", "1.5"])), [
        col("whole", "integer", "1", "-9223372036854775808", "9223372036854775807"),
        col("exponent", "text", "1e5", "100000", "2.5E3", also=["number: in JSON both are one number; told"]),
        col("zero", "text", "-0", "0", "1", also=["number that keeps -0"]), col("zero_float", "number", "-0.0", "0.0", "1.5"),
        col("big", "text", "18446744073709551615", "18446744073709551614", "1", also=["decimal(20,0)", "integer of 64 bits without sign"]),
        col("wide", "text", "1" * 40, "1" * 39 + "2", "1"), col("fraction", "text", "9007199254740993", "9007199254740992", "0.5", also=["decimal"]),
        col("under", "text", "1e-400", "0", "1"), col("over", "text", "1e400", "0", "1"), col("places", "decimal", "1.50", "2.25", "100.00", also=["number", "text"]),
        col("fraction_of_18", "text", "0.123456789012345678", "0.123456789012345679", "1.5", also=["decimal"])])
    lines("json_mixed.jsonl", '{"v":1,"w":true,"x":"1"}\n{"v":"1","w":1,"x":"2"}\n{"v":true,"w":"true","x":"3"}\n', [
        col("v", "text", "1", "1", "true", note="a number, a text and a boolean: told with counts"), col("w", "text", "true", "1", "true"),
        col("x", "text", "1", "2", "3", note="strings are texts, though they look like numbers")])
    lines("json_missing.jsonl", '{"a":1,"b":"x"}\n{"b":null}\n{}\n{"a":null,"c":true}\n', [
        col("a", "integer", "1", None, None, None), col("b", "text", "x", None, None, None), col("c", "boolean", None, None, None, "true")])
    lines("json_null_only.jsonl", '{"a":null,"b":1}\n{"a":null,"b":2}\n', [col("a", "text", None, None), col("b", "integer", "1", "2")])
    lines("json_escapes.jsonl", r'{"t":"\"\\\/\b\f\n\r\t\u00e4\u20ac\ud83d\ude00"}' + "\n" + r'{"t":"\u0000"}' + "\n" + '{"t":"\u2028 ä😀"}\n{"t":""}\n{"t":"null"}\n', [
        col("t", "text", '"\\/\b\f\n\r\tä€😀', "\u0000", "\u2028 ä😀", "", "null")])
    lines("json_escaped_keys.jsonl", r'{"\u0061":1,"\u00e4":2}' + "\n" + '{"a":3,"ä":4}\n', [col("a", "integer", "1", "3"), col("ä", "integer", "2", "4")])
    refused("json_lone_surrogate.jsonl", '{"t":"a"}\n' + r'{"t":"\ud800"}' + "\n", "line 2 has half a character, \\ud800")
    refused("json_lone_surrogate_key.jsonl", r'{"\udc00":1}' + "\n", "line 1 has half a character, \\udc00")
    lines("json_names.jsonl", '{"with space":1,"a.b":2,"a\\"b":3,"$.a":4,"/":5,"*":6,"line\\nbreak":7,"a/b":8,"[0]":9,"rowid":10,"json":11,"😀":12,"a~1b":13,"\'":14,"-":15}\n', [
        col(n, "integer", str(i)) for i, n in enumerate(["with space", "a.b", 'a"b', "$.a", "/", "*", "line\nbreak", "a/b", "[0]", "rowid", "json", "😀", "a~1b", "'", "-"], 1)])
    lines("json_empty_key.jsonl", '{"":1,"a":2}\n', [col("", "integer", "1"), col("a", "integer", "2")], **{"or refuse": "a key without characters"})
    lines("json_dates.jsonl", '{"d":"2024-02-29","z":"2024-02-29T13:14:15Z","l":"2024-02-29T13:14:15","m":"2024-02-29T13:14:15","n":"2024-02-29T13:14:15.123456789","code":"007"}\n'
          '{"d":"1969-12-31","z":"2024-02-29T13:14:15+05:30","l":"1969-12-31T23:59:59","m":"2024-02-29T13:14:15Z","n":"2024-02-29T13:14:15.123456788","code":"7"}\n', [
        col("d", "date", "2024-02-29", "1969-12-31", also=["text"]), col("z", "instant", "2024-02-29T13:14:15Z", "2024-02-29T13:14:15+05:30", also=["text"]),
        col("l", "timestamp", "2024-02-29T13:14:15", "1969-12-31T23:59:59", also=["text"]),
        col("m", "text", "2024-02-29T13:14:15", "2024-02-29T13:14:15Z", note="with and without zone: told"),
        col("n", "timestamp", "2024-02-29T13:14:15.123456789", "2024-02-29T13:14:15.123456788", also=["text"]), col("code", "text", "007", "7")])
    lines("json_crlf.jsonl", '{"a":1}\r\n{"a":2}\r\n', [col("a", "integer", "1", "2")])
    lines("json_blank_lines.jsonl", '{"a":1}\n\n{"a":2}\n\n', [col("a", "integer", "1", "2")])
    lines("json_no_final.jsonl", '{"a":1}\n{"a":2}', [col("a", "integer", "1", "2")])
    lines("json_bom.jsonl", '\ufeff{"a":1}\n{"a":2}\n', [col("a", "integer", "1", "2")], **{"or refuse": "RFC 8259 lets a reader refuse a byte order mark"})
    refused("json_latin1.jsonl", '{"a":"ü"}\n'.encode("latin-1"), "not UTF-8: byte FC in line 1")
    refused("json_utf16.jsonl", b"\xff\xfe" + '{"a":1}\n'.encode("utf-16-le"), "UTF-16, not UTF-8")
    for name, line, reason in [("nan", '{"a":NaN}', "NaN is no JSON"), ("leading_zero", '{"a":007}', "007 is no JSON number"), ("plus", '{"a":+1}', "+1 is no JSON number"),
                               ("single_quotes", "{'a':1}", "single quotes are no JSON"), ("trailing_comma", '{"a":1,}', "a comma before }"), ("array", "[1,2]", "an array, not an object"),
                               ("scalar", "5", "a number, not an object"), ("two_objects", '{"a":1} {"a":2}', "two objects in one line"), ("cut", '{"a":1', "the object is cut off"),
                               ("raw_newline", '{"a":"x\ty"}', "a tab inside a string must be escaped")]:
        refused("json_bad_%s.jsonl" % name, '{"a":0}\n' + line + "\n", "line 2: " + reason)
    lines("json_array.json", '[{"a":1,"b":"x"},\n {"b":null,"a":9007199254740993}]\n', [col("a", "integer", "1", "9007199254740993"), col("b", "text", "x", None)])
    refused("json_no_rows.json", "[]\n", "no object, so no columns")


def write():
    dialects()
    names()
    codes()
    moments()
    tools()
    json_lines()
