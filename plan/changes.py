"""What a changed plan would change: the cells that appear, vanish or change, before anything is applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from .cells import expand
from .model import Agency, Cell, Plan
from .registry import Registry

Change = Literal["appears", "vanishes", "changes"]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One agency's duty in one year that a new plan has, has no more, or words otherwise. `changed` gives for each thing that changes what
    it was and what it becomes."""

    change: Change
    agency: Agency
    duty: str
    item: str
    year: int
    changed: dict[str, list[str]] = field(default_factory=dict)


def compare(old: Plan, new: Plan, registry: Registry, years: Iterable[int]) -> list[CellChange]:
    """The differences between two plans over these years, by year, in the old plan's order and then the new one's. The words of a duty are
    compared too: a cell whose clause now says something else is another duty, though its day stayed the same."""
    return [change for year in years for change in _of_year(old, new, registry, year)]


def _of_year(old: Plan, new: Plan, registry: Registry, year: int) -> list[CellChange]:
    before = {(cell.agency.code, cell.duty.id): cell for cell in expand(old, registry, year)}
    after = {(cell.agency.code, cell.duty.id): cell for cell in expand(new, registry, year)}
    found: list[CellChange] = []
    for key in dict.fromkeys([*before, *after]):
        was, becomes = before.get(key), after.get(key)
        if was is None and becomes is not None:
            found.append(_change("appears", becomes))
        elif was is not None and becomes is None:
            found.append(_change("vanishes", was))
        elif was is not None and becomes is not None and (changed := _differences(was, becomes)):
            found.append(_change("changes", becomes, changed))
    return found


def _change(change: Change, cell: Cell, changed: dict[str, list[str]] | None = None) -> CellChange:
    return CellChange(change, cell.agency, cell.duty.id, cell.duty.item, cell.year, changed or {})


def _differences(was: Cell, becomes: Cell) -> dict[str, list[str]]:
    pairs = {name: [value, other] for name, value in _told(was).items() if (other := _told(becomes)[name]) != value}
    return {name: ["" if value is None else str(value) for value in pair] for name, pair in pairs.items()}


def _told(cell: Cell) -> dict[str, object]:
    duty = cell.duty
    return {
        "item": duty.item,
        "role": cell.role,
        "owed": cell.owed,
        "opens": cell.opens,
        "due": cell.due,
        "waiting_for": ", ".join(cell.waiting_for),
        "audience": ", ".join(duty.audience),
        "scope": duty.scope,
        "clause": duty.clause,
        "quote": duty.quote,
    }
