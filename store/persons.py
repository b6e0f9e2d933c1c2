"""What persons enter: decisions about cells, days of triggers, receipts. Each is a row with who and when; nothing is written over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import UsageError
from ..plan.cells import ended, expand
from ..plan.homonyms import told_names
from .connection import guarded, open_for_writing, transaction
from .plans import KeptPlan, choose, now, plan_of, registry_of, settle_plans
from .sql import rows
from .standing import NOT_APPLICABLE

if TYPE_CHECKING:
    from ..plan.model import Plan
    from ..plan.registry import Registry


@dataclass(frozen=True, slots=True)
class Desk:
    """A store open for one entry: the plan that it is about, and the agencies."""

    conn: sqlite3.Connection
    kept: KeptPlan
    plan: Plan
    registry: Registry


@contextmanager
def writing(path: Path, plan: str = "", year: int | None = None) -> Iterator[Desk]:
    """The store at `path` (made where there is none) for one entry about a plan: all of it is kept, or nothing. Raises StoreError, and
    UsageError for a plan that is not there."""
    db = open_for_writing(path)
    try:
        with guarded(path), transaction(db):
            kept = choose(settle_plans(db), plan, year)
            if kept is None:  # settle_plans leaves no store without a plan
                raise AssertionError("a store without a plan")
            yield Desk(db.conn, kept, plan_of(db.conn, kept), registry_of(db.conn))
    finally:
        db.close()


# ---------------------------------------------------------------- decisions about cells


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A person's decision about a cell: `duty` is null for the whole item, `state` '' where the decision was taken back."""

    id: int
    plan: str
    agency: str
    agency_name: str | None
    year: int
    item: str
    duty: str | None
    state: str
    reason: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class CellName:
    """Which cell: `duty` '' for the whole item."""

    agency: str
    year: int
    item: str
    duty: str = ""


def set_review(desk: Desk, cell: CellName, reason: str, who: str, state: str = NOT_APPLICABLE) -> None:
    """Keep a decision about a cell. Raises UsageError where there is no such cell, or nobody answers for the decision."""
    if not reason.strip() or not who.strip():
        raise UsageError("A decision needs a reason and a name.", 'Give --reason "…" and --by "Nguyễn Văn A".')
    owed = (*expand(desk.plan, desk.registry, cell.year), *ended(desk.plan, desk.registry, cell.year))
    mine = {(one.duty.item, one.duty.id) for one in owed if one.agency.code == cell.agency}
    if not any(item == cell.item and cell.duty.partition("/")[0] in ("", duty) for item, duty in mine):
        listed = ", ".join(sorted({item for item, _ in mine})) or "nothing"
        cell_named = f"{cell.item} {cell.duty}".strip()
        raise UsageError(f"{cell.agency} has no cell {cell_named} in {cell.year}.", f"The plan names it for: {listed}.")
    _keep_review(desk, cell, state, reason, who)


def clear_review(desk: Desk, cell: CellName, reason: str, who: str) -> None:
    """Take a decision back; the cell is again as its documents make it. Raises UsageError where none stands."""
    standing = {(r.agency, r.year, r.item, r.duty or "") for r in reviews(desk.conn, desk.kept)}
    if (cell.agency, cell.year, cell.item, cell.duty) not in standing:
        raise UsageError(f"No decision stands about {cell.agency} {cell.item} {cell.year}.", "`minhchung review list` shows those that do.")
    _keep_review(desk, cell, "", reason, who)


def _keep_review(desk: Desk, cell: CellName, state: str, reason: str, who: str) -> None:
    desk.conn.execute(
        "INSERT INTO reviews (plan, agency, year, item, duty, state, reason, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (desk.kept.number, cell.agency, cell.year, cell.item, cell.duty, state, reason.strip(), who.strip(), now()),
    )


_REVIEWS: Final = "SELECT id, agency, year, item, duty, state, reason, who, at FROM reviews WHERE plan = ? ORDER BY id"


