"""Who owes what, and how it stands: every agency that owes a duty or has sent a document, against every item or its own duties."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from ..extract.model import YEARLY_REPORT
from ..plan.deadlines import days_left, is_late, is_overdue
from ..plan.homonyms import told_names
from ..plan.model import Cell, Duty, Plan
from .cells import Judging, Level
from .filters import Filters
from .model import MissingRow, StatusRow
from .plans import number_of
from .queries import years
from .reasons import Found, reason
from .requests import answer_of, answers, request_cells, requests_of
from .sql import Record, rows
from .standing import (
    NOT_APPLICABLE,
    Handover,
    Kept,
    Key,
    Standing,
    Year,
    documents_that_count,
    handover,
    inherit,
    once_before,
    reviews_of,
    year_as_of,
)

if TYPE_CHECKING:
    from ..plan.model import Agency
    from ..plan.registry import Registry


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question for one year: the judged cells, the cells owed by agency, what was done once before, and what claims refer to. `answered`
    are the reports that answered requests, by request and agency."""

    conn: sqlite3.Connection
    judging: Judging
    level: Level
    year: int
    today: date
    judged: Year
    owed: Mapping[str, Sequence[Cell]]
    reviews: Mapping[Key, Record]
    hands: Handover
    once: Mapping[str, Sequence[tuple[Cell, Kept]]]
    answered: Mapping[int, Mapping[str, Kept]]
    files: Mapping[str, Mapping[str, Any]]
    triggers: Mapping[str, str]
    names: Mapping[str, str]
    claims: dict[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)


def years_asked(conn: sqlite3.Connection, judging: Judging, filters: Filters) -> list[int]:
    """The year asked for; else those that documents report on since the plan began; else the plan's own."""
    if filters.year is not None:
        return [filters.year]
    return [year for year in years(conn) if year >= judging.plan.year] or [judging.plan.year]


def status(conn: sqlite3.Connection, judging: Judging, level: Level, filters: Filters, today: date) -> list[StatusRow]:
    """The cells of a year. `filters.as_of` asks how it stood on that day: what is dated later is left out, and "overdue" is as of then."""
    return [row for row, _ in _cells(conn, judging, level, filters, today)]


def missing(conn: sqlite3.Connection, judging: Judging, level: Level, filters: Filters, today: date) -> list[MissingRow]:
    """What is owed and not evidenced, each with the reason. Requests, inferred duties and difficulties (III.kk) are never owed. A report
    asked for on demand stands for itself at both levels, with its `duty`."""
    names = [field.name for field in fields(StatusRow)]
    values = attrgetter(*names)
    return [
        MissingRow(**dict(zip(names, values(row), strict=True)), reason=why())
        for row, why in _cells(conn, judging, level, filters, today, only_owed=True)
        if row.state not in ("evidenced", NOT_APPLICABLE)
    ]


def falling_due(rows: list[MissingRow], overdue: bool, within: int | None) -> list[MissingRow]:
    """Of what is missing that which is overdue, or due within so many days from the day asked for, or (where both are asked) either; all of
    it where neither is."""
    if not overdue and within is None:
        return rows
    return [
        row
        for row in rows
        if (overdue and row.overdue) or (within is not None and row.days_left is not None and 0 <= row.days_left <= within)
    ]


def _cells(
    conn: sqlite3.Connection, judging: Judging, level: Level, filters: Filters, today: date, only_owed: bool = False
) -> Iterator[tuple[StatusRow, Callable[[], str]]]:
    judging = replace(judging, number=filters.plan or number_of(conn, judging.plan))
    for year in years_asked(conn, judging, filters):
        asked = _ask(conn, judging, level, year, filters, today)
        for agency in judging.registry.agencies:
            if filters.agencies is not None and agency.code not in filters.agencies:
                continue
            for item, duty, cells in _shown(asked, agency.code, only_owed):
                if (filters.items is None or item in filters.items) and (not only_owed or any(cell.owed for cell in cells)):
                    yield _row(asked, agency, item, duty, cells)


