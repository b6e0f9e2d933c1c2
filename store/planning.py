"""The plans of a store as answers: their versions, what a changed one would change, and the requests under them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ..plan.changes import compare
from ..plan.homonyms import told_names
from ..plan.loader import load_plan, plan_from_text
from ..plan.model import Plan
from ..plan.registry import Registry
from .plans import KeptPlan, choose, kept_plans, plan_of, registry_of, version_text, with_triggers
from .queries import years as years_reported
from .requests import answers, request_cells, requests_of
from .sql import rows
from .standing import documents_that_count


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One version of a plan of the store; `applied` is the one that it answers with."""

    plan: str
    title: str
    first_year: int
    last_year: int | None
    version: str
    added: str
    applied: bool
    path: str


_VERSIONS: Final = "SELECT version, added FROM plan_versions WHERE plan = ? ORDER BY added, version"


def plan_rows(conn: sqlite3.Connection) -> list[PlanRow]:
    """Every version of every plan, in the order they came."""
    return [
        PlanRow(
            kept.id, kept.title, kept.first_year, kept.last_year, row["version"], row["added"], row["version"] == kept.version, kept.path
        )
        for kept in kept_plans(conn)
        for row in rows(conn, _VERSIONS, (kept.number,))
    ]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A cell that a new plan brings, takes away or changes: `change` is `appears`, `vanishes` or `changes`, `changed` gives what each thing
    was and becomes, `state` how the cell stands in the store (null without one, or where nothing was judged)."""

    change: str
    agency: str
    agency_name: str
    duty: str
    item: str
    year: int
    changed: dict[str, list[str]]
    state: str | None


def plan_named(conn: sqlite3.Connection | None, kept: KeptPlan | None, text: str, registry: Registry) -> Plan:
    """The plan that a person names: a TOML file, or a version (or the beginning of one) that the store has had. Raises PlanError,
    InputError and UsageError."""
    path = Path(text)
    if path.exists() or path.suffix == ".toml" or conn is None or kept is None:
        return load_plan(path, registry)
    versions = [row["version"] for row in rows(conn, _VERSIONS, (kept.number,)) if row["version"].startswith(text)]
    return plan_from_text(
        version_text(conn, kept.number, versions[0] if len(versions) == 1 else text), Path(kept.path or f"{kept.id}.toml")
    )


def changes(old: Plan, new: Plan, registry: Registry, years: Sequence[int], states: dict[tuple[str, str, int], str]) -> list[ChangeRow]:
    """The cells that change from one plan to the other in these years, each with its state."""
    names = {year: told_names(registry, (year,)) for year in years}
    return [
        ChangeRow(
            change=one.change,
            agency=one.agency.code,
            agency_name=names[one.year][one.agency.code],
            duty=one.duty,
            item=one.item,
            year=one.year,
            changed=one.changed,
            state=states.get((one.agency.code, one.duty, one.year)),
        )
        for one in compare(old, new, registry, years)
    ]


def years_compared(old: Plan, new: Plan, asked: Sequence[int], today: date, reported: Sequence[int] = ()) -> list[int]:
    """Over which years two plans are compared: those asked for; else every one from the first of both to this one, and those later ones
    that either begins in or reports are about."""
    first = min(old.year, new.year)
    last = max(old.year, new.year, today.year)
    return sorted({*asked} or {*range(first, last + 1), *(year for year in reported if year >= first)})


def changes_in_store(
    conn: sqlite3.Connection, named: Sequence[str], plan: str, years: Sequence[int], today: date
) -> tuple[list[ChangeRow], list[int]]:
    """The cells that change between two plans named; with one, between what the store answers with and that; with none, and its file. And
    the years that were compared: `years`, or those of `years_compared`. Raises PlanError, InputError and UsageError.
    """
    plans, registry = kept_plans(conn), registry_of(conn)
    kept = choose(plans, plan, None)
    path = Path(kept.path) if kept and kept.path else None
    new = plan_named(conn, kept, named[-1], registry) if named else load_plan(path, registry)
    if not plan:
        kept = next((one for one in plans if one.id == new.id), kept)
    old = plan_named(conn, kept, named[0], registry) if len(named) == 2 else plan_of(conn, kept)
    if kept is not None:
        old, new = with_triggers(conn, kept.number, old), with_triggers(conn, kept.number, new)
    compared = years_compared(old, new, years, today, years_reported(conn))
    return changes(old, new, registry, compared, duty_states(conn, kept) if kept else {}), compared


def duty_states(conn: sqlite3.Connection, kept: KeptPlan) -> dict[tuple[str, str, int], str]:
    """How the duties judged under a plan stand, by agency, duty and year."""
    query = "SELECT agency, duty, year, state FROM cells WHERE plan = ? AND level = 'duty'"
    return {(row["agency"], row["duty"], row["year"]): row["state"] for row in rows(conn, query, (kept.number,))}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A report asked for on demand: `answered` of `asked_of` agencies have sent it. `withdrawn` is '' while it stands."""

    id: int
    plan: str
    duty: str
    document: str
    agencies: list[str]
    asked: str
    due: str
    subject: str
    who: str
    at: str
    withdrawn: str
    asked_of: int
    answered: int


def request_rows(conn: sqlite3.Connection, kept: KeptPlan, plan: Plan, registry: Registry, history: bool = False) -> list[RequestRow]:
    """The requests under a plan, oldest first; with `history` those taken back too."""
    found = requests_of(conn, kept.number, withdrawn=history)
    answered = answers(conn, kept.number, found, documents_that_count(conn), None)
    result: list[RequestRow] = []
    for request in found:
        asked_of = {cell.agency.code for cell in request_cells(plan, registry, [request], request.due.year, date.max)}
        result.append(
            RequestRow(
                id=request.id,
                plan=kept.id,
                duty=request.duty,
                document=request.document,
                agencies=list(request.agencies),
                asked=request.asked.isoformat(),
                due=request.due.isoformat(),
                subject=request.subject,
                who=request.who,
                at=request.at,
                withdrawn=request.withdrawn,
                asked_of=len(asked_of),
                answered=len(asked_of & answered.get(request.id, {}).keys()),
            )
        )
    return result
