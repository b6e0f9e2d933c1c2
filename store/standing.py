"""How cells stand on a day: what the documents judged so far say, what persons decided, what successors have from those before them, and
what was done once in an earlier year. Pure reading: the state that ingest judged is never written over.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..plan.cells import ended
from ..plan.deadlines import own_year
from ..plan.succession import predecessors
from .cells import ANY_YEAR, Judging, KeptCell, Level, dated_until, judge_year, of_year, years_spoken_of
from .sql import Record, rows

if TYPE_CHECKING:
    from ..extract.model import State
    from ..plan.model import Agency, Cell

Key = tuple[str, str, str]  # agency, item, duty ('' at item level)
NOT_APPLICABLE: Final = "not_applicable"


class Kept(NamedTuple):
    """A verdict as the store keeps it: `claims` are (sha256, ordinal), -1 for the document itself."""

    state: State
    claims: Sequence[tuple[str, int]] = ()
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cell stands: `inherited` are the predecessors whose evidence it rests on, `from_year` the earlier year that carries it,
    `review` what a person decided (`state`, `reason`, `who`, `at`)."""

    kept: Kept
    inherited: tuple[str, ...] = ()
    from_year: int | None = None
    review: Record | None = None


NOTHING_CAME: Final = Kept("no_report")
NOT_SAID: Final = Kept("silent")
_WEAK: Final = ("silent", "no_report", "unreadable", "planned")  # what an agency's own words leave open for a predecessor's to fill
_FILES: Final = """
SELECT c.sha256, p.name AS file, c.agency, c.year, c.date, c.title, c.type FROM contents c JOIN primary_files p ON p.sha256 = c.sha256
WHERE c.superseded_by IS NULL
"""


@dataclass(frozen=True, slots=True)
class Year:
    """The judged cells of one year at one level, as of a day: by key, with who has sent something and who has been judged."""

    kept: Mapping[Key, Kept]
    senders: frozenset[str]
    judged: frozenset[str]

    def of(self, agency: str, item: str, duty: str) -> Kept:
        """The verdict on a cell. A duty that an agency had on another day of the year than the one that ingest judged for is `silent`."""
        found = self.kept.get((agency, item, duty))
        return found or (NOT_SAID if agency in self.judged else NOTHING_CAME)


def documents_that_count(conn: sqlite3.Connection) -> dict[str, Mapping[str, Any]]:
    """The contents that nothing supersedes, with their files and letterheads."""
    return {row["sha256"]: row for row in rows(conn, _FILES)}


def year_as_of(
    conn: sqlite3.Connection, judging: Judging, level: Level, year: int, files: Mapping[str, Mapping[str, Any]], as_of: date | None
) -> Year:
    """The judged cells of a year. With `as_of`, agencies that have documents of a later date are judged again without those."""
    kept = _kept(conn, judging.number, level, year)
    senders = {row["agency"] for row in files.values() if row["agency"] and row["year"] == year}
    if as_of is not None:
        changed = {row["agency"] for row in files.values() if row["agency"] and (row["date"] or "") > as_of.isoformat()}
        kept = {key: verdict for key, verdict in kept.items() if key[0] not in changed}
        then = [cell for agency in sorted(changed) for cell in _as_it_stood(conn, judging, agency, year, as_of)]
        kept.update({(cell.agency, cell.item, cell.duty): _kept_as(cell) for cell in then if cell.level == level})
        senders -= changed - {cell.agency for cell in then}
    return Year(kept, frozenset(senders), frozenset(key[0] for key in kept))


_KEPT: Final = (
    "SELECT agency, year, item, duty, state, day, claims FROM cells WHERE plan = ? AND level = ? AND year IN (?, ?) ORDER BY year"
)


def _kept(conn: sqlite3.Connection, plan: int, level: Level, year: int) -> dict[Key, Kept]:
    """The judged cells of a year; those kept under "any year" speak for agencies that have none of that year."""
    found: dict[int, dict[Key, Kept]] = {year: {}, ANY_YEAR: {}}
    for row in rows(conn, _KEPT, (plan, level, year, ANY_YEAR)):
        claims = tuple((sha256, number) for sha256, number in json.loads(row["claims"]))
        found[row["year"]][row["agency"], row["item"], row["duty"]] = Kept(row["state"], claims, row["day"])
    known = {agency for agency, _, _ in found[year]}
    return {**{key: verdict for key, verdict in found[ANY_YEAR].items() if key[0] not in known}, **found[year]}