def _ask(conn: sqlite3.Connection, judging: Judging, level: Level, year: int, filters: Filters, today: date) -> _Asked:
    day = filters.as_of or today
    plan, registry, number = judging.plan, judging.registry, judging.number
    files = documents_that_count(conn)
    requests = requests_of(conn, number)
    hands = handover(judging, year, day)
    owed: dict[str, list[Cell]] = {}
    for cell in (*judging.bench.expand(plan, registry, year, day), *request_cells(plan, registry, requests, year, day)):
        owed.setdefault(cell.agency.code, []).append(cell)
    for code, gone in hands.gone.items():
        owed.setdefault(code, []).extend(gone)
    return _Asked(
        conn=conn,
        judging=judging,
        level=level,
        year=year,
        today=day,
        judged=year_as_of(conn, judging, level, year, files, filters.as_of),
        owed=owed,
        reviews=reviews_of(conn, number, year),
        hands=hands,
        once=_done_once(conn, judging, level, year, files, filters.as_of),
        answered=answers(conn, number, requests, files, filters.as_of),
        files=files,
        triggers={trigger.id: trigger.what for trigger in plan.triggers},
        names=told_names(registry, (year,)),
    )


def _done_once(
    conn: sqlite3.Connection, judging: Judging, level: Level, year: int, files: Mapping[str, Mapping[str, Any]], as_of: date | None
) -> dict[str, list[tuple[Cell, Kept]]]:
    """What each agency evidenced of duties that the plan asks for once, in their own earlier year."""
    found: dict[str, list[tuple[Cell, Kept]]] = {}
    for once, cells in once_before(judging, year).items():
        then = year_as_of(conn, judging, level, once, files, as_of)
        for cell in cells:
            kept = then.of(cell.agency.code, cell.duty.item, cell.duty.id if level == "duty" else "")
            if kept.state == "evidenced":
                found.setdefault(cell.agency.code, []).append((replace(cell, owed=False), kept))
    return found


def _shown(asked: _Asked, agency: str, only_owed: bool) -> Iterator[tuple[str, Duty | None, Sequence[Cell]]]:
    """The rows of one agency: all items where it owes something, has owed it until it ended, or has sent something; or the duties that name
    it, with those that it did once before."""
    cells = asked.owed.get(agency, ())
    if asked.level == "duty":
        yield from ((cell.duty.item, cell.duty, (cell,)) for cell in cells)
        yield from ((cell.duty.item, cell.duty, (cell,)) for cell, _ in asked.once.get(agency, ()))
        return
    of_plan = [cell for cell in cells if not _on_demand(cell.duty)]
    if agency in asked.judged.senders or any(cell.owed or (cell.ended and cell.role in ("lead", "advise")) for cell in of_plan):
        by_item: dict[str, list[Cell]] = {}
        for cell in of_plan:
            by_item.setdefault(cell.duty.item, []).append(cell)
        for item in asked.judging.plan.items:
            yield item.id, None, by_item.get(item.id, [])
    if only_owed:
        yield from ((cell.duty.item, cell.duty, (cell,)) for cell in cells if _on_demand(cell.duty))


def _on_demand(duty: Duty) -> bool:
    return "/" in duty.id


def _row(asked: _Asked, agency: Agency, item: str, duty: Duty | None, cells: Sequence[Cell]) -> tuple[StatusRow, Callable[[], str]]:
    standing = _standing(asked, agency.code, item, duty, cells)
    verdict = standing.kept
    owing = [cell for cell in cells if cell.owed]
    open_ones = [cell for cell in owing if not (asked.reviews and _review(asked, cell))] or owing
    due = min([cell.due for cell in open_ones or cells if cell.due], default=None)
    overdue = bool(owing) and verdict.state not in ("evidenced", NOT_APPLICABLE) and is_overdue(due, asked.today)
    first = _claim(asked, verdict)
    gone = {cell.ended for cell in cells}
    row = StatusRow(
        agency=agency.code,
        agency_name=asked.names[agency.code],
        item=item,
        duty=duty.id if duty else None,
        year=asked.year,
        state=verdict.state,
        owed=bool(owing),
        role=(owing or list(cells))[0].role if cells else None,
        due=due.isoformat() if due else None,
        overdue=overdue,
        late=verdict.state in ("evidenced", "partial") and is_late(due, _day(asked, item, verdict)),
        evidence=len(verdict.claims),
        quote=first.get("quote"),
        file=first.get("file"),
        plan=asked.judging.plan.id,
        days_left=days_left(due, asked.today) if owing else None,
        ended=max(day for day in gone if day).isoformat() if gone and None not in gone else None,
        handed_on=next((cell.by for cell in owing if cell.by), None),
        inherited=list(standing.inherited),
        from_year=standing.from_year,
        review=standing.review,
    )

    def why() -> str:
        found = Found(verdict.state, _part(asked, verdict), row.file or _unread_file(asked, agency.code))
        return reason(found, open_ones, due, overdue, asked.triggers)

    return row, why


