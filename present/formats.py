"""Rows for other tools: JSON (a list of objects), JSON lines, CSV and TSV. Data is written as it is, Vietnamese letters unescaped."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final, Literal, TextIO, assert_never

Format = Literal["json", "jsonl", "csv", "tsv"]
FORMATS: Final[tuple[Format, ...]] = ("json", "jsonl", "csv", "tsv")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def names_of(kind: type) -> list[str]:
    """The fields of a row type, in order: the keys of its JSON and the head of its CSV. Keyword-only ones were added later: they come
    last."""
    return [field.name for field in sorted(fields(kind), key=lambda field: bool(field.kw_only))]


def cell(value: object) -> str:
    """A value as one cell of CSV. Lists and objects are JSON. Text that a spreadsheet would run as a formula gets a ' in front: a report's
    sentence is foreign text, and a list item may well begin with "-"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)


def write_rows(rows: Sequence[Any], kind: type, form: Format, out: TextIO) -> None:
    """Write dataclass rows of type `kind` to `out`. No rows are an empty list, no lines, or the head alone."""
    match form:
        case "json":
            out.write(json.dumps(_objects(rows, kind), ensure_ascii=False) + "\n")
        case "jsonl":
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _objects(rows, kind))
        case "csv":
            _write_csv(rows, kind, out, ",")
        case "tsv":
            _write_csv(rows, kind, out, "\t")
        case _:
            assert_never(form)


def _objects(rows: Iterable[Any], kind: type) -> list[dict[str, Any]]:
    names = names_of(kind)
    values = attrgetter(*names)
    return [dict(zip(names, values(row), strict=True)) for row in rows]


def _write_csv(rows: Iterable[Any], kind: type, out: TextIO, delimiter: str) -> None:
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    names = names_of(kind)
    writer.writerow(names)
    writer.writerows([cell(getattr(row, name)) for name in names] for row in rows)
