"""Who owes what, and how it stands: every agency that owes a duty or has sent a document, against every item or its own duties."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..plan.deadlines import is_late, is_overdue
from ..plan.model import Cell, Duty, Plan
from .cells import ANY_YEAR, Judging, KeptCell, Level, dated_until, judge_year, of_year, years_spoken_of
from .filters import Filters
from .model import MissingRow, StatusRow
from .queries import years
from .reasons import Found, reason
from .sql import rows

if TYPE_CHECKING:
    from ..extract.model import CellVerdict, State
    from ..plan.registry import Registry

Key = tuple[str, str, str]  # agency, item, duty ('' at item level)
_REPORT_ITEM: Final = "III.bc"  # the yearly report: what is judged late is the document itself, by its date


class Kept(NamedTuple):
    """A verdict as the store keeps it."""

    state: State
    claims: Sequence[tuple[str, int]] = ()
    day: str | None = None


_NOTHING_CAME: Final = Kept("no_report")
_NOT_SAID: Final = Kept("silent")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question for one year: the judged cells by key, the cells owed by agency, and what claims refer to."""

    conn: sqlite3.Connection
    judging: Judging
    level: Level
    year: int
    today: date
    kept: Mapping[Key, Kept]
    owed: Mapping[str, Sequence[Cell]]
    senders: frozenset[str]
    judged: frozenset[str]
    files: Mapping[str, Mapping[str, Any]]
    triggers: Mapping[str, str]
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
    """What is owed and not evidenced, each with the reason. Requests, inferred duties and difficulties (III.kk) are never owed."""
    names = [field.name for field in fields(StatusRow)]
    values = attrgetter(*names)
    return [
        MissingRow(**dict(zip(names, values(row), strict=True)), reason=why())
        for row, why in _cells(conn, judging, level, filters, today, only_owed=True)
        if row.state not in ("evidenced", "not_applicable")
    ]


def _cells(
    conn: sqlite3.Connection, judging: Judging, level: Level, filters: Filters, today: date, only_owed: bool = False
) -> Iterator[tuple[StatusRow, Callable[[], str]]]:
    for year in years_asked(conn, judging, filters):
        asked = _ask(conn, judging, level, year, filters, today)
        for agency in judging.registry.agencies:
            if filters.agencies is not None and agency.code not in filters.agencies:
                continue
            for item, duty, cells in _shown(asked, agency.code):
                if (filters.items is None or item in filters.items) and (not only_owed or any(cell.owed for cell in cells)):
                    yield _row(asked, agency.code, agency.short_name, item, duty, cells)


def _ask(conn: sqlite3.Connection, judging: Judging, level: Level, year: int, filters: Filters, today: date) -> _Asked:
    day = filters.as_of or today
    owed: dict[str, list[Cell]] = {}
    for cell in judging.bench.expand(judging.plan, judging.registry, year, day):
        owed.setdefault(cell.agency.code, []).append(cell)
    files = {row["sha256"]: row for row in rows(conn, _FILES)}
    kept = _kept(conn, level, year)
    senders = {row["agency"] for row in files.values() if row["agency"] and row["year"] == year}
    if filters.as_of is not None:
        changed = {row["agency"] for row in files.values() if row["agency"] and (row["date"] or "") > filters.as_of.isoformat()}
        kept = {key: verdict for key, verdict in kept.items() if key[0] not in changed}
        then = [cell for agency in sorted(changed) for cell in _as_it_stood(conn, judging, agency, year, filters.as_of)]
        kept.update({(cell.agency, cell.item, cell.duty): _kept_as(cell.verdict) for cell in then if cell.level == level})
        senders -= changed - {cell.agency for cell in then}
    triggers = {trigger.id: trigger.what for trigger in judging.plan.triggers}
    return _Asked(conn, judging, level, year, day, kept, owed, frozenset(senders), frozenset(key[0] for key in kept), files, triggers)


_FILES: Final = """
SELECT c.sha256, p.name AS file, c.agency, c.year, c.date, c.title, c.type FROM contents c JOIN primary_files p ON p.sha256 = c.sha256
WHERE c.superseded_by IS NULL
"""
_KEPT: Final = "SELECT agency, year, item, duty, state, day, claims FROM cells WHERE level = ? AND year IN (?, ?) ORDER BY year"


def _kept(conn: sqlite3.Connection, level: Level, year: int) -> dict[Key, Kept]:
    """The judged cells of a year; those kept under "any year" speak for agencies that have none of that year."""
    found: dict[int, dict[Key, Kept]] = {year: {}, ANY_YEAR: {}}
    for row in rows(conn, _KEPT, (level, year, ANY_YEAR)):
        claims = tuple((sha256, number) for sha256, number in json.loads(row["claims"]))
        verdict = Kept(row["state"], claims, row["day"])
        found[row["year"]][row["agency"], row["item"], row["duty"]] = verdict
    known = {agency for agency, _, _ in found[year]}
    return {**{key: verdict for key, verdict in found[ANY_YEAR].items() if key[0] not in known}, **found[year]}


def _kept_as(verdict: CellVerdict) -> Kept:
    return Kept(verdict.state, verdict.claims, verdict.day)


def _as_it_stood(conn: sqlite3.Connection, judging: Judging, agency: str, year: int, day: date) -> list[KeptCell]:
    from .codec import judged_documents

    documents = dated_until(judged_documents(conn, agency), day)
    spoken = years_spoken_of(documents)
    chosen = year if year in spoken else ANY_YEAR
    return judge_year(judging, agency, chosen, of_year(documents, chosen)) if chosen in spoken else []


def _shown(asked: _Asked, agency: str) -> Iterator[tuple[str, Duty | None, Sequence[Cell]]]:
    """The rows of one agency: all items where it owes something or has sent something, or the duties that name it."""
    cells = asked.owed.get(agency, ())
    if asked.level == "duty":
        yield from ((cell.duty.item, cell.duty, (cell,)) for cell in cells)
    elif agency in asked.senders or any(cell.owed for cell in cells):
        by_item: dict[str, list[Cell]] = {}
        for cell in cells:
            by_item.setdefault(cell.duty.item, []).append(cell)
        for item in asked.judging.plan.items:
            yield item.id, None, by_item.get(item.id, [])


def _row(asked: _Asked, agency: str, name: str, item: str, duty: Duty | None, cells: Sequence[Cell]) -> tuple[StatusRow, Callable[[], str]]:
    verdict = _verdict(asked, agency, item, duty)
    owing = [cell for cell in cells if cell.owed]
    due = min([cell.due for cell in owing or cells if cell.due], default=None)
    overdue = bool(owing) and verdict.state not in ("evidenced", "not_applicable") and is_overdue(due, asked.today)
    first = _claim(asked, verdict)
    row = StatusRow(
        agency=agency,
        agency_name=name,
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
    )

    def why() -> str:
        found = Found(verdict.state, _part(asked, verdict), row.file or _unread_file(asked, agency))
        return reason(found, owing, due, overdue, asked.triggers)

    return row, why


def _verdict(asked: _Asked, agency: str, item: str, duty: Duty | None) -> Kept:
    kept = asked.kept.get((agency, item, duty.id if duty else ""))
    if kept is not None:
        return kept
    if agency in asked.judged:  # a duty that this agency had on another day of the year than the one that ingest judged for
        return _NOT_SAID
    return _NOTHING_CAME


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
    if text is None and item == _REPORT_ITEM and verdict.claims:
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
