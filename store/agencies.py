"""A list of agencies of one's own: kept in the store, so that all who ask of it use the same one."""

from __future__ import annotations

from pathlib import Path

from ..errors import UsageError
from ..plan.agency_lists import normalised
from ..plan.datafiles import read_text
from ..plan.model import Plan
from ..plan.registry import Registry, load_registry, registry_from_text
from .connection import guarded, open_for_writing, reading, transaction
from .plans import agencies_text, kept_plans, lost_agencies, now, plan_of, registry_of


def import_agencies(store: Path, file: Path | None) -> int:
    """Take the list in the CSV `file` (None: the one that comes with minhchung) for the store at `store`, made where there is none; how
    many agencies it holds. Raises PlanError for a list that cannot be used, UsageError where a plan of the store names what it lacks."""
    text = normalised(read_text(file), file) if file else ""
    registry = registry_from_text(text, file) if file else load_registry()
    db = open_for_writing(store)
    try:
        with guarded(store), transaction(db):
            for kept in kept_plans(db.conn):
                _refuse_lost(plan_of(db.conn, kept), registry, store)
            if agencies_text(db.conn)[0] != text:
                values = (registry.version, str(file.absolute()) if file else "", text, now())
                db.conn.execute("INSERT INTO agency_lists (version, source, text, added) VALUES (?, ?, ?, ?)", values)
    finally:
        db.close()
    return len(registry.agencies)


def _refuse_lost(plan: Plan, registry: Registry, store: Path) -> None:
    if lost := lost_agencies(plan, registry):
        first = ", ".join(lost[:5])
        shown = f"{first} and {len(lost) - 5} more" if len(lost) > 5 else first
        raise UsageError(
            f"The list lacks agencies that the plan {plan.id} of {store} names: {shown}.",
            "Enter them, or make a store of its own for another province: name another file with --db.",
        )


def agencies_named(file: Path | None, store: Path | None) -> Registry:
    """The list in a CSV file, else that of a store, else the one that comes with minhchung. Raises PlanError and StoreError."""
    if file is not None:
        return registry_from_text(normalised(read_text(file), file), file)
    if store is None:
        return load_registry()
    with reading(store) as conn:
        return registry_of(conn)
