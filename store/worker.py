"""What one worker process does with one file: read it and judge it, or judge again what was read before. Nothing here writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..extract.model import Judgement
from ..ingest.model import Report
from ..plan.model import Plan
from .codec import load_report
from .rooms import Hands

if TYPE_CHECKING:
    from ..plan.registry import Registry


@dataclass(frozen=True, slots=True)
class Work:
    """A report and what was found in it. `kept` is True where the report came from the store and not from its file."""

    report: Report
    judgement: Judgement
    kept: bool = False


@dataclass(frozen=True, slots=True)
class _Desk:
    hands: Hands
    plan: Plan
    registry: Registry
    store: Path
    kept: Mapping[str, str]


_desks: list[_Desk] = []  # one, for the life of the process: plan, agencies and pipeline are loaded once and not once a file


_SECONDS: Final = 60.0  # a file of usual size takes well under a second; what takes this long does not end
_SECONDS_A_MIB: Final = 10.0
_MOST_SECONDS: Final = 600.0


def seconds_allowed(path: Path) -> float:
    """How long a file may take, by its size; one that is not there (judged again from the store) as long as a small one."""
    try:
        size = path.stat().st_size
    except OSError:
        return _SECONDS
    return min(_MOST_SECONDS, _SECONDS + _SECONDS_A_MIB * size / 2**20)


def sit_down(hands: Callable[[], Hands], plan: Path | None, store: Path, kept: Mapping[str, str]) -> None:
    """Load what every file needs. `kept` maps the path of each file whose passages the store already holds to its sha256."""
    tools = hands()
    _desks[:] = [_Desk(tools, tools.load_plan(plan), tools.load_registry(), store, kept)]


def work(path: Path) -> Work:
    """Read and judge one file, or judge again what the store kept of it."""
    desk = _desks[0]
    sha256 = desk.kept.get(str(path))
    report = _kept_report(desk.store, sha256, path) if sha256 else desk.hands.read(path)
    return Work(report, desk.hands.judge(report, desk.plan, desk.registry), kept=sha256 is not None)


def _kept_report(store: Path, sha256: str, path: Path) -> Report:
    conn = sqlite3.connect(f"{store.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
    try:
        conn.execute("PRAGMA query_only = ON")
        return load_report(conn, sha256, str(path))
    finally:
        conn.close()
