"""From an agency's documents to its cells: pure, so that a query can ask "as it stood on that day" with the same rules as ingest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from ..plan.cells import ended

if TYPE_CHECKING:
    from ..extract.model import CellVerdict, JudgedDocument
    from ..plan.model import Cell, Duty, Plan, PlanItem
    from ..plan.registry import Registry
    from .rooms import Bench

Level = Literal["item", "duty"]
ANY_YEAR: Final = 0  # the year under which cells of documents of unknown year are kept: they speak where the agency sent nothing else
_ABSENT: Final = ("silent", "no_report")


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A judged cell of one agency: `duty` is '' at item level."""

    agency: str
    year: int
    level: Level
    item: str
    duty: str
    verdict: CellVerdict


@dataclass(slots=True)
class Judging:
    """The plan, the agencies and the verdict functions, with the cells of each year expanded once. `number` is the plan's in the store."""

    plan: Plan
    registry: Registry
    bench: Bench
    number: int = 1
    _owed: dict[int, dict[str, list[Cell]]] = field(default_factory=dict)

    def owed(self, year: int) -> dict[str, list[Cell]]:
        """The cells of a year by agency code; with them those of agencies that ended within it, so that what they sent is judged."""
        if year not in self._owed:
            by_agency: dict[str, list[Cell]] = {}
            for cell in (*self.bench.expand(self.plan, self.registry, year, None), *ended(self.plan, self.registry, year)):
                by_agency.setdefault(cell.agency.code, []).append(cell)
            self._owed[year] = by_agency
        return self._owed[year]

    def duties(self, agency: str, year: int) -> list[Duty]:
        """What an agency is named for in a year; every duty where the year is not known."""
        if year == ANY_YEAR:
            return list(self.plan.duties)
        return list({cell.duty.id: cell.duty for cell in self.owed(year).get(agency, ())}.values())


def _unread(document: JudgedDocument) -> bool:
    return document.outcome in ("unreadable", "failed")


def _settled(verdict: CellVerdict, documents: Sequence[JudgedDocument]) -> CellVerdict:
    """Nothing found, but something came that could not be read: the words may be in there, so "says nothing" would be untrue."""
    if verdict.state in _ABSENT and any(_unread(document) for document in documents):
        return replace(verdict, state="unreadable")
    return verdict


def years_spoken_of(documents: Iterable[JudgedDocument]) -> list[int]:
    """The years that an agency's documents report on; `ANY_YEAR` when one that could not be read may be about any."""
    years = {document.letterhead.year for document in documents if document.letterhead.year is not None}
    if any(_unread(document) and document.letterhead.year is None for document in documents):
        years.add(ANY_YEAR)
    return sorted(years)


def of_year(documents: Iterable[JudgedDocument], year: int) -> list[JudgedDocument]:
    """The documents that count in a year, oldest first, so that the same documents give the same cells in whatever order they came."""
    counted = [
        document
        for document in documents
        if document.letterhead.year == (year or None) or (_unread(document) and document.letterhead.year is None)
    ]
    return sorted(counted, key=lambda document: (document.letterhead.date or "", document.sha256))


def judge_year(judging: Judging, agency: str, year: int, documents: Sequence[JudgedDocument]) -> list[KeptCell]:
    """The cells of one agency in one year, at both levels, from the documents that `of_year` chose."""
    items = {item.id: item for item in judging.plan.items}
    cells = [
        KeptCell(agency, year, "item", item.id, "", _settled(judging.bench.judge_item(item, documents), documents))
        for item in judging.plan.items
    ]
    for duty in judging.duties(agency, year):
        verdict = judging.bench.judge_duty(duty, _item_of(items, duty), documents)
        cells.append(KeptCell(agency, year, "duty", duty.item, duty.id, _settled(verdict, documents)))
    return cells


def _item_of(items: dict[str, PlanItem], duty: Duty) -> PlanItem:
    return items[duty.item]  # the plan's loader refuses a duty whose item it does not list


def dated_until(documents: Iterable[JudgedDocument], day: date) -> list[JudgedDocument]:
    """The documents that existed on that day; one without a date is taken to have existed."""
    return [document for document in documents if not document.letterhead.date or document.letterhead.date <= day.isoformat()]
