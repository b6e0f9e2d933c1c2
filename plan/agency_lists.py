"""A list of agencies as an office keeps it becomes one that `registry` reads: other heads, other delimiters, columns left out.

Only a name is needed. The kind is read off the name ("Sở …", "Ủy ban nhân dân xã …"), a code is made from it, and what is not told stays
empty. Nothing is guessed about who succeeds whom.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..errors import PlanError
from .kinds import name_data
from .names import fold_ascii
from .registry import COLUMNS, GROUPS_COLUMN

_HEADS: Final[dict[str, tuple[str, ...]]] = {  # each column by the heads that offices give it, without tone marks
    "code": ("code", "ma", "ma co quan", "ma don vi"),
    "name": ("name", "ten", "ten co quan", "ten don vi", "co quan", "don vi"),
    "short": ("short", "short name", "ten ngan", "ten viet tat", "viet tat"),
    "kind": ("kind", "loai", "loai co quan", "loai hinh"),
    "parent": ("parent", "parent code", "truc thuoc", "co quan cap tren", "ma cap tren"),
    "from": ("from", "valid from", "tu", "tu ngay", "hieu luc tu"),
    "to": ("to", "valid to", "den", "den ngay", "hieu luc den"),
    "successors": ("successors", "successor codes", "ke tuc", "ma ke tuc"),
    "symbols": ("symbols", "doc symbol", "ky hieu", "ky hieu van ban"),
    "confidence": ("confidence",),
    "aliases": ("aliases", "ten khac"),
    GROUPS_COLUMN: ("groups", "nhom"),
}
_PROVINCE: Final = re.compile(r"(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND) ((?:tỉnh|thành phố) .+)")
_BEGINNINGS: Final = (("so ", "so"), ("van phong uy ban nhan dan", "so"), ("van phong ubnd", "so"), ("thanh tra ", "so"))


def normalised(text: str, path: Path) -> str:
    """The list as CSV with the registry's columns and `groups`. Raises PlanError where no column holds the names, or nobody is listed."""
    lines = [line for line in text.splitlines() if line.strip()]
    delimiter = max(",;\t|", key=lines[0].count) if lines else ","
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row)]
    places = _places(rows[0] if rows else [], path)
    if len(rows) < 2:
        raise PlanError(f"{path}: no agency is listed", "Write one agency a line below the heads.")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, GROUPS_COLUMN))
    writer.writerows(_completed(rows[1:], places))
    return out.getvalue()


def _places(head: list[str], path: Path) -> dict[str, int]:
    """Which column stands where."""
    told = [fold_ascii(cell) for cell in head]
    found = {column: told.index(name) for column, names in _HEADS.items() for name in names if name in told}
    if "name" not in found:
        raise PlanError(f"{path}, line 1: no column of names among {', '.join(head)}", "Give the column of names the head name (or tên).")
    return found


def _completed(rows: list[list[str]], places: dict[str, int]) -> Iterator[list[str]]:
    """Each row with its kind and code; codes that are made stay apart from those given and from each other."""
    records = [{column: row[at].strip() if at < len(row) else "" for column, at in places.items()} for row in rows]
    taken = {record.get("code", "") for record in records}
    endings = [f" {found[1]}" for record in records if (found := _PROVINCE.match(record["name"]))]
    for record in records:
        record["short"] = record.get("short") or _short(record["name"], endings)
        record["kind"] = record.get("kind") or kind_of(record["name"])
        record["confidence"] = record.get("confidence") or "partly"
        for column in ("successors", "symbols", "aliases", GROUPS_COLUMN):
            record[column] = "|".join(part.strip() for part in re.split(r"[|;]", record.get(column, "")) if part.strip())
        for column in ("from", "to"):
            record[column] = _day(record.get(column, ""))
        if not record.get("code"):
            record["code"] = _new_code(record["name"], taken)
            taken.add(record["code"])
        yield [record.get(column, "") for column in (*COLUMNS, GROUPS_COLUMN)]


def _short(name: str, endings: list[str]) -> str:
    """A body of the province without the province's name, as its letterhead has it: "Sở Nội vụ"; '' for any other."""
    return next((name.removesuffix(end) for end in endings if name.endswith(end) and not _PROVINCE.match(name)), "")


def kind_of(name: str) -> str:
    """The kind of agency that a name tells: "Ủy ban nhân dân xã An Hòa" is `ubnd_xa`; `khac` where it tells none."""
    folded = fold_ascii(name).replace("uy ban nhan dan", "ubnd")
    words = sorted(((fold_ascii(kind.word), kind.id) for kind in name_data().kinds.values() if kind.word), key=lambda k: -len(k[0]))
    for word, kind in words:
        if folded.startswith(f"ubnd {word} "):
            return kind
    return next((kind for start, kind in _BEGINNINGS if f"{folded} ".startswith(start)), "khac")


def _new_code(name: str, taken: set[str]) -> str:
    base = fold_ascii(name).replace("uy ban nhan dan", "ubnd").replace(" ", "-").upper()
    number = 1
    while (code := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return code


def _day(text: str) -> str:
    """A day as Vietnamese offices write it ("1/7/2025") in the registry's form; anything else as it stands, for the registry to judge."""
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