def _kept_as(cell: KeptCell) -> Kept:
    return Kept(cell.verdict.state, cell.verdict.claims, cell.verdict.day)


def _as_it_stood(conn: sqlite3.Connection, judging: Judging, agency: str, year: int, day: date) -> list[KeptCell]:
    from .codec import first_claims, judged_documents, numbered

    documents = dated_until(judged_documents(conn, agency, judging.number), day)
    spoken = years_spoken_of(documents)
    chosen = year if year in spoken else ANY_YEAR
    cells = judge_year(judging, agency, chosen, of_year(documents, chosen)) if chosen in spoken else []
    starts = first_claims(conn, judging.number)
    return [replace(cell, verdict=replace(cell.verdict, claims=numbered(cell.verdict.claims, starts))) for cell in cells]


# ---------------------------------------------------------------- what persons decided

_REVIEWS: Final = "SELECT agency, item, duty, state, reason, who, at FROM reviews WHERE plan = ? AND year = ? ORDER BY id"


def reviews_of(conn: sqlite3.Connection, plan: int, year: int) -> dict[Key, Record]:
    """The decisions of persons that hold, by cell; the newest of a cell holds, and one taken back does not."""
    newest = {(row["agency"], row["item"], row["duty"]): row for row in rows(conn, _REVIEWS, (plan, year))}
    shown = ("state", "reason", "who", "at")
    return {key: {name: row[name] for name in shown} for key, row in newest.items() if row["state"]}


# ---------------------------------------------------------------- successors and predecessors


@dataclass(frozen=True, slots=True)
class Handover:
    """Who follows whom within a year: the predecessors of each agency that began in it, and what those that ended owed."""

    before: Mapping[str, Sequence[Agency]]
    gone: Mapping[str, Sequence[Cell]]

    def owed_before(self, agency: str, item: str, duty: str) -> list[str]:
        """The predecessors that owed the same duty (the same item, at item level) until they ended."""
        return [old.code for old in self.before.get(agency, ()) if any(_same(cell, item, duty) for cell in self.gone.get(old.code, ()))]


def _same(cell: Cell, item: str, duty: str) -> bool:
    return cell.duty.item == item and duty in ("", cell.duty.id) and cell.role in ("lead", "advise")


def handover(judging: Judging, year: int, day: date) -> Handover:
    """What changed hands within the year until that day."""
    gone: dict[str, list[Cell]] = {}
    for cell in ended(judging.plan, judging.registry, year, day):
        gone.setdefault(cell.agency.code, []).append(cell)
    return Handover(predecessors(judging.registry, year) if gone else {}, gone)


def inherit(own: Kept, before: Mapping[str, Kept]) -> tuple[Kept, tuple[str, ...]]:
    """A successor's verdict with its predecessors' evidence of the same year, and whose that is.

    What all of them evidenced is evidenced; what some of them did is partial. The successor's own words stand wherever they say something.
    """
    done = {code: kept for code, kept in before.items() if kept.state in ("evidenced", "partial")}
    if own.state not in _WEAK or not done:
        return own, ()
    whole = len(done) == len(before) and all(kept.state == "evidenced" for kept in done.values())
    claims = tuple(claim for kept in done.values() for claim in kept.claims)
    days = [kept.day for kept in done.values()]
    day = max(known for known in days if known) if all(days) else None
    return Kept("evidenced" if whole else "partial", claims, day), tuple(done)


# ---------------------------------------------------------------- what was done once


def once_before(judging: Judging, year: int) -> dict[int, list[Cell]]:
    """The cells of duties that the plan asks for once, in years before this one, of agencies that still stood on the day looked at then."""
    years = {once for duty in judging.plan.duties if (once := own_year(duty.due, judging.plan.year)) is not None and once < year}
    return {
        once: [
            cell
            for cells in judging.owed(once).values()
            for cell in cells
            if cell.ended is None and own_year(cell.duty.due, judging.plan.year) == once
        ]
        for once in sorted(years)
    }
