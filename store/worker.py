"""What one worker process does with one file: read it and judge it, or judge again what was read before. Nothing here writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..extract.model import Judgement
from ..ingest.limits import seconds_for
from ..ingest.model import Report
from ..plan.model import Plan
from .codec import load_report
from .rooms import Hands

if TYPE_CHECKING:
    from ..plan.registry import Registry


@dataclass(frozen=True, slots=True)
class Work:
    """A report and what was found in it for the store's first plan, and for its `others` by their numbers. `kept` is True where the report
    came from the store and not from its file."""

    report: Report
    judgement: Judgement
    kept: bool = False
    others: tuple[tuple[int, Judgement], ...] = ()


@dataclass(frozen=True, slots=True)
class Orders:
    """What holds for all files of a run. `kept` maps the path of each file whose passages the store already holds to its sha256,
    `names` the path of each file to the one it is known by; `passwords` are tried on locked files, `prepared` is the folder of what was
    made ready. `others` are the numbers and files of plans beside the first; `agencies` is the text of the store's own list of agencies and
    the file that it came from, '' twice for the list that comes with minhchung."""

    store: Path
    kept: Mapping[str, str]
    names: Mapping[str, str]
    passwords: tuple[str, ...] = ()
    prepared: Path | None = None
    others: tuple[tuple[int, Path | None], ...] = ()
    agencies: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class _Desk:
    hands: Hands
    plan: Plan
    others: tuple[tuple[int, Plan], ...]
    registry: Registry
    orders: Orders


_desks: list[_Desk] = []  # one, for the life of the process: plan, agencies and pipeline are loaded once and not once a file


def seconds_allowed(path: Path) -> float:
    """How long a file may take, by its size; one that is not there (judged again from the store) as long as a small one."""
    try:
        return seconds_for(path.stat().st_size)
    except OSError:
        return seconds_for(0)


def sit_down(hands: Callable[[], Hands], plan: Path | None, orders: Orders) -> None:
    """Load what every file needs."""
    tools = hands()
    registry = agencies_from(orders.agencies, tools.load_registry)
    others = tuple((number, tools.load_plan(path, registry)) for number, path in orders.others)
    _desks[:] = [_Desk(tools, tools.load_plan(plan, registry), others, registry, orders)]


def agencies_from(kept: tuple[str, str], shipped: Callable[[], Registry]) -> Registry:
    """The agencies in a list that a store keeps (its text and its file), else the shipped ones."""
    from ..plan.registry import registry_from_text

    return registry_from_text(kept[0], Path(kept[1])) if kept[0] else shipped()


def work(path: Path) -> Work:
    """Read and judge one file, or judge again what the store kept of it."""
    desk = _desks[0]
    orders = desk.orders
    sha256 = orders.kept.get(str(path))
    kept = _kept_report(orders.store, sha256, path) if sha256 else None
    report = kept or desk.hands.read(path, orders.passwords, orders.prepared)
    report = replace(report, path=orders.names.get(str(path), str(path)))
    judgement = desk.hands.judge(report, desk.plan, desk.registry)
    others = tuple((number, desk.hands.judge(report, plan, desk.registry)) for number, plan in desk.others)
    return Work(report, judgement, kept=sha256 is not None, others=others)


def _kept_report(store: Path, sha256: str, path: Path) -> Report:
    conn = sqlite3.connect(f"{store.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
    try:
        conn.execute("PRAGMA query_only = ON")
        return load_report(conn, sha256, str(path))
    finally:
        conn.close()
