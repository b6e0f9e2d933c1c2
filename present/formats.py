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
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # control characters, overrides of direction


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
            out.write(json.dumps(list(_objects(grid)), ensure_ascii=False) + "\n")
        case "jsonl":
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _objects(grid))
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