def reviews(conn: sqlite3.Connection, kept: KeptPlan, registry: Registry | None = None, history: bool = False) -> list[ReviewRow]:
    """The decisions that stand, oldest first; with `history` all that were ever made."""
    entered = rows(conn, _REVIEWS, (kept.number,))
    names = {year: told_names(registry, (year,)) for year in {row["year"] for row in entered}} if registry else {}
    found = [
        ReviewRow(**{**row, "duty": row["duty"] or None}, plan=kept.id, agency_name=names.get(row["year"], {}).get(row["agency"]))
        for row in entered
    ]
    if history:
        return found
    newest = {(row.agency, row.year, row.item, row.duty): row for row in found}
    return [row for row in newest.values() if row.state]


# ---------------------------------------------------------------- triggers


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """A trigger of a plan. `source` is `plan` where the plan file gives its day, `entered` where a person did (`who`, `at`), `waiting`
    where nobody has."""

    plan: str
    trigger: str
    what: str
    day: str | None
    document: str
    source: str
    who: str
    at: str


_DAYS: Final = "SELECT name, day, document, who, at FROM trigger_days WHERE plan = ? ORDER BY id"


def set_trigger(desk: Desk, name: str, day: date | None, document: str, who: str) -> None:
    """Keep the day on which a trigger happened; None takes back what was entered. Raises UsageError for a trigger that the plan lacks."""
    wanted = next((trigger.id for trigger in desk.plan.triggers if trigger.id.casefold() == name.strip().casefold()), None)
    if wanted is None:
        known = ", ".join(trigger.id for trigger in desk.plan.triggers) or "none"
        raise UsageError(f"The plan has no trigger {name!r}.", f"It has {known}.")
    desk.conn.execute(
        "INSERT INTO trigger_days (plan, name, day, document, who, at) VALUES (?, ?, ?, ?, ?, ?)",
        (desk.kept.number, wanted, day.isoformat() if day else None, document, who, now()),
    )


def triggers(conn: sqlite3.Connection, kept: KeptPlan, plan: Plan, history: bool = False) -> list[TriggerRow]:
    """The triggers of a plan as they stand; with `history` every day that was ever entered, oldest first."""
    entered = rows(conn, _DAYS, (kept.number,))
    if history:
        what = {trigger.id: trigger.what for trigger in plan.triggers}
        return [
            TriggerRow(kept.id, e["name"], what.get(e["name"], ""), e["day"], e["document"], "entered", e["who"], e["at"]) for e in entered
        ]
    newest = {row["name"]: row for row in entered}
    found = []
    for trigger in plan.triggers:
        by_hand = newest.get(trigger.id)
        held = by_hand is not None and by_hand["day"] is not None
        source = "entered" if held else "plan" if trigger.day else "waiting"
        who, at = (by_hand["who"], by_hand["at"]) if by_hand is not None and held else ("", "")
        day = trigger.day.isoformat() if trigger.day else None
        found.append(TriggerRow(kept.id, trigger.id, trigger.what, day, trigger.document, source, who, at))
    return found


# ---------------------------------------------------------------- receipts

_NAMED: Final = """
SELECT DISTINCT d.sha256, d.file, d.path FROM documents d
WHERE d.outcome IN ('ingested', 'unreadable', 'failed') AND (d.file = ? OR d.path = ? OR d.sha256 LIKE ? || '%')
"""


def set_received(desk: Desk, file: str, day: date, who: str) -> str:
    """Keep the day on which a document was received; its file's name. Raises UsageError for a file that the store does not hold, or that
    several files may be."""
    found = rows(desk.conn, _NAMED, (file, file, file.lower() if len(file) >= 6 else "?"))
    if len(found) != 1:
        if found:
            raise UsageError(f"Several files of the store may be {file!r}.", _several(found))
        hint = "`minhchung documents` lists the files: give the name, path, or beginning of the sha256."
        raise UsageError(f"The store has no file {file!r}.", hint)
    values = (found[0]["sha256"], day.isoformat(), who, now())
    desk.conn.execute("INSERT INTO receipts (sha256, day, who, at) VALUES (?, ?, ?, ?)", values)
    return str(found[0]["file"])


def _several(found: Sequence[dict[str, object]]) -> str:
    return f"Give the path: {', '.join(str(row['path']) for row in found[:5])}."
