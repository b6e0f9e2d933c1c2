"""What the store holds, compared with a gold file: a list of reports with what a careful officer would have written."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..extract.scoring import CLAIMS, Tally
from .cells import Judging
from .filters import Filters
from .model import StatusRow
from .plans import number_of
from .queries import documents, evidence
from .status import status

_DAY = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: `measure` is claims, status, cells, missing or field, `name` the item, state or field it is of ('' for all)."""

    measure: str
    name: str
    precision: float | None
    recall: float | None
    f1: float | None
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class ConfusionRow:
    """How often `want` was taken for `got`; `kind` is status or state."""

    kind: str
    want: str
    got: str
    times: int


@dataclass(frozen=True, slots=True)
class MistakeRow:
    """One thing wrong. `fault` is false, missed, status, state or field; `item` the item or field; `words` the sentence."""

    file: str
    fault: str
    item: str
    want: str
    got: str
    words: str


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The reports of a gold file. Raises InputError saying what is wrong with it."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Name a gold file, for example samples/gold.json.") from error
    except ValueError as error:
        raise InputError(f"{path} is not JSON: {error}.", "Mend the file; samples/README.md tells its shape.") from error
    needed = {"file", "agency", "year", "expect", "evidence"}
    if not isinstance(gold, list) or not all(isinstance(g, dict) and needed <= set(g) for g in gold):
        raise InputError(f"{path} is not a list of reports with {', '.join(sorted(needed))}.", "samples/README.md tells the shape.")
    return gold


def tally(conn: sqlite3.Connection, judging: Judging, gold: list[dict[str, Any]]) -> Tally:
    """Compare claims, cells and letterheads; a file that the store does not hold counts as all missed."""
    found = Tally()
    claims = defaultdict(list)
    for row in evidence(conn, Filters(plan=number_of(conn, judging.plan))):
        claims[row.file].append((row.item, row.status, row.quote))
    heads = {row.file: row for row in documents(conn, Filters())}
    for report in gold:
        found.add_claims(report, claims[report["file"]])
        head = heads.get(report["file"])
        for name, want in _fields(report).items():
            found.add_field(report["file"], name, want, getattr(head, name) if head else None)
    _add_cells(found, gold, {(r.agency, r.item, r.year): r for y in {g["year"] for g in gold} for r in _cells(conn, judging, y)})
    return found


def _cells(conn: sqlite3.Connection, judging: Judging, year: int) -> list[StatusRow]:
    return status(conn, judging, "item", Filters(year=year), date.today())


def _fields(report: dict[str, Any]) -> dict[str, object]:
    day = _DAY.search(report.get("place_date", ""))
    return {
        "agency": report["agency"],
        "number": re.sub(r"\s", "", report.get("number") or "") or None,
        "date": f"{int(day[3]):04}-{int(day[2]):02}-{int(day[1]):02}" if day else None,
        "type": report.get("type", "").upper() or None,
        "year": report["year"],
    }


def _add_cells(found: Tally, gold: list[dict[str, Any]], cells: dict[tuple[str, str, int], StatusRow]) -> None:
    """Of several reports of one agency and year the strongest expected state stands, as it does in the store."""
    order = ("evidenced", "partial", "planned", "not_done", "silent")
    wanted: dict[tuple[str, str, int], tuple[str, str]] = {}
    for report in gold:
        for item, state in report["expect"].items():
            key = (report["agency"], item, report["year"])
            if key not in wanted or order.index(state) < order.index(wanted[key][0]):
                wanted[key] = state, report["file"]
    for (agency, item, year), (state, file) in sorted(wanted.items()):
        cell = cells.get((agency, item, year))
        got = cell.state if cell else "absent"
        found.add_cell(file, item, state, "silent" if got == "no_report" else got)


def figures(found: Tally) -> list[FigureRow]:
    """All figures, the sums first."""
    rows = [_claims(found, None)]
    rows += [_claims(found, item) for item in sorted({*found.hits, *found.false, *found.missed})]
    for status_name in CLAIMS:
        rows.append(_pairs("status", status_name, found.statuses))
    rows.append(FigureRow("status", "", None, None, found.right_statuses(), _equal(found.statuses), found.statuses.total()))
    for state in sorted({want for want, _ in found.states}):
        rows.append(_pairs("cells", state, found.states))
    rows.append(FigureRow("cells", "", None, None, found.right_cells(), _equal(found.states), found.states.total()))
    rows.append(_missing(found))
    for name in dict.fromkeys(name for name, _ in found.fields):
        right, wrong = found.fields[name, True], found.fields[name, False]
        rows.append(FigureRow("field", name, None, None, right / max(1, right + wrong), right, right + wrong))
    return rows


def _claims(found: Tally, item: str | None) -> FigureRow:
    precision, recall, f1 = found.figures(item)
    hits = found.hits.total() if item is None else found.hits[item]
    missed = found.missed.total() if item is None else found.missed[item]
    return FigureRow("claims", item or "", precision, recall, f1, hits, hits + missed)


def _pairs(measure: str, name: str, pairs: Any) -> FigureRow:
    right = pairs[name, name]
    wanted = sum(n for (want, _), n in pairs.items() if want == name)
    got = sum(n for (_, said), n in pairs.items() if said == name)
    precision, recall = right / max(1, got), right / max(1, wanted)
    return FigureRow(measure, name, precision, recall, 2 * precision * recall / max(1e-9, precision + recall), right, wanted)


def _missing(found: Tally) -> FigureRow:
    """How well "not evidenced" is found, whatever kind of absence it is."""
    wanted = sum(n for (want, _), n in found.states.items() if want != "evidenced")
    got = sum(n for (_, said), n in found.states.items() if said != "evidenced")
    right = sum(n for (want, said), n in found.states.items() if "evidenced" not in (want, said))
    return FigureRow("missing", "", right / max(1, got), right / max(1, wanted), found.missing_f1(), right, wanted)


def _equal(pairs: Any) -> int:
    return sum(n for (want, got), n in pairs.items() if want == got)


def confusions(found: Tally) -> list[ConfusionRow]:
    """What was taken for what, of statuses and of states, the most frequent first."""
    both = [("status", found.statuses), ("state", found.states)]
    return [ConfusionRow(kind, w, g, n) for kind, pairs in both for (w, g), n in sorted(pairs.items(), key=lambda p: (-p[1], p[0]))]


def mistakes(found: Tally) -> list[MistakeRow]:
    """Everything that is wrong, by file."""
    listed = sorted(found.mistakes, key=lambda m: m.file)
    return [MistakeRow(m.file, m.fault, m.item, m.want, m.got, m.words) for m in listed]
