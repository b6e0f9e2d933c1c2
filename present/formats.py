"""Rows for other tools: JSON (a list of objects), JSON lines, CSV, TSV and Parquet. Data is written as it is, Vietnamese letters unescaped.

JSON lines, CSV and TSV are written row by row as the rows come, so that an answer of any length needs no memory of its own.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Final, Literal, TextIO, assert_never

Format = Literal["json", "jsonl", "csv", "tsv", "parquet"]
TextFormat = Literal["json", "jsonl", "csv", "tsv"]
FORMATS: Final[tuple[Format, ...]] = ("json", "jsonl", "csv", "tsv", "parquet")
TEXT_FORMATS: Final[tuple[TextFormat, ...]] = ("json", "jsonl", "csv", "tsv")
SPREADSHEET: Final = ("csv", "tsv")  # what Excel opens, and reads as Windows-1258 or the like unless a byte-order mark says UTF-8
BOM: Final = "\ufeff"

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, the full-width forms of Japanese and Chinese keyboards too.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?\s?%?")  # "-5", "+3,5 %": a spreadsheet shows it, and runs nothing
# Control characters of both blocks, the bidirectional controls of UAX #9, separators of lines: in each, a tab and line ends apart.
_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}]")
_NOT_IN_A_LINE: Final = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff]")
_NOT_IN_JSON: Final = re.compile(f"[\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff]")  # the JSON module escapes the others


@dataclass(frozen=True, slots=True)
class Grid:
    """An answer as columns and rows: `types` is what each column holds, as `typing.get_type_hints` gives it; empty where nobody knows."""

    names: Sequence[str]
    rows: Iterable[Sequence[Any]]
    types: Mapping[str, Any] = field(default_factory=dict)


def names_of(kind: type) -> list[str]:
    """The fields of a row type, in order: the keys of its JSON and the head of its CSV. Keyword-only ones were added later: they come
    last."""
    return [field.name for field in sorted(fields(kind), key=lambda field: bool(field.kw_only))]


def grid_of(rows: Iterable[Any], kind: type) -> Grid:
    """Dataclass rows of type `kind` as a grid."""
    names = names_of(kind)
    values = attrgetter(*names)
    return Grid(names, (values(row) for row in rows))


def visible(text: str) -> str:
    """Text without characters that move a terminal's cursor or turn the direction of writing: a file's name may hold any."""
    return _UNSEEN.sub("", text)


def escaped(text: str) -> str:
    """Text on one line, with what would break it, move the cursor, turn the direction of writing or be no character at all written out:
    "\\n", "\\x1b", "\\u202e". A name stays what it is, and can be told from another."""
    return _NOT_IN_A_LINE.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    known = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(found[0])
    return known or (f"\\x{ord(found[0]):02x}" if ord(found[0]) < 256 else f"\\u{ord(found[0]):04x}")


def json_text(value: Any) -> str:
    """A value as JSON on one line: Vietnamese letters as they are; control characters of both blocks, bidirectional controls, and the bytes
    of a file name that is not UTF-8 as \\u escapes, so that nothing in it acts on the terminal that shows it."""
    return _NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def cell(value: object) -> str:
    """A value as one cell of CSV. Lists and objects are JSON. Text that a spreadsheet would run as a formula gets a ' in front: a report's
    sentence is foreign text, and a list item may well begin with "-". Numbers stay numbers, written as text too ("-5")."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return str(value)
    text = visible(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def write_rows(rows: Iterable[Any], kind: type, form: TextFormat, out: TextIO) -> None:
    """Write dataclass rows of type `kind` to `out`. No rows are an empty list, no lines, or the head alone."""
    write_grid(grid_of(rows, kind), form, out)


def write_grid(grid: Grid, form: TextFormat, out: TextIO) -> None:
    """Write an answer to `out`."""
    match form:
        case "json":
            out.write(json_text(list(_objects(grid))) + "\n")
        case "jsonl":
            out.writelines(json_text(row) + "\n" for row in _objects(grid))
        case "csv":
            _write_csv(grid, out, ",")
        case "tsv":
            _write_csv(grid, out, "\t")
        case _:
            assert_never(form)


def _objects(grid: Grid) -> Iterator[dict[str, Any]]:
    return (dict(zip(grid.names, row, strict=True)) for row in grid.rows)


def _write_csv(grid: Grid, out: TextIO, delimiter: str) -> None:
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(grid.names)
    writer.writerows(map(cell, row) for row in grid.rows)
