"""What `ingest --events` and `watch --events` print, a JSON object a line: a run begins, a file is finished, the run's balance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TextIO

from ..store.balance import Balance
from ..store.intake import Step
from .formats import json_text


@dataclass(frozen=True, slots=True)
class StartEvent:
    """A run begins: `total` files are to be read or judged; `at` is the time (UTC)."""

    event: Literal["start"]
    at: str
    total: int


@dataclass(frozen=True, slots=True)
class FileEvent:
    """A file is finished, the `done`th of `total`, and what it gave is in the store: `outcome`, why where it is not plain, and how many
    claims were found. A file that had been read before has no event; the balance counts it."""

    event: Literal["file"]
    at: str
    done: int
    total: int
    path: str
    file: str
    outcome: Literal["read", "unreadable", "failed"]
    reason: str
    evidence: int


@dataclass(frozen=True, slots=True)
class BalanceEvent:
    """The run is over: `found` is the sum of `new` to `ignored`; `read`, `read_again`, `judged_again` tell how much work it was."""

    event: Literal["balance"]
    at: str
    found: int
    new: int
    unchanged: int
    duplicate: int
    superseded: int
    unreadable: int
    failed: int
    ignored: int
    read: int
    read_again: int
    judged_again: int


def step_event(step: Step) -> StartEvent | FileEvent:
    """What to print of a step."""
    if not step.done:
        return StartEvent("start", _now(), step.total)
    outcome: Any = step.outcome
    return FileEvent("file", _now(), step.done, step.total, step.path, Path(step.path).name, outcome, step.reason, step.evidence)


def balance_event(balance: Balance) -> BalanceEvent:
    """What to print at the end."""
    return BalanceEvent(event="balance", at=_now(), **asdict(balance))


def printing(out: TextIO) -> Callable[[Step | Balance], None]:
    """Each step or balance goes to `out` at once, a line each: whoever reads the pipe need not wait for the end."""

    def tell(what: Step | Balance) -> None:
        event = balance_event(what) if isinstance(what, Balance) else step_event(what)
        out.write(json_text(asdict(event)) + "\n")
        out.flush()

    return tell


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
