"""A year of a plan: every duty with every agency that it addresses, each a `Cell` with its days.

Which agencies: those that existed on the day looked at. That is `as_of`, held inside the year; without `as_of` it is 31 December. A body
that ended within the year is so shown until its last day and gone afterwards, and never stands beside its successor. Nothing is handed on
to successors by itself: that a successor takes over a duty is no fact of the plan. So the districts' duties of 2025 are there as of
30/6/2025 and not as of 1/7/2025, unless the duty's `handed_on` names the document by which others owe it from then on; `ended` tells what
is so gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from .deadlines import falls_in, known_by, window
from .groups import SUCCESSORS, expand_actors, load_groups
from .model import Agency, Cell, CellRole, Duty, DutyKind, HandedOn, Plan
from .registry import Registry
from .succession import successors


def expand(plan: Plan, registry: Registry, year: int, as_of: date | None = None) -> tuple[Cell, ...]:
    """The cells of that year in the plan's order of duties, then the registry's of agencies; () for years that the plan does not cover.

    Advisers and coordinators of a duty that another body leads get no cell. `owed` is True only for what is assigned to the agency by the
    plan's words, and for the advising body of a duty that nobody leads (kind "advise"). A trigger of a day after `as_of` has not happened.
    """
    if not covers(plan, year):
        return ()
    day, triggers = day_of(year, as_of), known_by(plan.triggers, as_of)
    cells: list[Cell] = []
    for duty in plan.duties:
        if falls_in(duty.due, year, plan.year):
            opens, due, waiting = window(duty.due, year, triggers)
            cells += [
                Cell(agency, duty, year, role, owed=role in ("lead", "advise"), opens=opens, due=due, waiting_for=waiting, by=by)
                for agency, role, by in _addressed(duty, registry, day)
            ]
    return tuple(cells)


def ended(plan: Plan, registry: Registry, year: int, as_of: date | None = None) -> tuple[Cell, ...]:
    """What agencies owed that ended within the year and before the day looked at: each as on its last day, no longer owed, no due."""
    if not covers(plan, year):
        return ()
    first, day = date(year, 1, 1), day_of(year, as_of)
    last_days = sorted({a.valid_to for a in registry.agencies if a.valid_to is not None and first <= a.valid_to < day})
    return tuple(
        Cell(agency, duty, year, role, owed=False, ended=last_day)
        for duty in plan.duties
        if falls_in(duty.due, year, plan.year)
        for last_day in last_days
        for agency, role, _ in _addressed(duty, registry, last_day)
        if agency.valid_to == last_day
    )


def orphaned(plan: Plan, registry: Registry, year: int, as_of: date | None = None) -> tuple[Duty, ...]:
    """The duties of that year that nobody owes any more: somebody did in the plan's first year, and all of those have ended without a
    document that hands the duty on."""

    def owed(cells: Iterable[Cell]) -> set[str]:
        return {cell.duty.id for cell in cells if cell.owed}

    lost = owed(expand(plan, registry, plan.year)) - owed(expand(plan, registry, year, as_of))
    return tuple(duty for duty in plan.duties if duty.id in lost and falls_in(duty.due, year, plan.year) and covers(plan, year))


def covers(plan: Plan, year: int) -> bool:
    """Whether the plan speaks of that year."""
    return plan.year <= year and (plan.last_year is None or year <= plan.last_year)


def day_of(year: int, as_of: date | None = None) -> date:
    """The day on which a year is looked at: `as_of` where it lies within, else the end of the year that is nearest to it, 31 December
    without one."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return last if as_of is None else min(max(as_of, first), last)


def _addressed(duty: Duty, registry: Registry, day: date) -> Iterator[tuple[Agency, CellRole, str]]:
    """Each addressed agency once, with its role and the document that handed the duty on to it; who is named outright is not also
    inferred."""
    excluded = {agency.code for agency in expand_actors(duty.exclude, registry, day)}
    named = {agency.code: "" for agency in expand_actors(duty.actors, registry, day)}
    if duty.handed_on is not None and duty.handed_on.since <= day:
        named = {**dict.fromkeys(_takers(duty, duty.handed_on, registry, day), duty.handed_on.document), **named}
    inferred = {agency.code for agency in expand_actors(duty.inferred, registry, day)}
    for agency in registry.agencies:
        if agency.code in excluded:
            continue
        if agency.code in named:
            yield agency, _role(duty.kind), named[agency.code]
        elif agency.code in inferred:
            yield agency, "inferred", ""


def _takers(duty: Duty, entry: HandedOn, registry: Registry, day: date) -> list[str]:
    """The codes of those to whom the duty was handed on."""
    codes = [agency.code for agency in expand_actors(tuple(name for name in entry.to if name != SUCCESSORS), registry, day)]
    if SUCCESSORS in entry.to:
        before = [one for last_day in _last_days(duty.actors, registry, day) for one in expand_actors(duty.actors, registry, last_day)]
        gone = {agency.code: agency for agency in before if not agency.valid_on(day)}
        codes += [new.code for agency in gone.values() for new in successors(agency, registry, day)]
    return codes


def _last_days(actors: Iterable[str], registry: Registry, day: date) -> list[date]:
    """The last days, before `day`, of the agencies that the actors may stand for."""
    groups = load_groups()
    single = {name for name in actors if name not in groups}
    agencies = registry.agencies if any(name in groups for name in actors) else [registry.by_code(name) for name in single]
    return sorted({agency.valid_to for agency in agencies if agency.valid_to is not None and agency.valid_to < day})


def _role(kind: DutyKind) -> CellRole:
    match kind:
        case "assigned":
            return "lead"
        case "advise" | "request" | "accountability" | "event":
            return kind
        case _:
            assert_never(kind)