def _standing(asked: _Asked, agency: str, item: str, duty: Duty | None, cells: Sequence[Cell]) -> Standing:
    """The cell's verdict with all that bears on it: a person's decision before all, then the agency's own words, then those of its
    predecessors, then what it did once in an earlier year."""
    level_duty = duty.id if duty else ""
    if duty is not None and _on_demand(duty):
        found = Standing(answer_of(asked.answered, duty.id, agency))
    else:
        found = _said(asked, agency, item, level_duty, owed=any(cell.owed for cell in cells))
    review = _reviewed(asked, agency, item, duty, cells) if asked.reviews else None
    return replace(found, kept=found.kept._replace(state=NOT_APPLICABLE), review=review) if review else found


def _said(asked: _Asked, agency: str, item: str, duty: str, owed: bool) -> Standing:
    own = asked.judged.of(agency, item, duty)
    if owed and agency not in asked.hands.before:
        return Standing(own)
    if owed:
        before = {old: asked.judged.of(old, item, duty) for old in asked.hands.owed_before(agency, item, duty)}
        kept, inherited = inherit(own, before)
        return Standing(kept, inherited)
    for cell, kept in asked.once.get(agency, ()):
        if cell.duty.item == item and duty in ("", cell.duty.id) and own.state in ("silent", "no_report"):
            return Standing(kept, from_year=cell.year)
    return Standing(own)


def _review(asked: _Asked, cell: Cell) -> Record | None:
    """What a person decided about a duty's cell: about the duty, or about its whole item."""
    item = asked.reviews.get((cell.agency.code, cell.duty.item, ""))
    return asked.reviews.get((cell.agency.code, cell.duty.item, cell.duty.id)) or (None if _on_demand(cell.duty) else item)


def _reviewed(asked: _Asked, agency: str, item: str, duty: Duty | None, cells: Sequence[Cell]) -> Record | None:
    """A person's decision that holds for the whole row: an item is decided by itself, or by decisions about all that is owed under it."""
    if duty is not None:
        return _review(asked, cells[0])
    if whole := asked.reviews.get((agency, item, "")):
        return whole
    single = [_review(asked, cell) for cell in cells if cell.owed]
    return single[0] if single and all(single) else None


def _claim(asked: _Asked, verdict: Kept) -> Mapping[str, Any]:
    """The first claim of a cell as `quote` and `file`; a document that counts by itself is quoted by its title."""
    if not verdict.claims:
        return {}
    sha256, number = verdict.claims[0]
    document = asked.files.get(sha256)
    if document is None:
        return {}
    quote = _evidence(asked, sha256, number)["quote"] if number >= 0 else document["title"] or document["type"]
    return {"quote": quote, "file": document["file"]}


def _evidence(asked: _Asked, sha256: str, number: int) -> Mapping[str, Any]:
    if (sha256, number) not in asked.claims:
        asked.claims[sha256, number] = rows(asked.conn, _CLAIM, (sha256, number))[0]
    return asked.claims[sha256, number]


_CLAIM: Final = "SELECT quote, coverage FROM evidence WHERE sha256 = ? AND ordinal = ?"


def _day(asked: _Asked, item: str, verdict: Kept) -> date | None:
    """The day a cell was fulfilled. Words that give only a month or a quarter give no day: nobody is called late on a guess."""
    text = verdict.day
    if text is None and item.endswith(YEARLY_REPORT) and verdict.claims:
        document = asked.files.get(verdict.claims[0][0])
        text = document["date"] if document else None
    return date.fromisoformat(text) if text and len(text) == len("2023-11-14") else None


def _part(asked: _Asked, verdict: Kept) -> str:
    if verdict.state != "partial":
        return ""
    for sha256, number in verdict.claims:
        coverage = json.loads(_evidence(asked, sha256, number)["coverage"] or "null") if number >= 0 else None
        if coverage and coverage["done"] < coverage["total"]:
            return f"{coverage['done']}/{coverage['total']} {coverage['unit']}".strip()
    return ""


def _unread_file(asked: _Asked, agency: str) -> str:
    found = [row["file"] for row in asked.files.values() if row["agency"] == agency and row["year"] in (asked.year, None)]
    return min(found, default="")


def prepared(plan: Plan, registry: Registry) -> Judging:
    """The real verdicts over a plan and its agencies."""
    from .rooms import real_bench

    return Judging(plan, registry, real_bench())
