"""The plans of a store: which there are, which one a question is about, and what persons said of their triggers.

A store answers with the text of a plan that was applied to it, not with what lies in the plan's file today: a changed file changes nothing
before the next ingest, and `plan diff` shows what it would change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import UsageError
from .sql import rows

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ..plan.model import Plan
    from ..plan.registry import Registry

FIRST: Final = 1  # the number of the plan that a store was made with


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan of the store. `path` is the file that it came from, '' for the one that comes with minhchung; `version` the one applied, ''
    in a store that an older minhchung made until the next command that writes."""

    number: int
    id: str
    title: str
    path: str
    first_year: int
    last_year: int | None
    version: str

    def covers(self, year: int) -> bool:
        """Whether the plan speaks of that year."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def now() -> str:
    """The time of a row that a person or a run adds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def kept_plans(conn: sqlite3.Connection) -> list[KeptPlan]:
    """The plans of the store in the order they came."""
    return [KeptPlan(**row) for row in rows(conn, "SELECT * FROM plans ORDER BY number")]


def choose(plans: Sequence[KeptPlan], asked: str, year: int | None) -> KeptPlan | None:
    """The plan asked for by its id; without one the newest that covers the year. None for a store without any.

    Raises UsageError for an id that is not there: the beginning of an id may well be another plan's id.
    """
    if asked:
        wanted = asked.strip().casefold()
        found = [plan for plan in plans if plan.id.casefold() == wanted]
        if len(found) != 1:
            known = ", ".join(plan.id or plan.path or "the one that comes with minhchung" for plan in plans) or "none yet"
            raise UsageError(f"The store has no plan {asked!r}.", f"It has {known}. Add one: minhchung ingest --plan FILE PATH...")
        return found[0]
    covering = [plan for plan in plans if year is None or plan.covers(year)] or list(plans)
    return max(covering, key=lambda plan: (plan.first_year, plan.number), default=None)


def lost_agencies(plan: Plan, registry: Registry) -> list[str]:
    """The codes that a plan names and a list of agencies lacks."""
    from ..plan.groups import load_groups

    named = {plan.issuer} | {
        code
        for duty in plan.duties
        for code in (*duty.actors, *duty.inferred, *duty.exclude, *duty.advise, *duty.coordinate)
        if code not in load_groups()
    }
    return sorted(code for code in named if code not in registry)


def first_plan(plan: Plan, registry: Registry) -> Plan:
    """The shipped `plan` for a store that holds none yet. Raises UsageError where it is not one for the store's own agencies."""
    if lost_agencies(plan, registry):
        raise UsageError(
            "The store has no plan yet, and the plan that comes with minhchung names agencies that the store's list lacks.",
            "Give it one: minhchung ingest --plan FILE PATH... (`minhchung plan import` makes FILE of a plan document).",
        )
    return plan


def plan_of(conn: sqlite3.Connection, kept: KeptPlan | None) -> Plan:
    """The plan as it was applied to the store, with the days of its triggers that persons entered; the shipped one for an empty store.
    Raises UsageError where an empty store has agencies that the shipped one is not for."""
    from ..plan.loader import load_plan, plan_from_text

    if kept is None:
        return first_plan(load_plan(), registry_of(conn))
    if not kept.version:
        return load_plan(Path(kept.path) if kept.path else None)
    if kept.path == "" and load_plan().version == kept.version:
        plan = load_plan()
    else:
        plan = plan_from_text(version_text(conn, kept.number, kept.version), Path(kept.path or f"{kept.id}.toml"))
    return with_triggers(conn, kept.number, plan)


def version_text(conn: sqlite3.Connection, number: int, version: str) -> str:
    """The text of one version of a plan. Raises UsageError for one that the store never had."""
    found = rows(conn, "SELECT text FROM plan_versions WHERE plan = ? AND version = ?", (number, version))
    if not found:
        raise UsageError(f"The store has no version {version!r} of this plan.", "`minhchung plan list` shows the versions that it has.")
    return str(found[0]["text"])


def number_of(conn: sqlite3.Connection, plan: Plan) -> int:
    """The plan's number in the store; that of the first one for a plan that it does not hold."""
    return next((kept.number for kept in kept_plans(conn) if kept.id == plan.id), FIRST)


_TRIGGERS: Final = "SELECT name, day, document FROM trigger_days WHERE plan = ? ORDER BY id"


def with_triggers(conn: sqlite3.Connection, number: int, plan: Plan) -> Plan:
    """The plan with the days and documents that persons entered last; one taken back stands as the plan has it."""
    entered = {row["name"]: row for row in rows(conn, _TRIGGERS, (number,))}
    held = {name: row for name, row in entered.items() if row["day"]}
    if not held:
        return plan
    triggers = tuple(
        replace(one, day=date.fromisoformat(held[one.id]["day"]), document=held[one.id]["document"] or one.document)
        if one.id in held
        else one
        for one in plan.triggers
    )
    return replace(plan, triggers=triggers)


def registry_of(conn: sqlite3.Connection) -> Registry:
    """The agencies of the store: the list imported last, else the one that comes with minhchung."""
    from ..plan.registry import load_registry, registry_from_text

    text, source = agencies_text(conn)
    return registry_from_text(text, Path(source)) if text else load_registry()


def agencies_text(conn: sqlite3.Connection) -> tuple[str, str]:
    """The list of agencies imported last and its file; '' twice where the one that comes with minhchung holds."""
    found = rows(conn, "SELECT text, source FROM agency_lists ORDER BY id DESC LIMIT 1")
    return (str(found[0]["text"]), str(found[0]["source"])) if found else ("", "")


def judged_versions(plans: Sequence[Plan], registry: Registry) -> str:
    """What a content was judged with: the versions of all plans, in their order, and that of the agencies."""
    return f"{'.'.join(plan.version for plan in plans)}+{registry.version}"


def keep_plan(db: Database, number: int, plan: Plan, path: str) -> None:
    """Write down a plan as applied, with the text of this version, inside the caller's transaction; nothing where it is there already."""
    from ..plan.datafiles import read_text

    kept = KeptPlan(number, plan.id, plan.title, path, plan.year, plan.last_year, plan.version)
    if kept in kept_plans(db.conn):
        return
    db.conn.execute(
        "INSERT INTO plans (number, id, title, path, first_year, last_year, version) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (number) DO UPDATE SET id = excluded.id, title = excluded.title, path = excluded.path, "
        "first_year = excluded.first_year, last_year = excluded.last_year, version = excluded.version",
        (kept.number, kept.id, kept.title, kept.path, kept.first_year, kept.last_year, kept.version),
    )
    db.conn.execute(
        "INSERT OR IGNORE INTO plan_versions (plan, version, text, added) VALUES (?, ?, ?, ?)",
        (number, plan.version, read_text(Path(plan.path)), now()),
    )


def settle_plans(db: Database) -> list[KeptPlan]:
    """The plans of a store that is about to be written to, for commands other than ingest: a store without one gets the one that comes with
    minhchung, and one of an older minhchung is given its name. Inside the caller's transaction. Raises UsageError as `plan_of`."""
    from ..plan.loader import load_plan

    kept = kept_plans(db.conn)
    if not kept:
        keep_plan(db, FIRST, first_plan(load_plan(), registry_of(db.conn)), "")
    for one in kept:
        if not one.version:
            keep_plan(db, one.number, load_plan(Path(one.path) if one.path else None, registry_of(db.conn)), one.path)
    return kept_plans(db.conn)
