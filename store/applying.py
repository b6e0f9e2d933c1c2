"""Which plans and which agencies an ingest works with: those of the store, with the plan that the command names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..plan.datafiles import PLAN_FILE
from .cells import Judging
from .connection import guarded, open_for_writing
from .plans import FIRST, KeptPlan, agencies_text, first_plan, judged_versions, keep_plan, kept_plans
from .rooms import Rooms
from .worker import agencies_from

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ..plan.model import Plan
    from ..plan.registry import Registry


@dataclass(frozen=True, slots=True)
class Applied:
    """The plans of a run in the order of their numbers in the store, each with its file (None for the one that comes with minhchung); and
    the store's own list of agencies with its file, '' twice for the one that comes with minhchung."""

    judgings: tuple[Judging, ...]
    files: tuple[tuple[int, Path | None], ...]
    agencies: tuple[str, str]

    @property
    def version(self) -> str:
        """What a content is judged with: the versions of all plans and of the agencies."""
        return judged_versions([judging.plan for judging in self.judgings], self.judgings[0].registry)


def plans_applied(store: Path, rooms: Rooms, plan: Path | None) -> Applied:
    """The plans of the store at `store` (which may not be there yet), with `plan` added or in the place of the one with its id. Raises
    UsageError where a store without a plan has agencies that the one that comes with minhchung is not for."""
    kept, agencies = _of_store(store)
    registry = agencies_from(agencies, rooms.load_registry)
    files = {one.number: Path(one.path) if one.path else None for one in kept}
    loaded: dict[int, Plan] = {}
    if plan is not None:
        given = rooms.load_plan(plan, registry)
        number = _place(given, kept, rooms, registry)
        files[number], loaded[number] = (None if plan == PLAN_FILE else plan), given
    if not files:
        files[FIRST], loaded[FIRST] = None, first_plan(rooms.load_plan(None, registry), registry)
    judgings = [
        Judging(loaded.get(number) or rooms.load_plan(path, registry), registry, rooms.bench, number)
        for number, path in sorted(files.items())
    ]
    return Applied(tuple(judgings), tuple(sorted(files.items(), key=lambda one: one[0])), agencies)


def _of_store(store: Path) -> tuple[list[KeptPlan], tuple[str, str]]:
    if not store.is_file():
        return [], ("", "")
    db = open_for_writing(store)
    try:
        with guarded(store):
            return kept_plans(db.conn), agencies_text(db.conn)
    finally:
        db.close()


def _place(given: Plan, kept: list[KeptPlan], rooms: Rooms, registry: Registry) -> int:
    """The number of a plan that the command names: that of the plan of its id, else the next one. A plan whose id the store has yet to
    learn (an older minhchung made it) is asked for it."""
    for one in kept:
        if given.id == (one.id or rooms.load_plan(Path(one.path) if one.path else None, registry).id):
            return one.number
    return max((one.number for one in kept), default=0) + 1


def keep(db: Database, applied: Applied) -> None:
    """Write down the plans as applied, inside the caller's transaction. What is there already costs no write."""
    for judging, (number, path) in zip(applied.judgings, applied.files, strict=True):
        keep_plan(db, number, judging.plan, str(path.absolute()) if path else "")
