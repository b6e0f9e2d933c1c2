"""A year of a plan: every duty with every agency that it addresses, each a `Cell` with its days.

Which agencies: those that existed on the day looked at. That is `as_of`, held inside the year; without `as_of` it is 31 December. A body
that ended within the year is so shown until its last day and gone afterwards, and never stands beside its successor. Nothing is handed on
to successors here: that a successor takes over a duty is no fact of the plan. So the districts' duties of 2025 are there as of 30/6/2025
and not as of 1/7/2025, and those of a department that was merged away are not moved to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from .deadlines import falls_in, window
from .groups import expand_actors
from .model import Agency, Cell, CellRole, Duty, DutyKind, Plan
from .registry import Registry


def expand(plan: Plan, registry: Registry, year: int, as_of: date | None = None) -> tuple[Cell, ...]:
    """The cells of that year in the plan's order of duties, then the registry's of agencies; () for years before the plan's.

    Advisers and coordinators of a duty that another body leads get no cell. `owed` is True only for what is assigned to the agency by the
    plan's words, and for the advising body of a duty that nobody leads (kind "advise").
    """
    if year < plan.year:
        return ()
    day = day_of(year, as_of)
    cells: list[Cell] = []
    for duty in plan.duties:
        if falls_in(duty.due, year, plan.year):
            opens, due, waiting = window(duty.due, year, plan.triggers)
            cells += [
                Cell(agency, duty, year, role, owed=role in ("lead", "advise"), opens=opens, due=due, waiting_for=waiting)
                for agency, role in _addressed(duty, registry, day)
            ]
    return tuple(cells)


def day_of(year: int, as_of: date | None = None) -> date:
    """The day on which a year is looked at: `as_of` where it lies within, else the end of the year that is nearest to it, 31 December
    without one."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return last if as_of is None else min(max(as_of, first), last)


def _addressed(duty: Duty, registry: Registry, day: date) -> Iterator[tuple[Agency, CellRole]]:
    """Each addressed agency once, with its role; who is named outright is not also inferred."""
    excluded = {agency.code for agency in expand_actors(duty.exclude, registry, day)}
    roles: dict[str, CellRole] = {agency.code: "inferred" for agency in expand_actors(duty.inferred, registry, day)}
    roles |= {agency.code: _role(duty.kind) for agency in expand_actors(duty.actors, registry, day)}
    for agency in registry.agencies:
        if agency.code in roles and agency.code not in excluded:
            yield agency, roles[agency.code]


def _role(kind: DutyKind) -> CellRole:
    match kind:
        case "assigned":
            return "lead"
        case "advise" | "request" | "accountability" | "event":
            return kind
        case _:
            assert_never(kind)
